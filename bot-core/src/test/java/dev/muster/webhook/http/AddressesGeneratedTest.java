// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.muster.testkit.Garble;
import dev.muster.testkit.GeneratedCases;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However an address is written, no more may be called than was named. */
class AddressesGeneratedTest {

  private static final List<String> PIECES =
      List.of(
          "http://",
          "https://",
          "127.0.0.1",
          "deploy.example",
          "[::1]",
          "[::ffff:127.0.0.1]",
          "[fe80::1%25eth0]",
          ":80",
          ":9099",
          ":443",
          "@",
          "/",
          "\\",
          "#",
          "?",
          "0x7f.1",
          "017700000001",
          "2130706433",
          "localhost",
          ".",
          "%00",
          "%2f",
          "ⓛocalhost",
          "１２７.0.0.1",
          "xn--");
  private static final AllowList NAMED = AllowList.of(List.of("https://deploy.example", "::junk"));

  @Test
  void addresses_someGenerated_areOnlyThoseNamed() {
    GeneratedCases.some("addresses", 2_000, AddressesGeneratedTest::address);
  }

  @Test
  @Tag("proof")
  void addresses_generatedForLong_areOnlyThoseNamed() {
    GeneratedCases.forLong("addresses", 351_591_677_502L, 100_000, AddressesGeneratedTest::address);
  }

  private static void address(Garble garble) throws UnknownHostException {
    String text =
        garble.onceIn(3)
            ? garble.spoiled("https://deploy.example:443/a?b=c")
            : garble.text(PIECES).replace(" ", "");
    HttpUrl url = HttpUrl.parse(text);
    if (url != null && NAMED.allows(url)) {
      assertEquals("deploy.example", url.host());
      assertEquals(443, url.port());
    }
    AllowList.of(List.of(text));
    Literals.parse(text).ifPresent(AddressesGeneratedTest::inner);
    byte[] bytes = new byte[garble.onceIn(2) ? 4 : 16];
    byte[] begun = garble.spoiled(bytes);
    System.arraycopy(begun, 0, bytes, 0, Math.min(bytes.length, begun.length));
    inner(InetAddress.getByAddress(bytes));
  }

  /** Nothing that the machine itself calls local may be reached unnamed. */
  private static void inner(InetAddress address) {
    boolean local =
        address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isAnyLocalAddress()
            || address.isMulticastAddress();
    assertFalse(local && NAMED.mayReach(address), () -> address + " may be reached");
  }
}

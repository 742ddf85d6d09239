// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressClassTest {

  @ParameterizedTest
  @CsvFileSource(resources = "addresses.csv", numLinesToSkip = 1)
  void address_ofEachKind_isClassified(String address, AddressClass expected, String why) {
    InetAddress parsed = Literals.parse(address).orElseThrow();

    assertEquals(expected, AddressClass.of(parsed), why);
  }

  @Test
  void mappedAddress_keptAsSixteenBytes_isJudgedByTheAddressInside() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[12] = 127;
    mapped[15] = 1;

    InetAddress address = java.net.Inet6Address.getByAddress(null, mapped, 0);

    assertEquals(AddressClass.INTERNAL, AddressClass.of(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.0.0.1.",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "localhost",
        "",
        "1.2.3.4/8",
        "127。0。0。1",
        "00127.0.0.1"
      })
  void oddSpelling_isNoLiteral(String text) {
    assertTrue(Literals.parse(text).isEmpty());
  }

  /** A host of colons once took time with the square of its length. */
  @Test
  @Timeout(10)
  void endlessHost_isNoLiteralAndTakesNoTime() {
    assertTrue(Literals.parse(":".repeat(1_000_000) + "x").isEmpty());
  }
}

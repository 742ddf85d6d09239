// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of Microsoft lead to the Internet and nowhere else. */
final class PublicAddressesTest {

  private static final String HOST = "smba.trafficmanager.net";

  /** Reads a written address, which asks no resolver. */
  private static InetAddress at(String written) throws UnknownHostException {
    return InetAddress.getByName(written);
  }

  private static Dns leading(List<InetAddress> addresses) {
    return new PublicAddresses(host -> addresses);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.8.8",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.255.255",
        "0.0.0.0",
        "0.1.2.3",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "::ffff:10.0.0.1"
      })
  void name_thatLeadsInside_isRefused(String inner) throws UnknownHostException {
    Dns guarded = leading(List.of(at("52.112.0.1"), at(inner)));

    assertThrows(UnknownHostException.class, () -> guarded.lookup(HOST));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "52.112.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.32.0.1",
        "9.9.9.9",
        "11.0.0.1",
        "2603:1000::1",
        "64:ff9b::3470:1"
      })
  void name_thatLeadsToTheInternet_isLookedUp(String open) throws UnknownHostException {
    assertEquals(List.of(at(open)), leading(List.of(at(open))).lookup(HOST));
  }

  @Test
  void name_thatLeadsInsideTheSecondTime_isRefusedThen() throws UnknownHostException {
    Deque<InetAddress> answers = new ArrayDeque<>(List.of(at("52.112.0.1"), at("10.0.0.1")));
    Dns guarded = new PublicAddresses(host -> List.of(answers.poll()));

    assertEquals(List.of(at("52.112.0.1")), guarded.lookup(HOST));
    assertThrows(UnknownHostException.class, () -> guarded.lookup(HOST));
  }

  @Test
  void thisMachine_namedAsSuch_isLookedUp() throws UnknownHostException {
    assertEquals(List.of(at("127.0.0.1")), leading(List.of(at("127.0.0.1"))).lookup("localhost"));
  }
}

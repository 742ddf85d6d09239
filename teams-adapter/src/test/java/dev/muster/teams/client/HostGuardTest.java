// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The token goes to listed hosts over https, or to this machine when it is listed. */
final class HostGuardTest {

  private final HostGuard guard =
      new HostGuard(
          List.of(
              "smba.trafficmanager.net",
              "*.gov.example",
              "127.0.0.1:9000",
              "http://127.0.0.1:9500/"));

  @ParameterizedTest
  @CsvSource({
    "https://smba.trafficmanager.net/emea/,true",
    "https://SMBA.trafficmanager.net/emea/,true",
    "http://smba.trafficmanager.net/emea/,false",
    "https://smba.trafficmanager.net.evil.example/,false",
    "https://evil.example/smba.trafficmanager.net/,false",
    "https://smba.trafficmanager.net@evil.example/,false",
    "https://user:pass@smba.trafficmanager.net/,false",
    "https://a.gov.example/,true",
    "https://agov.example/,false",
    "https://gov.example/,false",
    "http://127.0.0.1:9000/,true",
    "http://127.0.0.1:9001/,false",
    "http://127.0.0.1:9500/connector/,true",
    "http://localhost:9000/,false",
    "https://smba.trafficmanager.net:443/emea/,true",
    "https://smba.trafficmanager.net:8443/emea/,false",
    "https://a.gov.example:8443/,false",
    "https://smba.trafficmanager.net./,false",
    "https://smba.trafficmanager.net%2eevil.example/,false",
    "https://smba.trafficmanager.net%00.evil.example/,false",
    "https://smba-trafficmanager.net/,false",
    "https://smba.trafficmanager.net.,false",
    "https://smba.traf\u0456cmanager.net/,false",
    "https://smba\u3002trafficmanager\u3002net/,true",
    "https://evil.example\\@smba.trafficmanager.net/,false",
    "https://evil.example#@smba.trafficmanager.net/,false",
    "https://evil.example?@smba.trafficmanager.net/,false",
    "https://@smba.trafficmanager.net/,true",
    "'https://smba.trafficmanager.net evil.example/',false",
    "//smba.trafficmanager.net/,false",
    "https:///smba.trafficmanager.net/,true",
    "http://127.0.0.1.nip.example:9000/,false",
    "http://0x7f000001:9000/,false",
    "ftp://smba.trafficmanager.net/,false",
    "'',false",
    "nonsense,false"
  })
  void address_compared_isAllowedOrNot(String address, boolean allowed) {
    assertEquals(allowed, guard.allows(address));
  }

  @ParameterizedTest
  @CsvSource({
    "https://graph.microsoft.com/v1.0/,true",
    "http://graph.microsoft.com/v1.0/,false",
    "https://graph.microsoft.com.evil.example/,false",
    "https://evil.example/,false",
    "http://localhost:8000/graph/,true",
    "http://[::1]:8000/,true",
    "not an address,false"
  })
  void address_ofTheConfiguration_isOwnOrLoopback(String address, boolean fine) {
    assertEquals(fine, HostGuard.isOwnOrLoopback(address, "graph.microsoft.com"));
  }
}

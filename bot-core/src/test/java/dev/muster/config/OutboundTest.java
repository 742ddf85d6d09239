// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.config.Outbound.Origin;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundTest {

  @ParameterizedTest
  @CsvSource({
    "deploy.example.com, https://deploy.example.com/x, true",
    "deploy.example.com, https://DEPLOY.example.com:443/x, true",
    "deploy.example.com, http://deploy.example.com/x, false",
    "deploy.example.com, https://deploy.example.com:8443/x, false",
    "deploy.example.com, https://deploy.example.com.evil.test/x, false",
    "deploy.example.com, https://evil.test/deploy.example.com, false",
    "deploy.example.com, https://deploy.example.com@evil.test/, false",
    "deploy.example.com:8443, https://deploy.example.com:8443/x, true",
    "http://127.0.0.1:9099, http://127.0.0.1:9099/rollback, true",
    "http://127.0.0.1:9099, http://127.0.0.1:9098/rollback, false",
    "http://127.0.0.1:9099, http://localhost:9099/rollback, false",
    "'http://[::1]:9099/', 'http://[::1]:9099/x', true"
  })
  void address_comparedWithAnAllowedOrigin_mustBeExactlyIt(
      String allowed, URI address, boolean expected) {
    assertEquals(expected, new Outbound(List.of(Origin.parse(allowed))).allows(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*.example.com",
        "https://a/b",
        "ftp://a",
        "https://u@a",
        "http:a#://b",
        "a b",
        "",
        "https://a?b"
      })
  void origin_thatIsNone_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Origin.parse(text));
  }
}

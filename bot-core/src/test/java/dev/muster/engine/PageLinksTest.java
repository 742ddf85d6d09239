// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageLinksTest {

  @ParameterizedTest
  @CsvSource({
    "https://muster.example, https://muster.example/incidents/INC-1, /incidents/INC-1",
    "https://muster.example, HTTPS://Muster.Example:443/incidents/INC-1/, /incidents/INC-1",
    "https://muster.example, https://muster.example/board?x=1#e5, /board",
    "http://localhost:8080, http://localhost:8080/status, /status",
    "https://host.example/muster, https://host.example/muster/board, /board",
    "https://host.example/muster/, https://host.example/muster/board, /board",
    "https://host.example/muster, https://host.example/musterly/board, ''",
    "https://muster.example, http://muster.example/board, ''",
    "https://muster.example, https://muster.example:8443/board, ''",
    "https://muster.example, https://muster.example.evil.example/board, ''",
    "https://muster.example, https://evil.example/https://muster.example/board, ''",
    "https://muster.example, https://muster.example@evil.example/board, ''",
    "https://muster.example, https://user@muster.example/board, ''",
    "https://muster.example, //muster.example/board, ''",
    "https://muster.example, not a link, ''",
    "https://muster.example, 'https://muster.example/board%', ''"
  })
  void ownPath_ofALink_isThePathOfOursOrNothing(String own, String link, String path) {
    assertEquals(Optional.of(path).filter(p -> !p.isEmpty()), PageLinks.ownPath(own, link), link);
  }
}

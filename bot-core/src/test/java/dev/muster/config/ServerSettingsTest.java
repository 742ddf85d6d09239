// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {

  private static ServerSettings server(String host, int port, String url) {
    return new ServerSettings(
        host, port, URI.create(url), new ServerSettings.Auth(List.of(), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.8.9.10, true",
    "localhost, true",
    "muster.localhost, true",
    "::1, true",
    "[::1], true",
    "0.0.0.0, false",
    "::, false",
    "192.168.1.4, false",
    "127.0.0.1.example.com, false",
    "localhost.example.com, false"
  })
  void host_loopback_isToldWithoutAskingANameServer(String host, boolean expected) {
    assertEquals(expected, server(host, 8080, "http://localhost:8080").isLoopback());
  }

  @Test
  void publicUrl_ofAnotherMachine_isNotLoopback() {
    assertTrue(server("127.0.0.1", 0, "http://localhost:0").isPublicUrlLoopback());
    assertFalse(server("127.0.0.1", 0, "https://m.example").isPublicUrlLoopback());
  }

  @Test
  void publicUrl_withATrailingSlash_losesIt() {
    ServerSettings server = server("127.0.0.1", 8080, "https://m.example/");

    assertEquals(URI.create("https://m.example"), server.publicUrl(8080));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.ChatPlatformFactory;
import dev.muster.chat.spi.Secret;
import dev.muster.slack.inbound.RequestVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackPlatformFactoryTest {

  private static SlackSettings settings(String mode, String token, String secret, String url) {
    return new SlackSettings(
        true,
        mode,
        Secret.of(token),
        Secret.blank(),
        Secret.of(secret),
        url,
        "incidents",
        List.of());
  }

  private static String refusal(String mode, String token, String secret, String url) {
    return assertThrows(IllegalArgumentException.class, () -> settings(mode, token, secret, url))
        .getMessage();
  }

  @Test
  void factory_isFoundUnderItsName() {
    List<String> names = new ArrayList<>();
    for (ChatPlatformFactory<?> factory : ServiceLoader.load(ChatPlatformFactory.class)) {
      names.add(factory.name());
    }
    assertEquals(List.of("slack"), names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\t"})
  void signingSecret_blank_isRefusedWithTheMend(String secret) {
    String sentence = refusal("http", "xoxb-1", secret, SlackSettings.SLACK);
    assertTrue(sentence.contains("signing-secret is empty"), sentence);
    assertTrue(sentence.contains("SLACK_SIGNING_SECRET"), sentence);
  }

  @Test
  void botToken_blank_isRefusedWithTheMend() {
    String sentence = refusal("http", "", "s", SlackSettings.SLACK);
    assertTrue(sentence.contains("SLACK_BOT_TOKEN"), sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"socket", "both", "carrier pigeon"})
  void mode_otherThanHttp_isRefusedWithTheMend(String mode) {
    String sentence = refusal(mode, "xoxb-1", "s", SlackSettings.SLACK);
    assertTrue(sentence.contains("mode: http"), sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/api/",
        "http://10.0.0.1/api/",
        "http://localhost.evil.example/api/",
        "http://127.0.0.1@evil.example/api/",
        "http://127.0.0.1:1/api",
        "ftp://127.0.0.1/",
        "not an address"
      })
  void apiUrl_beyondLoopback_isRefused(String url) {
    assertTrue(refusal("http", "xoxb-1", "s", url).contains("api-url"));
  }

  @Test
  void settings_switchedOff_mayBeEmpty() {
    SlackSettings off =
        new SlackSettings(
            false, "socket", Secret.blank(), Secret.blank(), Secret.blank(), "", "", List.of());
    assertFalse(off.enabled());
  }

  @Test
  void verifier_withoutASecret_isRefusedHoweverItIsMade() {
    assertThrows(IllegalArgumentException.class, () -> new RequestVerifier(Secret.of(" ")));
  }

  @Test
  void settings_printed_showNoSecret() {
    String printed = settings("http", "xoxb-secret", "signing", SlackSettings.SLACK).toString();
    assertFalse(printed.contains("xoxb-secret") || printed.contains("signing,"), printed);
  }
}

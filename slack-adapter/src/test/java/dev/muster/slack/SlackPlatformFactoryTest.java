// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.ChatPlatformFactory;
import dev.muster.chat.spi.Secret;
import dev.muster.slack.fake.Signed;
import dev.muster.slack.inbound.RequestVerifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackPlatformFactoryTest {

  private static SlackSettings settings(String mode, String bot, String app, String secret) {
    return settings(mode, bot, app, secret, SlackSettings.SLACK);
  }

  private static SlackSettings settings(
      String mode, String bot, String app, String secret, String url) {
    return new SlackSettings(
        true, mode, Secret.of(bot), Secret.of(app), Secret.of(secret), url, "incidents", List.of());
  }

  private static String refusal(String mode, String bot, String app, String secret) {
    return assertThrows(IllegalArgumentException.class, () -> settings(mode, bot, app, secret))
        .getMessage();
  }

  private static String refusal(String url) {
    return assertThrows(
            IllegalArgumentException.class, () -> settings("http", "xoxb-1", "", "s", url))
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
    String sentence = refusal("http", "xoxb-1", "", secret);
    assertTrue(sentence.contains("signing-secret is empty"), sentence);
    assertTrue(sentence.contains("SLACK_SIGNING_SECRET"), sentence);
  }

  @Test
  void botToken_blank_isRefusedWithTheMend() {
    String sentence = refusal("http", "", "", "s");
    assertTrue(sentence.contains("SLACK_BOT_TOKEN"), sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP", "sockets", "carrier pigeon", "http\u0000"})
  void mode_unknown_isRefusedWithThoseThatThereAre(String mode) {
    String sentence = refusal(mode, "xoxb-1", "xapp-1", "s");
    assertTrue(sentence.contains("mode: http"), sentence);
    assertTrue(sentence.contains("mode: socket"), sentence);
    assertTrue(sentence.contains("mode: both"), sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"socket", "both"})
  void appToken_blankOrOfAnotherKind_isRefusedWithTheMend(String mode) {
    for (String token : List.of("", "  ", "xoxb-secret", "xoxp-secret")) {
      String sentence = refusal(mode, "xoxb-1", token, "s");
      assertTrue(sentence.startsWith("app-token "), sentence);
      assertTrue(sentence.contains("connections:write"), sentence);
      assertTrue(sentence.contains("SLACK_APP_TOKEN"), sentence);
      assertFalse(sentence.contains("secret"), sentence);
    }
  }

  @Test
  void botToken_thatExpires_isRefusedWithTheMend() {
    String sentence = refusal("socket", "xoxe.xoxb-secret", "xapp-1", "");

    assertTrue(sentence.contains("token rotation"), sentence);
    assertTrue(sentence.contains("xoxb-, into SLACK_BOT_TOKEN"), sentence);
    assertFalse(sentence.contains("secret"), sentence);
  }

  @Test
  void botToken_thatIsAnAppToken_isRefusedWithTheMend() {
    String sentence = refusal("http", "xapp-secret", "", "s");
    assertTrue(sentence.contains("SLACK_APP_TOKEN"), sentence);
    assertFalse(sentence.contains("secret"), sentence);
  }

  @Test
  void botToken_thatIsAUsers_isRefusedWithTheMend() {
    String sentence = refusal("http", "xoxp-secret", "", "s");

    assertTrue(sentence.contains("user token"), sentence);
    assertTrue(sentence.contains("xoxb-, from the app's page"), sentence);
    assertFalse(sentence.contains("secret"), sentence);
  }

  @Test
  void secrets_areNeededForTheirModeAlone() {
    SlackSettings http = settings("http", "xoxb-1", "", "s");
    SlackSettings socket = settings("socket", "xoxb-1", "xapp-1", "");
    SlackSettings both = settings("both", "xoxb-1", "xapp-1", "s");
    assertTrue(http.hearsRequests() && !http.opensSockets());
    assertTrue(socket.opensSockets() && !socket.hearsRequests());
    assertTrue(both.opensSockets() && both.hearsRequests());
    String blank = refusal("both", "xoxb-1", "xapp-1", " ");
    assertTrue(blank.startsWith("signing-secret is empty"), blank);
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
    assertTrue(refusal(url).contains("api-url"));
  }

  @Test
  void settings_switchedOff_mayBeEmpty() {
    SlackSettings off =
        new SlackSettings(
            false, "socket", Secret.blank(), Secret.blank(), Secret.blank(), "", "", List.of());
    assertFalse(off.enabled());
  }

  @Test
  void verifier_withoutASecret_takesNobodysSignature() {
    byte[] body = {1};
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    Optional<String> time = Optional.of(String.valueOf(now.getEpochSecond()));
    Optional<String> signed = Optional.of(Signed.signature(body, now, " "));

    for (Secret blank : List.of(Secret.blank(), Secret.of(" "))) {
      RequestVerifier verifier = new RequestVerifier(() -> blank);
      assertEquals(RequestVerifier.Verdict.FORGED, verifier.judge(time, signed, body, now));
    }
  }

  @Test
  void settings_printed_showNoSecret() {
    String printed = settings("both", "xoxb-secret", "xapp-secret", "signing").toString();
    assertFalse(printed.contains("-secret") || printed.contains("signing,"), printed);
  }
}

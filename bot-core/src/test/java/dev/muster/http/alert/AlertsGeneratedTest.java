// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import static dev.muster.http.alert.AlertFixtures.NOW;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertMessage;
import dev.muster.alert.AlertRouting;
import dev.muster.alert.AlertRule;
import dev.muster.alert.AlertSituation;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.PostedCard;
import dev.muster.chat.spi.Secret;
import dev.muster.config.AlertPattern;
import dev.muster.config.AlertSource;
import dev.muster.config.SafePattern;
import dev.muster.testkit.Garble;
import dev.muster.testkit.GeneratedCases;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a monitoring system sends or posts, it is read or refused, and bounded. */
class AlertsGeneratedTest {

  private static final List<String> PIECES =
      List.of(
          "[FIRING:2]",
          "[RESOLVED]",
          "FIRING",
          "Triggered:",
          "Recovered:",
          "[P1]",
          "ALARM:",
          "Labels:",
          "Annotations:",
          "- alertname = down",
          "alertname=down",
          "severity=\"critical\"",
          "Alert:",
          "*Description:*",
          "•",
          "\n",
          "Source: http://grafana.example/alerting/grafana/abc/view",
          "#123",
          "opened",
          "closed",
          "failed",
          "pipeline",
          "workflow run",
          "Value: A=1",
          "Summary:",
          "(http://a.example/x?y=1)",
          "Incident #1",
          "Datadog",
          "CloudWatch Alarm | x | eu");
  private static final List<String> RECORDED =
      List.of(
          AlertFixtures.call("webhook-ServiceDown-mixed-4").get("body").toString(),
          AlertFixtures.call("webhook-HighLatency-firing-1").get("body").toString(),
          AlertFixtures.call("sns-publish-firing").toString());

  private final List<AlertDecoder> decoders =
      List.of(new AlertmanagerDecoder(), new GenericJsonDecoder(generic()));
  private final AlertMessagePatterns messages =
      new AlertMessagePatterns(
          List.of(),
          List.of(
              new AlertPattern(
                  "usual",
                  SafePattern.parse("\\[(?P<status>\\w+)[^\\]]*\\]\\s*(?P<title>.+)"),
                  List.of("resolved"),
                  List.of("critical"),
                  AlertPattern.Authors.EVERYONE,
                  "")));

  private static AlertSource generic() {
    return new AlertSource(
        "any",
        AlertSource.Kind.GENERIC,
        Secret.of(""),
        new AlertSource.JsonFields(
            "/alerts",
            "/fingerprint",
            "/labels/alertname",
            "/status",
            "/labels/severity",
            "",
            "/annotations/description",
            "/generatorURL",
            "/startsAt",
            "/labels"),
        List.of("resolved"));
  }

  @Test
  void alerts_someGenerated_areReadOrRefused() {
    GeneratedCases.some("alerts", 300, this::alerts);
  }

  @Test
  @Tag("proof")
  void alerts_generatedForLong_areReadOrRefused() {
    GeneratedCases.forLong("alerts", 352_180_121_481L, 17_000, this::alerts);
  }

  private void alerts(Garble garble) {
    if (garble.onceIn(2)) {
      messages.read(message(garble)).ifPresent(AlertsGeneratedTest::check);
      return;
    }
    String honest = garble.oneOf(RECORDED);
    byte[] body =
        garble.onceIn(3)
            ? garble.spoiled(honest.getBytes(StandardCharsets.UTF_8))
            : garble.spoiledJson(honest).getBytes(StandardCharsets.UTF_8);
    garble
        .oneOf(decoders)
        .decode("am", body, NOW)
        .match(
            decoded -> {
              decoded.alerts().forEach(AlertsGeneratedTest::check);
              return 0;
            },
            refused -> {
              assertTrue(refused.problem().status() >= 400);
              assertTrue(refused.sentence().length() < 1_000, refused.sentence());
              return 0;
            });
  }

  private static AlertMessage message(Garble garble) {
    List<PostedCard> cards =
        IntStream.range(0, garble.below(3)).mapToObj(i -> card(garble)).toList();
    return new AlertMessage("chat", garble.onceIn(2), garble.text(PIECES), cards, NOW);
  }

  private static PostedCard card(Garble garble) {
    List<PostedCard.Field> fields =
        IntStream.range(0, garble.below(5))
            .mapToObj(i -> new PostedCard.Field(garble.hostile(), garble.text(PIECES)))
            .toList();
    return new PostedCard(
        garble.text(PIECES),
        garble.text(PIECES),
        garble.hostile(),
        garble.text(PIECES),
        fields,
        garble.text(PIECES),
        garble.oneOf(List.of(Tone.values())),
        garble.text(PIECES),
        List.of(garble.hostile(), "http://grafana.example/alerting/grafana/abc/view"));
  }

  private static void check(Alert alert) {
    assertFalse(alert.title().codePoints().anyMatch(Character::isISOControl));
    assertTrue(alert.title().codePointCount(0, alert.title().length()) <= 250);
    assertTrue(alert.key().fingerprint().length() <= 200);
    assertTrue(alert.url().isEmpty() || alert.url().matches("(?i)https?://.*"), alert.url());
    alert.labels().values().forEach(value -> assertTrue(value.length() <= 2_000));
    alert.annotations().values().forEach(value -> assertTrue(value.length() <= 16_000));
    assertNotNull(AlertRouting.decide(alert, AlertSituation.NEW, AlertRule.defaults(), NOW));
  }
}

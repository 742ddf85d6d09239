// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import static dev.muster.http.alert.AlertFixtures.decoded;
import static dev.muster.http.alert.AlertFixtures.refused;
import static dev.muster.http.alert.AlertFixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.Alert;
import dev.muster.alert.Alert.Status;
import dev.muster.alert.AlertKey;
import dev.muster.chat.spi.Secret;
import dev.muster.config.AlertSource;
import dev.muster.config.AlertSource.JsonFields;
import dev.muster.http.alert.AlertBody.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenericJsonDecoderTest {

  private static AlertDecoder decoder(String items, String title) {
    JsonFields fields =
        new JsonFields(
            items,
            "/key",
            title,
            "/status",
            "/severity",
            "/service",
            "/description",
            "/url",
            "/starts-at",
            "/labels");
    return new GenericJsonDecoder(
        new AlertSource(
            "am", AlertSource.Kind.GENERIC, Secret.of(""), fields, List.of("ok", "resolved")));
  }

  private final AlertDecoder usual = decoder("", "/title");

  @Test
  void oneAlert_isReadByItsPointers() {
    Alert alert =
        decoded(
                usual,
                utf8(
                    """
                    {"key": 17, "title": "Queue is full", "status": "open", "severity": "critical",
                     "service": "mail", "description": "12 000 waiting", "more": {"x": [1]},
                     "url": "https://m.example.com/17", "starts-at": 1795189865,
                     "labels": {"region": "eu", "count": 3, "severity": "page"}}"""))
            .alerts()
            .get(0);
    assertEquals(new AlertKey("am", "17"), alert.key());
    assertEquals(Status.FIRING, alert.status());
    assertEquals("Queue is full", alert.title());
    assertEquals(
        Map.of(
            "region",
            "eu",
            "count",
            "3",
            "severity",
            "page",
            "service",
            "mail",
            "alertname",
            "Queue is full"),
        alert.labels());
    assertEquals("12 000 waiting", alert.annotations().get("description"));
    assertEquals(Instant.parse("2026-11-20T15:51:05Z"), alert.startsAt());
    assertEquals("https://m.example.com/17", alert.url());
  }

  @Test
  void list_atTheRootOrAtItsPointer_isReadWhole() {
    String two = "[{\"title\":\"a\"},{\"title\":\"b\"}]";
    assertEquals(2, decoded(usual, utf8(two)).alerts().size());
    AlertDecoder nested = decoder("/data/alerts", "/rule/name");
    String body = "{\"data\":{\"alerts\":[{\"rule\":{\"name\":\"a\"}}]}}";
    assertEquals("a", decoded(nested, utf8(body)).alerts().get(0).title());
  }

  @ParameterizedTest
  @CsvSource({"ok, RESOLVED", "Resolved, RESOLVED", "alerting, FIRING", "'', FIRING"})
  void status_isResolvedByTheConfiguredWords(String word, Status status) {
    String body = "{\"title\":\"a\",\"status\":\"" + word + "\"}";
    assertEquals(status, decoded(usual, utf8(body)).alerts().get(0).status());
  }

  @Test
  void keyWithoutFingerprint_staysTheSameWhenTheTitleChanges() {
    String down = "{\"title\":\"mail down\",\"severity\":\"critical\",\"labels\":{\"s\":\"mail\"}}";
    String up = "{\"title\":\"mail up\",\"status\":\"ok\",\"labels\":{\"s\":\"mail\"}}";
    assertEquals(
        decoded(usual, utf8(down)).alerts().get(0).key(),
        decoded(usual, utf8(up)).alerts().get(0).key());
    String other = "{\"title\":\"disk full\"}";
    String another = "{\"title\":\"disk slow\"}";
    assertTrue(
        !decoded(usual, utf8(other))
            .alerts()
            .get(0)
            .key()
            .equals(decoded(usual, utf8(another)).alerts().get(0).key()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "\"x\"",
        "42",
        "{}",
        "[1]",
        "[{\"title\":\"a\"},{}]",
        "{\"title\":\"a\",\"labels\":[1]}",
        "{\"title\":{\"a\":1}}",
        "{\"title\":\" \"}"
      })
  void bodyWithoutAnAlert_isRefusedWithTheExpectedShape(String body) {
    var refused = refused(usual, utf8(body));
    assertEquals(Problem.WRONG_SHAPE, refused.problem());
    assertTrue(refused.sentence().contains("\"/title\""), refused.sentence());
  }
}

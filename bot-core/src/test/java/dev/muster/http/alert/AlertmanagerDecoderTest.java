// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import static dev.muster.http.alert.AlertFixtures.NOW;
import static dev.muster.http.alert.AlertFixtures.body;
import static dev.muster.http.alert.AlertFixtures.decoded;
import static dev.muster.http.alert.AlertFixtures.refused;
import static dev.muster.http.alert.AlertFixtures.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.alert.Alert;
import dev.muster.alert.Alert.Status;
import dev.muster.alert.AlertKey;
import dev.muster.http.alert.AlertBody.Decoded;
import dev.muster.http.alert.AlertBody.Problem;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertmanagerDecoderTest {

  private final AlertDecoder decoder = new AlertmanagerDecoder();

  private Alert only(String fields) {
    String body = "{\"alerts\":[{\"status\":\"firing\"," + fields + "}]}";
    return decoded(decoder, utf8(body)).alerts().get(0);
  }

  private static String labels(String labels) {
    return "\"labels\":{" + labels + "}";
  }

  @ParameterizedTest
  @CsvSource({
    "webhook-HighLatency-firing-1, FIRING",
    "webhook-HighLatency-resolved-1, RESOLVED",
    "webhook-ServiceDown-firing-2, FIRING FIRING",
    "webhook-ServiceDown-resolved-1, RESOLVED",
    "webhook-ServiceDown-mixed-4, RESOLVED RESOLVED RESOLVED FIRING"
  })
  void recordedCall_isReadAlertByAlert(String name, String statuses) {
    JsonNode sent = AlertFixtures.call(name).at("/body/alerts");
    Decoded decoded = decoded(decoder, body(name));
    assertEquals(sent.size(), decoded.alerts().size());
    for (int i = 0; i < sent.size(); i++) {
      Alert alert = decoded.alerts().get(i);
      assertEquals(new AlertKey("am", sent.at("/" + i + "/fingerprint").asText()), alert.key());
      assertEquals(sent.at("/" + i + "/labels/service").asText(), alert.labels().get("service"));
      assertEquals(Instant.parse(sent.at("/" + i + "/startsAt").asText()), alert.startsAt());
      assertEquals(sent.at("/" + i + "/generatorURL").asText(), alert.url());
      assertEquals(List.of(), alert.flags());
    }
    List<String> expected = List.of(statuses.split(" "));
    assertEquals(
        expected.stream().sorted().toList(),
        decoded.alerts().stream().map(alert -> alert.status().name()).sorted().toList());
  }

  @Test
  void repeatedBody_isReadAsTheFirstTime_unlessItDependedOnTheTime() {
    byte[] body =
        utf8(
            """
            {"alerts": [
              {"status": "firing", "labels": {"a": "1"}, "startsAt": "2020-01-01T00:00:00Z",
                "generatorURL": "http://p/1"},
              {"status": "firing", "labels": {"a": "2"}, "startsAt": "2030-01-01T00:00:00Z",
                "generatorURL": "http://p/2"},
              {"status": "resolved", "labels": {"a": "3"}, "startsAt": "2020-01-01T00:00:00Z",
                "generatorURL": "http://p/3"}]}
            """);
    Instant first = Instant.parse("2026-01-05T12:00:00Z");
    Instant later = Instant.parse("2031-01-01T00:00:00Z");
    List<Alert> before = ((Decoded) decoder.decode("am", body, first)).alerts();

    List<Alert> after = ((Decoded) decoder.decode("am", body, later)).alerts();

    assertEquals(before.get(0), after.get(0));
    assertTrue(before.get(1).flags().contains("time_in_future"), "" + before.get(1).flags());
    assertEquals(Instant.parse("2030-01-01T00:00:00Z"), after.get(1).startsAt());
    assertEquals(Optional.of(later), after.get(2).endsAt());
  }

  @Test
  void recordedText_isKeptAsItWasSent() {
    Alert alert = decoded(decoder, body("webhook-ServiceDown-firing-2")).alerts().get(0);
    assertEquals("payments & \"core\"", alert.labels().get("team"));
    assertTrue(
        alert.annotations().get("description").contains("<script>alert(1)</script>, ünïcödé, 💥"));
    assertTrue(alert.title().startsWith("Service "), alert.title());
    assertEquals("critical", alert.severity());
    assertEquals(Optional.empty(), alert.endsAt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "\"x\"",
        "42",
        "{}",
        "{\"alerts\":{}}",
        "{\"alerts\":[1]}",
        "{\"alerts\":[{\"labels\":{}}]}",
        "{\"alerts\":[{\"status\":\"maybe\"}]}",
        "{\"alerts\":[{\"status\":\"firing\",\"labels\":[]}]}",
        "{\"alerts\":[{\"status\":\"firing\",\"labels\":{\"a\":{}}}]}"
      })
  void jsonOfAnotherShape_isRefusedWithTheExpectedOne(String body) {
    var refused = refused(decoder, utf8(body));
    assertEquals(Problem.WRONG_SHAPE, refused.problem());
    assertEquals(400, refused.problem().status());
    assertTrue(refused.sentence().contains("Expected {\"alerts\""), refused.sentence());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "alerts=1",
        "{\"alerts\":[]",
        "{\"alerts\":[],\"alerts\":[]}",
        "{\"alerts\":[{\"status\":\"firing\",\"status\":\"resolved\"}]}",
        "{\"alerts\":[]}{}",
        "{\"alerts\":[]} x",
        "{\"alerts\":[NaN]}",
        "{\"alerts\":[Infinity]}",
        "{'alerts':[]}",
        "{\"alerts\":[],}",
        "{\"alerts\":[] /* c */}",
        "{\"a\":\"\u0001\"}"
      })
  void anythingButOneStrictDocument_isRefused(String body) {
    var refused = refused(decoder, utf8(body));
    assertEquals(400, refused.problem().status());
    assertFalse(refused.sentence().contains("maybe"), refused.sentence());
  }

  @Test
  void sizesBeyondTheLimits_areRefused() {
    String number = "{\"alerts\":[],\"n\":" + "1".repeat(65) + "}";
    String text = "{\"alerts\":[],\"t\":\"" + "x".repeat(256 * 1024 + 1) + "\"}";
    String key = "{\"alerts\":[],\"" + "k".repeat(10_000) + "\":1}";
    String keys = "{\"alerts\":[]" + numbered(2_001) + "}";
    String labels =
        "{\"alerts\":[{\"status\":\"firing\",\"labels\":{\"a\":\"\"" + numbered(256) + "}}]}";
    for (String body : List.of(number, text, key, keys, labels)) {
      assertEquals(400, refused(decoder, utf8(body)).problem().status());
    }
    byte[] large = new byte[AlertDecoder.MAX_BODY + 1];
    assertEquals(413, refused(decoder, large).problem().status());
  }

  private static String numbered(int count) {
    StringBuilder keys = new StringBuilder();
    IntStream.range(0, count).forEach(i -> keys.append(",\"k").append(i).append("\":\"\""));
    return keys.toString();
  }

  @Test
  void hundredThousandNestedArrays_areRefusedAtOnce() {
    byte[] nested = utf8("[".repeat(100_000));
    refused(decoder, nested);
    var clock = ManagementFactory.getThreadMXBean();
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = clock.getCurrentThreadCpuTime();
      assertEquals(400, refused(decoder, nested).problem().status());
      best = Math.min(best, clock.getCurrentThreadCpuTime() - start);
    }
    assertTrue(best < 10_000_000, best + " ns");
  }

  @Test
  void otherEncodings_areRefusedAndAByteOrderMarkIsNot() {
    String body = "{\"alerts\":[]}";
    assertEquals(415, refused(decoder, body.getBytes(StandardCharsets.UTF_16)).problem().status());
    assertEquals(
        415, refused(decoder, body.getBytes(StandardCharsets.UTF_16LE)).problem().status());
    assertEquals(
        415,
        refused(decoder, "{\"é\":1}".getBytes(StandardCharsets.ISO_8859_1)).problem().status());
    assertEquals(0, decoded(decoder, utf8("\uFEFF" + body)).alerts().size());
  }

  @Test
  void everyAlertOfALargeBody_isTaken() {
    String one = "{\"status\":\"firing\",\"labels\":{\"n\":\"%d\"}}";
    String all =
        String.join(",", IntStream.range(0, 5_000).mapToObj(i -> String.format(one, i)).toList());
    Decoded decoded = decoded(decoder, utf8("{\"alerts\":[" + all + "]}"));
    assertEquals(5_000, decoded.alerts().stream().map(Alert::key).distinct().count());
  }

  @Test
  void truncatedGroup_saysHowManyAreMissing() {
    assertEquals(7, decoded(decoder, utf8("{\"alerts\":[],\"truncatedAlerts\":7}")).omitted());
  }

  @Test
  void missingFingerprint_isTheHashOfTheSortedLabels() {
    Alert first = only(labels("\"a\":\"1\",\"b\":\"2\""));
    Alert second = only(labels("\"b\":\"2\",\"a\":\"1\"") + ",\"fingerprint\":\" \"");
    assertEquals(first.key(), second.key());
    assertEquals(AlertKey.ofLabels("am", Map.of("a", "1", "b", "2")), first.key());
    assertTrue(first.flags().contains("no_fingerprint"));
  }

  @Test
  void oddFingerprints_becomeHarmlessKeys() {
    Alert longOne = only("\"fingerprint\":\"" + "f".repeat(5_000) + "\"");
    Alert control = only("\"fingerprint\":\"a\\u0000b\"");
    assertTrue(longOne.key().fingerprint().length() <= 200);
    assertTrue(control.key().fingerprint().chars().noneMatch(Character::isISOControl));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T15:51:05.568Z, 2026-11-20T15:51:05.568Z, ''",
    "2026-11-20T16:51:05+01:00, 2026-11-20T15:51:05Z, ''",
    "2026-11-20T15:51:60Z, 2026-11-20T15:51:59Z, leap_second",
    "2026-11-20T15:51:05, 2026-11-20T15:51:05Z, time_without_zone",
    "2026-11-20 15:51:05Z, 2026-11-20T15:51:05Z, ''",
    "1795189865, 2026-11-20T15:51:05Z, time_as_number",
    "1795189865568, 2026-11-20T15:51:05.568Z, time_as_number",
    "1970-01-01T00:00:00Z, 2026-11-20T15:52:00Z, time_too_old",
    "2999-01-01T00:00:00Z, 2026-11-20T15:52:00Z, time_in_future",
    "2026-11-20T16:51:59Z, 2026-11-20T16:51:59Z, ''",
    "2027-02-30T00:00:00Z, 2026-11-20T15:52:00Z, time_unreadable",
    "yesterday, 2026-11-20T15:52:00Z, time_unreadable",
    "'', 2026-11-20T15:52:00Z, time_missing"
  })
  void beginning_isReadOrReplacedAndFlagged(String written, Instant at, String flag) {
    Alert alert = only("\"fingerprint\":\"f\",\"startsAt\":\"" + written + "\"");
    assertEquals(at, alert.startsAt());
    assertEquals(flag.isEmpty() ? List.of() : List.of(flag), alert.flags());
    boolean kept = written.equals(alert.annotations().get("startsAt as sent"));
    assertEquals(!flag.isEmpty() && !written.isEmpty(), kept);
  }

  @Test
  void endBeforeTheBeginning_isTakenAsFiring() {
    String body =
        "{\"alerts\":[{\"status\":\"resolved\",\"startsAt\":\"2026-11-20T15:00:00Z\","
            + "\"endsAt\":\"2026-11-20T14:00:00Z\",\"fingerprint\":\"f\"}]}";
    Alert alert = decoded(decoder, utf8(body)).alerts().get(0);
    assertEquals(Status.FIRING, alert.status());
    assertEquals(List.of("ends_before_start"), alert.flags());
  }

  @Test
  void endOfAResolvedAlert_isKept() {
    Alert alert = decoded(decoder, body("webhook-HighLatency-resolved-1")).alerts().get(0);
    assertTrue(alert.endsAt().orElseThrow().isAfter(alert.startsAt()));
    assertFalse(alert.endsAt().orElseThrow().isAfter(NOW.plusSeconds(3600)));
  }

  @Test
  void secrets_areTakenOutAndNamed() {
    Alert alert =
        only(
            labels("\"key\":\"AKIAZ2R5Q7W3E4T6Y2U7\"")
                + ",\"fingerprint\":\"f\",\"annotations\":{\"summary\":\"card 4111111111111111\"}");
    assertEquals("[redacted aws key]", alert.labels().get("key"));
    assertEquals("card [redacted card number]", alert.title());
    assertTrue(alert.flags().containsAll(List.of("redacted_aws_key", "redacted_card_number")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://169.254.169.254/latest",
        "//x",
        "https://user:secret12@example.com/",
        "http://a b/"
      })
  void linkThatIsNoPlainWebAddress_isTextAndNotALink(String url) {
    Alert alert = only("\"fingerprint\":\"f\",\"generatorURL\":\"" + url + "\"");
    assertEquals("", alert.url());
    assertTrue(alert.flags().contains("link_not_shown"));
    assertFalse(alert.annotations().get("link as sent").contains("secret12"));
  }

  @Test
  void plainLinkInsideTheNetwork_stays() {
    Alert alert = only("\"fingerprint\":\"f\",\"generatorURL\":\"http://prometheus:9090/graph\"");
    assertEquals("http://prometheus:9090/graph", alert.url());
  }

  @Test
  void hostileNamesAndText_arePlainText() {
    Alert alert =
        only(
            "\"fingerprint\":\"f\","
                + labels("\"__proto__\":\"a\\u0000b\",\".\":\"\\ud83d\",\"constructor\":1")
                + ",\"annotations\":{\"x\":\"=cmd|{{7*7}}${jndi:ldap://x}\"}");
    assertEquals("a\uFFFDb", alert.labels().get("__proto__"));
    assertEquals("\uFFFD", alert.labels().get("."));
    assertEquals("1", alert.labels().get("constructor"));
    assertEquals("=cmd|{{7*7}}${jndi:ldap://x}", alert.annotations().get("x"));
  }

  @Test
  void unknownSeverity_isFlagged() {
    assertEquals(
        List.of("unknown_severity"),
        only("\"fingerprint\":\"f\",\"startsAt\":\"2026-11-20T15:51:05Z\","
                + labels("\"severity\":\"5\""))
            .flags());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"alertname\":\"Down\",\"service\":\"checkout\"', Down on checkout",
    "'\"alertname\":\"Down\"', Down",
    "'\"service\":\"checkout\"', ''"
  })
  void title_withoutSummary_isTheNameAndPlace(String labels, String title) {
    assertEquals(title, only(labels(labels)).title());
  }

  @Test
  void bodyOfManyEmptyThings_isReadInTime() {
    String empty = String.join(",", Collections.nCopies(100_000, "{}"));
    refused(decoder, utf8("{\"alerts\":[" + empty + "]}"));
  }
}

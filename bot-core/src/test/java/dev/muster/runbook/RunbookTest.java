// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import static dev.muster.runbook.RunbookFixtures.manual;
import static dev.muster.runbook.RunbookFixtures.rollback;
import static dev.muster.runbook.RunbookFixtures.runbook;
import static dev.muster.runbook.RunbookFixtures.webhook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunbookTest {

  @Test
  void step_withoutOptionalKeys_hasSafeDefaults() {
    Step step = webhook("call", "https://deploy.example.com/x", null, null);

    assertTrue(step.needsApproval());
    assertEquals("POST", step.method());
    assertEquals(Duration.ofSeconds(30), step.timeout());
    assertTrue(step.success().accepts(204));
    assertFalse(step.success().accepts(302));
    assertFalse(step.idempotent());
  }

  @Test
  void manualStep_withoutApprovalKey_needsNobodyElse() {
    assertFalse(manual("look", "Look at the graphs.").needsApproval());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://{{service}}/x",
        "http://{{service}}.example.com/x",
        "http://user@example.com/x",
        "http://user:secret@example.com/x",
        "http://${HOST}/x",
        "https://example.com/${TOKEN}",
        "https://example.com:{{port}}/x",
        "//example.com/x",
        "ftp://example.com/x",
        "file:///etc/passwd",
        "https://",
        "https://example.com/a b",
        "https://example.com\\@evil.example/x",
        "https://example.com/x#{{service}}",
        "https://example.com/x?{{service}}=1",
        "https://example.com/{{#service}}",
        "https://example.com/{{{service}}}",
        "https://example.com/{service}",
        "https://exämple.com/",
        "https://example.com:99999999/",
        "javascript:alert(1)",
        "{{service}}"
      })
  void url_thatCouldLeadElsewhere_isRefusedAtLoad(String url) {
    refused(() -> webhook("call", url, null, null));
  }

  @Test
  void url_withNamesInPathAndQueryValue_isAccepted() {
    webhook("call", "https://example.com/{{service}}/x?to={{version}}&n=1", null, null);
  }

  @ParameterizedTest
  @CsvSource({
    "Host, example.com",
    "idempotency-key, mine",
    "X-Muster-Run, mine",
    "Content-Length, 3",
    "'Bad Name', x",
    "X-Line, 'a\nb'",
    "X-Accent, é",
    "X-Twice, ${{version}}"
  })
  void header_reservedOrBroken_isRefusedAtLoad(String name, String value) {
    refused(() -> webhook("call", "https://example.com/", Map.of(name, value), null));
  }

  @Test
  void body_plainTextWithNames_isRefusedBecauseItCannotBeWrittenSafely() {
    String body = "go to {{version}}";

    refused(() -> webhook("call", "https://example.com/", null, body));
    refused(
        () -> webhook("call", "https://example.com/", Map.of("Content-Type", "text/xml"), body));
  }

  @Test
  void runbook_usingAnUnknownName_isRefusedWithTheList() {
    Step step = webhook("call", "https://example.com/{{versoin}}", null, null);

    String sentence = refused(() -> runbook(step));

    assertTrue(sentence.contains("{{versoin}}"), sentence);
    assertTrue(sentence.contains("incident.title, service, version"), sentence);
  }

  @Test
  void runbook_usingTheOutputOfALaterStep_isRefused() {
    Step first = webhook("first", "https://example.com/{{steps.second.status}}", null, null);
    Step second = webhook("second", "https://example.com/{{steps.first.status}}", null, null);

    refused(() -> runbook(first, second));
    runbook(webhook("first", "https://example.com/", null, null), second);
  }

  @Test
  void runbook_withTooManyOrDoubledOrNoSteps_isRefused() {
    Step[] many = IntStream.range(0, 51).mapToObj(i -> manual("s" + i, "x")).toArray(Step[]::new);

    refused(() -> runbook(many));
    refused(() -> runbook(manual("a", "x"), manual("a", "x")));
    refused(() -> runbook());
  }

  @Test
  void step_timeoutOrMethodOrTextThatCannotWork_isRefused() {
    refused(() -> timed(Duration.ofDays(1)));
    refused(() -> timed(Duration.ZERO));
    refused(() -> manual("look", " "));
    refused(() -> webhook("call", "", null, null));
    refused(
        () ->
            new Step(
                "x", Step.Kind.WEBHOOK, null, "TRACE", "http://a/", null, null, null, null, false));
    refused(
        () ->
            new Step(
                "x", Step.Kind.WEBHOOK, null, "GET", "http://a/", null, "{}", null, null, false));
  }

  @Test
  void when_severityNamed_coversItAndWorse() {
    Runbook.When when = new Runbook.When(null, Severity.SEV2);

    assertTrue(when.coversSeverity(Severity.SEV1));
    assertTrue(when.coversSeverity(Severity.SEV2));
    assertFalse(when.coversSeverity(Severity.SEV3));
    assertTrue(Runbook.When.ALWAYS.coversSeverity(Severity.SEV4));
  }

  @ParameterizedTest
  @CsvSource({
    "200, true, false, SUCCEEDED",
    "204, true, false, SUCCEEDED",
    "200, false, false, FAILED",
    "200, false, true, UNKNOWN",
    "404, true, false, FAILED",
    "429, true, false, FAILED",
    "408, true, false, UNKNOWN",
    "500, true, false, UNKNOWN",
    "504, true, true, UNKNOWN"
  })
  void answer_byStatusAndBody_isJudged(
      int status, boolean json, boolean cut, StepOutcome.Kind kind) {
    assertEquals(kind, StepOutcome.answered(rollback(), status, json, cut, Map.of()).kind());
  }

  @Test
  void answer_withConfiguredStatus_isJudgedByItAlone() {
    Step.Success accepted = new Step.Success(List.of(202, 503), Map.of());

    assertTrue(accepted.accepts(503));
    assertFalse(accepted.accepts(200));
    refused(() -> new Step.Success(List.of(99), null));
  }

  private static Step timed(Duration timeout) {
    return new Step(
        "x", Step.Kind.WEBHOOK, null, null, "http://a/", null, null, null, timeout, false);
  }

  private static String refused(Executable make) {
    return assertThrows(IllegalArgumentException.class, make).getMessage();
  }
}

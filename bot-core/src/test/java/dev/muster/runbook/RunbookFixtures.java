// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Rejection;
import dev.muster.incident.Severity;
import dev.muster.incident.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** People, times and runbooks that the tests of this package share. */
final class RunbookFixtures {

  static final Instant NOW = Instant.parse("2026-03-02T14:00:00Z");
  static final Person ADA = person("ada");
  static final Person LI = person("li");
  static final TemplateValues FACTS =
      TemplateValues.ofIncident(
          new IncidentId(7),
          "Checkout is down",
          Severity.SEV2,
          IncidentStatus.IDENTIFIED,
          List.of("checkout"));

  private RunbookFixtures() {}

  static Person person(String id) {
    return new Person(new UserRef("web", id), id);
  }

  static Actor human(Person person) {
    return new Actor.Human(person);
  }

  static Step webhook(String id, String url, Map<String, String> headers, String body) {
    return new Step(id, Step.Kind.WEBHOOK, null, null, url, headers, body, null, null, false);
  }

  static Step manual(String id, String text) {
    return new Step(id, Step.Kind.MANUAL, null, null, null, null, text, null, null, false);
  }

  static Runbook runbook(Step... steps) {
    List<Parameter> parameters =
        List.of(
            new Parameter("version", true, List.of()), new Parameter("service", false, List.of()));
    return new Runbook("rollback-checkout", true, null, parameters, List.of(steps), "hash-1");
  }

  static Step rollback() {
    return webhook(
        "call-deployer",
        "http://127.0.0.1:9099/rollback/{{service}}",
        Map.of("Authorization", "Bearer ${DEPLOY_TOKEN}"),
        "{\"version\": \"{{version}}\", \"incident\": \"{{incident.id}}\"}");
  }

  static RunbookRun started(Runbook runbook) {
    return accepted(
        RunbookRun.start(
            "run-1",
            new IncidentId(7),
            runbook,
            Map.of("version", "1.4", "service", "checkout"),
            ADA,
            NOW));
  }

  static RunbookRun requested(RunbookRun run, String step) {
    return accepted(run.request(step, ADA, FACTS, NOW, RunbookRun.APPROVAL_TIME));
  }

  static <T> T accepted(Verdict<T> verdict) {
    return verdict.match(
        value -> value,
        rejection -> {
          throw new AssertionError(rejection.text());
        });
  }

  static String reason(Verdict<?> verdict) {
    return rejection(verdict).reason();
  }

  static Rejection rejection(Verdict<?> verdict) {
    return verdict.match(
        value -> {
          throw new AssertionError("accepted: " + value);
        },
        rejection -> rejection);
  }

  static StepState state(RunbookRun run, String step) {
    return run.stepRun(step).orElseThrow().state();
  }
}

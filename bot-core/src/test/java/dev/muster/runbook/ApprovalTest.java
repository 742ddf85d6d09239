// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import static dev.muster.runbook.RunbookFixtures.ADA;
import static dev.muster.runbook.RunbookFixtures.FACTS;
import static dev.muster.runbook.RunbookFixtures.LI;
import static dev.muster.runbook.RunbookFixtures.NOW;
import static dev.muster.runbook.RunbookFixtures.accepted;
import static dev.muster.runbook.RunbookFixtures.human;
import static dev.muster.runbook.RunbookFixtures.person;
import static dev.muster.runbook.RunbookFixtures.reason;
import static dev.muster.runbook.RunbookFixtures.requested;
import static dev.muster.runbook.RunbookFixtures.rollback;
import static dev.muster.runbook.RunbookFixtures.runbook;
import static dev.muster.runbook.RunbookFixtures.started;
import static dev.muster.runbook.RunbookFixtures.webhook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.IncidentId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApprovalTest {

  private static final String STEP = "call-deployer";
  private static final RunbookRun AWAITING = requested(started(runbook(rollback())), STEP);
  private static final String DIGEST = digest(AWAITING);

  @Test
  void approval_byASecondEntitledPersonInTime_counts() {
    accepted(AWAITING.approve(STEP, approval(human(LI)), NOW));
  }

  @Test
  void approval_byTheRequesterUnderAnotherName_isRefused() {
    Person renamed = new Person(ADA.ref(), "Somebody Else");

    assertEquals("same_person", reason(AWAITING.approve(STEP, approval(human(renamed)), NOW)));
  }

  @Test
  void approval_byAnotherPersonWithTheRequestersName_counts() {
    Person namesake = new Person(new UserRef("web", "ada2"), ADA.name());

    accepted(AWAITING.approve(STEP, approval(human(namesake)), NOW));
  }

  @Test
  void approval_byAMachine_isRefused() {
    for (Actor machine :
        List.of(new Actor.Bot(), new Actor.AlertSource("x"), new Actor.Schedule("x"))) {
      assertEquals("not_human", reason(AWAITING.approve(STEP, approval(machine), NOW)));
    }
  }

  @Test
  void approval_withoutEntitlement_isRefused() {
    Approval approval = new Approval(human(LI), false, DIGEST, "hash-1");

    assertEquals("not_entitled", reason(AWAITING.approve(STEP, approval, NOW)));
  }

  @Test
  void approval_atTheInstantOfExpiry_isTooLate() {
    Instant expiry = NOW.plus(RunbookRun.APPROVAL_TIME);

    assertEquals("expired", reason(AWAITING.approve(STEP, approval(human(LI)), expiry)));
    accepted(AWAITING.approve(STEP, approval(human(LI)), expiry.minusMillis(1)));
  }

  @Test
  void approval_ofAnotherRequestOrRunbook_isRefused() {
    Approval forged = new Approval(human(LI), true, "0".repeat(64), "hash-1");
    Approval empty = new Approval(human(LI), true, "", "hash-1");
    Approval changed = new Approval(human(LI), true, DIGEST, "hash-2");

    assertEquals("changed", reason(AWAITING.approve(STEP, forged, NOW)));
    assertEquals("changed", reason(AWAITING.approve(STEP, empty, NOW)));
    assertEquals("runbook_changed", reason(AWAITING.approve(STEP, changed, NOW)));
  }

  @Test
  void approval_pressedTwice_countsOnce() {
    RunbookRun approved = accepted(AWAITING.approve(STEP, approval(human(LI)), NOW));

    assertEquals("not_awaiting", reason(approved.approve(STEP, approval(human(LI)), NOW)));
    assertTrue(sentence(approved, LI).startsWith("You approved this step already."));
    assertTrue(sentence(approved, ADA).startsWith("li approved this step already."));
  }

  @Test
  void digest_whenAnyPartChanges_isAnother() {
    Runbook book = runbook(rollback());
    Set<String> digests = new HashSet<>(Set.of(DIGEST));
    Step otherUrl = copy("http://127.0.0.1:9098/rollback/{{service}}", "{}");
    Step otherBody = copy(rollback().url(), "[]");
    Runbook otherHash =
        new Runbook(book.name(), true, null, book.parameters(), book.steps(), "hash-2");

    assertTrue(digests.add(digest(requested(started(runbook(otherUrl)), STEP))));
    assertTrue(digests.add(digest(requested(started(runbook(otherBody)), STEP))));
    assertTrue(digests.add(digest(requested(started(otherHash), STEP))));
    assertTrue(digests.add(digest(with("run-2", "1.4", "checkout", ADA, 15))));
    assertTrue(digests.add(digest(with("run-1", "1.5", "checkout", ADA, 15))));
    assertTrue(digests.add(digest(with("run-1", "1.4", "payments", ADA, 15))));
    assertTrue(digests.add(digest(with("run-1", "1.4", "checkout", person("eve"), 15))));
    assertTrue(digests.add(digest(with("run-1", "1.4", "checkout", ADA, 16))));
    assertEquals(DIGEST, digest(with("run-1", "1.4", "checkout", ADA, 15)));
  }

  @Test
  void digest_ofTextMovedBetweenParts_isAnother() {
    String one = digest(with("run-1", "1.4\n4:more", "checkout", ADA, 15, "{}"));
    String two = digest(with("run-1", "1.4", "checkout\n4:more", ADA, 15, "{}"));

    assertTrue(!one.equals(two));
  }

  private static Approval approval(Actor actor) {
    return new Approval(actor, true, DIGEST, "hash-1");
  }

  private static Step copy(String url, String body) {
    return webhook(STEP, url, rollback().headers(), body);
  }

  private static RunbookRun with(
      String id, String version, String service, Person requester, int minutes) {
    return with(id, version, service, requester, minutes, rollback().body());
  }

  private static RunbookRun with(
      String id, String version, String service, Person requester, int minutes, String body) {
    RunbookRun run =
        new RunbookRun(
            id,
            new IncidentId(7),
            runbook(copy(rollback().url(), body)),
            Map.of("version", version, "service", service),
            ADA,
            NOW,
            List.of(StepRun.waiting(STEP, NOW)));
    return accepted(run.request(STEP, requester, FACTS, NOW, Duration.ofMinutes(minutes)));
  }

  private static String digest(RunbookRun run) {
    return run.stepRun(STEP).orElseThrow().consent().digest();
  }

  private static String sentence(RunbookRun run, Person presser) {
    return run.approve(STEP, approval(human(presser)), NOW)
        .match(fine -> "", rejection -> rejection.sentence());
  }
}

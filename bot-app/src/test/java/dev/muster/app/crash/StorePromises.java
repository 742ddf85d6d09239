// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.crash.StoreNow.Fact;
import dev.muster.app.crash.StoreNow.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The invariants that the database file shows. */
final class StorePromises {

  private static final int WAITING = 0;
  private static final int HANDLED = 1;
  private static final int FINISHED = 3;

  /** Two of the same level within this time are one timer that fired twice. */
  private static final Duration SAME_TIMER = Duration.ofSeconds(60);

  private StorePromises() {}

  static List<String> inputsAreHandled(Evidence evidence) {
    List<String> problems = new ArrayList<>();
    Words handled =
        Words.of(
            evidence.store().deliveries().stream()
                .filter(delivery -> delivery.state() == HANDLED)
                .map(StoreNow.Delivery::body));
    Words logged = Words.of(evidence.facts("message_logged").map(Fact::text));
    Set<String> titles =
        evidence.store().incidents().stream().map(Opened::title).collect(Collectors.toSet());
    for (Evidence.Heard heard : evidence.heard()) {
      if (!handled.hold(heard.words())) {
        problems.add("acknowledged, and no handled delivery holds: " + heard.words());
      }
      boolean visible =
          switch (heard.kind()) {
            case SAID -> logged.hold(heard.words());
            case DONE ->
                evidence.store().facts().stream().anyMatch(f -> Deed.isFactOf(f, heard.words()));
            case ASKED ->
                evidence.store().facts().stream().anyMatch(f -> Deed.isRunOf(f, heard.words()));
            case LATE -> true;
            case DECLARED, ALERT -> titles.contains(heard.words().strip().toLowerCase(Locale.ROOT));
          };
      if (!visible) {
        problems.add("acknowledged, and nothing came of: " + heard.words());
      }
    }
    return problems;
  }

  static List<String> nothingLiesAround(Evidence evidence) {
    List<String> problems = new ArrayList<>();
    Instant late = evidence.now().minus(evidence.rules().lateness());
    evidence.store().deliveries().stream()
        .filter(d -> d.state() == WAITING && d.received().isBefore(late))
        .forEach(d -> problems.add("delivery " + d.id() + " waits since " + d.received()));
    evidence.store().orders().stream()
        .filter(order -> order.state() < FINISHED && order.due().isBefore(late))
        .forEach(order -> problems.add("order in " + order.lane() + " lies since " + order.due()));
    for (Opened incident : evidence.store().incidents()) {
      evidence.roomsOf(incident).stream()
          .filter(room -> room.topic().isEmpty())
          .forEach(room -> problems.add("the channel of " + incident.id() + " has no topic"));
    }
    Set<String> under = new HashSet<>();
    for (Fact fact : evidence.store().facts()) {
      switch (fact.kind()) {
        case "step_approved", "step_dispatched" -> under.add(fact.ref());
        case "step_succeeded", "step_failed", "step_outcome_unknown" -> under.remove(fact.ref());
        default -> {
          // Nothing else says what became of a call.
        }
      }
    }
    under.forEach(
        step ->
            problems.add("step " + step + " was approved or called and nothing is known of it"));
    return problems;
  }

  static List<String> timersFireOnce(Evidence evidence) {
    List<String> problems = new ArrayList<>();
    Instant late = evidence.now().minus(evidence.rules().lateness());
    evidence.store().timers().stream()
        .filter(timer -> timer.due().isBefore(late))
        .forEach(
            timer ->
                problems.add(
                    timer.kind() + " of " + timer.subject() + " was due at " + timer.due()));
    evidence.store().incidents().stream()
        .filter(Opened::promised)
        .filter(incident -> !hasTimer(evidence, "summary", incident.id()))
        .forEach(
            incident -> problems.add("nothing will tell the promised news of " + incident.id()));
    Map<Long, Fact> before = new HashMap<>();
    evidence
        .facts("escalation_started")
        .forEach(
            fact -> {
              Fact last = before.put(fact.stream(), fact);
              boolean byItself = last != null && !fact.actor().equals("person");
              if (byItself && !wasUnreachable(evidence, last, fact)) {
                tooSoon(evidence, last, fact, problems);
              }
            });
    return problems;
  }

  private static boolean hasTimer(Evidence evidence, String kind, String subject) {
    return evidence.store().timers().stream()
        .anyMatch(timer -> timer.kind().equals(kind) && timer.subject().equals(subject));
  }

  /** Whoever cannot be told is not waited for, and the timeline says so. */
  private static boolean wasUnreachable(Evidence evidence, Fact last, Fact fact) {
    return evidence
        .facts("effect_failed")
        .filter(failed -> failed.stream() == fact.stream())
        .filter(failed -> failed.seq() > last.seq() && failed.seq() < fact.seq())
        .anyMatch(failed -> failed.details().path("reason").asText().equals("person_unreachable"));
  }

  private static void tooSoon(Evidence evidence, Fact last, Fact fact, List<String> problems) {
    int level = fact.details().path("level").asInt();
    Duration after = Duration.between(last.at(), fact.at());
    List<Duration> waits = evidence.rules().levelsAfter();
    if (level == last.details().path("level").asInt()) {
      if (after.compareTo(SAME_TIMER) < 0) {
        problems.add("level " + level + " of INC-" + fact.stream() + " was asked twice at once");
      }
    } else if (level <= waits.size() && after.compareTo(waits.get(level - 1)) < 0) {
      problems.add("level " + level + " of INC-" + fact.stream() + " was asked after " + after);
    }
  }

  static List<String> callsWereApproved(Evidence evidence) {
    List<String> problems = new ArrayList<>();
    Set<String> approved = new HashSet<>();
    for (Fact fact : evidence.store().facts()) {
      String exactly = fact.ref() + " as " + fact.details().path("digest").asText("nothing");
      if (fact.kind().equals("step_approved")) {
        approved.add(exactly);
      } else if (fact.kind().equals("step_dispatched") && !approved.contains(exactly)) {
        problems.add("nobody approved " + exactly);
      }
    }
    return problems;
  }

  static List<String> deedsAreOnTheTimeline(Evidence evidence) {
    List<String> problems = new ArrayList<>();
    Set<String> written = new HashSet<>();
    Map<Long, Long> last = new HashMap<>();
    for (Fact fact : evidence.store().facts()) {
      if (fact.kind().equals("step_dispatched")) {
        written.add(fact.details().path("idempotencyKey").asText());
      }
      if (last.merge(fact.stream(), 1L, Long::sum) != fact.seq()) {
        problems.add("stream " + fact.stream() + " lacks a fact before " + fact.seq());
      }
    }
    evidence.calls().stream()
        .filter(key -> !written.contains(key))
        .forEach(key -> problems.add("no fact tells of the call with key " + key));
    for (Opened incident : evidence.store().incidents()) {
      long opened =
          evidence.facts("channel_opened").filter(f -> f.stream() == incident.number()).count();
      long rooms = evidence.roomsOf(incident).size();
      if (rooms > opened) {
        problems.add(rooms + " channels of " + incident.id() + ", " + opened + " on its timeline");
      }
    }
    return problems;
  }

  static List<String> restoreRepeatsNothing(Evidence evidence) {
    List<String> calls = evidence.calls();
    int before = evidence.rules().callsBeforeRestore();
    Set<String> done = new HashSet<>(calls.subList(0, before));
    return calls.stream()
        .skip(before)
        .filter(done::contains)
        .map(key -> "called again after the restore: " + key)
        .toList();
  }

  static List<String> fileIsWhole(Evidence evidence) {
    return evidence.store().damage();
  }
}

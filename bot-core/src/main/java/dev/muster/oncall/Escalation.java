// SPDX-License-Identifier: Apache-2.0
package dev.muster.oncall;

import dev.muster.chat.Person;
import dev.muster.chat.UtcText;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asking more and more people until somebody acknowledges.
 *
 * <p>An immutable value; each move answers with the escalation after it. It survives a restart
 * because everything follows from instants: after a pause every level that should have been reached
 * is asked once, in one go.
 *
 * @param incident the incident somebody should look after
 * @param policy snapshot of the policy it began with
 * @param startedAt when it began
 * @param countedFrom the instant from which the levels' times count; it moves when a person
 *     escalates by hand
 * @param levelsAsked how many levels have been asked, from the first
 * @param lastAskedAt when somebody was asked last; null before the first time
 * @param state whether it still asks
 * @param endedBy who acknowledged; null unless a person did
 * @param endedAt when it ended; null while it is active
 */
public record Escalation(
    IncidentId incident,
    EscalationPolicy policy,
    Instant startedAt,
    Instant countedFrom,
    int levelsAsked,
    Instant lastAskedAt,
    State state,
    Person endedBy,
    Instant endedAt) {

  /** Asking the same last level more often than this is noise to those who were asked. */
  public static final Duration REPEAT_PAUSE = Duration.ofMinutes(2);

  /** Whether an escalation still asks people. */
  public enum State {
    /** Nobody has acknowledged. */
    ACTIVE,
    /** A person has. */
    ACKNOWLEDGED,
    /** There is nothing to acknowledge any more, for instance because the incident is resolved. */
    STOPPED
  }

  /** Starts an escalation; its first level is due after the policy's first delay. */
  public static Escalation start(IncidentId incident, EscalationPolicy policy, Instant now) {
    return new Escalation(incident, policy, now, now, 0, null, State.ACTIVE, null, null);
  }

  /** Returns whether it still asks people. */
  public boolean isActive() {
    return state == State.ACTIVE;
  }

  /** Returns when the next level is due; empty when it has ended or every level was asked. */
  public Optional<Instant> nextDue() {
    return isActive() && levelsAsked < policy.levels().size()
        ? Optional.of(dueAt(levelsAsked))
        : Optional.empty();
  }

  /**
   * Returns the levels that should have been asked by now and were not, to be asked together; empty
   * when none is due. After a pause this is one asking for all of them, not one for each.
   */
  public Optional<Asking> due(Instant now) {
    Optional<Instant> first = nextDue();
    if (first.isEmpty() || first.get().isAfter(now)) {
      return Optional.empty();
    }
    List<Target> targets = new ArrayList<>();
    int next = levelsAsked;
    while (next < policy.levels().size() && !dueAt(next).isAfter(now)) {
      targets.addAll(policy.levels().get(next).targets());
      next++;
    }
    return Optional.of(
        new Asking(
            levelsAsked + 1, next, targets, first.get(), asked(next, countedFrom, now), now));
  }

  /**
   * Asks the next level at once because a person wants it, or the last level again. Later levels
   * keep their distance from it. It also works after an acknowledgement: then somebody is needed
   * again. Refused after the end and when the last level was asked less than two minutes ago.
   */
  public Verdict<Asking> askNow(Instant now) {
    if (state == State.STOPPED) {
      return Verdict.reject(
          "escalation_over",
          "This escalation is over.",
          "Invite people, for example: /incident invite @ada");
    }
    int last = policy.levels().size() - 1;
    int level = Math.min(levelsAsked, last);
    if (levelsAsked > last && now.isBefore(lastAskedAt.plus(REPEAT_PAUSE))) {
      return Verdict.reject(
          "just_asked",
          "The last level was asked at "
              + UtcText.clock(lastAskedAt)
              + " and has not acknowledged yet.",
          "Wait two minutes before asking again, or invite people, for example: /incident invite"
              + " @ada");
    }
    Instant from = now.minus(policy.levels().get(level).after());
    return Verdict.accept(
        new Asking(
            level + 1,
            level + 1,
            policy.levels().get(level).targets(),
            now,
            asked(level + 1, from, now),
            now));
  }

  /** Records who looks after the incident now; refused when it is not active. */
  public Verdict<Escalation> acknowledge(Person by, Instant now) {
    if (!isActive()) {
      String who = endedBy == null ? "It is over." : endedBy.name() + " has acknowledged it.";
      return Verdict.reject("not_active", who + " Nobody else is asked.", "");
    }
    return Verdict.accept(ended(State.ACKNOWLEDGED, by, now));
  }

  /** Ends it because nothing is left to acknowledge; an ended one stays as it is. */
  public Escalation stop(Instant now) {
    return isActive() ? ended(State.STOPPED, null, now) : this;
  }

  /** Keeps every distance when the clock was put forward by {@code by}, or back if negative. */
  public Escalation moved(Duration by) {
    return new Escalation(
        incident,
        policy,
        startedAt,
        countedFrom.plus(by),
        levelsAsked,
        lastAskedAt == null ? null : lastAskedAt.plus(by),
        state,
        endedBy,
        endedAt);
  }

  private Instant dueAt(int level) {
    return countedFrom.plus(policy.levels().get(level).after());
  }

  private Escalation asked(int levels, Instant from, Instant now) {
    return new Escalation(incident, policy, startedAt, from, levels, now, State.ACTIVE, null, null);
  }

  private Escalation ended(State how, Person by, Instant now) {
    return new Escalation(
        incident, policy, startedAt, countedFrom, levelsAsked, lastAskedAt, how, by, now);
  }
}

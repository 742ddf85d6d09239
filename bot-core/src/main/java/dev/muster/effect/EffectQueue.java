// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import dev.muster.incident.IncidentId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Durable orders, within one transaction. */
public interface EffectQueue {

  /**
   * Writes an order. A {@link Effect.ShowMessage} takes the place of one for the same target and
   * slot that is certainly not done, and is not due before it, unless it is more urgent; a {@link
   * Effect.ReadHistory} and a {@link Effect.ReadAgain} that of one for the same channel which was
   * not begun.
   *
   * @return its identifier
   */
  String add(NewEffect effect);

  /** Returns the order whose place this one would take. */
  Optional<QueuedEffect> replaceable(Effect effect);

  /** Returns whether an order to show a message in that slot there is certainly not done yet. */
  boolean waits(Target target, String slot);

  /**
   * Claims up to {@code limit} runnable orders, the most urgent first: marks them SENDING with the
   * next attempt. Runnable is what is PENDING or UNKNOWN, due, first unfinished in its lane, and
   * whose {@code after} lane has nothing unfinished that was written before it.
   *
   * @param least nothing less urgent is claimed
   */
  List<QueuedEffect> claim(Instant now, int limit, Priority least);

  /**
   * Claims as {@link #claim(Instant, int, Priority)} does, of the orders alone that this unit of
   * work has added; looks at no others, however many wait.
   */
  List<QueuedEffect> claimOwn(Instant now, int limit, Priority least);

  /** Claims up to {@code limit} runnable orders of any priority. */
  default List<QueuedEffect> claim(Instant now, int limit) {
    return claim(now, limit, Priority.BACKGROUND);
  }

  /**
   * Returns the names of the orders that the last claim came upon and could not read, because a
   * newer version wrote them or the row is damaged. They are FAILED from then on and hold up
   * nothing; call it in the transaction of the claim.
   */
  List<String> setAside();

  /** Marks a claimed order DONE; refused when {@code attempt} is no longer the current one. */
  boolean done(String id, int attempt, String result);

  /** Marks a claimed order FAILED. */
  boolean failed(String id, int attempt, String reason);

  /**
   * Puts a claimed order back: certainly not done by this or an earlier attempt, try again at
   * {@code dueAt}.
   */
  boolean retry(String id, int attempt, Instant dueAt, String reason);

  /**
   * Puts a claimed order back that was not begun after all, because its platform's orders are kept
   * back: the attempt does not count, and neither does the time.
   *
   * @param unsure whether an earlier attempt may have been done
   */
  boolean putOff(String id, int attempt, boolean unsure, Instant dueAt, String reason);

  /** Marks a claimed order UNKNOWN: may have been done, find out at {@code dueAt}. */
  boolean unknown(String id, int attempt, Instant dueAt, String reason);

  /**
   * Lets a claimed order do from now on what others were to do as well: rewrites it, and marks
   * those of {@code others} that are PENDING as SUPERSEDED.
   *
   * @return whether it was so; false when {@code attempt} is no longer the current one
   */
  boolean merge(String id, int attempt, Effect effect, List<String> others);

  /** Turns every SENDING order into UNKNOWN; for the start, when no attempt can be under way. */
  int abandonAttempts(Instant now);

  /**
   * Turns every order that is not finished into UNKNOWN, as if it had been tried: the store was
   * restored from a backup, and nobody knows what was done since.
   *
   * @param since when the backup was made; the earliest instant at which an order that was not
   *     begun then may have been carried out
   * @return how many
   */
  int doubtAll(Instant since, Instant now);

  /**
   * Returns when the next order falls due; empty when nothing waits.
   *
   * @param least nothing less urgent is looked at
   */
  Optional<Instant> nextDue(Priority least);

  /** Returns when the next order of any priority falls due. */
  default Optional<Instant> nextDue() {
    return nextDue(Priority.BACKGROUND);
  }

  /** Returns one order. */
  Optional<QueuedEffect> find(String id);

  /** Returns the unfinished orders of an incident that can be read, oldest first. */
  List<QueuedEffect> unfinished(IncidentId incident);

  /** Returns how many orders are unfinished, for metrics. */
  long backlog();

  /** Returns how many orders are SENDING. */
  long underWay();

  /** Returns how many orders of each priority are unfinished, for metrics; all priorities. */
  Map<Priority, Long> backlogByPriority();
}

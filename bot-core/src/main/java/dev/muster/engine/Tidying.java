// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.effect.WorkLoop;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Milestone;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Clears away what has served its time: small values by {@link NoteAges}, and handled deliveries by
 * which repeats were recognised. It goes round every hour, in turns of a bounded size with a pause
 * in between, so that nobody waits for it. What it did not come to is there in the next round.
 */
final class Tidying implements AutoCloseable {

  /** No platform repeats a push after a week, and no gap that is read goes back further. */
  static final Duration DELIVERIES_KEPT = Duration.ofDays(8);

  static final int NOTES_A_TURN = 200;
  static final int DELIVERIES_A_TURN = 200;

  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration AFTER_START = Duration.ofMinutes(1);
  private static final String KEPT_FILES = "kept-files/";

  private final UnitOfWork store;
  private final InstantSource clock;
  private final WorkLoop loop;
  private Instant next;
  private String place = "";

  Tidying(UnitOfWork store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.next = clock.instant().plus(AFTER_START);
    this.loop = new WorkLoop("tidying", clock, this::round);
  }

  void start() {
    loop.start();
  }

  /** Does what is due; returns when the next is. */
  Optional<Instant> round() {
    Instant now = clock.instant();
    boolean wasPutBack = next.isAfter(now.plus(EVERY));
    if (wasPutBack || !now.isBefore(next)) {
      next = now.plus(turn() ? PAUSE : EVERY);
    }
    return Optional.of(next);
  }

  /** Does one turn; returns whether this round has more to do. */
  boolean turn() {
    String after = place;
    SortedMap<String, String> page = store.read(tx -> tx.notes(after, NOTES_A_TURN));
    int forgotten = store.run(tx -> tidy(tx, page));
    boolean more = page.size() == NOTES_A_TURN;
    place = more ? page.lastKey() : "";
    return more || forgotten == DELIVERIES_A_TURN;
  }

  private int tidy(Tx tx, SortedMap<String, String> page) {
    Instant now = clock.instant();
    NoteAges ages = new NoteAges(now, incident -> isEnded(tx, incident, now));
    for (Map.Entry<String, String> note : page.entrySet()) {
      boolean same = tx.note(note.getKey()).filter(note.getValue()::equals).isPresent();
      boolean over =
          ages.isOver(note.getKey(), note.getValue()) || isOfAnEndedRoom(tx, note.getKey(), now);
      if (same && over) {
        tx.dropNote(note.getKey());
      }
    }
    return tx.inbox().forget(now.minus(DELIVERIES_KEPT), DELIVERIES_A_TURN);
  }

  private static boolean isEnded(Tx tx, IncidentId id, Instant now) {
    return tx.incidents().find(id).map(incident -> isEnded(incident, now)).orElse(true);
  }

  private static boolean isEnded(Incident incident, Instant now) {
    return incident.status() == IncidentStatus.CLOSED
        && incident
            .reached(Milestone.CLOSED)
            .filter(at -> !now.isBefore(at.plus(NoteAges.AFTER_THE_END)))
            .isPresent();
  }

  /** Files that were waited for are named by their message, whose channel is an incident's. */
  private static boolean isOfAnEndedRoom(Tx tx, String name, Instant now) {
    int platform = name.indexOf(':');
    int message = name.lastIndexOf('/');
    if (!name.startsWith(KEPT_FILES) || platform < 0 || message < platform) {
      return false;
    }
    ChannelRef channel =
        new ChannelRef(
            name.substring(KEPT_FILES.length(), platform), name.substring(platform + 1, message));
    return tx.incidents().livingIn(channel).map(i -> isEnded(i, now)).orElse(false);
  }

  @Override
  public void close() {
    loop.close();
  }
}

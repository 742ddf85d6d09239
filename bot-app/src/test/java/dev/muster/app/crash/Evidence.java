// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything a trial leaves behind once its faults have stopped and all has come to rest: what
 * those who live on remember, what people see, and what lies in the database file.
 *
 * @param now when it was gathered
 * @param heard what senders were told is heard
 * @param store the database file
 * @param rooms channels of incidents
 * @param announcements what stands where incidents are announced
 * @param calls the key of each call that the runbook's target saw, in their order
 * @param sinks whatever outsiders may read, by name: logs, the file, messages
 * @param rules what holds for this trial
 */
record Evidence(
    Instant now,
    List<Heard> heard,
    StoreNow store,
    List<Room> rooms,
    List<Line> announcements,
    List<String> calls,
    Map<String, String> sinks,
    Rules rules) {

  /** What an acknowledged input has to lead to. */
  enum Kind {
    /** An incident of this title. */
    DECLARED,
    /** An incident of this title. */
    ALERT,
    /** A logged message with these words. */
    SAID,
    /** One fact, which these words stand in, of those that {@link Deed} knows. */
    DONE,
    /** One run of a runbook that was asked for with these words. */
    ASKED,
    /** Nothing, for whoever gave the command was told that it came late. */
    LATE
  }

  /** An input that its sender was told is heard. */
  record Heard(Kind kind, String words) {

    /** What follows it is the command, as it is given on each chat. */
    private static final String TOLD = "late, so nothing was done: ";

    /** Returns the same; late when one of these answers says so of a command with these words. */
    Heard answered(List<String> answers) {
      return answers.stream().anyMatch(a -> a.contains(TOLD) && a.contains(words))
          ? new Heard(Kind.LATE, words)
          : this;
    }
  }

  /**
   * What holds for a trial.
   *
   * @param mayLook whether the bot may look what became of a message
   * @param lateness how much later than due anything may happen
   * @param levelsAfter how long each level of the escalation waits for the one before
   * @param secrets what may stand in no sink at all
   * @param confidential words of private incidents, each with the names of the rooms that may show
   *     it
   * @param callsBeforeRestore how many of the calls were before a restore; none without one
   */
  record Rules(
      boolean mayLook,
      Duration lateness,
      List<Duration> levelsAfter,
      Set<String> secrets,
      Map<String, Set<String>> confidential,
      int callsBeforeRestore) {

    /** What holds where a chat can be looked at. */
    static final Rules USUAL =
        new Rules(
            true,
            Duration.ofSeconds(60),
            List.of(Duration.ZERO, Duration.ofMinutes(30)),
            Set.of(),
            Map.of(),
            0);

    /** The same with secrets that the trial's configuration holds. */
    Rules keeping(Set<String> secret) {
      return new Rules(mayLook, lateness, levelsAfter, secret, confidential, callsBeforeRestore);
    }

    /** The same after a restore, before which so many calls were made. */
    Rules restoredAfter(int calls) {
      return new Rules(mayLook, lateness, levelsAfter, secrets, confidential, calls);
    }

    /** The same with words that may stand in these rooms alone. */
    Rules hiding(Map<String, Set<String>> words) {
      return new Rules(mayLook, lateness, levelsAfter, secrets, words, callsBeforeRestore);
    }

    /** The same where nobody may look what became of a message. */
    Rules unseen() {
      return new Rules(false, lateness, levelsAfter, secrets, confidential, callsBeforeRestore);
    }
  }

  /** Returns the facts of one kind, of all streams. */
  Stream<StoreNow.Fact> facts(String kind) {
    return store.facts().stream().filter(fact -> fact.kind().equals(kind));
  }

  /** Returns the channels of an incident. */
  List<Room> roomsOf(StoreNow.Opened incident) {
    String begin = Room.begin(incident.id());
    return rooms.stream().filter(room -> room.name().startsWith(begin)).toList();
  }
}

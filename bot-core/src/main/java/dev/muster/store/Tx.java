// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.chat.spi.Memory;
import dev.muster.effect.EffectQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** One transaction. Valid only while the work runs that it was handed to, on that thread. */
public interface Tx {

  /** The note that holds when the newest backup was made and where it lies: an instant, a path. */
  String NEWEST_BACKUP = "newest-backup";

  /**
   * The name of the note that whoever puts a backup in the place of the store leaves for the next
   * start; its value is the instant at which the backup was made.
   */
  String RESTORED_FROM = "restored-from";

  /** Returns the deliveries. */
  Inbox inbox();

  /** Returns the facts. */
  TimelineStore timeline();

  /** Returns the incidents. */
  IncidentIndex incidents();

  /** Returns the alerts. */
  AlertStore alerts();

  /** Returns the messages that state alerts. */
  AlertPostings postings();

  /** Returns the durable orders. */
  EffectQueue effects();

  /** Returns the timers. */
  Timers timers();

  /** Returns the meanings of buttons. */
  ActionStore actions();

  /** Returns the people. */
  Directory people();

  /** Returns which message stands where. */
  MessageSlots slots();

  /** Returns the things of one kind; the kind is the record's simple name. */
  <T extends Record> Aggregates<T> all(Class<T> kind);

  /** Returns one small value by name. */
  Optional<String> note(String name);

  /** Keeps one small value by name. */
  void keepNote(String name, String value);

  /**
   * Returns small values by name, in the order of their names.
   *
   * @param after exclusive lower bound of the names; empty for the beginning
   * @param limit at least 1
   */
  SortedMap<String, String> notes(String after, int limit);

  /** Drops one small value; an absent one is fine. */
  void dropNote(String name);

  /** Stores an adapter's records beside the rest. */
  void remember(String platform, List<Memory.Write> writes);

  /**
   * Moves everything that waits for its time: appointments, orders, deliveries and snoozes. For a
   * clock that was put forward by {@code by}, or back when it is negative.
   */
  void keepDistance(Duration by);

  /**
   * Returns whether this unit of work has added orders or set timers, so that those who look after
   * them have to be woken.
   */
  boolean hasOrdered();

  /** Runs something once, after the commit; dropped when the work is rolled back. */
  void afterCommit(Runnable action);
}

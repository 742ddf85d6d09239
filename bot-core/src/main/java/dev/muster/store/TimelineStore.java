// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.chat.UserRef;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Facts in order, append-only, hash-chained per stream; within one transaction. */
public interface TimelineStore {

  /** Appends a fact and returns it as stored. */
  TimelineEntry append(Stream stream, NewEntry entry, Instant now);

  /**
   * Reads facts in order.
   *
   * @param after exclusive; 0 for the beginning
   * @param limit 1 to 10,000
   * @param kinds which kinds; empty for all
   */
  List<TimelineEntry> read(Stream stream, long after, int limit, Set<EntryKind> kinds);

  /** Returns the newest fact of that kind about {@code ref}. */
  Optional<TimelineEntry> latest(Stream stream, EntryKind kind, String ref);

  /**
   * Returns the facts of these kinds about {@code ref}, in order, at most 1,000.
   *
   * @param kinds which kinds; not empty
   */
  List<TimelineEntry> about(Stream stream, String ref, Set<EntryKind> kinds);

  /** Returns the place of the newest fact; 0 when there is none. */
  long lastSeq(Stream stream);

  /** Erases the text of a fact; the caller appends the REDACTED fact. */
  void eraseText(Stream stream, long seq);

  /**
   * Checks the chain of a stream.
   *
   * @return the place of the first entry that does not fit; empty when all fit
   */
  Optional<Long> firstBroken(Stream stream);

  /**
   * Finds facts that hold all the words, newest first.
   *
   * @param words what to look for; quoted as words, never as a query language
   * @param viewer who looks; facts of private incidents are left out unless this person is a member
   * @param limit 1 to 200
   */
  List<TimelineEntry> search(String words, Optional<UserRef> viewer, int limit);
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.alert.AlertKey;
import dev.muster.chat.MessageRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Messages that state alerts, and what ties statements together; within one transaction. */
public interface AlertPostings {

  /** Returns what a message states. */
  Optional<AlertPosting> find(MessageRef message);

  /** Stores what a message states; one per message. */
  void save(AlertPosting posting);

  /** Returns whether there may be messages that state alerts. */
  boolean any();

  /** Returns the messages that state an alert, newest first. */
  List<AlertPosting> of(String alert, int limit);

  /** Returns how many messages posted since then state an alert. */
  long countSince(String alert, Instant since);

  /** Returns the alert that is stated under another key as well. */
  Optional<String> aliasOf(AlertKey key);

  /** Remembers that an alert is stated under another key as well. */
  void keepAlias(AlertKey key, String alert);

  /** Forgets that an alert is stated under another key. */
  void dropAlias(AlertKey key);

  /** Remembers traces by which an alert may be known again. */
  void keepTraces(String alert, boolean byMessage, Set<String> traces);

  /**
   * Returns alerts that left one of these traces and fire, or were heard since then, newest first.
   *
   * @param messagesOnly whether only alerts that messages stated are wanted
   */
  List<AlertRecord> traced(Set<String> traces, boolean messagesOnly, Instant since, int limit);

  /** Returns the newest decision about an alert. */
  Optional<AlertChoice> choice(String alert);

  /** Stores a decision; it replaces the one before. */
  void choose(AlertChoice choice);

  /** Forgets the decision about an alert. */
  void forgetChoice(String alert);
}

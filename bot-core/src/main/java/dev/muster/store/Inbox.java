// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.chat.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deliveries, stored before they are acknowledged; within one transaction. */
public interface Inbox {

  /**
   * Stores a delivery unless one of the same source and key is stored.
   *
   * @param source the platform or alert source
   * @param key by which repeats are recognised
   */
  Stored put(String source, String key, byte[] raw, PackedBody body, Instant now);

  /** Stores a delivery whose body was not packed before. */
  default Stored put(String source, String key, byte[] raw, Inbound body, Instant now) {
    return put(source, key, raw, PackedBody.of(body), now);
  }

  /**
   * Stores a delivery that is handled in this transaction and accepted, unless one of the same
   * source and key is stored.
   *
   * @param source the platform or alert source
   * @param key by which repeats are recognised
   * @param body what is still to be known of it when it is looked at again
   */
  Stored putHandled(String source, String key, byte[] raw, PackedBody body, Instant now);

  /** Returns deliveries that wait to be handled and are due, oldest first. */
  List<Waiting> waiting(Instant now, int limit);

  /** Returns the answer of a delivery that was handled; empty while it waits. */
  Optional<Answer> answerOf(String id);

  /** Returns when a delivery was received; empty when it is not known, or forgotten. */
  Optional<Instant> receivedAt(String id);

  /** Returns what a delivery says; empty when it is forgotten or cannot be read. */
  Optional<Inbound> body(String id);

  /** Marks a delivery handled and keeps its answer for repeats. */
  void handled(String id, Answer answer);

  /**
   * Lets a delivery that was handled be handled once more, as if it had just come; forgets its
   * answer. Anything else is left as it is.
   */
  void again(String id, Instant now);

  /** Keeps a delivery for another try at {@code dueAt} after its handling threw. */
  void retry(String id, Instant dueAt, String error);

  /** Sets a delivery aside after too many tries. */
  void park(String id, String error);

  /** Returns how many deliveries wait, for metrics and back-pressure. */
  long backlog();

  /** Erases the oldest handled deliveries received before {@code before}; returns how many. */
  int forget(Instant before, int limit);

  /**
   * What became of a delivery.
   *
   * @param id our identifier
   * @param repeat whether it had been stored before
   * @param answer the answer of the first one, once it was handled
   */
  record Stored(String id, boolean repeat, Optional<Answer> answer) {}

  /**
   * A delivery that waits.
   *
   * @param id our identifier
   * @param body what it says; empty when it cannot be read, because a newer version wrote it or the
   *     row is damaged
   * @param receivedAt when it was stored
   * @param attempts how often its handling threw
   */
  record Waiting(String id, Optional<Inbound> body, Instant receivedAt, int attempts) {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.testkit.WireAnswers;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What goes wrong with the next calls of a chat that has no wire of its own: each is turned into an
 * outcome that a platform may answer by its contract. Any thread may call.
 */
final class CallFaults {

  /** How a call can go wrong. */
  enum Fault {
    /** Nothing is done, and nobody knows. */
    FAILS_BEFORE,
    /** It is done, and nobody knows. */
    LOSES_THE_REPLY,
    /** Nothing is done; its turn comes in a second. */
    RATE_LIMITED,
    /** Nothing is done, and somebody may try again. */
    NOT_NOW,
    /** It is done, and the answer cannot be read. */
    GARBAGE,
    /** It is done, and the answer takes a second. */
    SLOW
  }

  /** One call. */
  interface Call {
    /** Makes it. */
    Object make() throws Throwable;
  }

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Map<String, Queue<Fault>> armed = new ConcurrentHashMap<>();

  /** Lets the next call of a verb go wrong. */
  void arm(String verb, Fault fault) {
    armed.computeIfAbsent(verb, any -> new ConcurrentLinkedQueue<>()).add(fault);
  }

  /** Lets everything work again. */
  void clear() {
    armed.clear();
  }

  /** Calls, or not, and answers as it is armed. */
  Object call(String verb, Call call) throws Throwable {
    Queue<Fault> queue = armed.get(verb);
    Fault fault = queue == null ? null : queue.poll();
    if (fault == null) {
      return call.make();
    }
    return switch (fault) {
      case FAILS_BEFORE -> new ChatOutcome.Unknown<>("armed, not done");
      case RATE_LIMITED -> new ChatOutcome.RetryLater<>("armed", SECOND, true);
      case NOT_NOW -> new ChatOutcome.RetryLater<>("armed", SECOND);
      case LOSES_THE_REPLY -> {
        call.make();
        yield new ChatOutcome.Unknown<>("armed, done");
      }
      case GARBAGE -> {
        call.make();
        throw new IllegalStateException("armed, done");
      }
      case SLOW -> {
        Object answer = call.make();
        WireAnswers.pass(SECOND);
        yield answer;
      }
    };
  }
}

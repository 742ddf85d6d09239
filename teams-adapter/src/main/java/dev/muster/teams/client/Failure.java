// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import dev.muster.chat.spi.ChatOutcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * Turns a failed call into what the core can act on. 412 and 429 were not done and may be sent
 * again; after 408, 5xx or a broken connection a call that changes something may have been done.
 * Sentences hold status codes and our own words only, never what the other side wrote.
 */
final class Failure {

  /** Waited when nobody says how long: the shortest step of the platform's own back-off. */
  static final Duration SHORT = Duration.ofSeconds(2);

  /** Waited when the other side could not be reached at all. */
  private static final Duration UNREACHABLE = Duration.ofSeconds(5);

  private Failure() {}

  /** Whether a call changes something on the other side. */
  enum Kind {
    /** It only reads. */
    READ,
    /** It changes something. */
    CHANGE
  }

  /**
   * Returns the outcome of an answer that was not a success.
   *
   * @param what the call in words, such as {@code posting}
   * @param status the HTTP status
   * @param after how long to wait before it is sent again, where it may be
   * @param known what the answer says beyond its status
   */
  static <T> ChatOutcome<T> status(
      String what, Kind kind, int status, Duration after, Optional<ErrorClass> known) {
    String reason = what + " was answered with " + status;
    if (status == 412 || status == 429) {
      return new ChatOutcome.RetryLater<>(reason, after, status == 429);
    }
    if (status == 408 || status >= 500) {
      return kind == Kind.CHANGE
          ? new ChatOutcome.Unknown<>(reason)
          : new ChatOutcome.RetryLater<>(reason, after);
    }
    return known
        .map(error -> new ChatOutcome.Refused<T>(reason + error.mend(), error.cause()))
        .orElseGet(() -> new ChatOutcome.Refused<>(reason + mend(status), cause(status)));
  }

  private static ChatOutcome.Cause cause(int status) {
    return switch (status) {
      case 401 -> ChatOutcome.Cause.CREDENTIALS;
      case 403 -> ChatOutcome.Cause.PERMISSION;
      default -> ChatOutcome.Cause.OTHER;
    };
  }

  private static String mend(int status) {
    return switch (status) {
      case 401 -> ": Teams does not accept the app's credentials. Check app-id and app-password.";
      case 403 ->
          ": the app may not do that. Check that it is installed in the team and that its"
              + " permissions were consented to.";
      case 404 -> ": it is not there, or the app is not in it.";
      case 413 -> ": it is too large for Teams.";
      default -> ".";
    };
  }

  /** Returns the outcome of a connection that broke or was never made. */
  static <T> ChatOutcome<T> connection(String what, Kind kind, IOException broken) {
    boolean never = broken instanceof ConnectException || broken instanceof UnknownHostException;
    if (never || kind == Kind.READ) {
      return new ChatOutcome.RetryLater<>(what + " did not reach Teams", UNREACHABLE);
    }
    return new ChatOutcome.Unknown<>(what + " was sent and no answer came back");
  }

  /** Returns the outcome of a success whose answer could not be read. */
  static <T> ChatOutcome<T> unreadable(String what, Kind kind) {
    String reason = what + " was answered with something unreadable";
    return kind == Kind.CHANGE
        ? new ChatOutcome.Unknown<>(reason)
        : new ChatOutcome.RetryLater<>(reason, SHORT);
  }
}

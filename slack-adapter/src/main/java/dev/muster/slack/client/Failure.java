// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Cause;
import java.time.Duration;

/**
 * A call to Slack that did not bring what was wanted. Holds nothing secret and nobody's words.
 *
 * @param kind what it means
 * @param method the Web API method
 * @param code Slack's error code, or a word of ours in the same shape
 * @param after how long to wait before the next call of this method; zero when it does not matter
 * @param needed the missing permission, or empty
 * @param changes whether the method changes something at Slack
 */
public record Failure(
    ErrorClass kind, String method, String code, Duration after, String needed, boolean changes) {

  /** The code for a token that rotates; one that does not never expires. */
  private static final String EXPIRED = "token_expired";

  private static final String NOT_THERE =
      ". See that this machine reaches slack.com by https, also past its proxy, and whether"
          + " status.slack.com tells of an outage.";

  /** How long to wait when nobody said; the calls of one person's click are seconds apart. */
  static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);

  /** Returns what the caller is told. */
  public <T> ChatOutcome<T> outcome() {
    return switch (kind) {
      case THROTTLED -> new ChatOutcome.RetryLater<>(reason("asks us to slow down"), after, true);
      case UNREACHED -> new ChatOutcome.RetryLater<>(reason("could not be reached"), DEFAULT_WAIT);
      case TRANSIENT ->
          changes
              ? new ChatOutcome.Unknown<>(reason("did not say whether it was done"))
              : new ChatOutcome.RetryLater<>(reason("did not answer"), DEFAULT_WAIT);
      case AUTH_DEAD -> new ChatOutcome.Refused<>(dead(), Cause.CREDENTIALS);
      case CONFIGURATION ->
          new ChatOutcome.Refused<>(reason("does not allow this") + mend(), Cause.PERMISSION);
      case GONE, INPUT, CONVERGED -> new ChatOutcome.Refused<>(reason("refuses this"), cause());
    };
  }

  private String dead() {
    boolean expired = code.equals(EXPIRED);
    return reason(expired ? "says that the bot token expired" : "refuses the bot token")
        + (expired ? ". Make the app anew without token rotation" : ". Install the app again")
        + ", put its new token into platforms.slack.bot-token, and reload the configuration;"
        + " restart where the token comes from the environment.";
  }

  /** A channel that is not found is gone, or private and without us; we were in it once. */
  private Cause cause() {
    return switch (code) {
      case "is_archived", "channel_not_found", "is_inactive" -> Cause.CHANNEL_GONE;
      case "not_in_channel" -> Cause.NOT_A_MEMBER;
      case "message_not_found", "cant_update_message", "edit_window_closed" -> Cause.MESSAGE_GONE;
      default -> Cause.OTHER;
    };
  }

  /** Returns how long to wait before trying again: what Slack named, else a few seconds. */
  Duration pause() {
    return after.isZero() ? DEFAULT_WAIT : after;
  }

  /** Returns one sentence with the exact mend, for an operator. */
  public String finding() {
    String said =
        this.<Object>outcome()
            .match(done -> "", later -> later.reason(), refused -> refused, unknown -> unknown);
    return switch (kind) {
      case TRANSIENT, UNREACHED -> said + NOT_THERE;
      default -> said;
    };
  }

  private String mend() {
    return needed.isEmpty()
        ? ". Ask a workspace admin to allow it for this app."
        : ". Add the scope " + needed + " to the app's manifest and install the app again.";
  }

  private String reason(String what) {
    return "Slack " + what + " (" + method + ": " + code + ")";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What is known after a call. */
public sealed interface WebhookResult {

  /** Applies the function that fits. */
  <R> R match(
      Function<Answered, R> answered, Function<Failed, R> failed, Function<Unknown, R> unknown);

  /**
   * The target answered, with whatever status.
   *
   * @param status the status code
   * @param body beginning of the body for people, secrets of the request masked
   * @param bodyCut whether the body was longer than what was read and judged
   * @param jsonMatches whether every wanted value was found; true when none was wanted
   * @param outputs simple values of a JSON body by path, and {@code status}
   */
  record Answered(
      int status, String body, boolean bodyCut, boolean jsonMatches, Map<String, String> outputs)
      implements WebhookResult {
    /** Keeps an unmodifiable copy. */
    public Answered {
      outputs = Map.copyOf(outputs);
    }

    @Override
    public <R> R match(
        Function<Answered, R> answered, Function<Failed, R> failed, Function<Unknown, R> unknown) {
      return answered.apply(this);
    }
  }

  /**
   * The target certainly did nothing: nothing was sent, or it sent us elsewhere and we did not go.
   *
   * @param reason why
   * @param sentence the same for people, with the mend; names a host at most
   */
  record Failed(Reason reason, String sentence) implements WebhookResult {
    @Override
    public <R> R match(
        Function<Answered, R> answered, Function<Failed, R> failed, Function<Unknown, R> unknown) {
      return failed.apply(this);
    }
  }

  /**
   * Something may have been sent and no complete answer came: it may or may not have been done.
   *
   * @param reason why
   * @param sentence the same for people
   */
  record Unknown(Reason reason, String sentence) implements WebhookResult {
    @Override
    public <R> R match(
        Function<Answered, R> answered, Function<Failed, R> failed, Function<Unknown, R> unknown) {
      return unknown.apply(this);
    }
  }

  /** Why there is no answer. */
  enum Reason {
    /** The address is not one that can be called. */
    BAD_ADDRESS,
    /** The host is not in {@code outbound.allow}. */
    HOST_NOT_ALLOWED,
    /** The host's name leads to an address that may not be called. */
    ADDRESS_NOT_ALLOWED,
    /** A secret the request refers to is not there or cannot stand in its place. */
    SECRET_UNUSABLE,
    /** The name of the host is not known. */
    NAME_NOT_FOUND,
    /** No connection could be made. */
    NOT_CONNECTED,
    /** The target answered with a redirect, which is never followed. */
    REDIRECTED,
    /** The time was up. */
    TIMED_OUT,
    /** The connection broke. */
    CONNECTION_LOST;

    /** Returns the reason as logs, metrics and timeline write it, in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

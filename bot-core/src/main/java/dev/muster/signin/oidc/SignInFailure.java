// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin.oidc;

import java.util.Locale;

/** Why somebody is not signed in. Neither its words nor its cause hold anything secret. */
public final class SignInFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** The kinds of failure that people are told apart. */
  public enum Reason {
    /** The provider does not answer, or too slowly. */
    UNREACHABLE,
    /** The provider says no. */
    PROVIDER_REFUSED,
    /** The provider answers what it must not. */
    BAD_ANSWER,
    /** The ID token does not hold. */
    BAD_TOKEN,
    /** This browser did not begin this, or too long ago, or it was used before. */
    NOT_BEGUN_HERE,
    /** They are who they say, and that cannot be written down now. */
    NOT_STORED,
    /** They are who they say, and none of the roles is theirs. */
    NO_ROLE;

    /** Returns the word for addresses, logs and metrics. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;

  /**
   * Makes one.
   *
   * @param reason what people are told
   * @param detail what exactly, in constant words for the log
   */
  public SignInFailure(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  /** Returns what people are told. */
  public Reason reason() {
    return reason;
  }
}

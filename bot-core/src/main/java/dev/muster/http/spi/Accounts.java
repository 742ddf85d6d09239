// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.spi;

import dev.muster.chat.spi.RouteRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is signed in, for pages; asked only where people sign in. */
public interface Accounts {

  /**
   * Somebody who is signed in.
   *
   * @param name their name in the built-in chat
   * @param role what they may do, one word
   * @param admin whether they may see to other people's sessions and to tokens
   * @param formToken goes into every form as the field {@code csrf}
   * @param ends when they have to sign in again at the latest
   */
  record Account(String name, String role, boolean admin, String formToken, Instant ends) {}

  /**
   * A browser in which somebody is signed in.
   *
   * @param id names it in forms
   * @param name whose it is
   * @param role what they may do there
   * @param browser what it calls itself; outside text
   * @param began when they signed in
   * @param seen when it was last used, at most a minute late
   * @param here whether it is the one that asks
   */
  record Session(
      String id,
      String name,
      String role,
      String browser,
      Instant began,
      Instant seen,
      boolean here) {}

  /**
   * A token of a program.
   *
   * @param id names it in forms
   * @param name whose it is; outside text
   * @param may what it may do, in words
   * @param by who made it
   * @param created when
   * @param expires from when on it holds no more
   * @param used when it was last used
   * @param flaw why it does not hold any more; empty while it does
   */
  record Token(
      String id,
      String name,
      String may,
      String by,
      Instant created,
      Instant expires,
      Optional<Instant> used,
      Optional<String> flaw) {}

  /**
   * What came of making a token.
   *
   * @param name whose it is
   * @param secret the token, to be shown now and never again; empty when none was made
   * @param problem why none was made; empty when one was
   */
  record NewToken(String name, String secret, String problem) {
    /** Hides the secret. */
    @Override
    public String toString() {
      return "NewToken[name=" + name + ", problem=" + problem + "]";
    }
  }

  /** Returns every token that was made, the newest first. */
  List<Token> tokens();

  /** Returns the alert sources for which a token can be made. */
  List<String> alertSources();

  /** Makes the token that a form of ours asks for; only for requests that the gate let in. */
  NewToken makeToken(RouteRequest request);

  /** Returns who is signed in with this request. */
  Optional<Account> account(RouteRequest request);

  /** Returns the sessions of whoever asks, the newest first. */
  List<Session> own(RouteRequest request);

  /** Returns everybody's sessions, the newest first. */
  List<Session> everybody(RouteRequest request);

  /** Returns who vouches for people: the host of the identity provider. */
  String provider();

  /** Returns whether the provider can sign people out as well. */
  boolean canLeaveProvider();
}

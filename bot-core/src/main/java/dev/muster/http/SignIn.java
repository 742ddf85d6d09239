// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.chat.spi.RouteRequest;
import dev.muster.config.OidcSettings;
import dev.muster.signin.Dice;
import dev.muster.signin.Digest;
import dev.muster.signin.Sessions;
import dev.muster.signin.WebPeople;
import dev.muster.signin.WebSession;
import dev.muster.signin.oidc.Provider;
import dev.muster.timeline.NewEntry;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything that belongs to signing in, where people do. */
public final class SignIn {

  /**
   * What signing in stands on.
   *
   * @param settings what the configuration says
   * @param provider who vouches for people
   * @param sessions who is signed in
   * @param people what they are called here
   * @param journal where it is written down
   * @param dice for secrets
   * @param clock the clock
   */
  public record Parts(
      OidcSettings settings,
      Provider provider,
      Sessions sessions,
      WebPeople people,
      Consumer<NewEntry> journal,
      Dice dice,
      InstantSource clock) {}

  private final Parts parts;
  private final Cookies cookies;
  private final SignInTickets tickets;

  /**
   * Puts the parts together.
   *
   * @param publicUrl where people reach the program; only its scheme matters here
   */
  public SignIn(Parts parts, URI publicUrl) {
    this.parts = parts;
    this.cookies = new Cookies("https".equals(publicUrl.getScheme()));
    this.tickets = new SignInTickets(parts.dice(), parts.clock());
  }

  Parts parts() {
    return parts;
  }

  Cookies cookies() {
    return cookies;
  }

  SignInTickets tickets() {
    return tickets;
  }

  /** Returns who is signed in with this request's cookie. */
  Optional<Caller> caller(RouteRequest request) {
    return cookies
        .session(request)
        .flatMap(
            secret ->
                parts
                    .sessions()
                    .find(secret)
                    .map(session -> new Caller.SignedIn(session, formToken(secret))));
  }

  /** Made from the secret, so that only whoever holds the session has it; tells nothing of it. */
  private static String formToken(String secret) {
    return Digest.of("form token\n" + secret);
  }

  /** Returns whether a name of the built-in chat belongs to somebody who signs in. */
  boolean isPerson(String name) {
    return parts.people().has(name);
  }

  /** Returns whether a session that answers stream to may still be used. */
  boolean holds(WebSession session) {
    return parts.sessions().holds(session.hash());
  }
}

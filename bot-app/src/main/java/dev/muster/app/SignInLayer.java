// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.access.Level;
import dev.muster.chat.UserRef;
import dev.muster.config.BotConfig;
import dev.muster.config.OidcSettings;
import dev.muster.config.ServerSettings;
import dev.muster.http.Gatekeeper;
import dev.muster.http.SignIn;
import dev.muster.signin.Dice;
import dev.muster.signin.Digest;
import dev.muster.signin.Sessions;
import dev.muster.signin.WebPeople;
import dev.muster.signin.oidc.Provider;
import dev.muster.store.UnitOfWork;
import dev.muster.timeline.NewEntry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;

/** Wires signing in, where the configuration asks for it; asks the provider nothing. */
final class SignInLayer {

  private final ServerSettings server;
  private final UnitOfWork store;
  private final Optional<WebPeople> people;

  SignInLayer(ServerSettings server, UnitOfWork store) {
    this.server = server;
    this.store = store;
    this.people =
        server
            .auth()
            .oidc()
            .map(oidc -> new WebPeople(store, oidc.issuer().toString(), oidc.names()));
  }

  /** Makes what decides who gets in to pages and API. */
  static Gatekeeper gatekeeper(BotConfig now, Gatekeeper.Accepted accepted) {
    List<Gatekeeper.Token> tokens =
        now.server().auth().tokens().stream()
            .map(token -> new Gatekeeper.Token(token.name(), token.sha256(), token.role()))
            .toList();
    return new Gatekeeper(
        isOpen(now), tokens, listening -> now.server().publicUrl(listening), accepted);
  }

  /** Returns whether only this machine gets in, so that nobody has to show who they are. */
  private static boolean isOpen(BotConfig now) {
    return now.enabledPlatforms().size() <= 1
        && now.server().isPublicUrlLoopback()
        && now.server().isLoopback()
        && now.server().auth().tokens().isEmpty()
        && now.server().auth().oidc().isEmpty();
  }

  /** Returns the level of somebody who signs in; empty for everybody else. */
  Optional<Level> levelOf(UserRef user) {
    return people.flatMap(known -> known.levelOf(user));
  }

  Optional<SignIn> signIn(
      OkHttpClient http, InstantSource clock, Dice dice, Consumer<NewEntry> journal) {
    return server
        .auth()
        .oidc()
        .map(
            oidc ->
                new SignIn(
                    new SignIn.Parts(
                        oidc,
                        new Provider(oidc, http, clock),
                        new Sessions(store, clock, dice, terms(oidc)),
                        people.orElseThrow(),
                        journal,
                        dice,
                        clock),
                    server.publicUrl()));
  }

  /** Roles are given when somebody signs in, so other rules about them end every session. */
  private static String terms(OidcSettings oidc) {
    return Digest.of(
        String.join(
            "\n",
            oidc.issuer().toString(),
            oidc.clientId(),
            oidc.groupsClaim(),
            oidc.roles().toString(),
            oidc.defaultRole().toString()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.teams.client.BotCredentials;
import dev.muster.teams.client.Identity;
import dev.muster.teams.client.PendingDialogs;
import dev.muster.teams.client.SdkClients;
import java.util.Optional;

/**
 * Puts the inbound side together.
 *
 * @param newcomers where deliveries go first
 * @param runtime what the application hands out
 * @param credentials the bot's own
 * @param clients the SDK's clients, guarded
 * @param known what is remembered and known
 * @param dialogs calls that wait for a form
 * @param late tells what was decided too late for the call
 */
public record InboundAssembly(
    Newcomers newcomers,
    PlatformRuntime runtime,
    BotCredentials credentials,
    SdkClients clients,
    Knowledge known,
    PendingDialogs dialogs,
    LateAnswers late) {

  /** Puts together what hands everything on to {@code inbox}. */
  public InboundAssembly(
      ChatInbox inbox,
      PlatformRuntime runtime,
      BotCredentials credentials,
      SdkClients clients,
      Knowledge known,
      PendingDialogs dialogs,
      LateAnswers late) {
    this(
        new Newcomers(inbox, runtime.memory(), runtime.clock()),
        runtime,
        credentials,
        clients,
        known,
        dialogs,
        late);
  }

  /**
   * Returns the handler of {@code POST /api/messages}; connects nothing.
   *
   * @param keys the connector's signing keys; empty only in an anonymous trial on this machine
   * @param gate what a call must fit besides its token
   * @param self who the bot is in Teams
   * @param called notes that Teams reaches us
   */
  public TeamsRoute route(
      Optional<SigningKeys> keys, TeamsRoute.Gate gate, Identity self, Runnable called) {
    EventDecoder decoder = new EventDecoder(known, self);
    TeamsBot bot = new TeamsBot(newcomers, decoder, known.places(), dialogs, late, runtime.ids());
    Optional<RequestVerifier> verifier =
        keys.map(k -> new RequestVerifier(k, runtime.clock(), gate.appId()));
    SdkBridge adapter = new SdkBridge(credentials, clients);
    return new TeamsRoute(verifier, gate, adapter, bot, clients.json(), called, runtime);
  }
}

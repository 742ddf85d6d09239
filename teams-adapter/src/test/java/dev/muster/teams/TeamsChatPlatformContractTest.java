// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.chat.spi.Capability;
import dev.muster.teams.client.Grants;
import dev.muster.teams.client.Scope;
import dev.muster.testkit.ChatPlatformContract;
import dev.muster.testkit.ChatWorld;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.PlatformColumn;
import dev.muster.testkit.RecordingInbox;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Teams keeps what every chat platform promises, through the real SDK and our guard. */
final class TeamsChatPlatformContractTest extends ChatPlatformContract {

  private static final Map<Capability, String> REMARKS =
      Map.of(
          Capability.PRIVATE_ANSWERS,
          "Where Teams refuses that, in the chat with the bot.",
          Capability.PINS,
          "The headline is the channel's first post, and is kept up to date there.",
          Capability.BOOKMARKS,
          "The headline carries the links.",
          Capability.TOPIC,
          "The channel's description says the same; in a group chat the headline alone.",
          Capability.PRIVATE_CHANNELS,
          "A group chat, because bots cannot post in private channels.",
          Capability.INVITATIONS,
          "Everybody of the team is in; whoever is invited is mentioned. A group chat takes them"
              + " in.",
          Capability.REACTIONS_HEARD,
          "What Teams does not deliver is read from the channel, every ten minutes and at the end.",
          Capability.ARCHIVE,
          "Group chats stay open.",
          Capability.FILES,
          "Text files alone, as a card that shows their beginning.",
          Capability.HOME,
          "`list` tells what is open in a message.");

  @Override
  protected ChatWorld openWorld(
      KeyedMemory records, RecordingInbox heard, ManualClock time, Path files) {
    return new TeamsChatWorld(records, heard, time, files);
  }

  @Override
  protected Optional<PlatformColumn> column() {
    return Optional.of(
        new PlatformColumn(
            "Microsoft Teams",
            REMARKS,
            capability -> Grants.needs(capability).stream().map(Scope::word).toList()));
  }
}

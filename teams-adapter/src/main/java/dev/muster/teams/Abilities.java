// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.chat.spi.Capability;
import dev.muster.teams.client.Grants;
import dev.muster.teams.client.Identity;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What Teams has of its own, as far as the bot may use it. */
final class Abilities {

  private static final Set<Capability> WITHOUT_CHATS =
      Set.of(
          Capability.THREADS,
          Capability.COMMANDS_IN_THREADS,
          Capability.PRIVATE_ANSWERS,
          Capability.FORMS,
          Capability.FIELD_ERRORS,
          Capability.ALL_MESSAGES_HEARD,
          Capability.HISTORY,
          Capability.ARCHIVE,
          Capability.FILES);

  private Abilities() {}

  /** Returns what is granted now; a private channel is a chat, which not every app can open. */
  static Set<Capability> of(Grants grants, Identity identity) {
    Set<Capability> granted = grants.capabilities();
    Set<Capability> can = EnumSet.copyOf(WITHOUT_CHATS);
    if (identity.canOpenChats()) {
      can.add(Capability.PRIVATE_CHANNELS);
    }
    can.retainAll(granted);
    return Collections.unmodifiableSet(can);
  }
}

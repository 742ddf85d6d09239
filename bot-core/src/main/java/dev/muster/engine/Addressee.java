// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.effect.Effect;
import java.util.Optional;

/** Knows which platform an order goes to. Pure. */
final class Addressee {

  private Addressee() {}

  /** Returns the platform; empty for orders that go to none. */
  static Optional<String> platformOf(Effect effect) {
    if (effect instanceof Effect.OpenChannel e) {
      return Optional.of(e.platform());
    }
    if (effect instanceof Effect.ShowMessage e) {
      return Optional.of(e.target().platform());
    }
    if (effect instanceof Effect.PinMessage e) {
      return Optional.of(e.target().platform());
    }
    if (effect instanceof Effect.TellPerson e) {
      return Optional.of(e.to().user().platform());
    }
    if (effect instanceof Effect.OpenForm e) {
      return Optional.of(e.to().user().platform());
    }
    if (effect instanceof Effect.PostDocument e) {
      return Optional.of(e.target().platform());
    }
    return ofRoom(effect);
  }

  private static Optional<String> ofRoom(Effect effect) {
    if (effect instanceof Effect.SetTopic e) {
      return Optional.of(e.platform());
    }
    if (effect instanceof Effect.InvitePeople e) {
      return Optional.of(e.platform());
    }
    if (effect instanceof Effect.ArchiveChannel e) {
      return Optional.of(e.platform());
    }
    if (effect instanceof Effect.UnarchiveChannel e) {
      return Optional.of(e.platform());
    }
    if (effect instanceof Effect.AddBookmark e) {
      return Optional.of(e.platform());
    }
    if (effect instanceof Effect.WithdrawMessage e) {
      return Optional.of(e.target().platform());
    }
    if (effect instanceof Effect.LeaveChannel e) {
      return Optional.of(e.channel().platform());
    }
    if (effect instanceof Effect.RemoveBookmark e) {
      return Optional.of(e.platform());
    }
    if (effect instanceof Effect.OpenThread e) {
      return Optional.of(e.platform());
    }
    return ofReading(effect);
  }

  private static Optional<String> ofReading(Effect effect) {
    if (effect instanceof Effect.ReadAgain e) {
      return Optional.of(e.channel().platform());
    }
    if (effect instanceof Effect.CheckMembers e) {
      return Optional.of(e.platform());
    }
    if (effect instanceof Effect.JoinChannel e) {
      return Optional.of(e.platform());
    }
    if (effect instanceof Effect.AddReaction e) {
      return Optional.of(e.message().channel().platform());
    }
    if (effect instanceof Effect.ReadHistory e) {
      return Optional.of(e.channel().platform());
    }
    if (effect instanceof Effect.ReadMessage e) {
      return Optional.of(e.message().channel().platform());
    }
    return ofScreen(effect);
  }

  private static Optional<String> ofScreen(Effect effect) {
    if (effect instanceof Effect.ShowHome e) {
      return Optional.of(e.user().platform());
    }
    if (effect instanceof Effect.UpdateForm e) {
      return Optional.of(e.user().platform());
    }
    if (effect instanceof Effect.ShowLink e) {
      return Optional.of(e.message().channel().platform());
    }
    return effect instanceof Effect.FindPerson e ? Optional.of(e.platform()) : Optional.empty();
  }
}

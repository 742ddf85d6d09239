// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Answer;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Profile;
import java.util.Optional;

/** Takes what was heard on a chat platform, within the transaction that marks it as handled. */
final class ChatIntake {

  private final CommandDesk commands;
  private final Presses presses;
  private final FormDesk forms;
  private final Conversations conversations;
  private final Surroundings surroundings;
  private final Gaps gaps = new Gaps();
  private final AlertChannels alerts;
  private final HomeDesk homes;

  ChatIntake(
      CommandDesk commands,
      Presses presses,
      FormDesk forms,
      Conversations conversations,
      Surroundings surroundings,
      AlertChannels alerts,
      HomeDesk homes) {
    this.commands = commands;
    this.presses = presses;
    this.forms = forms;
    this.conversations = conversations;
    this.surroundings = surroundings;
    this.alerts = alerts;
    this.homes = homes;
  }

  /** Handles one event and returns what goes back in its answer slot. */
  Answer handle(Moment moment, String platform, ChatEvent event) {
    author(event).ifPresent(profile -> Acquaintance.heard(moment, profile));
    if (event instanceof ChatEvent.CommandInvoked e) {
      commands.handle(moment, e);
    } else if (event instanceof ChatEvent.ButtonPressed e) {
      return presses.handle(moment, e);
    } else if (event instanceof ChatEvent.FormSubmitted e) {
      return forms.handle(moment, e);
    } else if (event instanceof ChatEvent.MessagePosted e) {
      conversations.posted(moment, e);
      alerts.posted(moment, platform, e);
    } else if (event instanceof ChatEvent.MessageEdited e) {
      conversations.edited(moment, e);
      alerts.edited(moment, platform, e);
    } else {
      handleTrace(moment, event);
    }
    return new Answer.Accepted();
  }

  /** Goes on with a command that waited for its platform to say who people are. */
  void resume(Moment moment, ChatEvent.CommandInvoked command, Lookups lookups) {
    commands.resume(moment, command, lookups);
  }

  private void handleTrace(Moment moment, ChatEvent event) {
    if (event instanceof ChatEvent.MessageDeleted e) {
      conversations.deleted(moment, e);
    } else if (event instanceof ChatEvent.ReactionAdded e) {
      conversations.marks().reacted(moment, e);
    } else if (event instanceof ChatEvent.ReactionRemoved e) {
      conversations.marks().unreacted(moment, e);
    } else if (event instanceof ChatEvent.MessagePinned e) {
      conversations.marks().pinned(moment, e);
    } else if (event instanceof ChatEvent.MessageUnpinned e) {
      conversations.marks().unpinned(moment, e);
    } else if (event instanceof ChatEvent.ChannelDescribed e) {
      conversations.described(moment, e);
    } else if (event instanceof ChatEvent.GapDetected e) {
      gaps.detected(moment, e);
    } else if (event instanceof ChatEvent.ConnectionGap e) {
      gaps.ended(moment, e);
    } else if (event instanceof ChatEvent.HomeOpened e) {
      homes.opened(moment, e);
    } else if (event instanceof ChatEvent.LinksPosted e) {
      PageLinks.posted(moment, e);
    } else {
      surroundings.handle(moment, event);
      if (event instanceof ChatEvent.MemberJoined) {
        homes.changed(moment);
      }
    }
  }

  private static Optional<Profile> author(ChatEvent event) {
    if (event instanceof ChatEvent.CommandInvoked e) {
      return Optional.of(e.by());
    }
    if (event instanceof ChatEvent.MessagePosted e) {
      return Optional.of(e.by());
    }
    if (event instanceof ChatEvent.ButtonPressed e) {
      return Optional.of(e.by());
    }
    if (event instanceof ChatEvent.FormSubmitted e) {
      return Optional.of(e.by());
    }
    return event instanceof ChatEvent.MemberJoined e ? Optional.of(e.who()) : Optional.empty();
  }
}

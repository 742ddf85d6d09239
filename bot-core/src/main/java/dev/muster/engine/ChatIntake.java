// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Answer;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.ChatEventHandler;
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
    EarlyWords.heard(moment, platform, event);
    return new Sorting(moment, platform).handle(event);
  }

  /** Goes on with a command that waited for its platform to say who people are. */
  void resume(Moment moment, ChatEvent.CommandInvoked command, Lookups lookups) {
    commands.resume(moment, command, lookups);
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

  /** What each kind of event leads to. */
  private final class Sorting implements ChatEventHandler<Answer> {

    private final Moment moment;
    private final String platform;

    Sorting(Moment moment, String platform) {
      this.moment = moment;
      this.platform = platform;
    }

    @Override
    public Answer commandInvoked(ChatEvent.CommandInvoked event) {
      commands.handle(moment, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer messagePosted(ChatEvent.MessagePosted event) {
      conversations.posted(moment, event);
      alerts.posted(moment, platform, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer messageEdited(ChatEvent.MessageEdited event) {
      conversations.edited(moment, event);
      alerts.edited(moment, platform, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer messageDeleted(ChatEvent.MessageDeleted event) {
      conversations.deleted(moment, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer reactionAdded(ChatEvent.ReactionAdded event) {
      conversations.marks().reacted(moment, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer reactionRemoved(ChatEvent.ReactionRemoved event) {
      conversations.marks().unreacted(moment, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer messagePinned(ChatEvent.MessagePinned event) {
      conversations.marks().pinned(moment, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer messageUnpinned(ChatEvent.MessageUnpinned event) {
      conversations.marks().unpinned(moment, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer buttonPressed(ChatEvent.ButtonPressed event) {
      return presses.handle(moment, event);
    }

    @Override
    public Answer formSubmitted(ChatEvent.FormSubmitted event) {
      return forms.handle(moment, event);
    }

    @Override
    public Answer memberJoined(ChatEvent.MemberJoined event) {
      surroundings.rooms().joined(moment, event);
      homes.changed(moment);
      return new Answer.Accepted();
    }

    @Override
    public Answer memberLeft(ChatEvent.MemberLeft event) {
      surroundings.rooms().left(moment, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer channelChanged(ChatEvent.ChannelChanged event) {
      surroundings.changes().changed(moment, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer gapDetected(ChatEvent.GapDetected event) {
      gaps.detected(moment, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer connectionGap(ChatEvent.ConnectionGap event) {
      gaps.ended(moment, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer channelMoved(ChatEvent.ChannelMoved event) {
      surroundings.changes().moved(moment, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer homeOpened(ChatEvent.HomeOpened event) {
      homes.opened(moment, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer linksPosted(ChatEvent.LinksPosted event) {
      PageLinks.posted(moment, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer operatorNotice(ChatEvent.OperatorNotice event) {
      surroundings.notices().heard(moment, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer personChanged(ChatEvent.PersonChanged event) {
      surroundings.absences().changed(moment, event);
      return new Answer.Accepted();
    }

    @Override
    public Answer channelDescribed(ChatEvent.ChannelDescribed event) {
      conversations.described(moment, event);
      return new Answer.Accepted();
    }

    /** It was kept with its delivery; nothing follows from it. */
    @Override
    public Answer notUnderstood(ChatEvent.NotUnderstood event) {
      return new Answer.Accepted();
    }
  }
}

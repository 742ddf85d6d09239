// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

/**
 * One answer for everything that can be heard. A method added here does not compile until everybody
 * who sorts events answers it; a test sees to it that each event has its method.
 *
 * @param <R> what an answer is
 */
public interface ChatEventHandler<R> {

  /** Answers {@link ChatEvent.CommandInvoked}. */
  R commandInvoked(ChatEvent.CommandInvoked event);

  /** Answers {@link ChatEvent.MessagePosted}. */
  R messagePosted(ChatEvent.MessagePosted event);

  /** Answers {@link ChatEvent.MessageEdited}. */
  R messageEdited(ChatEvent.MessageEdited event);

  /** Answers {@link ChatEvent.MessageDeleted}. */
  R messageDeleted(ChatEvent.MessageDeleted event);

  /** Answers {@link ChatEvent.ReactionAdded}. */
  R reactionAdded(ChatEvent.ReactionAdded event);

  /** Answers {@link ChatEvent.ReactionRemoved}. */
  R reactionRemoved(ChatEvent.ReactionRemoved event);

  /** Answers {@link ChatEvent.MessagePinned}. */
  R messagePinned(ChatEvent.MessagePinned event);

  /** Answers {@link ChatEvent.MessageUnpinned}. */
  R messageUnpinned(ChatEvent.MessageUnpinned event);

  /** Answers {@link ChatEvent.ButtonPressed}. */
  R buttonPressed(ChatEvent.ButtonPressed event);

  /** Answers {@link ChatEvent.FormSubmitted}. */
  R formSubmitted(ChatEvent.FormSubmitted event);

  /** Answers {@link ChatEvent.MemberJoined}. */
  R memberJoined(ChatEvent.MemberJoined event);

  /** Answers {@link ChatEvent.MemberLeft}. */
  R memberLeft(ChatEvent.MemberLeft event);

  /** Answers {@link ChatEvent.ChannelChanged}. */
  R channelChanged(ChatEvent.ChannelChanged event);

  /** Answers {@link ChatEvent.GapDetected}. */
  R gapDetected(ChatEvent.GapDetected event);

  /** Answers {@link ChatEvent.ConnectionGap}. */
  R connectionGap(ChatEvent.ConnectionGap event);

  /** Answers {@link ChatEvent.ChannelMoved}. */
  R channelMoved(ChatEvent.ChannelMoved event);

  /** Answers {@link ChatEvent.HomeOpened}. */
  R homeOpened(ChatEvent.HomeOpened event);

  /** Answers {@link ChatEvent.LinksPosted}. */
  R linksPosted(ChatEvent.LinksPosted event);

  /** Answers {@link ChatEvent.OperatorNotice}. */
  R operatorNotice(ChatEvent.OperatorNotice event);

  /** Answers {@link ChatEvent.PersonChanged}. */
  R personChanged(ChatEvent.PersonChanged event);

  /** Answers {@link ChatEvent.ChannelDescribed}. */
  R channelDescribed(ChatEvent.ChannelDescribed event);

  /** Answers {@link ChatEvent.NotUnderstood}. */
  R notUnderstood(ChatEvent.NotUnderstood event);

  /** Gives an event to the method that answers it. */
  default R handle(ChatEvent event) {
    if (event instanceof ChatEvent.CommandInvoked e) {
      return commandInvoked(e);
    }
    if (event instanceof ChatEvent.MessagePosted e) {
      return messagePosted(e);
    }
    if (event instanceof ChatEvent.MessageEdited e) {
      return messageEdited(e);
    }
    if (event instanceof ChatEvent.MessageDeleted e) {
      return messageDeleted(e);
    }
    if (event instanceof ChatEvent.ReactionAdded e) {
      return reactionAdded(e);
    }
    if (event instanceof ChatEvent.ReactionRemoved e) {
      return reactionRemoved(e);
    }
    if (event instanceof ChatEvent.MessagePinned e) {
      return messagePinned(e);
    }
    if (event instanceof ChatEvent.MessageUnpinned e) {
      return messageUnpinned(e);
    }
    return handleNoMessage(event);
  }

  private R handleNoMessage(ChatEvent event) {
    if (event instanceof ChatEvent.ButtonPressed e) {
      return buttonPressed(e);
    }
    if (event instanceof ChatEvent.FormSubmitted e) {
      return formSubmitted(e);
    }
    if (event instanceof ChatEvent.MemberJoined e) {
      return memberJoined(e);
    }
    if (event instanceof ChatEvent.MemberLeft e) {
      return memberLeft(e);
    }
    if (event instanceof ChatEvent.ChannelChanged e) {
      return channelChanged(e);
    }
    if (event instanceof ChatEvent.GapDetected e) {
      return gapDetected(e);
    }
    if (event instanceof ChatEvent.ConnectionGap e) {
      return connectionGap(e);
    }
    return handleSurroundings(event);
  }

  private R handleSurroundings(ChatEvent event) {
    if (event instanceof ChatEvent.ChannelMoved e) {
      return channelMoved(e);
    }
    if (event instanceof ChatEvent.HomeOpened e) {
      return homeOpened(e);
    }
    if (event instanceof ChatEvent.LinksPosted e) {
      return linksPosted(e);
    }
    if (event instanceof ChatEvent.OperatorNotice e) {
      return operatorNotice(e);
    }
    if (event instanceof ChatEvent.PersonChanged e) {
      return personChanged(e);
    }
    if (event instanceof ChatEvent.ChannelDescribed e) {
      return channelDescribed(e);
    }
    return notUnderstood((ChatEvent.NotUnderstood) event);
  }
}

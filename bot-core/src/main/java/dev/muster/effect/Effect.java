// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.incident.IncidentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A durable order to the outside world. */
public sealed interface Effect {

  /**
   * Open the incident's channel.
   *
   * @param incident whose
   * @param platform where
   * @param spec what is wanted
   */
  record OpenChannel(IncidentId incident, String platform, ChannelSpec spec) implements Effect {}

  /**
   * Show the topic of the incident's channel.
   *
   * @param incident whose
   * @param platform where
   * @param topic one line; empty leaves the one that stands
   * @param purpose one line on what the channel is for, to be shown as well; empty for none
   */
  record SetTopic(IncidentId incident, String platform, String topic, String purpose)
      implements Effect {

    /** Takes an absent purpose for none. */
    public SetTopic {
      purpose = purpose == null ? "" : purpose;
    }

    /** The topic alone. */
    public SetTopic(IncidentId incident, String platform, String topic) {
      this(incident, platform, topic, "");
    }
  }

  /**
   * Bring people into the incident's channel.
   *
   * @param incident whose
   * @param platform where
   * @param people who
   */
  record InvitePeople(IncidentId incident, String platform, List<Person> people)
      implements Effect {}

  /**
   * Let the message in a slot say this: posted the first time, edited afterwards.
   *
   * @param target where
   * @param slot which message; unique within the target
   * @param thread the slot whose message is the root of the thread; empty for none
   * @param message what it says now
   */
  record ShowMessage(Target target, String slot, String thread, BotMessage message)
      implements Effect {}

  /**
   * Pin the message in a slot.
   *
   * @param target where
   * @param slot which message
   */
  record PinMessage(Target target, String slot) implements Effect {}

  /**
   * Tell one person privately.
   *
   * @param to whom and how
   * @param message what
   */
  record TellPerson(ReplyTo to, BotMessage message) implements Effect {}

  /**
   * Open a form for one person; never repeated. If the opening has expired or is missing, the
   * fallback message with a button is told instead.
   *
   * @param opening the right to open it
   * @param form the form
   * @param to whom
   * @param fallback what is told when it cannot be opened
   */
  record OpenForm(FormOpening opening, Form form, ReplyTo to, BotMessage fallback)
      implements Effect {}

  /**
   * Put the bot's reaction on a message, as a receipt.
   *
   * @param message which
   * @param name the emoji's name
   */
  record AddReaction(MessageRef message, String name) implements Effect {}

  /**
   * Put a link at the head of the incident's channel.
   *
   * @param incident whose
   * @param platform where
   * @param title what is shown
   * @param url where it goes
   */
  record AddBookmark(IncidentId incident, String platform, String title, String url)
      implements Effect {}

  /**
   * Take a link from the head of the incident's channel.
   *
   * @param incident whose
   * @param platform where
   * @param url where it went
   */
  record RemoveBookmark(IncidentId incident, String platform, String url) implements Effect {}

  /**
   * Take back a message of ours that must not be read there any more.
   *
   * @param incident about which incident it is
   * @param target where it stands
   * @param slot in which slot
   * @param instead what is to stand there; empty when the message goes altogether
   */
  record WithdrawMessage(
      IncidentId incident, Target target, String slot, Optional<BotMessage> instead)
      implements Effect {}

  /**
   * Close a channel that an incident has moved out of.
   *
   * @param incident which incident
   * @param channel the channel
   * @param name what it was called
   * @param neutral the name it gets; empty when its name, topic and links may stay
   * @param links what stands at its head and goes, where its name goes
   */
  record LeaveChannel(
      IncidentId incident,
      ChannelRef channel,
      String name,
      Optional<String> neutral,
      List<String> links)
      implements Effect {}

  /**
   * Let an incident that has no channel go on in the thread of its announcement.
   *
   * @param incident whose
   * @param platform where
   */
  record OpenThread(IncidentId incident, String platform) implements Effect {}

  /**
   * Come back into the incident's channel.
   *
   * @param incident whose
   * @param platform where
   * @param since from when on what was said there may be missing
   */
  record JoinChannel(IncidentId incident, String platform, Instant since) implements Effect {}

  /**
   * Close the incident's channel for posting.
   *
   * @param incident whose
   * @param platform where
   */
  record ArchiveChannel(IncidentId incident, String platform) implements Effect {}

  /**
   * Open the incident's channel again.
   *
   * @param incident whose
   * @param platform where
   */
  record UnarchiveChannel(IncidentId incident, String platform) implements Effect {}

  /**
   * Post a document, rendered when it is sent.
   *
   * @param target where
   * @param document which, such as {@code postmortem}
   * @param incident about which incident
   * @param uptoSeq the last timeline entry it may know
   */
  record PostDocument(Target target, String document, IncidentId incident, long uptoSeq)
      implements Effect {}

  /**
   * Read what was missed.
   *
   * @param channel where
   * @param since from when
   */
  record ReadHistory(ChannelRef channel, Instant since) implements Effect {}

  /**
   * Read once more what was said lately, though nothing is known to be missing.
   *
   * @param channel where
   * @param since from when
   */
  record ReadAgain(ChannelRef channel, Instant since) implements Effect {}

  /**
   * Read one message that was never heard, because somebody marked it.
   *
   * @param incident on whose timeline it belongs
   * @param message which
   */
  record ReadMessage(IncidentId incident, MessageRef message) implements Effect {}

  /**
   * Show a person's own screen, rendered when it is sent.
   *
   * @param user whose
   * @param asked whether the person opened it just now; else nothing is sent unless it changed
   */
  record ShowHome(UserRef user, boolean asked) implements Effect {}

  /**
   * Let the form that stands open for somebody under its token show this.
   *
   * @param user whose
   * @param form what it shows now
   */
  record UpdateForm(UserRef user, Form form) implements Effect {}

  /**
   * Show a card under a link to a page of ours, rendered when it is sent.
   *
   * @param message where the link stands
   * @param url the link as it was posted
   */
  record ShowLink(MessageRef message, String url) implements Effect {}

  /**
   * Compare who is in the incident's channel with who belongs to it.
   *
   * @param incident whose
   * @param platform where
   */
  record CheckMembers(IncidentId incident, String platform) implements Effect {}

  /**
   * Find out who people are, then go on with the command that names them.
   *
   * @param platform where
   * @param wanted identifiers, e-mail addresses, and handles of groups behind {@link #GROUP}
   * @param resume the command that waits for it; empty when only names are learned
   */
  record FindPerson(String platform, List<String> wanted, Optional<ChatEvent.CommandInvoked> resume)
      implements Effect {

    /** What stands before the handle of a group. */
    public static final String GROUP = "group/";

    /** Keeps an unmodifiable copy. */
    public FindPerson {
      wanted = List.copyOf(wanted);
      resume = resume == null ? Optional.empty() : resume;
    }
  }

  /**
   * Carry out a step of a runbook.
   *
   * @param incident in which incident
   * @param run which run
   * @param step which step
   * @param attempt which attempt, from 1
   */
  record CallStep(IncidentId incident, String run, String step, int attempt) implements Effect {}
}

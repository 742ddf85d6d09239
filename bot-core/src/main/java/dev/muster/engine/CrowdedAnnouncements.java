// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Space;
import java.util.List;

/**
 * Leads people who talk about an incident under its announcement to its channel, where what they
 * say becomes the timeline: once per incident, when more than five messages stand there.
 */
final class CrowdedAnnouncements {

  private static final int TALK = 5;

  private CrowdedAnnouncements() {}

  /** Returns the slot of the message that leads to the channel. */
  static String slot(IncidentId incident) {
    return "talk-there/" + incident;
  }

  private static String note(String platform, String channel, String message) {
    return "announced/" + platform + "/" + channel + "/" + message;
  }

  /** Remembers under which message an incident was announced. */
  static void announced(Moment moment, String slot, MessageRef message) {
    String start = Cards.ANNOUNCEMENT;
    if (slot.startsWith(start)) {
      moment
          .tx()
          .keepNote(
              note(message.channel().platform(), message.channel().id(), message.id()),
              slot.substring(start.length()));
    }
  }

  /** Counts what people say under an announcement; what programs say does not count. */
  static void heard(Moment moment, ChatEvent.MessagePosted event) {
    if (event.by().bot() || event.place().thread().isEmpty()) {
      return;
    }
    String platform = event.message().channel().platform();
    moment
        .tx()
        .note(note(platform, event.message().channel().id(), event.place().thread().get()))
        .flatMap(IncidentId::parse)
        .flatMap(id -> moment.tx().incidents().find(id))
        .filter(incident -> !incident.isPrivate())
        .ifPresent(
            incident ->
                incident
                    .spaceOn(platform)
                    .filter(space -> space.thread().isEmpty() && incident.status().isOpen())
                    .ifPresent(space -> count(moment, incident, space)));
  }

  private static void count(Moment moment, Incident incident, Space space) {
    String note = "said-under/" + incident.id() + "/" + space.platform();
    int said = moment.tx().note(note).map(Integer::parseInt).orElse(0) + 1;
    if (said <= TALK + 1) {
      moment.tx().keepNote(note, String.valueOf(said));
    }
    if (said == TALK + 1) {
      lead(moment, incident, space);
    }
  }

  private static void lead(Moment moment, Incident incident, Space space) {
    String text =
        "People work on "
            + incident.id()
            + " in #"
            + space.name()
            + ". Please write there: what is said there becomes the timeline.";
    Phrase words =
        Phrase.of(
            new Span.Words("People work on " + incident.id() + " in "),
            new Span.Room(space.channel(), space.name()),
            new Span.Words(". Please write there: what is said there becomes the timeline."));
    new Orders(moment)
        .announce(
            incident.id(),
            space.platform(),
            slot(incident.id()),
            Cards.announcementSlot(incident),
            BotMessage.line(text)
                .withSections(List.of(new Section("", words, Section.Style.PLAIN))));
  }
}

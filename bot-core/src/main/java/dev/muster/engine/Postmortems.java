// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.effect.Priority;
import dev.muster.incident.Incident;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import java.util.List;
import java.util.Map;

/** Drafts the postmortem when an incident closes, and says where it is. */
final class Postmortems {

  /** The name of the document. */
  static final String DOCUMENT = "postmortem";

  /** Notes that the draft exists, up to which fact it knows, and posts it. */
  void draft(Moment moment, Incident incident) {
    long upto = moment.tx().timeline().lastSeq(Stream.of(incident.id()));
    Facts.bot(
        moment,
        incident.id(),
        EntryKind.POSTMORTEM_DRAFTED,
        "The postmortem draft was written from entries 1 to " + upto + ".",
        Map.of("upto", upto));
    String url = moment.settings().publicUrl() + "/incidents/" + incident.id() + "/postmortem";
    BotMessage message =
        BotMessage.card(
                incident.id()
                    + " is closed. The postmortem draft is at "
                    + url
                    + " and in the file below. This channel is archived in 7 days.",
                "Postmortem draft · " + incident.id())
            .withSections(
                List.of(
                    new Section(
                        "", Phrase.of(new Span.Link("Open the draft", url)), Section.Style.PLAIN),
                    new Section(
                        "",
                        Phrase.of(
                            "It holds what the timeline knows and asks what it does not. Nobody is"
                                + " blamed: people appear by role. This channel is archived in 7"
                                + " days."),
                        Section.Style.NOTE)));
    String slot = "postmortem/" + upto;
    Orders orders = new Orders(moment);
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      orders.show(incident.id(), platform, slot, Priority.CARDS, message);
      orders.bookmark(incident.id(), platform, incident.id() + " postmortem", url);
      orders.document(incident.id(), platform, DOCUMENT, upto, lastSummary(moment, incident, slot));
    }
  }

  /** The file is the last word, below the summary that closing brings. */
  private static String lastSummary(Moment moment, Incident incident, String orElse) {
    return moment
        .tx()
        .timeline()
        .latest(Stream.of(incident.id()), EntryKind.SUMMARY_POSTED, "")
        .map(StatusUpdates::slot)
        .orElse(orElse);
  }
}

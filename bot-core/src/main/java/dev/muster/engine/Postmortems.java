// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Fact;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UtcText;
import dev.muster.effect.Priority;
import dev.muster.incident.Incident;
import dev.muster.incident.Milestone;
import dev.muster.store.ActionStore.Use;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Drafts the postmortem when an incident closes, and says in the channel how long things took, what
 * is left to do, where the draft is and until when the channel stays.
 */
final class Postmortems {

  /** The name of the document. */
  static final String DOCUMENT = "postmortem";

  private static final int MOST_ACTIONS = 10;

  private final Tokens tokens;

  Postmortems(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Notes that the draft exists, up to which fact it knows, and posts it. */
  void draft(Moment moment, Incident incident) {
    long upto = moment.tx().timeline().lastSeq(Stream.of(incident.id()));
    Facts.bot(
        moment,
        incident.id(),
        EntryKind.POSTMORTEM_DRAFTED,
        "The postmortem draft was written from entries 1 to " + upto + ".",
        Map.of("upto", upto));
    String slot = "postmortem/" + upto;
    Orders orders = new Orders(moment);
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      boolean archived =
          incident.spaceOn(platform).filter(space -> space.thread().isEmpty()).isPresent();
      orders.show(
          incident.id(), platform, slot, Priority.CARDS, message(moment, incident, slot, archived));
      orders.bookmark(
          incident.id(), platform, incident.id() + " postmortem", url(moment, incident));
      new DocumentOrders(moment, incident.id())
          .post(platform, DOCUMENT, upto, lastSummary(moment, incident, slot));
    }
  }

  private static String url(Moment moment, Incident incident) {
    return moment.settings().publicUrl() + "/incidents/" + incident.id() + "/postmortem";
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

  private BotMessage message(Moment moment, Incident incident, String slot, boolean archived) {
    String url = url(moment, incident);
    long days = Archiving.AFTER.toDays();
    String stays = archived ? " This channel is archived in " + days + " days." : "";
    List<String> actions = NotesDesk.lines(moment, incident);
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("Actions", actions(incident, actions)));
    sections.add(
        new Section("", Phrase.of(new Span.Link("Open the draft", url)), Section.Style.PLAIN));
    sections.add(
        new Section(
            "",
            Phrase.of(
                "It holds what the timeline knows and asks what it does not. Nobody is blamed:"
                    + " people appear by role."
                    + stays),
            Section.Style.NOTE));
    List<Button> buttons = new ArrayList<>();
    if (archived) {
      ButtonMint mint = new ButtonMint(moment, tokens, slot, Optional.of(incident.id()));
      buttons.add(mint.button("Keep open", Press.KEEP_OPEN, Use.REPEATEDLY, Map.of()));
    }
    return BotMessage.card(
            incident.id()
                + " is closed. The postmortem draft is at "
                + url
                + " and in the file below."
                + stays,
            "Postmortem draft · " + incident.id())
        .withFacts(durations(incident))
        .withSections(sections)
        .withButtons(buttons);
  }

  /** A duration whose milestone nobody reached is said to be unknown. */
  private static List<Fact> durations(Incident incident) {
    return List.of(
        duration(incident, "Acknowledged after", Milestone.ACKNOWLEDGED),
        duration(incident, "Mitigated after", Milestone.MITIGATED),
        duration(incident, "Resolved after", Milestone.RESOLVED),
        duration(incident, "Closed after", Milestone.CLOSED));
  }

  private static Fact duration(Incident incident, String name, Milestone end) {
    Optional<Instant> from =
        incident.reached(Milestone.DETECTED).or(() -> incident.reached(Milestone.DECLARED));
    return Fact.of(
        name,
        from.flatMap(begin -> incident.reached(end).map(at -> Duration.between(begin, at)))
            .map(UtcText::duration)
            .orElse("unknown"));
  }

  private static String actions(Incident incident, List<String> actions) {
    if (actions.isEmpty()) {
      return "None noted. To note one: /incident " + incident.id() + " action what @who";
    }
    List<String> lines = new ArrayList<>();
    actions.stream().limit(MOST_ACTIONS).forEach(lines::add);
    int more = actions.size() - lines.size();
    if (more > 0) {
      lines.add("and " + more + " more: /incident " + incident.id() + " actions");
    }
    return String.join("\n", lines);
  }
}

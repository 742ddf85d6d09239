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
import dev.muster.effect.Target;
import dev.muster.incident.Incident;
import dev.muster.incident.Milestone;
import dev.muster.store.ActionStore.Use;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
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

  private static final String UPTO = "upto";
  private static final int MOST_ACTIONS = 10;

  private final Tokens tokens;

  Postmortems(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Notes that the draft exists, up to which fact it knows, and posts it. */
  void draft(Moment moment, Incident incident) {
    long upto = moment.tx().timeline().lastSeq(Stream.of(incident.id()));
    TimelineEntry drafted =
        Facts.bot(
            moment,
            incident.id(),
            EntryKind.POSTMORTEM_DRAFTED,
            "The postmortem draft was written from entries 1 to " + upto + ".",
            Map.of(UPTO, upto));
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      new Orders(moment)
          .bookmark(incident.id(), platform, incident.id() + " postmortem", url(moment, incident));
    }
    show(moment, incident, drafted, true);
  }

  /** Notes that somebody had the draft drawn anew, and posts that one. */
  void redraft(Exchange exchange, Incident incident) {
    Moment moment = exchange.moment();
    long upto = moment.tx().timeline().lastSeq(Stream.of(incident.id()));
    TimelineEntry drafted =
        Facts.append(
            moment,
            incident.id(),
            exchange
                .fact(
                    EntryKind.POSTMORTEM_DRAFTED,
                    "The postmortem was drawn anew from entries 1 to " + upto + ".")
                .with(Map.of(UPTO, upto)));
    show(moment, incident, drafted, false);
  }

  private void show(Moment moment, Incident incident, TimelineEntry drafted, boolean atTheEnd) {
    String slot = slot(drafted);
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      boolean archived =
          incident.spaceOn(platform).filter(space -> space.thread().isEmpty()).isPresent();
      new Orders(moment)
          .show(
              incident.id(),
              platform,
              slot,
              Priority.CARDS,
              message(moment, incident, drafted, atTheEnd && archived));
      String below = atTheEnd ? lastSummary(moment, incident, slot) : slot;
      new DocumentOrders(moment, incident.id()).post(platform, DOCUMENT, upto(drafted), below);
    }
  }

  /** Brings the buttons of the newest draft up to date, where it stands. */
  void refresh(Moment moment, Incident incident) {
    TimelineEntry drafted = new PostmortemStanding(moment, incident.id()).drafted().orElseThrow();
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      String target = EffectCarrier.slotKey(new Target.InIncident(incident.id(), platform));
      if (moment.tx().slots().find(target, slot(drafted)).isPresent()) {
        new Orders(moment)
            .show(
                incident.id(),
                platform,
                slot(drafted),
                Priority.CARDS,
                message(moment, incident, drafted, false));
      }
    }
  }

  private static long upto(TimelineEntry drafted) {
    return drafted.data().get(UPTO) instanceof Number seq ? seq.longValue() : drafted.seq();
  }

  private static String slot(TimelineEntry drafted) {
    return "postmortem/" + upto(drafted);
  }

  /** Returns where the postmortem of an incident can be read. */
  static String url(Moment moment, Incident incident) {
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

  private BotMessage message(
      Moment moment, Incident incident, TimelineEntry drafted, boolean archived) {
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
    boolean byPerson = drafted.actor().type().equals("person");
    String begin =
        byPerson
            ? drafted.actor().name() + " drew the postmortem of " + incident.id() + " anew."
            : incident.id() + " is closed.";
    return BotMessage.card(
            begin + " The postmortem draft is at " + url + " and stands below." + stays,
            "Postmortem draft · " + incident.id())
        .withFacts(durations(incident))
        .withSections(sections)
        .withButtons(buttons(moment, incident, slot(drafted), archived));
  }

  private List<Button> buttons(Moment moment, Incident incident, String slot, boolean archived) {
    ButtonMint mint = new ButtonMint(moment, tokens, slot, Optional.of(incident.id()));
    List<Button> buttons = new ArrayList<>();
    buttons.add(edit(mint));
    PostmortemStanding standing = new PostmortemStanding(moment, incident.id());
    if (standing.isToBePublished()) {
      Button publish =
          mint.button(
              "Publish postmortem",
              Press.POSTMORTEM_PUBLISH,
              Use.REPEATEDLY,
              PostmortemDesk.knowing(standing));
      buttons.add(
          mint.asking(
              publish,
              Button.Style.PLAIN,
              "Publish postmortem",
              "The postmortem of " + incident.id() + " " + whatFollows(incident),
              "Publish"));
    }
    if (archived) {
      buttons.add(mint.button("Keep open", Press.KEEP_OPEN, Use.REPEATEDLY, Map.of()));
    }
    return buttons;
  }

  /** Returns the button that opens the form of all parts. */
  static Button edit(ButtonMint mint) {
    return mint.button("Edit postmortem", Press.POSTMORTEM_EDIT, Use.REPEATEDLY, Map.of());
  }

  /** Returns what publishing does, to stand behind what is published. */
  static String whatFollows(Incident incident) {
    return "is posted in its channel"
        + (incident.isPrivate() ? "." : " and linked under the announcement.")
        + " It can still be edited, and published again.";
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

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertMessage;
import dev.muster.alert.VerdictReason;
import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Button;
import dev.muster.chat.Phrase;
import dev.muster.chat.PlainWords;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UtcText;
import dev.muster.chat.WebAddress;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.store.ActionStore.Use;
import dev.muster.store.AlertChoice;
import dev.muster.store.AlertPosting;
import dev.muster.store.AlertRecord;
import dev.muster.store.AlertStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cards about alerts. All text of alerts is shown as words, never as markup. */
final class AlertCards {

  static final int LISTED = 8;
  private static final int LONGEST_TITLE = 150;

  private final Tokens tokens;

  AlertCards(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Returns the one message that lists the alerts of an incident. */
  static BotMessage list(Incident incident, AlertStore.Tally alerts) {
    long firing = alerts.firing();
    String counts = firing + " firing, " + (alerts.all() - firing) + " resolved";
    List<Section> sections = new ArrayList<>();
    for (AlertRecord alert : alerts.first()) {
      sections.add(new Section("", line(alert), Section.Style.PLAIN));
    }
    if (alerts.all() > alerts.first().size()) {
      sections.add(Section.of("And " + (alerts.all() - alerts.first().size()) + " more."));
    }
    return BotMessage.card("Alerts of " + incident.id() + ": " + counts + ".", "Alerts · " + counts)
        .withSections(sections)
        .withTone(firing > 0 ? Tone.WARNING : Tone.GOOD);
  }

  private static boolean fires(AlertRecord alert) {
    return alert.latest().status() == Alert.Status.FIRING;
  }

  private static Phrase line(AlertRecord record) {
    Alert alert = record.latest();
    Phrase line =
        Phrase.of(
            new Span.Strong(fires(record) ? "FIRING " : "RESOLVED "),
            new Span.Words(cut(alert.title()) + " · " + alert.key().source() + " · since "),
            new Span.When(alert.startsAt()));
    if (alert.url().isBlank()) {
      return line;
    }
    return WebAddress.isLink(alert.url())
        ? line.and(new Span.Words(" · "), new Span.Link("source", alert.url()))
        : line.and(new Span.Words(" · not linked: "), new Span.Code(cut(alert.url())));
  }

  private static String cut(String text) {
    return PlainWords.shortened(text, LONGEST_TITLE);
  }

  /** Returns the question whether an incident without firing alerts is over. */
  BotMessage proposal(Moment moment, Incident incident) {
    ButtonMint mint = new ButtonMint(moment, tokens, Cards.HEADLINE, Optional.of(incident.id()));
    Cards cards = new Cards(incident);
    return BotMessage.card(
            "All alerts of "
                + incident.id()
                + " are resolved. Is the service normal again?"
                + " Nothing is resolved or closed without you.",
            "All alerts resolved")
        .withButtons(List.of(cards.resolveButton(mint), cards.closeButton(mint)))
        .withTone(Tone.GOOD);
  }

  /** Returns the answer below an alert message. */
  BotMessage answer(
      Moment moment, AlertRecord record, AlertPosting posting, Optional<Incident> incident) {
    Optional<Incident> open = incident.filter(about -> about.status() != IncidentStatus.CLOSED);
    if (record.latest().status() == Alert.Status.RESOLVED) {
      return ended(record, open);
    }
    Optional<AlertChoice> choice =
        moment.tx().postings().choice(record.id()).filter(made -> made.holds(moment.now()));
    if (open.isPresent()) {
      return belongs(moment, record, posting, open.get(), choice);
    }
    return choice
        .filter(made -> made.kind() != AlertChoice.Kind.DECLARED)
        .filter(made -> made.kind() != AlertChoice.Kind.ATTACHED)
        .map(made -> decided(moment, record, made))
        .orElseGet(() -> question(moment, record, incident));
  }

  private static BotMessage ended(AlertRecord record, Optional<Incident> open) {
    String when = record.latest().endsAt().map(at -> " at " + UtcText.clock(at)).orElse("");
    String where = open.map(about -> " " + where(about)).orElse("");
    return BotMessage.card("This alert stopped firing" + when + "." + where, "Resolved")
        .withTone(Tone.GOOD);
  }

  /** A private incident is not named in a channel that others read. */
  private static String where(Incident about) {
    if (about.isPrivate()) {
      return "It is being handled.";
    }
    String talk =
        about.spaces().stream()
            .findFirst()
            .map(space -> " Talk in #" + space.name() + ".")
            .orElse("");
    return "It belongs to " + about.id() + "." + talk;
  }

  private BotMessage belongs(
      Moment moment,
      AlertRecord record,
      AlertPosting posting,
      Incident about,
      Optional<AlertChoice> choice) {
    if (about.isPrivate()) {
      return BotMessage.line("This alert is being handled.");
    }
    String by =
        choice
            .map(
                made ->
                    (made.kind() == AlertChoice.Kind.DECLARED ? " Declared by " : " Attached by ")
                        + People.known(moment, made.by()).name()
                        + " at "
                        + UtcText.clock(made.at())
                        + ".")
            .orElse("");
    String talk =
        about.spaces().stream()
            .findFirst()
            .map(space -> " Talk in #" + space.name() + ".")
            .orElse("");
    String says = "This alert belongs to " + about.id() + "." + by + talk;
    if (posting.doubt().isEmpty() || choice.isPresent()) {
      return BotMessage.line(says);
    }
    boolean member = posting.doubt().equals(VerdictReason.PART_OF_GROUP.word());
    String why =
        member
            ? " An alert of this group is there already."
            : " It is probably an alert that is there already: names and values agree.";
    Map<String, String> apart = Map.of("alert", record.id(), "apart", about.id().toString());
    return BotMessage.card(says + why + " If it is another matter, declare it.", "An alert")
        .withButtons(
            List.of(
                mint(moment, record).button("Declare incident", Press.DECLARE, Use.ONCE, apart)));
  }

  private BotMessage decided(Moment moment, AlertRecord record, AlertChoice made) {
    String who = People.known(moment, made.by()).name();
    if (made.kind() == AlertChoice.Kind.NOT_AN_INCIDENT) {
      return BotMessage.line(
          "Not an incident, says "
              + who
              + " at "
              + UtcText.clock(made.at())
              + ". I ask again when it fires anew, or after 24 hours.");
    }
    ButtonMint mint = mint(moment, record);
    Map<String, String> about = Map.of("alert", record.id());
    return BotMessage.card(
            "Snoozed until " + UtcText.clock(made.until()) + " by " + who + ".", "Snoozed")
        .withButtons(List.of(mint.button("Declare incident", Press.DECLARE, Use.ONCE, about)));
  }

  /** The same firing keeps its buttons on all of its messages; a new one gets new ones. */
  private ButtonMint mint(Moment moment, AlertRecord record) {
    String past =
        moment
            .tx()
            .postings()
            .choice(record.id())
            .filter(made -> !made.holds(moment.now()))
            .map(made -> "/" + made.at())
            .orElse("");
    return new ButtonMint(
        moment,
        tokens,
        "alert/" + record.id() + "/" + record.latest().startsAt() + past,
        Optional.empty());
  }

  private BotMessage question(Moment moment, AlertRecord record, Optional<Incident> closed) {
    ButtonMint mint = mint(moment, record);
    Map<String, String> about = Map.of("alert", record.id());
    List<Button> buttons = new ArrayList<>();
    buttons.add(mint.primary("Declare incident", Press.DECLARE, Use.ONCE, about));
    newestOpen(moment)
        .ifPresent(
            open ->
                buttons.add(
                    mint.button(
                        "Attach to " + open.id(),
                        Press.ATTACH,
                        Use.ONCE,
                        Map.of("alert", record.id(), "incident", open.id().toString()))));
    buttons.add(mint.button("Snooze 30 min", Press.SNOOZE, Use.ONCE, about));
    buttons.add(mint.button("Not an incident", Press.NOT_AN_INCIDENT, Use.ONCE, about));
    String count =
        Optional.ofNullable(record.latest().annotations().get(AlertMessage.COUNT))
            .map(number -> " (" + number + " alerts of one group)")
            .orElse("");
    String why =
        closed
            .filter(was -> !was.isPrivate())
            .map(was -> was.id() + " is closed, and it fires.")
            .orElse("No rule declares an incident.");
    return BotMessage.card(
            "I read this as an alert" + count + ": " + cut(record.latest().title()) + ". " + why,
            "An alert")
        .withButtons(buttons);
  }

  private static Optional<Incident> newestOpen(Moment moment) {
    return moment.tx().incidents().unclosed().stream()
        .filter(open -> !open.isPrivate() && open.status().isOpen())
        .max(Comparator.comparingLong(open -> open.id().number()));
  }
}

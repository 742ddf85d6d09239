// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Button;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.WebAddress;
import dev.muster.incident.Incident;
import dev.muster.store.ActionStore.Use;
import dev.muster.store.AlertRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cards about alerts. All text of alerts is shown as words, never as markup. */
final class AlertCards {

  private static final int LISTED = 8;
  private static final int LONGEST_TITLE = 150;

  private final Tokens tokens;

  AlertCards(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Returns the one message that lists the alerts of an incident. */
  static BotMessage list(Incident incident, List<AlertRecord> alerts) {
    long firing = alerts.stream().filter(AlertCards::fires).count();
    String counts = firing + " firing, " + (alerts.size() - firing) + " resolved";
    List<Section> sections = new ArrayList<>();
    for (AlertRecord alert : alerts.subList(0, Math.min(LISTED, alerts.size()))) {
      sections.add(new Section("", line(alert), Section.Style.PLAIN));
    }
    if (alerts.size() > LISTED) {
      sections.add(Section.of("And " + (alerts.size() - LISTED) + " more."));
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
    return text.length() <= LONGEST_TITLE ? text : text.substring(0, LONGEST_TITLE) + "…";
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

  /** Returns the answer under an alert message. */
  BotMessage answer(Moment moment, AlertRecord record, Optional<Incident> incident) {
    if (incident.isPresent()) {
      Incident about = incident.get();
      String where =
          about.spaces().stream()
              .findFirst()
              .map(space -> " Talk in #" + space.name() + ".")
              .orElse("");
      return BotMessage.line("This alert belongs to " + about.id() + "." + where);
    }
    ButtonMint mint = new ButtonMint(moment, tokens, "alert/" + record.id(), Optional.empty());
    Map<String, String> about = Map.of("alert", record.id());
    List<Button> buttons = new ArrayList<>();
    buttons.add(mint.primary("Declare incident", Press.DECLARE, Use.ONCE, about));
    moment.tx().incidents().unclosed().stream()
        .filter(open -> !open.isPrivate() && open.status().isOpen())
        .findFirst()
        .ifPresent(
            open ->
                buttons.add(
                    mint.button(
                        "Attach to " + open.id(),
                        Press.ATTACH,
                        Use.ONCE,
                        Map.of("alert", record.id(), "incident", open.id().toString()))));
    buttons.add(mint.button("Snooze 30 min", Press.SNOOZE, Use.REPEATEDLY, about));
    buttons.add(mint.button("Not an incident", Press.NOT_AN_INCIDENT, Use.ONCE, about));
    return BotMessage.card(
            "I read this as an alert: "
                + record.latest().title()
                + ". No rule declares an incident.",
            "An alert")
        .withButtons(buttons);
  }
}

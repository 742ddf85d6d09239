// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.Fact;
import dev.muster.chat.Phrase;
import dev.muster.chat.PlainWords;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UtcText;
import dev.muster.command.CommandSpec;
import dev.muster.command.HelpText;
import dev.muster.command.IncidentFilter;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Milestone;
import dev.muster.incident.Role;
import dev.muster.runbook.Runbook;
import dev.muster.store.ActionStore.Use;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers questions, privately. */
final class QueryDesk {

  private static final int SHOWN_ENTRIES = 15;
  private static final int LONGEST_LINE = 200;

  private final Platforms platforms;
  private final Tokens tokens;

  QueryDesk(Platforms platforms, Tokens tokens) {
    this.platforms = platforms;
    this.tokens = tokens;
  }

  void help(Exchange exchange, Optional<String> verb, Optional<Incident> here) {
    BotMessage text =
        verb.flatMap(CommandSpec::find)
            .map(HelpText::about)
            .orElseGet(
                () ->
                    HelpText.menu(
                        here.map(Incident::id),
                        platforms.addressing(exchange.place().channel().platform())));
    Optional<Incident> seen =
        here.filter(incident -> incident.visibleTo(Optional.of(exchange.by().person().ref())));
    exchange.tell(
        text.withButtons(
            seen.map(incident -> menu(exchange, incident)).orElseGet(() -> menu(exchange))));
  }

  private List<Button> menu(Exchange exchange) {
    Offers offers = new Offers(tokens);
    return List.of(
        offers.command(exchange, "Declare incident", "declare"),
        offers.command(exchange, "List incidents", "list"));
  }

  private List<Button> menu(Exchange exchange, Incident incident) {
    Offers offers = new Offers(tokens);
    ButtonMint mint = new ButtonMint(exchange.moment(), tokens, "menu", Optional.of(incident.id()));
    Button timeline = offers.command(exchange, "Show timeline", incident.id() + " timeline");
    Button roles = offers.command(exchange, "Show roles", incident.id() + " role");
    if (incident.status() == IncidentStatus.CLOSED) {
      Button draft = offers.command(exchange, "Read postmortem", incident.id() + " postmortem");
      return List.of(draft, timeline, roles);
    }
    Cards cards = new Cards(incident);
    return List.of(
        mint.button("Write update", Press.UPDATE, Use.REPEATEDLY, Map.of()),
        mint.button("Change severity", Press.SEVERITY, Use.REPEATEDLY, Map.of()),
        roles,
        timeline,
        incident.status().isOpen() ? cards.resolveButton(mint) : cards.closeButton(mint));
  }

  void status(Exchange exchange, Incident incident, boolean publicly) {
    Moment moment = exchange.moment();
    ButtonMint mint = new ButtonMint(moment, tokens, Cards.HEADLINE, Optional.of(incident.id()));
    BotMessage card =
        new Cards(incident)
            .with(moment)
            .headline(mint, moment.settings().publicUrl(), moment.now());
    List<Fact> facts = new ArrayList<>(card.facts());
    incident
        .reached(Milestone.DECLARED)
        .filter(at -> incident.status().isOpen())
        .map(at -> Duration.between(at, moment.now()))
        .ifPresent(open -> facts.add(Fact.of("Open for", UtcText.duration(open))));
    lastUpdate(moment, incident)
        .ifPresent(at -> facts.add(Fact.of("Last update", UtcText.minute(at.occurredAt()))));
    BotMessage shown = card.withFacts(facts);
    String platform = exchange.by().person().ref().platform();
    if (publicly && incident.spaceOn(platform).isPresent()) {
      showToAll(exchange, incident, shown);
    } else {
      exchange.tell(shown);
    }
  }

  /** Who asked in a thread of the incident's channel is answered there. */
  private static void showToAll(Exchange exchange, Incident incident, BotMessage card) {
    Orders orders = new Orders(exchange.moment());
    String slot = "status/" + exchange.occasion();
    ChannelRef asked = exchange.place().channel();
    Optional<String> thread =
        exchange
            .place()
            .thread()
            .filter(root -> incident.spaces().stream().anyMatch(s -> s.channel().equals(asked)));
    thread.ifPresentOrElse(
        root -> orders.show(new Target.InChannel(asked), slot, "#" + root, Priority.PEOPLE, card),
        () -> orders.show(incident.id(), asked.platform(), slot, Priority.PEOPLE, card));
  }

  private static Optional<TimelineEntry> lastUpdate(Moment moment, Incident incident) {
    List<TimelineEntry> updates =
        moment
            .tx()
            .timeline()
            .read(
                Stream.of(incident.id()),
                0,
                1000,
                Set.of(EntryKind.STATUS_UPDATE_POSTED, EntryKind.SUMMARY_POSTED));
    return updates.isEmpty() ? Optional.empty() : Optional.of(updates.get(updates.size() - 1));
  }

  void list(Exchange exchange, IncidentFilter which) {
    new IncidentList(exchange, which).tell();
  }

  void roles(Exchange exchange, Incident incident) {
    List<Fact> facts = new ArrayList<>();
    for (Role role : Role.values()) {
      incident
          .holder(role)
          .ifPresentOrElse(
              person -> facts.add(new Fact(role.word(), Phrase.of(new Span.Who(person)))),
              () -> facts.add(Fact.of(role.word(), "vacant")));
    }
    exchange.tell(
        BotMessage.card(
                "Roles of " + incident.id() + ". To give one: /incident role comms @li",
                "Roles of " + incident.id())
            .withFacts(facts)
            .withButtons(List.of(giveRole(exchange, incident))));
  }

  private Button giveRole(Exchange exchange, Incident incident) {
    return new ButtonMint(exchange.moment(), tokens, "roles", Optional.of(incident.id()))
        .button("Give a role", Press.ROLE, Use.REPEATEDLY, Map.of());
  }

  void timeline(Exchange exchange, Incident incident) {
    Stream stream = Stream.of(incident.id());
    long last = exchange.moment().tx().timeline().lastSeq(stream);
    List<TimelineEntry> entries =
        exchange
            .moment()
            .tx()
            .timeline()
            .read(stream, Math.max(0, last - SHOWN_ENTRIES), SHOWN_ENTRIES, Set.of());
    List<Section> sections = new ArrayList<>();
    for (TimelineEntry entry : entries) {
      String text = entry.text().isEmpty() ? entry.kind().word() : entry.text();
      String line =
          UtcText.clock(entry.occurredAt()) + "  " + entry.actor().name() + ": " + cut(text);
      sections.add(Section.of(line));
    }
    String url = exchange.moment().settings().publicUrl() + "/incidents/" + incident.id();
    sections.add(
        new Section("", Phrase.of(new Span.Link("The whole timeline", url)), Section.Style.NOTE));
    exchange.tell(
        BotMessage.card(
                "The newest "
                    + entries.size()
                    + " of "
                    + last
                    + " entries of "
                    + incident.id()
                    + ".",
                "Timeline of " + incident.id())
            .withSections(sections));
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return PlainWords.shortened(line, LONGEST_LINE);
  }

  void actions(Exchange exchange, Incident incident) {
    List<String> lines = NotesDesk.lines(exchange.moment(), incident);
    if (lines.isEmpty()) {
      exchange.tell(
          incident.id() + " has no actions yet. To note one: /incident action add an alert @li");
      return;
    }
    exchange.tell(
        BotMessage.card(
                lines.size()
                    + (lines.size() == 1 ? " action" : " actions")
                    + " of "
                    + incident.id()
                    + ".",
                "Actions")
            .withSections(lines.stream().map(Section::of).toList()));
  }

  void runbooks(Exchange exchange) {
    List<Runbook> runbooks = exchange.moment().settings().runbooks();
    if (runbooks.isEmpty()) {
      exchange.tell(
          "No runbook is configured. Put a file into the folder runbooks, see"
              + " config/runbooks/rollback-checkout.yaml.");
      return;
    }
    List<Section> sections =
        runbooks.stream()
            .map(
                book ->
                    Section.of(
                        book.name()
                            + (book.rollback() ? " (rollback)" : "")
                            + ": "
                            + book.steps().size()
                            + (book.steps().size() == 1 ? " step" : " steps")
                            + ". /incident runbook "
                            + book.name()))
            .toList();
    exchange.tell(
        BotMessage.card(runbooks.size() + " runbooks.", "Runbooks").withSections(sections));
  }
}

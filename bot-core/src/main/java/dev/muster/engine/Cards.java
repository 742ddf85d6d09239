// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.ForSome;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Button;
import dev.muster.chat.Fact;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Milestone;
import dev.muster.incident.Role;
import dev.muster.incident.Severity;
import dev.muster.store.ActionStore.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The two cards that are kept current while an incident lives: headline and announcement. */
final class Cards {

  /** The slot of the headline in the incident's channel. */
  static final String HEADLINE = "headline";

  /** What the slots of announcements begin with. */
  static final String ANNOUNCEMENT = "announcement/";

  private final Incident incident;
  private final String wouldAsk;
  private final Optional<String> call;
  private final Optional<String> tasks;
  private final List<String> duplicates;
  private final boolean published;

  Cards(Incident incident) {
    this(incident, "the next level");
  }

  /** Makes cards whose button <i>Escalate</i> names exactly who is asked. */
  Cards(Incident incident, String wouldAsk) {
    this(incident, wouldAsk, Optional.empty(), Optional.empty(), List.of(), false);
  }

  private Cards(
      Incident incident,
      String wouldAsk,
      Optional<String> call,
      Optional<String> tasks,
      List<String> duplicates,
      boolean published) {
    this.incident = incident;
    this.wouldAsk = wouldAsk;
    this.call = call;
    this.tasks = tasks;
    this.duplicates = duplicates;
    this.published = published;
  }

  /** Returns the same cards, that know the call, tasks, duplicates and the postmortem. */
  Cards with(Moment moment) {
    boolean over = incident.status() == IncidentStatus.CLOSED;
    return new Cards(
        incident,
        wouldAsk,
        IncidentLink.callOf(moment, incident.id()),
        OpenTasks.named(moment, incident),
        Merged.duplicates(moment, incident.id()),
        over && new PostmortemStanding(moment, incident.id()).published().isPresent());
  }

  /** Returns the slot of the announcement of an incident. */
  static String announcementSlot(Incident incident) {
    return announcementSlot(incident.id());
  }

  /** Returns the slot of the announcement of an incident. */
  static String announcementSlot(IncidentId incident) {
    return ANNOUNCEMENT + incident;
  }

  /** Returns {@code 🟠 SEV2 · INC-1 · Checkout errors}, with drill and private said aloud. */
  String title() {
    return incident.severity().sign()
        + " "
        + incident.severity()
        + " · "
        + incident.id()
        + (incident.drill() ? " · Drill" : "")
        + (incident.isPrivate() ? " · Private" : "")
        + " · "
        + incident.title();
  }

  /** Returns the whole card as one or two sentences. */
  String sentence() {
    return name()
        + " is "
        + incident.status().word()
        + ". "
        + incident
            .commander()
            .map(commander -> "Commander " + commander.name() + ".")
            .orElse("Nobody is in command.");
  }

  private String name() {
    return (incident.drill() ? "Drill: " : "")
        + incident.severity()
        + " incident "
        + incident.id()
        + " “"
        + incident.title()
        + "”";
  }

  /** Returns the topic of the channel, names without mentions. */
  String topic() {
    return incident.severity()
        + " · "
        + capital(incident.status())
        + " · Commander "
        + incident.commander().map(commander -> "@" + commander.name()).orElse("vacant")
        + incident.nextUpdate().map(at -> " · next update " + UtcText.clock(at)).orElse("");
  }

  /** Returns the card at the head of the incident's channel. */
  BotMessage headline(ButtonMint mint, String publicUrl, Instant now) {
    List<Fact> facts = new ArrayList<>(facts());
    facts.add(
        Fact.of("Impact", incident.impact().isEmpty() ? "Unknown so far" : incident.impact()));
    if (!incident.services().isEmpty()) {
      facts.add(Fact.of("Affected", String.join(", ", incident.services())));
    }
    incident.nextUpdate().ifPresent(at -> facts.add(new Fact("Next update", Phrase.of(at))));
    call.ifPresent(url -> facts.add(new Fact("Call", Phrase.of(new Span.Link(url, url)))));
    if (!duplicates.isEmpty()) {
      facts.add(Fact.of("Duplicates", String.join(", ", duplicates)));
    }
    if (incident.spaces().size() > 1) {
      facts.add(Fact.of("Channels", spaces()));
    }
    tasks.ifPresent(open -> facts.add(Fact.of("Open tasks", open)));
    facts.add(Fact.of("Next step", nextStep()));
    String page = publicUrl + "/incidents/" + incident.id();
    Section note =
        new Section(
            "",
            Phrase.of("Messages here become the incident's timeline. ")
                .and(new Span.Link("What is stored", page), new Span.Words(" · /incident help")),
            Section.Style.NOTE);
    BotMessage card =
        BotMessage.card(sentence() + " Use the buttons, or /incident help.", title())
            .withFacts(facts)
            .withSections(List.of(note))
            .withButtons(buttons(mint))
            .withTone(tone());
    return leaders().isEmpty() || !incident.status().isOpen()
        ? card
        : card.withForSome(new ForSome(leaders(), toLead(mint)));
  }

  /** Returns the commander and the deputy, whose card offers what they alone do. */
  private List<UserRef> leaders() {
    return Stream.of(Role.COMMANDER, Role.DEPUTY)
        .flatMap(role -> incident.holder(role).stream())
        .map(Person::ref)
        .distinct()
        .toList();
  }

  private static List<Button> toLead(ButtonMint mint) {
    return List.of(
        mint.button("Give a role", Press.ROLE, Use.REPEATEDLY, Map.of()),
        mint.button(
            "Hand over command",
            Press.ROLE,
            Use.REPEATEDLY,
            Map.of("role", Role.COMMANDER.word())));
  }

  private String spaces() {
    return incident.spaces().stream()
        .map(space -> "#" + space.name() + " on " + space.platform())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** Returns the card where incidents are announced. */
  BotMessage announcement(ButtonMint mint, String platform, String publicUrl, Instant now) {
    if (incident.status() == IncidentStatus.CLOSED) {
      return over(publicUrl, now);
    }
    List<Fact> facts = new ArrayList<>(facts());
    incident
        .spaceOn(platform)
        .ifPresent(
            space ->
                facts.add(
                    new Fact(
                        "Talk here",
                        space.thread().isPresent()
                            ? Phrase.of("In the thread of this message")
                            : Phrase.of(new Span.Room(space.channel(), space.name())))));
    lasted(now).ifPresent(length -> facts.add(Fact.of("Lasted", UtcText.duration(length))));
    List<Button> buttons =
        List.of(
            mint.primary("Join " + incident.id(), Press.JOIN, Use.REPEATEDLY, Map.of()),
            mint.button("Subscribe", Press.SUBSCRIBE, Use.REPEATEDLY, Map.of()));
    return BotMessage.card(sentence(), title())
        .withFacts(facts)
        .withButtons(buttons)
        .withTone(tone());
  }

  /** The end of the announcement: its title, and one line with what people look for later. */
  private BotMessage over(String publicUrl, Instant now) {
    String after = lasted(now).map(length -> " after " + UtcText.duration(length)).orElse("") + ".";
    String page = publicUrl + "/incidents/" + incident.id() + "/postmortem";
    Phrase line =
        Phrase.of(
            new Span.Words(status() + after + " "),
            new Span.Link("Postmortem of " + incident.id(), page));
    String text = name() + " is " + incident.status().word() + closedHow() + after;
    String paper =
        published ? " The postmortem is on its page." : " The postmortem draft is on its page.";
    return BotMessage.card(text + paper, title())
        .withSections(List.of(new Section("", line, Section.Style.PLAIN)))
        .withTone(tone());
  }

  private String status() {
    return capital(incident.status()) + closedHow();
  }

  private String closedHow() {
    return incident.closing().map(closing -> " (" + words(closing) + ")").orElse("");
  }

  private static String words(Closing closing) {
    return closing.reason().word().replace('_', ' ')
        + closing.duplicateOf().map(original -> " of " + original).orElse("");
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("Status", status()));
    facts.add(
        new Fact(
            "Commander",
            incident
                .commander()
                .map(person -> Phrase.of(new Span.Who(person)))
                .orElseGet(() -> Phrase.of("Vacant"))));
    Optional<Instant> started = incident.reached(Milestone.STARTED);
    String label = started.isPresent() ? "Started" : "Declared";
    started
        .or(() -> incident.reached(Milestone.DECLARED))
        .ifPresent(at -> facts.add(new Fact(label, Phrase.of(at))));
    return facts;
  }

  private Optional<Duration> lasted(Instant now) {
    if (incident.status().isOpen()) {
      return Optional.empty();
    }
    Instant end =
        incident
            .reached(Milestone.RESOLVED)
            .or(() -> incident.reached(Milestone.CLOSED))
            .orElse(now);
    return incident.reached(Milestone.DECLARED).map(from -> Duration.between(from, end));
  }

  private String nextStep() {
    if (incident.status() == IncidentStatus.CLOSED) {
      return incident
          .closing()
          .flatMap(Closing::duplicateOf)
          .map(original -> "Go on in " + original + ".")
          .orElse(
              published
                  ? "Read the postmortem."
                  : "Read the postmortem draft and fill in what is missing.");
    }
    if (incident.status() == IncidentStatus.RESOLVED) {
      return "Close it when the paperwork is done.";
    }
    if (incident.commander().isEmpty()) {
      return "Somebody takes command.";
    }
    if (incident.status() == IncidentStatus.MITIGATED) {
      return "Make sure that it is over, then /incident resolve.";
    }
    return incident.impact().isEmpty()
        ? "Say who feels it: /incident impact …"
        : "Stop the impact, then /incident mitigate.";
  }

  private List<Button> buttons(ButtonMint mint) {
    List<Button> buttons = new ArrayList<>();
    if (incident.status() == IncidentStatus.CLOSED) {
      return buttons;
    }
    if (incident.reached(Milestone.ACKNOWLEDGED).isEmpty()) {
      buttons.add(mint.primary("Acknowledge", Press.ACK, Use.REPEATEDLY, Map.of()));
    }
    if (incident.commander().isEmpty()) {
      buttons.add(mint.button("Take command", Press.TAKE_COMMAND, Use.REPEATEDLY, Map.of()));
    }
    if (incident.status() == IncidentStatus.RESOLVED) {
      buttons.add(closeButton(mint));
      return buttons;
    }
    buttons.add(mint.button("Write update", Press.UPDATE, Use.REPEATEDLY, Map.of()));
    buttons.add(mint.button("Change severity", Press.SEVERITY, Use.REPEATEDLY, Map.of()));
    buttons.add(escalateButton(mint));
    buttons.add(resolveButton(mint));
    return buttons;
  }

  private Button escalateButton(ButtonMint mint) {
    return mint.asking(
        mint.button("Escalate", Press.ESCALATE, Use.REPEATEDLY, Stale.seen(incident)),
        Button.Style.PLAIN,
        "Escalate " + incident.id() + "?",
        "Asked at once: " + wouldAsk + ".",
        "Escalate");
  }

  /** Returns the button whose form resolves the incident. */
  Button resolveButton(ButtonMint mint) {
    return mint.button(
        "Resolve " + incident.id(), Press.RESOLVE, Use.REPEATEDLY, Stale.seen(incident));
  }

  /** Returns the button whose form closes the incident. */
  Button closeButton(ButtonMint mint) {
    return mint.button("Close " + incident.id(), Press.CLOSE, Use.REPEATEDLY, Map.of());
  }

  private Tone tone() {
    if (!incident.status().isOpen()) {
      return Tone.GOOD;
    }
    return incident.severity().compareTo(Severity.SEV2) <= 0 ? Tone.URGENT : Tone.WARNING;
  }

  static String capital(IncidentStatus status) {
    return status.name().charAt(0) + status.word().substring(1);
  }
}

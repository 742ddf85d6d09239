// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.chat.Addressing;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Fact;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.incident.IncidentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the bot answers when somebody asks how to talk to it; made from the table of verbs. */
public final class HelpText {

  private static final List<String> COMMON_ELSEWHERE = List.of("declare!", "list", "status");
  private static final List<String> COMMON_IN_INCIDENT = List.of("update", "severity", "resolve");
  private static final String PRIVACY =
      "Messages in an incident's channel become its timeline. A pushpin highlights one.";

  private HelpText() {}

  /**
   * Returns the menu for a place: the three commonest uses there, then every verb in one line.
   *
   * @param here the incident whose channel this is; empty elsewhere
   * @param addressing how people address the bot there
   */
  public static BotMessage menu(Optional<IncidentId> here, Addressing addressing) {
    List<String> verbs = here.isPresent() ? COMMON_IN_INCIDENT : COMMON_ELSEWHERE;
    String title = here.map(id -> "Help in " + id).orElse("Help");
    String uses = verbs.stream().map(HelpText::example).collect(Collectors.joining("\n"));
    String text = title + ". Most used here: " + uses.replace("\n", " · ") + ".";
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("Most used here", Phrase.of(uses), Section.Style.CODE));
    sections.add(Section.of("All verbs", allVerbs()));
    sections.add(note(CommandSpec.PREFIX + "help VERB says more. " + PRIVACY));
    if (addressing.differsInThreads()) {
      sections.add(
          note(
              "Slash commands do not work in threads. Mention me there instead, for example "
                  + addressing.inThreads()
                  + "status; the shortcuts of a message work everywhere."));
    }
    return BotMessage.card(text, title).withSections(sections);
  }

  private static Section note(String words) {
    return new Section("", Phrase.of(words), Section.Style.NOTE);
  }

  private static String example(String verb) {
    return CommandSpec.find(verb).orElseThrow().typedExample();
  }

  private static String allVerbs() {
    return CommandSpec.all().stream()
        .map(spec -> spec.verb() + " – " + spec.help())
        .collect(Collectors.joining("\n"));
  }

  /** Returns the help on one verb: forms, example, aliases, what it changes and who may do it. */
  public static BotMessage about(CommandSpec spec) {
    String forms =
        spec.usages().stream()
            .map(usage -> CommandSpec.PREFIX + usage)
            .collect(Collectors.joining("\n"));
    return BotMessage.card(spec.help() + " Example: " + spec.typedExample(), spec.verb())
        .withFacts(facts(spec))
        .withSections(
            List.of(
                Section.of(spec.help()),
                new Section("Forms", Phrase.of(forms), Section.Style.CODE),
                new Section("Example", Phrase.of(spec.typedExample()), Section.Style.CODE)));
  }

  private static List<Fact> facts(CommandSpec spec) {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("Who may", spec.who().words()));
    if (!spec.changes().isEmpty()) {
      facts.add(Fact.of("Changes", spec.changes()));
    }
    if (!spec.aliases().isEmpty()) {
      facts.add(Fact.of("Also", String.join(", ", spec.aliases())));
    }
    if (spec.scope() != Scope.NONE) {
      facts.add(Fact.of("Elsewhere", CommandSpec.PREFIX + "INC-42 " + spec.verb()));
    }
    return facts;
  }
}

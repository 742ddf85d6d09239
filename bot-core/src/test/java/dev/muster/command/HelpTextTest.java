// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Addressing;
import dev.muster.chat.BotMessage;
import dev.muster.incident.IncidentId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTextTest {

  private static final Addressing CALLED = new Addressing("/incident ", "@rescue-bot ");

  static List<CommandSpec> specs() {
    return CommandSpec.all();
  }

  private static String words(BotMessage message) {
    return message.sections().stream()
        .map(section -> section.heading() + "\n" + section.body().plain())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void menu_hasEveryVerbAndThreeUsesThatFitThePlace() {
    String elsewhere = words(HelpText.menu(Optional.empty(), CALLED));
    String inside = words(HelpText.menu(Optional.of(new IncidentId(7)), CALLED));
    for (CommandSpec spec : CommandSpec.all()) {
      assertTrue(elsewhere.contains("\n" + spec.verb() + " – " + spec.help()), spec.verb());
    }
    assertTrue(elsewhere.contains("/incident declare! checkout answers 500 sev2"), elsewhere);
    assertTrue(inside.contains("/incident update "), inside);
    assertTrue(inside.contains("in threads. Mention me there instead, for example @rescue-bot s"));
    assertFalse(words(HelpText.menu(Optional.empty(), Addressing.BY_SLASH)).contains("in threads"));
    assertEquals("Help in INC-7", HelpText.menu(Optional.of(new IncidentId(7)), CALLED).title());
  }

  @ParameterizedTest
  @MethodSource("specs")
  void help_onAVerb_showsFormsExampleAndWho(CommandSpec spec) {
    BotMessage help = HelpText.about(spec);
    spec.usages().forEach(usage -> assertTrue(words(help).contains("/incident " + usage)));
    assertTrue(help.text().contains(spec.typedExample()));
    assertEquals(spec.who().words(), help.facts().get(0).value().plain());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.slack.fake.FakeFault;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People named in commands: found out first, never guessed, asked before they get command. */
class SlackPeopleNamedTest {

  @TempDir Path folder;
  private WholeSlack bot;
  private String room;

  @BeforeEach
  void declare() {
    bot = new WholeSlack(folder);
    room = bot.declared("ada", "checkout is slow");
  }

  @AfterEach
  void close() {
    bot.close();
  }

  private String holder(String role) {
    return bot.engine().incident("INC-1").roles().entrySet().stream()
        .filter(entry -> entry.getKey().word().equals(role))
        .map(entry -> entry.getValue().ref().id())
        .findFirst()
        .orElse("");
  }

  private List<String> texts(EntryKind kind) {
    return bot.engine().texts("INC-1", kind);
  }

  @Test
  void person_neverSeenBefore_isLookedUpAndThenGivenTheRole() {
    String kim = bot.people().person("kim");

    bot.escaped("ada", room, "role scribe <@" + kim + "|kim>");

    assertEquals(kim, holder("scribe"));
    assertTrue(texts(EntryKind.ROLE_ASSIGNED).stream().anyMatch(t -> t.contains("kim")));
    assertEquals(1, texts(EntryKind.COMMAND_RUN).size());
    bot.escaped("ada", room, "role deputy <@" + kim + ">");
    long asked =
        bot.slack().calls("users.info").stream().filter(c -> c.get("user").equals(kim)).count();
    assertEquals(1, asked);
  }

  @Test
  void person_namedByEmail_isFound() {
    bot.people().person("kim");

    bot.escaped("ada", room, "role scribe <mailto:kim@acme.invalid|kim@acme.invalid>");

    assertEquals(bot.people().person("kim"), holder("scribe"));
  }

  @Test
  void person_ofAnUnknownAddress_isRefusedWithTheNearestExample() {
    bot.runs("ada", room, "role scribe nobody@acme.invalid");

    assertTrue(bot.told("ada").contains("I do not know nobody@acme.invalid."), bot.told("ada"));
    assertTrue(bot.told("ada").contains("Mention the person, as in @ada"), bot.told("ada"));
    assertEquals("", holder("scribe"));
  }

  @ParameterizedTest
  @CsvSource({"bot, is a program", "deactivated, is no longer active", "guest, is not from here"})
  void person_whoCannotCommand_isRefusedWithTheReason(String kind, String reason) {
    String odd = bot.roster().lists("odd", kind);

    bot.escaped("ada", room, "commander <@" + odd + "|odd>");

    assertTrue(bot.told("ada").contains("odd " + reason), bot.told("ada"));
    assertEquals(bot.people().person("ada"), holder("commander"));
  }

  @Test
  void person_namedByADisplayName_isNeverGuessedButChosen() {
    bot.mentions("li", room, "help");

    bot.runs("ada", room, "role scribe li");

    assertTrue(bot.told("ada").contains("I do not know “li”."), bot.told("ada"));
    assertEquals("", holder("scribe"));
    bot.presses("ada", room, "Choose a person");
    bot.people().submits("ada", Map.of("person", bot.people().person("li")));
    bot.engine().settle();
    assertEquals(bot.people().person("li"), holder("scribe"));
  }

  @Test
  void group_inInvite_bringsItsMembers() {
    bot.roster().group("payments", "kim", "sam");

    bot.escaped(
        "ada", room, "invite <!subteam^Spayments|@payments> <@" + bot.people().person("li") + ">");

    List<String> members =
        bot.engine().incident("INC-1").members().stream().map(m -> m.id()).toList();
    for (String who : List.of("kim", "sam", "li")) {
      assertTrue(members.contains(bot.people().person(who)), who);
    }
  }

  @Test
  void group_thatIsNone_isRefused() {
    bot.runs("ada", room, "invite no-such-team");

    assertTrue(bot.told("ada").contains("I do not know “no-such-team”."), bot.told("ada"));
  }

  @Test
  void platformThatStaysSilent_isNotWaitedForLong() {
    String kim = bot.people().person("kim");
    for (int i = 0; i < 3; i++) {
      bot.slack().arm("users.info", FakeFault.FAILS_BEFORE);
    }
    bot.people().runs("ada", room, "/incident role scribe @kim");
    bot.engine()
        .until(
            "told",
            () -> {
              bot.engine().advance(Duration.ofSeconds(1));
              return bot.told("ada").contains("I could not find out who @" + kim + " is");
            });

    assertEquals("", holder("scribe"));
  }

  @Test
  void nameOfWhoWritesFirst_isLearnedBeside() {
    bot.people().types("li", room, "hello");
    bot.engine().settle();
    bot.people().types("li", room, "it is the pool");
    bot.engine().settle();

    List<TimelineEntry> said = bot.engine().entries("INC-1", EntryKind.MESSAGE_LOGGED);
    assertEquals("li", said.get(1).actor().name());
  }

  private void offersCommandToLi() {
    bot.runs("ada", room, "commander @li");
    assertEquals(bot.people().person("ada"), holder("commander"));
    assertTrue(bot.told("ada").contains("li was asked to take command"), bot.told("ada"));
  }

  private String liDirect() {
    return bot.toldLast("li").channel();
  }

  @Test
  void command_accepted_goesOverAndTheNewOneIsBriefed() {
    offersCommandToLi();

    bot.presses("li", liDirect(), "Accept command");

    assertEquals(bot.people().person("li"), holder("commander"));
    assertEquals(
        List.of("ada asked li to take command from ada."), texts(EntryKind.HANDOVER_OFFERED));
    assertTrue(bot.told("li").contains("You are commander of INC-1"), bot.told("li"));
    assertTrue(bot.told("li").contains("1. Confirm the severity, now SEV3."), bot.told("li"));
    bot.clock().advance(Duration.ofMinutes(11));
    bot.engine().advance(Duration.ofSeconds(1));
    bot.engine().settle();
    assertEquals(List.of(), texts(EntryKind.HANDOVER_ENDED));
  }

  @Test
  void command_declined_staysAndTheAskerIsTold() {
    offersCommandToLi();

    bot.presses("li", liDirect(), "Decline");

    assertEquals(bot.people().person("ada"), holder("commander"));
    assertEquals(List.of("li declined; ada stays in command."), texts(EntryKind.HANDOVER_ENDED));
    assertTrue(bot.told("ada").contains("li declined; ada stays in command."), bot.told("ada"));
  }

  @Test
  void command_notAnsweredInTenMinutes_stays() {
    offersCommandToLi();

    bot.engine().advance(Duration.ofMinutes(10));
    bot.engine().until("told", () -> bot.told("ada").contains("did not answer within 10 min"));
    bot.presses("li", liDirect(), "Accept command");

    assertEquals(bot.people().person("ada"), holder("commander"));
    assertTrue(
        bot.sight().toldTo("li").stream().anyMatch(m -> m.words().contains("This offer is over.")));
  }

  @Test
  void command_givenByAnAdmin_goesOverAtOnce() {
    bot.engine().admins("slack:" + bot.people().person("ada"));

    bot.runs("ada", room, "commander @li");

    assertEquals(bot.people().person("li"), holder("commander"));
  }

  @Test
  void commander_namedInTheForm_isLookedAtAndTakesOverAtOnce() {
    String robot = bot.roster().lists("robot", "bot");
    bot.engine().advance(Duration.ofMinutes(1));
    bot.runs("ada", WholeSlack.TEAM, "declare search is empty");
    bot.people().submits("ada", Map.of("commander", bot.people().person("li")));
    bot.engine().settle();
    assertEquals("li", bot.engine().incident("INC-2").commander().orElseThrow().name());

    bot.engine().advance(Duration.ofMinutes(1));
    bot.runs("ada", WholeSlack.TEAM, "declare mail is late");
    bot.people().submits("ada", Map.of("commander", robot));
    bot.engine().settle();
    assertEquals(
        bot.people().person("ada"),
        bot.engine().incident("INC-3").commander().orElseThrow().ref().id());
    assertTrue(bot.told("ada").contains("robot is a program"), bot.told("ada"));
  }
}

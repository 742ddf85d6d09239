// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.oncall.Rotation;
import dev.muster.oncall.Schedule;
import dev.muster.slack.fake.Posted;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People's Home tabs, and cards under links to our pages, through the whole bot. */
class HomeAndLinksTest {

  private static final String PUBLISH = "views.publish";
  private static final String UNFURL = "chat.unfurl";
  private static final String PAGES = "http://localhost:8080";

  @TempDir Path folder;
  private WholeSlack bot;

  @BeforeEach
  void begin() {
    bot = new WholeSlack(folder);
  }

  @AfterEach
  void close() {
    bot.close();
  }

  private String home(String person) {
    return bot.sight().home(person).map(Posted::words).orElse("");
  }

  private void opens(String person) {
    bot.people().opensHome(person);
    bot.engine().settle();
  }

  private void later(Duration step) {
    bot.engine().advance(step);
    bot.engine()
        .until(
            "what is due has fired",
            () -> bot.engine().read(tx -> tx.timers().due(bot.clock().instant(), 1).isEmpty()));
    bot.engine().settle();
  }

  @Test
  void home_opened_showsWhatIsMineAndDeclares() {
    opens("ada");
    assertTrue(home("ada").contains("No incident is open."), home("ada"));

    bot.people().pressesAtHome("ada", "Declare incident");
    bot.engine().settle();
    assertEquals(1, bot.sight().windowsOf("ada").size());
    bot.people().submits("ada", Map.of("title", "checkout is slow"));
    bot.engine().settle();
    bot.runs("ada", bot.room("INC-1"), "action add an alert @ada 2026-01-01");
    opens("ada");

    String shown = home("ada");
    assertTrue(shown.contains("INC-1 checkout is slow · Investigating · you are commander"), shown);
    assertTrue(shown.contains("Overdue: INC-1 #1 add an alert · due 2026-01-01"), shown);
    JsonNode view = bot.sight().homeOf("ada").orElseThrow();
    assertTrue(view.path("blocks").size() <= 100, "blocks");
  }

  @Test
  void home_ofALateViewer_isShownAgainOnceWithinFiveSeconds() {
    opens("ada");
    int before = bot.slack().calls(PUBLISH).size();

    String room = bot.declared("ada", "checkout is slow");
    bot.runs("ada", room, "severity 2 it is worse");
    bot.runs("ada", room, "impact nobody can pay");
    assertEquals(before, bot.slack().calls(PUBLISH).size());
    later(Duration.ofSeconds(6));

    assertEquals(before + 1, bot.slack().calls(PUBLISH).size());
    assertTrue(home("ada").contains("SEV2 INC-1 checkout is slow"), home("ada"));
  }

  @Test
  void home_ofWhoIsOfferedCommand_showsItUntilTheyAnswer() {
    String room = bot.declared("ada", "checkout is slow");
    opens("li");
    assertFalse(home("li").contains("Waiting for you"), home("li"));

    bot.escaped("ada", room, "commander <@" + bot.people().person("li") + "|li>");
    later(Duration.ofSeconds(6));
    assertTrue(home("li").contains("asked to take command, until 12:10 UTC"), home("li"));

    bot.pressesPrivately("li", "Decline");
    later(Duration.ofSeconds(6));
    assertFalse(home("li").contains("Waiting for you"), home("li"));
  }

  @Test
  void home_ofWhoIsOfferedCommand_takesTheAnswerByAPressThere() {
    String room = bot.declared("ada", "checkout is slow");
    opens("li");
    offersCommand(room);
    JsonNode first = bot.sight().homeOf("li").orElseThrow().path("blocks").path(1);
    assertEquals("Accept command of INC-1", first.at("/elements/0/text/text").asText());
    assertEquals("Decline command of INC-1", first.at("/elements/1/text/text").asText());

    bot.people().pressesAtHome("li", "Decline command of INC-1");
    bot.engine().settle();
    assertEquals("ada", bot.engine().incident("INC-1").commander().orElseThrow().name());
    later(Duration.ofSeconds(6));
    assertFalse(home("li").contains("Accept command"), home("li"));

    offersCommand(room);
    bot.people().pressesAtHome("li", "Accept command of INC-1");
    bot.engine().settle();
    assertEquals("li", bot.engine().incident("INC-1").commander().orElseThrow().name());
    later(Duration.ofSeconds(6));
    assertFalse(home("li").contains("Accept command"), home("li"));
  }

  private void offersCommand(String room) {
    bot.escaped("ada", room, "commander <@" + bot.people().person("li") + "|li>");
    later(Duration.ofSeconds(6));
    assertTrue(home("li").contains("Accept command of INC-1"), home("li"));
  }

  @Test
  void home_ofWhoIsCalled_showsItUntilSomebodyHasIt() {
    String li = "slack:" + bot.people().person("li");
    bot.engine().configure(now -> Decided.withOnCall(now, li));
    opens("li");

    String room = bot.declared("ada", "checkout is slow sev2");
    bot.runs("ada", room, "escalate");
    later(Duration.ofSeconds(6));
    assertTrue(home("li").contains("Press Acknowledge INC-1, or type /incident ack"), home("li"));

    bot.runs("li", room, "ack");
    later(Duration.ofSeconds(6));
    assertFalse(home("li").contains("Waiting for you"), home("li"));
  }

  @Test
  void home_ofWhoIsAskedByName_takesItOnByAPressThere() {
    String room = bot.declared("ada", "checkout is slow");
    bot.runs("ada", room, "ack");
    opens("li");
    assertFalse(home("li").contains("Acknowledge"), home("li"));

    bot.escaped("ada", room, "page <@" + bot.people().person("li") + "|li> come soon");
    later(Duration.ofSeconds(6));
    assertTrue(home("li").contains("Press Acknowledge INC-1, or type /incident ack"), home("li"));
    JsonNode first = bot.sight().homeOf("li").orElseThrow().path("blocks").path(1);
    assertEquals("Acknowledge INC-1", first.at("/elements/0/text/text").asText(), "at the top");
    opens("eve");
    assertFalse(home("eve").contains("Acknowledge"), home("eve"));

    bot.people().pressesAtHome("li", "Acknowledge INC-1");
    bot.engine().settle();
    later(Duration.ofSeconds(6));
    assertFalse(home("li").contains("Acknowledge"), home("li"));
    assertEquals(
        1,
        bot.engine().texts("INC-1", EntryKind.ESCALATION_ACKNOWLEDGED).stream()
            .filter(text -> text.startsWith("li "))
            .count());

    bot.escaped("ada", room, "escalate <@" + bot.people().person("li") + "|li>");
    later(Duration.ofSeconds(6));
    assertTrue(home("li").contains("Acknowledge INC-1"), home("li"));
    bot.runs("ada", room, "resolve all is well");
    later(Duration.ofSeconds(6));
    assertFalse(home("li").contains("Acknowledge"), home("li"));
  }

  @Test
  void home_whenAShiftEnds_saysWhoIsOnCallNow() {
    Rotation turns =
        new Rotation(
            List.of("slack:" + bot.people().person("ada"), "slack:" + bot.people().person("li")),
            Duration.ofHours(6),
            LocalDateTime.ofInstant(bot.clock().instant(), ZoneOffset.UTC).minusHours(1));
    bot.engine()
        .configure(
            now ->
                Decided.withSchedule(now, new Schedule("payments", ZoneOffset.UTC, turns, null)));
    opens("li");
    later(Duration.ofSeconds(6));
    assertTrue(home("li").contains("payments: ada"), home("li"));

    later(Duration.ofHours(5));
    assertTrue(home("li").contains("payments: li – that is you"), home("li"));

    later(Duration.ofHours(6));
    assertTrue(home("li").contains("payments: ada"), "the shift after it: " + home("li"));
  }

  @Test
  void home_atMidnight_saysWhatIsOverdueSinceThen() {
    String room = bot.declared("ada", "checkout is slow");
    bot.runs("ada", room, "action add an alert @ada 2026-11-20");
    later(Duration.ofHours(9));
    opens("ada");
    assertFalse(home("ada").contains("Overdue"), home("ada"));

    later(Duration.ofHours(4));

    assertTrue(home("ada").contains("Overdue: INC-1 #1 add an alert"), home("ada"));
  }

  @Test
  void home_ofWhoGetsARoleOrAnAction_showsItWithinFiveSeconds() {
    String room = bot.declared("ada", "checkout is slow");
    opens("li");
    String li = "<@" + bot.people().person("li") + "|li>";

    bot.escaped("ada", room, "role scribe " + li);
    bot.escaped("ada", room, "action add an alert " + li);
    later(Duration.ofSeconds(6));
    assertTrue(home("li").contains("you are scribe"), home("li"));
    assertTrue(home("li").contains("INC-1 #1 add an alert"), home("li"));

    bot.runs("ada", room, "action done 1");
    bot.escaped("ada", room, "role scribe <@" + bot.people().person("eve") + "|eve>");
    later(Duration.ofSeconds(6));
    assertFalse(home("li").contains("you are scribe"), home("li"));
    assertFalse(home("li").contains("add an alert"), home("li"));
  }

  @Test
  void home_withNothingNewOnIt_isNotSentAgain() {
    String room = bot.declared("ada", "checkout is slow");
    opens("ada");
    int before = bot.slack().calls(PUBLISH).size();

    bot.runs("ada", room, "impact nobody can pay");
    later(Duration.ofSeconds(6));

    assertEquals(before, bot.slack().calls(PUBLISH).size());
  }

  @Test
  void home_notOpenedLately_isLeftAlone() {
    opens("ada");
    later(Duration.ofHours(13));
    int before = bot.slack().calls(PUBLISH).size();

    bot.declared("ada", "checkout is slow");
    later(Duration.ofSeconds(6));

    assertEquals(before, bot.slack().calls(PUBLISH).size());
  }

  @Test
  void home_ofAStranger_tellsNothingOfAPrivateIncident() {
    bot.runs("ada", WholeSlack.TEAM, "declare! salaries leaked --private");
    bot.runs("ada", bot.room("INC-1"), "action call the lawyers @li");

    opens("li");
    opens("eve");
    opens("ada");

    assertFalse(home("eve").contains("INC-1"), home("eve"));
    assertTrue(home("eve").contains("No incident is open."), home("eve"));
    assertFalse(home("li").contains("lawyers"), home("li"));
    assertTrue(home("ada").contains("salaries leaked"), home("ada"));
  }

  private JsonNode unfurls(String channel) {
    return bot.sight().messages(channel).stream()
        .map(message -> bot.sight().raw(channel, message.ts()).orElseThrow().path("unfurls"))
        .reduce((before, last) -> last.isMissingNode() ? before : last)
        .orElseThrow();
  }

  private int shares(String person, String channel, String url) {
    int before = bot.slack().calls(UNFURL).size();
    bot.people().sharesLink(person, channel, url);
    bot.engine().settle();
    return bot.slack().calls(UNFURL).size() - before;
  }

  @Test
  void link_toPagesOfOurs_getsAShortCard() {
    bot.declared("ada", "checkout is slow");

    assertEquals(1, shares("li", WholeSlack.TEAM, PAGES + "/incidents/INC-1"));
    String card = unfurls(WholeSlack.TEAM).toString();
    assertTrue(card.contains("checkout is slow") && card.contains("Investigating"), card);
    assertEquals(1, shares("li", WholeSlack.TEAM, PAGES + "/incidents/INC-1/postmortem"));
    assertEquals(1, shares("li", WholeSlack.TEAM, PAGES + "/board"));
    String board = unfurls(WholeSlack.TEAM).toString();
    assertTrue(board.contains("1 incident is open."), board);
    assertEquals(1, shares("li", WholeSlack.TEAM, PAGES + "/status"));
  }

  @Test
  void link_elsewhereOrNowhere_getsNothingAndIsNotFetched() {
    bot.declared("ada", "checkout is slow");

    assertEquals(0, shares("li", WholeSlack.TEAM, "https://evil.example/incidents/INC-1"));
    assertEquals(0, shares("li", WholeSlack.TEAM, PAGES + "/incidents/INC-99"));
    assertEquals(0, shares("li", WholeSlack.TEAM, PAGES + "/metrics"));
    assertEquals(0, shares("li", WholeSlack.TEAM, bot.slack().base() + "trap"));
    assertTrue(bot.slack().calls().stream().noneMatch(call -> call.method().contains("trap")));
  }

  @Test
  void link_toAPrivateIncident_isShownInItsOwnChannelAlone() {
    bot.runs("ada", WholeSlack.TEAM, "declare! salaries leaked --private");

    assertEquals(0, shares("ada", WholeSlack.TEAM, PAGES + "/incidents/INC-1"));
    assertEquals(0, shares("ada", WholeSlack.TEAM, PAGES + "/incidents/INC-1/postmortem"));
    assertEquals(1, shares("ada", WholeSlack.TEAM, PAGES + "/status"));
    assertFalse(unfurls(WholeSlack.TEAM).toString().contains("salaries"));
    assertEquals(1, shares("ada", bot.room("INC-1"), PAGES + "/incidents/INC-1"));
  }
}

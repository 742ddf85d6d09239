// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.slack.fake.Posted;
import java.nio.file.Path;
import java.time.Duration;
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
  void home_ofWhoIsCalled_showsItUntilSomebodyHasIt() {
    String li = "slack:" + bot.people().person("li");
    bot.engine().configure(now -> Decided.withOnCall(now, li));
    opens("li");

    String room = bot.declared("ada", "checkout is slow sev2");
    bot.runs("ada", room, "escalate");
    later(Duration.ofSeconds(6));
    assertTrue(home("li").contains("asked to take it on: /incident INC-1 ack"), home("li"));

    bot.runs("li", room, "ack");
    later(Duration.ofSeconds(6));
    assertFalse(home("li").contains("Waiting for you"), home("li"));
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

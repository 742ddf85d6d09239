// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.incident.IncidentStatus;
import dev.muster.slack.fake.OpenWindow;
import dev.muster.slack.fake.Posted;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the engine comes to long after it was meant, and windows that Slack opens no more: nothing
 * is done unasked, nothing typed is lost, and nobody reads an error of Slack's.
 */
class TooLateTest {

  private static final List<String> CODES =
      List.of("expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id");

  @TempDir Path folder;
  private WholeSlack bot;
  private String room;

  @BeforeEach
  void start() {
    bot = new WholeSlack(folder);
    room = bot.declared("ada", "checkout is slow");
    bot.engine().settle();
  }

  @AfterEach
  void close() {
    bot.close();
  }

  private int facts(EntryKind kind) {
    return bot.engine().entries("INC-1", kind).size();
  }

  private IncidentStatus status() {
    return bot.engine().incident("INC-1").status();
  }

  private OpenWindow window(String person) {
    List<OpenWindow> open = bot.sight().windowsOf(person);
    assertFalse(open.isEmpty(), bot.told(person));
    return open.get(open.size() - 1);
  }

  private void submits(String person, Map<String, String> values) {
    bot.people().submits(person, values);
    bot.engine().settle();
  }

  @ParameterizedTest
  @ValueSource(ints = {120, 1_440, 5_000})
  void command_hoursLate_asksHoweverItWasGiven(int minutes) {
    Duration late = Duration.ofMinutes(minutes);
    bot.lags(late);
    bot.people().writesToBot("ada", "INC-1 identify the disk is full");
    bot.engine().settle();
    assertTrue(bot.told("ada").contains("Still wanted?"), bot.told("ada"));

    bot.lags(late);
    bot.runs("ada", room, "mitigate rolled back");
    assertTrue(bot.told("ada").contains("Still wanted?"), bot.told("ada"));
    assertTrue(bot.toldLast("ada").offers("Run it now"), bot.told("ada"));

    assertEquals(IncidentStatus.INVESTIGATING, status());
    bot.presses("ada", room, "Run it now");
    assertEquals(IncidentStatus.MITIGATED, status());
    assertEquals(1, facts(EntryKind.STATUS_CHANGED));
  }

  @ParameterizedTest
  @ValueSource(ints = {120, 1_440, 5_000})
  void press_hoursLate_doesNothingAndSaysSo(int minutes) {
    bot.lags(Duration.ofMinutes(minutes));
    bot.presses("li", room, "Escalate");

    assertTrue(bot.told("li").contains("arrived late, so nothing was done"), bot.told("li"));
    assertEquals(0, facts(EntryKind.BUTTON_PRESSED));
  }

  @ParameterizedTest
  @ValueSource(ints = {120, 1_440, 5_000})
  void form_hoursLate_doesNothingAndIsOneButtonAwayAsItWasFilledIn(int minutes) {
    bot.runs("ada", room, "update");
    bot.lags(Duration.ofMinutes(minutes));
    submits("ada", Map.of("text", "Half of the shops are back.", "next", "30m"));

    assertEquals(0, facts(EntryKind.STATUS_UPDATE_POSTED));
    assertTrue(bot.told("ada").contains("late, so nothing was done"), bot.told("ada"));
    assertTrue(window("ada").view().toString().contains("What you typed is kept."));
    bot.presses("ada", room, "Open form");
    assertTrue(
        window("ada").filledIn().containsValue("Half of the shops are back."),
        window("ada").filledIn().toString());
    assertTrue(window("ada").filledIn().containsValue("30m"));
    submits("ada", Map.of());
    assertEquals(
        List.of("Half of the shops are back."),
        bot.engine().texts("INC-1", EntryKind.STATUS_UPDATE_POSTED));
  }

  @Test
  void form_ofEachKind_hoursLate_holdsItsChoices() {
    bot.runs("ada", WholeSlack.TEAM, "declare search is empty");
    String li = bot.people().person("li");
    bot.lags(Duration.ofHours(3));
    submits("ada", Map.of("severity", "SEV1", "commander", li, "drill", "true"));
    assertEquals(1, bot.engine().incidents());
    bot.presses("ada", WholeSlack.TEAM, "Open form");
    submits("ada", Map.of());
    assertEquals("SEV1", bot.engine().incident("INC-2").severity().name());
    assertEquals(li, bot.engine().incident("INC-2").commander().orElseThrow().ref().id());
    assertTrue(bot.engine().incident("INC-2").drill());

    bot.presses("ada", room, "Change severity");
    bot.lags(Duration.ofHours(3));
    submits("ada", Map.of("severity", "SEV2", "reason", "it grows"));
    assertEquals("SEV3", bot.engine().incident("INC-1").severity().name());
    bot.presses("ada", room, "Open form");
    submits("ada", Map.of());
    assertEquals("SEV2", bot.engine().incident("INC-1").severity().name());
  }

  @Test
  void offer_pressedDaysLater_saysFromWhenItIs_forItsPersonAlone() {
    bot.runs("ada", room, "sevrity 2 it grows");
    String offer = bot.toldLast("ada").buttons().get(0).label();
    bot.clock().advance(Duration.ofDays(2));

    bot.presses("ada", room, offer);

    assertTrue(bot.told("ada").contains("This button is from 2"), bot.told("ada"));
    assertTrue(bot.toldLast("ada").ephemeral());
    assertEquals("SEV3", bot.engine().incident("INC-1").severity().name());
  }

  @Test
  void press_withAnotherValue_isRefusedForThatPersonAloneAndWrittenDown() {
    for (String value : List.of("severity:SEV1", "x".repeat(2_000), "' OR 1=1 --", "\u0000")) {
      bot.onItsWay(
          push -> {
            ((ObjectNode) push.payload().path("actions").get(0)).put("value", value);
            return push;
          });
      bot.presses("li", room, "Escalate");
      assertTrue(bot.told("li").contains("no longer valid"), bot.told("li"));
      assertTrue(bot.toldLast("li").ephemeral());
    }
    assertEquals(4, bot.engine().journal(EntryKind.ACCESS_DENIED).size());
    assertEquals(0, facts(EntryKind.BUTTON_PRESSED));
  }

  @Test
  void everything_fiveMinutesLate_isDone() {
    bot.lags(Duration.ofMinutes(5));
    bot.runs("ada", room, "mitigate rolled back");
    assertEquals(IncidentStatus.MITIGATED, status());
    bot.lags(Duration.ofMinutes(5));
    bot.presses("li", room, "Escalate");
    assertEquals(1, facts(EntryKind.BUTTON_PRESSED));
    bot.runs("ada", room, "update");
    bot.lags(Duration.ofMinutes(5));
    submits("ada", Map.of("text", "Half of the shops are back."));
    assertEquals(1, facts(EntryKind.STATUS_UPDATE_POSTED));
  }

  private Posted offered(String person) {
    Posted told = bot.toldLast(person);
    assertTrue(told != null && told.offers("Open form"), bot.told(person));
    assertFalse(told.words().contains("trigger"), told.words());
    return told;
  }

  @Test
  void window_refusedForItsTrigger_isOneButtonAwayWhateverAskedForIt() {
    String said = bot.people().types("ada", room, "the disk is full");
    for (String code : CODES) {
      bot.slack().refuse("views.open", code);
      bot.runs("ada", WholeSlack.TEAM, "declare the search box of " + code);
      offered("ada");
      bot.presses("ada", WholeSlack.TEAM, "Open form");
      assertEquals("the search box of " + code, window("ada").filledIn().get("Title"));

      bot.slack().refuse("views.open", code);
      bot.presses("li", room, "Change severity");
      offered("li");
      bot.presses("li", room, "Open form");
      assertEquals("Change severity", window("li").title());

      bot.slack().refuse("views.open", code);
      bot.people().choosesOn("ada", room, said, "inc_timeline_add");
      bot.engine().settle();
      offered("ada");
      bot.presses("ada", room, "Open form");
      assertTrue(window("ada").filledIn().containsValue("the disk is full"));

      bot.slack().refuse("views.open", code);
      bot.people().chooses("eve", "inc_declare_global");
      bot.engine().settle();
      bot.presses("eve", offered("eve").channel(), "Open form");
      assertEquals("Declare an incident", window("eve").title());
    }
  }

  @Test
  void window_askedForFourSecondsAfterThePress_isOneButtonAway() {
    bot.onItsWay(
        push -> {
          bot.clock().advance(Duration.ofSeconds(4));
          return push;
        });
    bot.runs("ada", WholeSlack.TEAM, "declare the search box is empty");
    offered("ada");
    bot.onItsWay(push -> push);

    bot.presses("ada", WholeSlack.TEAM, "Open form");

    assertEquals("the search box is empty", window("ada").filledIn().get("Title"));
  }
}

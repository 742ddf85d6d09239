// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.slack.fake.Call;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.OpenWindow;
import dev.muster.slack.fake.Posted;
import dev.muster.slack.fake.Push;
import dev.muster.slack.fake.Pushed;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Forms as windows in Slack: opened at once, never losing a word, never acting twice. */
class SlackFormsTest extends FormsInSlack {

  @Test
  void declare_opensItsFormBeforeAnythingElseIsAsked() {
    bot.engine().settle();
    int before = bot.slack().calls().size();

    bot.runs("ada", WholeSlack.TEAM, "declare checkout answers 500 sev2");

    List<Call> calls = bot.slack().calls();
    assertEquals("views.open", calls.get(before).method());
    OpenWindow window = window("ada");
    assertEquals("Declare an incident", window.title());
    assertEquals("checkout answers 500", window.filledIn().get("Title"));
    JsonNode severity = window.view().path("blocks").get(1).path("element");
    assertEquals("SEV2", severity.path("initial_option").path("value").asText());
    assertEquals("radio_buttons", severity.path("type").asText());
    assertTrue(
        window.view().toString().contains("an important part does not work"),
        window.view().toString());
    assertTrue(window.view().toString().contains("Only invited people can see it. Not announced."));
    assertTrue(window.view().toString().contains("Nobody is paged."), window.view().toString());
  }

  @Test
  void declare_submitted_turnsIntoWhatWasCreated() {
    bot.runs("ada", WholeSlack.TEAM, "declare checkout answers 500");

    assertEquals(Map.of(), submits("ada", Map.of("severity", "SEV1")));

    assertTrue(shown("ada").contains("Declared INC-1 as SEV1"), shown("ada"));
    assertEquals("checkout answers 500", bot.engine().incident("INC-1").title());
  }

  @Test
  void declare_withoutALetter_keepsTheFormAndSaysWhy() {
    bot.runs("ada", WholeSlack.TEAM, "declare");

    Map<String, String> errors = submits("ada", Map.of("title", "!!!"));

    assertTrue(errors.get("title").contains("at least one letter or digit"), errors.toString());
    assertEquals(0, bot.engine().incidents());
    submits("ada", Map.of("title", "checkout is down"));
    assertEquals(1, bot.engine().incidents());
  }

  @Test
  void declare_likeAnOpenOne_offersToJoinAndDeclaresWhenAskedAgain() {
    bot.declared("li", "checkout answers 500 for everybody");
    bot.runs("ada", WholeSlack.TEAM, "declare checkout answers 500 everybody");

    submits("ada", Map.of());

    assertTrue(shown("ada").contains("Declare anyway"), shown("ada"));
    assertEquals(1, bot.engine().incidents());
    bot.presses("ada", WholeSlack.TEAM, "Join INC-1");
    String ada = bot.people().person("ada");
    assertTrue(bot.engine().incident("INC-1").members().stream().anyMatch(m -> m.id().equals(ada)));

    submits("ada", Map.of());
    assertEquals(2, bot.engine().incidents());
  }

  @Test
  void form_thatCouldNotBeOpened_isOneButtonAwayHoldingWhatWasTyped() {
    bot.slack().arm("views.open", FakeFault.FAILS_BEFORE);
    bot.runs("ada", WholeSlack.TEAM, "declare the search box is empty");
    assertEquals(List.of(), bot.sight().windowsOf("ada"));

    bot.presses("ada", WholeSlack.TEAM, "Open form");

    assertEquals("the search box is empty", window("ada").filledIn().get("Title"));
    submits("ada", Map.of());
    assertEquals("the search box is empty", bot.engine().incident("INC-1").title());
    bot.presses("ada", WholeSlack.TEAM, "Open form");
    assertTrue(bot.told("ada").contains("already"), bot.told("ada"));
    assertEquals(1, bot.engine().incidents());
  }

  @Test
  void form_askedForByMention_comesAsAButton() {
    String room = bot.declared("ada", "checkout is slow");
    bot.mentions("ada", room, "update");
    assertEquals(List.of(), bot.sight().windowsOf("ada"));

    bot.presses("ada", room, "Open form");

    submits("ada", Map.of("text", "We know the commit."));
    assertEquals(
        List.of("We know the commit."),
        bot.engine().texts("INC-1", EntryKind.STATUS_UPDATE_POSTED));
  }

  @Test
  void update_submittedAfterTheEnd_keepsTheTextAndOffersIt() {
    String room = bot.declared("ada", "checkout is slow");
    bot.runs("ada", room, "update");
    bot.runs("ada", room, "cancel it was a test of ours");

    submits("ada", Map.of("text", "Half of the shops are back."));

    assertTrue(shown("ada").contains("INC-1 was closed at 12:00 UTC"));
    assertTrue(bot.told("ada").contains("Half of the shops are back."), bot.told("ada"));
    assertEquals(List.of(), bot.engine().texts("INC-1", EntryKind.STATUS_UPDATE_POSTED));
    bot.presses("ada", room, "Add to the timeline");
    assertEquals(
        List.of("Half of the shops are back."), bot.engine().texts("INC-1", EntryKind.NOTE_ADDED));
  }

  @Test
  void update_ofTwoPeopleAtOnce_theSecondSeesTheFirst() {
    String room = bot.declared("ada", "checkout is slow");
    bot.runs("ada", room, "update");
    bot.runs("li", room, "update");
    submits("ada", Map.of("text", "We are rolling back."));

    Map<String, String> errors = submits("li", Map.of("text", "We look for the cause."));

    assertTrue(errors.get("text").contains("We are rolling back."), errors.toString());
    submits("li", Map.of("text", "We look for the cause."));
    assertEquals(2, bot.engine().texts("INC-1", EntryKind.STATUS_UPDATE_POSTED).size());
  }

  @Test
  void severity_ofTwoPeopleAtOnce_theSecondOverwritesNothingUnseen() {
    String room = bot.declared("ada", "checkout is slow");
    bot.presses("ada", room, "Change severity");
    bot.presses("li", room, "Change severity");
    submits("ada", Map.of("severity", "SEV1", "reason", "nobody can pay"));

    Map<String, String> errors = submits("li", Map.of("severity", "SEV2"));

    assertTrue(errors.get("severity").contains("now SEV1"), errors.toString());
    assertTrue(errors.get("severity").contains("Nothing was done."), errors.toString());
    assertEquals("SEV1", bot.engine().incident("INC-1").severity().name());
  }

  @Test
  void severity_loweredByFormWithoutTheRight_isRefused() {
    String room = bot.declared("ada", "checkout is slow");
    bot.presses("li", room, "Change severity");

    submits("li", Map.of("severity", "SEV4", "reason", "it is nothing"));

    assertTrue(shown("li").contains("ada"), shown("li"));
    assertEquals("SEV3", bot.engine().incident("INC-1").severity().name());
  }

  @Test
  void button_pressedOnACardThatIsNoLongerTrue_doesNothingAndSaysWhatChanged() {
    String room = bot.declared("ada", "checkout is slow");
    Posted card =
        bot.sight().messages(room).stream()
            .filter(m -> m.offers("Resolve INC-1"))
            .findFirst()
            .orElseThrow();
    String old =
        card.buttons().stream()
            .filter(b -> b.label().equals("Resolve INC-1"))
            .findFirst()
            .orElseThrow()
            .value();
    bot.clock().advance(Duration.ofMinutes(7));
    bot.runs("li", room, "severity 1 nobody can pay");

    bot.onItsWay(
        push -> {
          ((ObjectNode) push.payload().path("actions").get(0)).put("value", old);
          return push;
        });
    bot.presses("ada", room, "Resolve INC-1");

    assertTrue(
        bot.told("ada").contains("This changed at 12:07 UTC by li (now SEV1, investigating)"),
        bot.told("ada"));
    assertTrue(bot.told("ada").contains("Nothing was done."), bot.told("ada"));
    assertTrue(bot.engine().incident("INC-1").status().isOpen());
    bot.onItsWay(push -> push);
    bot.presses("ada", room, "Resolve INC-1");
    submits("ada", Map.of());
    assertFalse(bot.engine().incident("INC-1").status().isOpen());
  }

  @Test
  void submission_repeatedByTwoClicks_actsOnce() {
    bot.runs("ada", WholeSlack.TEAM, "declare twice clicked");
    AtomicReference<Push> click = new AtomicReference<>();
    bot.onItsWay(
        push -> {
          click.set(push);
          return push;
        });
    submits("ada", Map.of());

    Pushed second = bot.clicksAgain(click.get());

    assertEquals(1, bot.engine().incidents());
    assertTrue(second.body().contains("submitted already"), second.body());
  }

  @Test
  void submission_withChangedMetadata_isRefusedAndWrittenDown() {
    bot.runs("ada", WholeSlack.TEAM, "declare of ada");
    bot.runs("eve", WholeSlack.TEAM, "declare of eve");
    String adas = window("ada").privateMetadata();
    bot.onItsWay(
        push -> {
          push.payload().withObject("/view").put("private_metadata", adas);
          return push;
        });

    Map<String, String> errors = submits("eve", Map.of());

    assertTrue(errors.get("title").contains("no longer valid"), errors.toString());
    assertEquals(0, bot.engine().incidents());
    assertEquals(
        List.of("unknown_form"),
        bot.engine().journal(EntryKind.ACCESS_DENIED).stream().map(TimelineEntry::reason).toList());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.OpenWindow;
import dev.muster.timeline.EntryKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The form to declare an incident: whom it wakes, who commands, and what it turns into. */
class SlackDeclareFormTest extends FormsInSlack {

  private void liIsOnCall() {
    String li = "slack:" + bot.people().person("li");
    bot.runs("li", WholeSlack.TEAM, "list");
    bot.engine().configure(now -> Decided.withOnCall(now, li));
  }

  @Test
  void form_whereSomebodyIsOnCall_saysWhomItWakesAndPutsThemInCommand() {
    liIsOnCall();
    bot.runs("ada", WholeSlack.TEAM, "declare checkout answers 500");
    assertTrue(shown("ada").contains("Notifies li for SEV1, SEV2."), shown("ada"));

    submits("ada", Map.of("oncall", "true"));

    String li = bot.people().person("li");
    assertEquals(li, bot.engine().incident("INC-1").commander().orElseThrow().ref().id());
  }

  @Test
  void form_withAPersonAndWhoeverIsOnCall_asksWhichOfThem() {
    liIsOnCall();
    bot.runs("ada", WholeSlack.TEAM, "declare checkout answers 500");
    String eve = bot.people().person("eve");

    Map<String, String> errors = submits("ada", Map.of("oncall", "true", "commander", eve));

    assertTrue(errors.get("commander").contains("not both"), errors.toString());
    assertEquals(0, bot.engine().incidents());
  }

  @Test
  void form_withoutASchedule_offersNobodyOnCall() {
    bot.runs("ada", WholeSlack.TEAM, "declare checkout answers 500");

    assertFalse(shown("ada").contains("Assign on-call"), shown("ada"));
  }

  @Test
  void form_likeAnOpenIncident_showsItAboveTheFieldsFromTheStart() {
    bot.declared("li", "checkout answers 500 for everybody");

    bot.runs("ada", WholeSlack.TEAM, "declare checkout answers 500 everybody");

    JsonNode top = window("ada").view().path("blocks").get(0);
    assertTrue(top.toString().contains("INC-1 “checkout answers 500 for everybody”"));
    bot.people().pressesInWindow("ada", "Join INC-1");
    bot.engine().settle();
    String ada = bot.people().person("ada");
    assertTrue(bot.engine().incident("INC-1").members().stream().anyMatch(m -> m.id().equals(ada)));
    assertTrue(shown("ada").contains("You joined INC-1."), shown("ada"));
    assertEquals(List.of(), window("ada").inputs());
    assertEquals(1, bot.engine().incidents());
  }

  @Test
  void form_submittedLikeAnOpenIncident_keepsWhatWasTypedAndDeclaresAnyway() {
    bot.declared("li", "checkout answers 500 for everybody");
    bot.runs("ada", WholeSlack.TEAM, "declare");
    submits("ada", Map.of("title", "checkout answers 500 everybody", "severity", "SEV2"));

    assertEquals(1, bot.engine().incidents());
    OpenWindow asked = window("ada");
    assertEquals("Declare anyway", asked.view().path("submit").path("text").asText());
    assertEquals("checkout answers 500 everybody", asked.filledIn().get("Title"));
    assertTrue(shown("ada").contains("Join INC-1"), shown("ada"));
    submits("ada", Map.of("severity", "SEV2"));
    assertEquals("SEV2", bot.engine().incident("INC-2").severity().name());
  }

  @Test
  void window_ofTheDeclaredIncident_leadsToItsChannelOnceItIsOpen() {
    bot.runs("ada", WholeSlack.TEAM, "declare checkout answers 500");
    bot.people().submits("ada", Map.of());

    assertTrue(shown("ada").contains("Declared INC-1 as SEV3"), shown("ada"));
    bot.engine().settle();

    assertTrue(shown("ada").contains(bot.room("INC-1")), shown("ada"));
    assertTrue(bot.slack().calls().stream().anyMatch(call -> call.method().equals("views.update")));
  }

  @Test
  void window_closedMeanwhile_harmsNothing() {
    bot.slack().arm("views.update", FakeFault.FAILS_BEFORE);
    bot.runs("ada", WholeSlack.TEAM, "declare checkout answers 500");

    submits("ada", Map.of());

    assertTrue(bot.engine().incident("INC-1").spaceOn("slack").isPresent());
    assertEquals(List.of(), bot.engine().texts("INC-1", EntryKind.EFFECT_FAILED));
  }
}

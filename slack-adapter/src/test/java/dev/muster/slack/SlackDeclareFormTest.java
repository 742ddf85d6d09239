// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.slack.fake.OpenWindow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form to declare an incident: whom it wakes, who commands, and what it turns into. */
class SlackDeclareFormTest {

  @TempDir Path folder;
  private WholeSlack bot;

  @BeforeEach
  void start() {
    bot = new WholeSlack(folder);
  }

  @AfterEach
  void close() {
    bot.close();
  }

  private OpenWindow window(String person) {
    List<OpenWindow> open = bot.sight().windowsOf(person);
    assertFalse(open.isEmpty(), bot.told(person));
    return open.get(open.size() - 1);
  }

  private String shown(String person) {
    return window(person).view().toString();
  }

  private Map<String, String> submits(String person, Map<String, String> values) {
    Map<String, String> errors = bot.people().submits(person, values);
    bot.engine().settle();
    return errors;
  }

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
}

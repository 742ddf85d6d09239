// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.runbook.Parameter;
import dev.muster.runbook.Runbook;
import dev.muster.runbook.Step;
import dev.muster.testkit.SettingsDraft;
import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import dev.muster.webhook.WebhookResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that cannot go on says what people can do now, in words that can be typed as they stand.
 */
final class StuckRunTest {

  private static final Runbook CHECK =
      new Runbook(
          "check-queue",
          false,
          Runbook.When.ALWAYS,
          List.of(new Parameter("queue", true, List.of()), new Parameter("why", true, List.of())),
          List.of(
              probe(),
              step("compare", "Compare with {{steps.probe.length}}."),
              step("end", "Write down what you saw.")),
          "");

  @TempDir Path folder;
  private IncidentRoom room;
  private Person ada;

  private static Step step(String id, String body) {
    Step.Kind byHand = Step.Kind.MANUAL;
    return new Step(id, byHand, Step.Approval.NONE, null, null, null, body, null, null, false);
  }

  private static Step probe() {
    String to = "https://deployer.example.com/probe";
    Step.Kind webhook = Step.Kind.WEBHOOK;
    return new Step(
        "probe", webhook, Step.Approval.NONE, "POST", to, Map.of(), "{}", null, null, false);
  }

  @BeforeEach
  void open() {
    room = new IncidentRoom(folder, before -> SettingsDraft.of(before).runbooks(CHECK).done());
    ada = room.person("ada");
    room.engine().outside(request -> new WebhookResult.Answered(200, "{}", false, true, Map.of()));
    room.declares(ada, "declare! Checkout is down");
    room.commands(ada, "runbook check-queue queue=mail why=\"too long\"");
  }

  @AfterEach
  void close() {
    room.close();
  }

  private String said() {
    return room.world().messages(room.channel()).stream()
        .map(ShownMessage::words)
        .filter(text -> text.contains("cannot go on"))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private List<Object> given() {
    return room.engine().entries(IncidentRoom.ID, EntryKind.RUNBOOK_STARTED).stream()
        .map(entry -> entry.data().get("parameters"))
        .toList();
  }

  private static String behind(String text, String words) {
    return text.substring(text.indexOf(words) + words.length());
  }

  @Test
  void runThatCannotGoOn_namesTheCommandThatNotesWhatWasDoneByHand() {
    String command = behind(said(), "note it: /incident ");

    room.commands(ada, command.substring(0, command.indexOf(". To start")));

    assertEquals(
        List.of("by hand: compare, end"),
        room.engine().texts(IncidentRoom.ID, EntryKind.NOTE_ADDED));
  }

  @Test
  void runThatCannotGoOn_namesTheCommandThatStartsItAgainWithTheSameValues() {
    room.commands(ada, behind(said(), "from the first step: /incident "));

    List<Object> given = given();
    assertEquals(2, given.size(), said());
    assertEquals(Map.of("queue", "mail", "why", "too long"), given.get(1));
    assertTrue(said().contains("Step compare uses what is not known"), said());
  }

  @Test
  void valueWithQuotes_isNamedInQuotesOfTheOtherKind() {
    for (String typed : List.of("'say \"now\" to it'", "\"it's late\"", "it's", "5\"x3'")) {
      room.commands(ada, "runbook check-queue queue=mail why=" + typed);
      String again = behind(said(), "from the first step: /incident ");

      room.commands(ada, again);

      List<Object> given = given();
      assertEquals(given.get(given.size() - 2), given.get(given.size() - 1), again);
    }
    assertEquals(9, given().size());
  }
}

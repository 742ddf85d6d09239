// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.Payloads;
import dev.muster.testkit.TestRequest;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Teams delivers again what was answered late: with the same id, and half a minute later with new
 * ones. Four copies at the same moment are one decision; a copy with the old id leaves nothing.
 */
final class RepeatsTest {

  @TempDir Path folder;
  private final ExecutorService postmen = Executors.newFixedThreadPool(4);
  private WholeTeams teams;
  private FakeConversation room;

  @BeforeEach
  void open() {
    teams = new WholeTeams(folder);
    room = teams.declared("ada", "Checkout is down");
  }

  @AfterEach
  void close() {
    postmen.shutdownNow();
    teams.close();
  }

  private List<RouteAnswer> atOnce(List<ObjectNode> copies) {
    List<CompletableFuture<RouteAnswer>> all =
        copies.stream()
            .map(copy -> CompletableFuture.supplyAsync(() -> teams.push(copy), postmen))
            .toList();
    List<RouteAnswer> answers = all.stream().map(CompletableFuture::join).toList();
    answers.forEach(answer -> assertEquals(200, TestRequest.status(answer)));
    teams.engine().settle();
    return answers;
  }

  private static ObjectNode anew(ObjectNode activity) {
    return activity.deepCopy().put("id", UUID.randomUUID().toString());
  }

  private int entries(EntryKind kind) {
    return teams.engine().entries("INC-1", kind).size();
  }

  /** One start of the bot serves all three; each leaves what the next does not look at. */
  @Test
  void pushes_fourTimesAtOnce_areOneEach() {
    pressIsOneDecision();
    messageIsOneLine();
    commandIsOneIncident();
  }

  private void pressIsOneDecision() {
    ObjectNode press = teams.press("li", room, "Confirm severity");

    List<RouteAnswer> answers = atOnce(List.of(press, press.deepCopy(), anew(press), anew(press)));
    atOnce(List.of(press, press.deepCopy()));

    assertEquals(1, entries(EntryKind.SEVERITY_CONFIRMED));
    assertEquals(3, entries(EntryKind.BUTTON_PRESSED), "one for each id");
    assertEquals(TeamsGround.body(answers.get(0)), TeamsGround.body(answers.get(1)));
  }

  private void messageIsOneLine() {
    ObjectNode words = Json.object().put("text", "it is the database");
    FakeMessage said =
        teams
            .teams()
            .tenant()
            .say(room, Optional.empty(), Optional.of(teams.person("li")), Optional.empty(), words);
    ObjectNode push = teams.pushes().message(said, room);
    int before = entries(EntryKind.MESSAGE_LOGGED);

    atOnce(IntStream.range(0, 4).mapToObj(i -> push.deepCopy()).toList());

    assertEquals(before + 1, entries(EntryKind.MESSAGE_LOGGED));
  }

  private void commandIsOneIncident() {
    FakeConversation lobby = teams.teams().tenant().channel("ops", "");
    ObjectNode words = Json.object().put("text", Payloads.BOT_MENTION + " declare! Login is down");
    FakeMessage said =
        teams
            .teams()
            .tenant()
            .say(lobby, Optional.empty(), Optional.of(teams.person("li")), Optional.empty(), words);
    ObjectNode push = teams.pushes().message(said, lobby);

    atOnce(IntStream.range(0, 4).mapToObj(i -> push.deepCopy()).toList());

    assertEquals(2, teams.engine().incidents());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.incident.Severity;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.Payloads;
import dev.muster.teams.fake.Reading;
import dev.muster.teams.fake.TeamsPeople;
import dev.muster.teams.inbound.AlertRooms;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's clock is ahead, yet not so far that Teams' tokens are refused. */
final class TeamsWrongClockTest {

  @TempDir Path folder;
  private WholeTeams teams;
  private FakeConversation room;

  @BeforeEach
  void declare() {
    teams = new WholeTeams(folder, List.of("alerts"));
    room = teams.declared("ada", "checkout is slow");
  }

  @AfterEach
  void close() {
    teams.close();
  }

  private void looks() {
    teams.clock().advance(AlertRooms.EVERY.plusSeconds(1));
    teams.looksAround();
    teams.engine().calm();
  }

  /** Lets minutes pass in which nothing is left undone. */
  private void passes(int minutes) {
    for (int i = 0; i < minutes; i++) {
      teams.engine().advance(Duration.ofMinutes(1));
      teams.looksAround();
      teams.engine().calm();
    }
  }

  private Severity severity() {
    return teams.engine().incident("INC-1").severity();
  }

  private boolean isAsked() {
    return teams.toldTo("ada").contains("Still wanted?");
  }

  private ObjectNode command(String words) {
    FakeMessage said = teams.saidUnheard("ada", room, Payloads.BOT_MENTION + " " + words);
    return teams.pushes().message(said, room);
  }

  /** What is shown of it waits for a turn that no test here waits for. */
  private void comes(ObjectNode push) {
    teams.push(push);
    teams.engine().calm();
  }

  /** Returns when somebody did something last, as the timeline tells. */
  private Instant lastDone(EntryKind kind) {
    List<TimelineEntry> all = teams.engine().entries("INC-1", kind);
    return all.get(all.size() - 1).occurredAt();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT15M", "PT62M"})
  void commandPressAndForm_withAClockAhead_areCarriedOut_andHaveTheTimeOfTeams(Duration ahead) {
    teams.machineIsSet(ahead);
    looks();

    Instant asked = teams.clock().instant().minus(ahead);
    comes(command("severity 2 half is down"));
    assertEquals(Severity.SEV2, severity(), () -> teams.toldTo("ada"));
    assertEquals(asked, lastDone(EntryKind.COMMAND_RUN));

    comes(teams.press("li", room, "Escalate"));
    assertEquals(1, teams.engine().entries("INC-1", EntryKind.BUTTON_PRESSED).size());

    TeamsPeople.Offer offer = TeamsPeople.offer(room, "Change severity");
    Reading dialog = teams.fetches("li", room, offer.on(), offer.data());
    Map<String, String> values = Map.of("severity", "SEV1", "reason", "all of it");
    ObjectNode form = TeamsPeople.filled(dialog, values);
    comes(teams.pushes().submitted(teams.person("li"), room, form));
    assertEquals(Severity.SEV1, severity());
  }

  @Test
  void command_thatWaitedForLong_isAskedAboutByAClockAhead() {
    teams.machineIsSet(Duration.ofMinutes(50));
    looks();

    ObjectNode push = command("severity 2 half is down");
    passes(40);
    comes(push);

    assertEquals(Severity.SEV3, severity());
    assertTrue(isAsked());
  }

  @Test
  void command_thatWaited_isAskedAboutOnceTheClockIsPutRight() {
    teams.machineIsSet(Duration.ofMinutes(50));
    looks();
    ObjectNode push = command("severity 2 half is down");
    passes(30);

    teams.machineIsSet(Duration.ofMinutes(-50));
    comes(push);

    assertEquals(Severity.SEV3, severity());
    assertTrue(isAsked());
  }

  @Test
  void command_beforeAnyAnswerTellsTheTime_isAskedAboutAndRunsWhenPressed() {
    teams.machineIsSet(Duration.ofMinutes(50));

    teams.asks("ada", room, "severity 2 half is down");
    assertEquals(Severity.SEV3, severity());
    comes(teams.press("ada", room, "Run it now"));

    assertEquals(Severity.SEV2, severity());
  }
}

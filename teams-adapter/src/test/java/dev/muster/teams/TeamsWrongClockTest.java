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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's clock is ahead, yet not so far that Teams' tokens are refused. */
final class TeamsWrongClockTest {

  private static final Duration AHEAD = Duration.ofMinutes(50);

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
    return command(room, words);
  }

  private ObjectNode command(FakeConversation where, String words) {
    FakeMessage said = teams.saidUnheard("ada", where, Payloads.BOT_MENTION + " " + words);
    return teams.pushes().message(said, where);
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
    teams.machineIsSet(AHEAD);
    looks();

    ObjectNode push = command("severity 2 half is down");
    passes(40);
    comes(push);

    assertEquals(Severity.SEV3, severity());
    assertTrue(isAsked());
  }

  @Test
  void command_thatWaited_isAskedAboutOnceTheClockIsPutRight() {
    teams.machineIsSet(AHEAD);
    looks();
    ObjectNode push = command("severity 2 half is down");
    passes(30);

    teams.machineIsSet(AHEAD.negated());
    comes(push);

    assertEquals(Severity.SEV3, severity());
    assertTrue(isAsked());
  }

  @Test
  void command_beforeAnyAnswerTellsTheTime_isAskedAboutAndRunsWhenPressed() {
    teams.machineIsSet(AHEAD);

    teams.asks("ada", room, "severity 2 half is down");
    assertEquals(Severity.SEV3, severity());
    comes(teams.press("ada", room, "Run it now"));

    assertEquals(Severity.SEV2, severity());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PT-50M", "PT-60M PT10M", "PT-30M PT-20M"})
  void whatTeamsDidNotTell_whileTheClockWasAhead_isReadAgain(String steps) {
    teams.machineIsSet(AHEAD);
    looks();
    passes(12);
    teams.saidUnheard("li", room, "half of it is logs");
    Stream.of(steps.split(" "))
        .filter(step -> !step.isEmpty())
        .map(Duration::parse)
        .forEach(teams::machineIsSet);
    passes(25);

    assertTrue(logged("INC-1").contains("half of it is logs"), logged("INC-1").toString());
  }

  @Test
  void whatTeamsDidNotTell_ofAnIncidentDeclaredByAClockAhead_isReadBeforeTheDraft() {
    teams.machineIsSet(AHEAD);
    looks();
    FakeConversation second = teams.declared("ada", "search is down");
    teams.saidUnheard("li", second, "half of it is logs");
    teams.machineIsSet(AHEAD.negated());
    looks();

    comes(command(second, "resolve all is well"));
    comes(command(second, "close"));
    passes(4);

    assertEquals(1, teams.engine().entries("INC-2", EntryKind.POSTMORTEM_DRAFTED).size());
    assertTrue(logged("INC-2").contains("half of it is logs"), logged("INC-2").toString());
  }

  private List<String> logged(String incident) {
    return teams.engine().texts(incident, EntryKind.MESSAGE_LOGGED);
  }
}

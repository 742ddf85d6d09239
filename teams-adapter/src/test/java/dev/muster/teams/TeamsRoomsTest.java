// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Space;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakeTenant;
import dev.muster.teams.fake.Payloads;
import dev.muster.teams.fake.Reading;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to incident channels behind the bot's back, seen by the people in Teams. */
final class TeamsRoomsTest {

  @TempDir Path folder;
  private WholeTeams teams;
  private FakeConversation room;

  @BeforeEach
  void open() {
    teams = new WholeTeams(folder);
    room = teams.declared("ada", "Checkout is down");
  }

  @AfterEach
  void close() {
    teams.close();
  }

  private List<String> changes() {
    return teams.engine().texts("INC-1", EntryKind.CHANNEL_CHANGED);
  }

  private void channel(String event, FakeConversation where) {
    teams.push(teams.pushes().channelEvent(event, teams.person("ada"), where));
    teams.engine().settle();
  }

  private void team(String event) {
    teams.push(teams.pushes().teamEvent(event, teams.person("ada")));
    teams.engine().settle();
  }

  private FakeConversation announcements() {
    return teams.teams().tenant().conversations().stream()
        .filter(c -> c.name().equals("incidents"))
        .findFirst()
        .orElseThrow();
  }

  private String root() {
    return announcements().messages().stream()
        .filter(m -> m.root().isEmpty())
        .findFirst()
        .orElseThrow()
        .id();
  }

  private Optional<FakeMessage> inThread(String part) {
    return announcements().messages().stream()
        .filter(m -> m.root().filter(root()::equals).isPresent())
        .filter(m -> Reading.of(m.activity()).words().contains(part))
        .findFirst();
  }

  private Space space() {
    return teams.engine().incident("INC-1").spaceOn("teams").orElseThrow();
  }

  private static boolean anyHas(List<String> all, String part) {
    return all.stream().anyMatch(text -> text.contains(part));
  }

  @Test
  void rename_byHand_isShownEverywhereAndNotUndone() {
    room.rename("war-room");

    channel("channelRenamed", room);

    assertEquals("war-room", space().name());
    assertTrue(anyHas(changes(), "#war-room now"), "" + changes());
    assertEquals("war-room", room.name());
    teams.writes("ada", room, "still heard");
    assertTrue(anyHas(teams.engine().texts("INC-1", EntryKind.MESSAGE_LOGGED), "still heard"));
  }

  @Test
  void deletion_movesTheOpenIncidentIntoTheThread_andARestoredChannelTakesItBack() {
    teams.teams().tenant().remove(room);
    channel("channelDeleted", room);

    assertEquals(Optional.of(root()), space().thread());
    assertTrue(inThread("has lost its channel").isPresent());
    assertTrue(inThread("Next step").isPresent());
    teams.asksInThread("ada", announcements(), root(), "severity 1 all is down");
    assertTrue(inThread("SEV3 → SEV1").isPresent());

    teams.teams().tenant().restore(room);
    channel("channelRestored", room);

    assertEquals(room.id(), space().channel().id());
    assertEquals(Optional.empty(), space().thread());
    assertTrue(inThread("goes on in #" + room.name()).isPresent());
  }

  @Test
  void archive_heardFromASendAlone_isTreatedLikeTheEvent() {
    room.archive(true);
    String words = Payloads.BOT_MENTION + " severity INC-1 2 getting worse";
    FakeMessage said = teams.saidUnheard("ada", announcements(), words);
    teams.push(teams.pushes().message(said, announcements()));

    // A post that may be there already is looked for twice, ten seconds apart.
    teams.engine().pass(Duration.ofSeconds(30), Duration.ofSeconds(1));
    teams.engine().settle();

    assertTrue(inThread("SEV3 → SEV2").isPresent());
    assertTrue(anyHas(changes(), "archived or deleted"), "" + changes());
  }

  @Test
  void newChannel_readyAfterSomeSeconds_isPostedToThen() {
    teams.teams().tenant().readyAfter(Duration.ofSeconds(20));

    FakeConversation next = teams.declared("ada", "Search is empty");

    assertEquals("channel", next.kind());
    assertEquals(
        1,
        next.messages().stream()
            .filter(m -> Reading.of(m.activity()).labels().contains("Resolve INC-2"))
            .count());
    List<String> failed = teams.engine().texts("INC-2", EntryKind.EFFECT_FAILED);
    assertEquals(List.of(), failed);
    List<Reading> said = next.messages().stream().map(m -> Reading.of(m.activity())).toList();
    assertTrue(said.get(0).labels().contains("Resolve INC-2"), said.get(0).words());
    assertEquals(1, said.stream().filter(r -> r.words().contains("asked to join")).count());
  }

  @Test
  void newChannel_neverReady_leavesTheIncidentInTheThreadWithinSeventySeconds() {
    teams.teams().tenant().readyAfter(Duration.ofDays(1));

    declaredInAThread();
  }

  @Test
  void newChannel_acceptedAndNeverMade_leavesTheIncidentInTheThreadWithinSeventySeconds() {
    teams.teams().tenant().shownAfter(Duration.ofDays(1));

    declaredInAThread();
  }

  private void declaredInAThread() {
    Instant declared = teams.clock().instant();
    teams.asks("ada", teams.lobby(), "declare! Search is empty");

    Space thread = teams.engine().incident("INC-2").spaceOn("teams").orElseThrow();
    assertTrue(thread.thread().isPresent(), thread.toString());
    Duration took = Duration.between(declared, teams.clock().instant());
    assertTrue(took.compareTo(Duration.ofSeconds(70)) <= 0, took.toString());
    assertTrue(
        announcements().messages().stream()
            .filter(m -> m.root().equals(thread.thread()))
            .anyMatch(m -> Reading.of(m.activity()).words().contains("Next step")));
  }

  @Test
  void newChannel_pressedAfterADeletion_isOpenedAndUsed() {
    teams.teams().tenant().remove(room);
    channel("channelDeleted", room);

    teams.push(teams.press("ada", announcements(), "Open a new channel"));
    teams.engine().settle();

    FakeConversation next = teams.room("INC-1");
    assertFalse(next.id().equals(room.id()));
    assertEquals("channel", next.kind());
    assertTrue(inThread("goes on in #" + next.name()).isPresent());
  }

  @Test
  void team_archivedAndBack_takesItsChannelsAlong() {
    room.archive(true);
    team("teamArchived");

    assertEquals(Optional.of(root()), space().thread());
    assertTrue(
        teams.engine().notices().stream().anyMatch(n -> n.sentence().contains("was archived")));

    room.archive(false);
    team("teamUnarchived");

    assertEquals(room.id(), space().channel().id());
    assertEquals(List.of(), teams.engine().notices());
  }

  @Test
  void team_renamedOrChannelCreatedElsewhere_changesNothing() {
    List<String> before = changes();

    team("teamRenamed");
    FakeConversation other = teams.teams().tenant().channel("elsewhere", "");
    channel("channelCreated", other);

    assertEquals(before, changes());
    assertEquals(room.name(), space().name());
  }

  @Test
  void appRemovedFromTheTeamAndAddedAgain_isToldAndReadsWhatItMissed() {
    room.takeBotOut();
    teams.push(teams.pushes().botOut(teams.person("ada")));
    teams.push(teams.pushes().installation("remove", teams.person("ada"), general()));
    teams.engine().settle();

    assertEquals(1, changes().stream().filter(text -> text.contains("was taken out")).count());
    assertTrue(
        teams.engine().notices().stream()
            .anyMatch(n -> n.sentence().contains("Ask an owner to add it again")));
    FakeConversation chat = teams.teams().tenant().direct(teams.person("ada"));
    assertTrue(
        chat.messages().stream()
            .anyMatch(m -> Reading.of(m.activity()).words().contains("I was taken out")));
    teams.saidUnheard("ada", room, "while you were out");

    room.bringBotBack();
    teams.push(teams.pushes().installed());
    teams.engine().settle();

    assertTrue(anyHas(changes(), "is back in the channel"), "" + changes());
    assertTrue(
        anyHas(teams.engine().texts("INC-1", EntryKind.MESSAGE_LOGGED), "while you were out"));
    assertEquals(List.of(), teams.engine().notices());
  }

  private FakeConversation general() {
    return teams.teams().tenant().conversation(FakeTenant.TEAM).orElseThrow();
  }

  @Test
  void commander_leavesTheTeam_leavesCommandVacant() {
    teams.push(teams.pushes().left(teams.person("ada")));
    teams.engine().settle();

    assertEquals(Optional.empty(), teams.engine().incident("INC-1").commander());
    assertTrue(
        room.messages().stream()
            .anyMatch(m -> Reading.of(m.activity()).words().contains("is no longer commander")));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.incident.Space;
import dev.muster.slack.fake.Call;
import dev.muster.slack.fake.FakeFault;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened in incident channels while nothing was heard stands on the timeline afterwards. */
class GapFilledTest {

  private final ManualClock clock = ManualClock.atNoon();
  @TempDir Path folder;
  private SocketGround ground;
  private EngineHarness engine;
  private String lobby;

  @BeforeEach
  void open() {
    ground = new SocketGround(clock, folder);
    engine = new EngineHarness(clock, folder);
    lobby = ground.people.channel("lobby", "ada");
    ground.people.channel("incidents");
    ground.create("socket", engine.inboxOf("slack"), engine.memory("slack"));
    engine.start(ground.platform);
    ground.awaitLive(2);
  }

  @AfterEach
  void close() {
    engine.close();
    ground.close();
  }

  private String declared(String words) {
    int before = engine.incidents();
    ground.people.runs("ada", lobby, "/incident declare! " + words);
    String id = "INC-" + (before + 1);
    until(
        "the channel of " + id,
        () -> engine.incidents() > before && engine.incident(id).spaceOn("slack").isPresent());
    return id;
  }

  private String room(String incident) {
    return engine.incident(incident).spaceOn("slack").map(Space::channel).orElseThrow().id();
  }

  /** Turns the clock until something is so; orders wait for their turn by this clock. */
  private void until(String what, BooleanSupplier condition) {
    ground.until(
        () -> {
          engine.advance(Duration.ofMillis(500));
          return condition.getAsBoolean();
        },
        what);
  }

  private void minutePasses() {
    var until = clock.instant().plusSeconds(60);
    until("a minute", () -> clock.instant().isAfter(until));
  }

  /** Ends every connection; new ones are refused for as long as the clock stands. */
  private void goDeaf() {
    for (int i = 0; i < 3; i++) {
      ground.slack.arm("apps.connections.open", FakeFault.FAILS_BEFORE);
    }
    ground.impatient();
    ground.socket.killAll();
  }

  private void hearAgain(String incident) {
    ground.awaitLive(2);
    ground.patient();
    until("the gap to be filled", () -> !texts(incident, EntryKind.GAP_FILLED).isEmpty());
  }

  private List<String> texts(String incident, EntryKind kind) {
    return engine.texts(incident, kind);
  }

  private TimelineEntry filled(String incident) {
    List<TimelineEntry> entries = engine.entries(incident, EntryKind.GAP_FILLED);
    assertEquals(1, entries.size(), entries.toString());
    return entries.get(0);
  }

  @Test
  void everythingPeopleDo_whileNobodyListened_isOnTheTimelineOnce() {
    String incident = declared("Checkout is down sev2");
    String room = room(incident);
    String root = ground.people.types("ada", room, "root of a thread");
    String edited = ground.people.types("ada", room, "frist");
    String deleted = ground.people.types("ada", room, "to be deleted");
    ground.people.replies("ada", room, root, "heard answer");
    ground.people.reacts("ada", room, edited, "eyes");
    until("the reaction", () -> !texts(incident, EntryKind.REACTION_ADDED).isEmpty());
    minutePasses();

    goDeaf();
    ground.people.types("li", room, "said into the gap");
    ground.people.replies("li", room, root, "answered in an old thread");
    ground.people.edits("ada", room, edited, "first");
    ground.people.deletes(room, deleted);
    ground.people.reacts("li", room, root, "pushpin");
    ground.people.takesBack("ada", room, edited, "eyes");
    ground.people.runs("li", room, "/incident resolve");
    hearAgain(incident);
    until("the messages", () -> texts(incident, EntryKind.MESSAGE_LOGGED).size() >= 6);
    until("the edit", () -> !texts(incident, EntryKind.MESSAGE_REVISED).isEmpty());

    assertEquals(
        List.of(
            "root of a thread",
            "frist",
            "to be deleted",
            "heard answer",
            "said into the gap",
            "answered in an old thread"),
        engine.texts(incident, EntryKind.MESSAGE_LOGGED));
    assertEquals(List.of("first"), engine.texts(incident, EntryKind.MESSAGE_REVISED));
    TimelineEntry gone = engine.entries(incident, EntryKind.MESSAGE_REMOVED).get(0);
    assertEquals(deleted, gone.ref());
    assertEquals("deleted while the connection was down", gone.reason());
    assertEquals(List.of(":eyes:", ":pushpin:"), engine.texts(incident, EntryKind.REACTION_ADDED));
    assertEquals(List.of(":eyes:"), engine.texts(incident, EntryKind.REACTION_REMOVED));
    assertEquals(1, engine.entries(incident, EntryKind.HIGHLIGHTED).size());
    TimelineEntry note = filled(incident);
    assertTrue(note.text().contains("2 messages, 1 edit, 1 deletion, 2 reactions"), note.text());
    assertTrue(note.text().contains("Commands and presses of that time"), note.text());
    assertTrue(engine.incident(incident).status().isOpen());
  }

  @Test
  void reaction_heardAfterTheHistoryWasRead_staysAsItWasHeard() {
    String incident = declared("Checkout is down sev2");
    String room = room(incident);
    String root = ground.people.types("ada", room, "root of a thread");
    ground.people.replies("ada", room, root, "heard answer");
    ground.people.reacts("ada", room, root, "eyes");
    until("the reaction", () -> !texts(incident, EntryKind.REACTION_ADDED).isEmpty());
    minutePasses();
    goDeaf();
    int before = ground.slack.calls("conversations.replies").size();
    for (int i = 0; i < 3; i++) {
      ground.slack.arm("conversations.replies", FakeFault.RATE_LIMITED);
    }
    ground.awaitLive(2);
    ground.patient();
    until(
        "the thread to be asked for",
        () -> ground.slack.calls("conversations.replies").size() > before);

    ground.people.reacts("li", room, root, "pushpin");
    ground.people.takesBack("ada", room, root, "eyes");
    until("what is taken back", () -> !texts(incident, EntryKind.REACTION_REMOVED).isEmpty());
    assertEquals(List.of(), texts(incident, EntryKind.GAP_FILLED));
    until("the gap to be filled", () -> !texts(incident, EntryKind.GAP_FILLED).isEmpty());

    assertEquals(List.of(":eyes:", ":pushpin:"), texts(incident, EntryKind.REACTION_ADDED));
    assertEquals(List.of(":eyes:"), texts(incident, EntryKind.REACTION_REMOVED));
  }

  @Test
  void secondGap_whileTheFirstIsReadWithPauses_isReadAsWell() {
    String incident = declared("Checkout is down sev2");
    String room = room(incident);
    String root = ground.people.types("ada", room, "root of a thread");
    until("the root", () -> !texts(incident, EntryKind.MESSAGE_LOGGED).isEmpty());
    minutePasses();
    goDeaf();
    ground.people.replies("li", room, root, "answered in the first gap");
    for (int i = 0; i < 8; i++) {
      ground.slack.arm("conversations.replies", FakeFault.RATE_LIMITED);
    }
    int before = ground.slack.calls("conversations.replies").size();
    ground.awaitLive(2);
    until(
        "the thread to be asked for",
        () -> ground.slack.calls("conversations.replies").size() > before);

    goDeaf();
    ground.people.types("li", room, "said into the second gap");
    ground.awaitLive(2);
    ground.patient();

    until(
        "what was said in both",
        () ->
            texts(incident, EntryKind.MESSAGE_LOGGED)
                .containsAll(List.of("answered in the first gap", "said into the second gap")));
    assertEquals(3, texts(incident, EntryKind.MESSAGE_LOGGED).size());
  }

  @Test
  void deletion_ofWhatWasHeardWhileTheGapMayHaveBegun_isFoundOut_andToldOnce() {
    String incident = declared("Checkout is down sev2");
    String room = room(incident);
    minutePasses();
    String deleted = ground.people.types("ada", room, "said just before");
    until("the message", () -> !texts(incident, EntryKind.MESSAGE_LOGGED).isEmpty());
    goDeaf();
    ground.people.deletes(room, deleted);
    hearAgain(incident);

    assertEquals(1, engine.entries(incident, EntryKind.MESSAGE_REMOVED).size());

    ground.people.pushes(
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "message")
            .put("subtype", "message_deleted")
            .put("channel", room)
            .put("channel_type", "channel")
            .put("deleted_ts", deleted)
            .put("ts", clock.instant().getEpochSecond() + ".000001")
            .put("event_ts", clock.instant().getEpochSecond() + ".000001"));
    ground.people.types("ada", room, "said afterwards");
    until("the next message", () -> texts(incident, EntryKind.MESSAGE_LOGGED).size() == 2);

    assertEquals(1, engine.entries(incident, EntryKind.MESSAGE_REMOVED).size());
  }

  @Test
  void severalIncidents_areReadWorstFirst() {
    String mild = declared("Small thing sev4");
    String worst = declared("Everything is down sev1");
    String middle = declared("Some are slow sev3");
    minutePasses();
    int before = reads().size();

    goDeaf();
    hearAgain(mild);
    hearAgain(worst);
    hearAgain(middle);

    assertEquals(
        List.of(room(worst), room(middle), room(mild)), reads().subList(before, reads().size()));
  }

  private List<String> reads() {
    return ground.slack.calls("conversations.history").stream()
        .filter(call -> call.get("oldest").isEmpty())
        .map((Call call) -> call.get("channel"))
        .toList();
  }

  @Test
  void slackThatAsksToWait_isReadFromWhereItStopped() {
    String incident = declared("Checkout is down sev2");
    minutePasses();
    goDeaf();
    for (int i = 0; i < 250; i++) {
      ground.people.types("ada", room(incident), "message " + i);
    }
    int before = reads().size();
    ground.slack.arm("conversations.history", FakeFault.RATE_LIMITED);

    hearAgain(incident);

    until("all messages", () -> engine.texts(incident, EntryKind.MESSAGE_LOGGED).size() == 250);
    assertEquals("250", String.valueOf(filled(incident).data().get("messages")));
    assertTrue(reads().size() - before <= 4, "read again from the beginning");
  }

  @Test
  void channel_theBotWasTakenOutOf_isSaidNotToBeFilled() {
    String incident = declared("Checkout is down sev2");
    minutePasses();
    goDeaf();
    ground.people.removesBot(room(incident));

    hearAgain(incident);

    TimelineEntry note = filled(incident);
    assertEquals(false, note.data().get("filled"));
    assertTrue(note.text().contains("could not be read"), note.text());
    assertTrue(note.text().contains("not_in_channel"), note.text());
  }
}

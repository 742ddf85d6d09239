// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.ChatEvent.ConnectionGap;
import dev.muster.chat.spi.Delivery;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.Fault;
import dev.muster.teams.fake.Payloads;
import dev.muster.teams.fake.Reading;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Teams never told of is read from the channel, and nothing of it stands there twice. */
final class TeamsHistoryTest {

  private static final String ID = "INC-1";

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

  private static ObjectNode words(String words) {
    return Json.object().put("text", words);
  }

  private FakeMessage unheard(String name, Optional<FakeMessage> under, String words) {
    teams.clock().advance(Duration.ofSeconds(1));
    return said(name, under, words);
  }

  private FakeMessage said(String name, Optional<FakeMessage> under, String words) {
    return teams
        .teams()
        .tenant()
        .say(
            room,
            under.map(FakeMessage::id),
            Optional.of(teams.person(name)),
            Optional.empty(),
            words(words));
  }

  private FakeMessage says(String name, String words) {
    FakeMessage said = unheard(name, Optional.empty(), words);
    teams.push(teams.pushes().message(said, room));
    teams.engine().settle();
    return said;
  }

  private void edits(FakeMessage message, String words, boolean heard) {
    teams.clock().advance(Duration.ofSeconds(1));
    teams.teams().tenant().edit(message, words(words));
    if (heard) {
      teams.push(teams.pushes().edit(message, room));
      teams.engine().settle();
    }
  }

  private List<String> texts(EntryKind... kinds) {
    return teams.engine().texts(ID, kinds);
  }

  private void passes(Duration time) {
    teams.engine().pass(time, Duration.ofSeconds(30));
    teams.engine().settle();
  }

  @Test
  void command_readBeforeItIsTold_isCarriedOutOnceWhenItIsTold() {
    FakeMessage asked =
        unheard("ada", Optional.empty(), Payloads.BOT_MENTION + " impact nobody can pay");
    passes(Duration.ofMinutes(11));
    assertEquals(List.of(), texts(EntryKind.FIELD_CHANGED));

    teams.push(teams.pushes().message(asked, room));
    teams.push(teams.pushes().message(asked, room));
    teams.engine().settle();

    assertEquals(1, texts(EntryKind.FIELD_CHANGED).size(), texts().toString());
  }

  @Test
  void whatWasReadBeforeItWasTold_isNotRememberedForEver() {
    unheard("ada", Optional.empty(), "the database is full");
    passes(Duration.ofMinutes(11));
    assertEquals(1, rememberedAsRead());

    teams.clock().advance(Duration.ofDays(9));
    teams.looksAround();

    assertEquals(0, rememberedAsRead());
  }

  private int rememberedAsRead() {
    return teams.engine().memory("teams").scan("read/", "", 100).size();
  }

  @Test
  void command_readAfterItWasTold_isCarriedOutOnce() {
    FakeMessage asked = says("ada", Payloads.BOT_MENTION + " impact nobody can pay");
    passes(Duration.ofMinutes(11));
    teams.push(teams.pushes().message(asked, room));
    teams.engine().settle();

    assertEquals(1, texts(EntryKind.FIELD_CHANGED).size(), texts().toString());
  }

  @Test
  void changesThatWereNotTold_areOnTheTimelineWithinTenMinutes_once() {
    FakeMessage old = says("ada", "the database is full");
    FakeMessage twice = says("li", "half of it is logs");
    FakeMessage gone = says("ada", "never mind");
    edits(twice, "half of it is <old> logs", true);
    edits(old, "the database is full again", false);
    unheard("li", Optional.of(old), "which one?");
    teams.teams().tenant().react(old, teams.person("li"), "📌");
    teams.teams().tenant().delete(gone);

    passes(Duration.ofMinutes(11));

    assertEquals(
        List.of("half of it is <old> logs", "the database is full again"),
        texts(EntryKind.MESSAGE_REVISED));
    assertEquals(1, teams.engine().entries(ID, EntryKind.MESSAGE_REMOVED).size());
    assertEquals(List.of(":pushpin:"), texts(EntryKind.REACTION_ADDED));
    assertEquals(List.of("the database is full again"), texts(EntryKind.HIGHLIGHTED));
    assertTrue(texts(EntryKind.MESSAGE_LOGGED).contains("which one?"));
    List<String> filled = texts(EntryKind.GAP_FILLED);
    assertEquals(1, filled.size());
    assertTrue(filled.get(0).contains("1 message, 1 edit, 1 deletion, 1 reaction"), filled.get(0));

    passes(Duration.ofMinutes(21));

    assertEquals(1, texts(EntryKind.GAP_FILLED).size());
    assertEquals(2, texts(EntryKind.MESSAGE_REVISED).size());
  }

  @Test
  void editThatIsReadBeforeItIsTold_standsThereOnce() {
    FakeMessage said = says("ada", "the database is full");
    edits(said, "the disk is full", false);
    passes(Duration.ofMinutes(11));

    teams.push(teams.pushes().edit(said, room));
    teams.engine().settle();

    assertEquals(List.of("the disk is full"), texts(EntryKind.MESSAGE_REVISED));
  }

  @Test
  void gap_thatGraphLetsBeReadInParts_isReadToTheEnd() {
    FakeMessage root = says("ada", "the database is full");
    for (int i = 0; i < 60; i++) {
      said("li", Optional.empty(), "line " + i);
    }
    for (int i = 0; i < 1_001; i++) {
      said("li", Optional.of(root), "answer " + i);
    }
    teams.teams().arm(Part.READING, Fault.later(429, 1));
    ConnectionGap gap =
        new ConnectionGap(
            teams.clock().instant(), "teams", teams.clock().instant().minusSeconds(3_600));
    teams.engine().inboxOf("teams").accept(Delivery.of("gap/1", gap));
    teams.engine().settle();
    passes(Duration.ofMinutes(2));

    String filled = texts(EntryKind.GAP_FILLED).get(0);
    assertTrue(filled.contains("1061 messages, 0 edits"), filled);
  }

  @Test
  void closing_readsTheChannelAsAWholeBeforeTheDraft() {
    FakeMessage said = says("ada", "the database is full");
    teams.asks("ada", room, "resolve all is well");
    edits(said, "the disk is full", false);

    teams.asks("ada", room, "close");
    teams.engine().settle();

    assertEquals(List.of("the disk is full"), texts(EntryKind.MESSAGE_REVISED));
    long edit = teams.engine().entries(ID, EntryKind.MESSAGE_REVISED).get(0).seq();
    passes(Duration.ofSeconds(5));
    long draft = teams.engine().entries(ID, EntryKind.POSTMORTEM_DRAFTED).get(0).seq();
    assertTrue(edit < draft, edit + " " + draft);
    assertEquals(1, texts(EntryKind.POSTMORTEM_DRAFTED).size());
  }

  @Test
  void channelThatCannotBeRead_isDraftedAllTheSame() {
    teams.asks("ada", room, "resolve all is well");
    teams.teams().without("ChannelMessage.Read.Group");

    teams.asks("ada", room, "close");
    passes(Duration.ofMinutes(3));

    assertEquals(1, texts(EntryKind.POSTMORTEM_DRAFTED).size());
    assertTrue(
        room.messages().stream()
            .anyMatch(m -> Reading.of(m.activity()).words().contains("Postmortem draft")));
  }

  @Test
  void channelThatMayNotBeRead_saysThatTheTimelineIsLimited() {
    assertTrue(shows("Messages in this channel become the incident timeline"));
    teams.teams().without("ChannelMessage.Read.Group");
    teams.clock().advance(Duration.ofHours(2));
    passes(Duration.ofMinutes(11));

    teams.asks("ada", room, "impact payments fail");
    passes(Duration.ofMinutes(1));

    assertTrue(shows("The timeline is limited"));
  }

  private boolean shows(String words) {
    return room.messages().stream().anyMatch(m -> Reading.of(m.activity()).words().contains(words));
  }
}

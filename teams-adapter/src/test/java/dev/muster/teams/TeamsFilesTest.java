// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.TeamsPeople;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.SettingsDraft;
import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that people attach in channels: Teams delivers that there is one, and Graph tells which.
 * The incident lives on another chat as well.
 */
final class TeamsFilesTest {

  private static final String OTHER = "other";
  private static final String READ = "ChannelMessage.Read.Group";

  @TempDir Path folder;
  private WholeTeams whole;
  private InMemoryChatWorld other;
  private FakeConversation room;
  private TeamsPeople people;
  private List<String> notGranted;

  private void open(String... notGranted) {
    this.notGranted = List.of(notGranted);
    whole = new WholeTeams(folder, List.of(), this::beside);
    whole
        .engine()
        .configure(s -> SettingsDraft.of(s).platforms("teams", OTHER).everywhere().done());
    room = whole.declared("ada", "Checkout is down");
    people = whole.people();
  }

  private List<ChatPlatform> beside(WholeTeams teams) {
    notGranted.forEach(permission -> teams.teams().without(permission));
    other =
        new InMemoryChatWorld(
            OTHER, delivery -> teams.engine().inboxOf(OTHER).accept(delivery), teams.clock());
    return List.of(other.platform());
  }

  @AfterEach
  void close() {
    other.close();
    whole.close();
  }

  @Test
  void files_ofALiveMessage_areNamedOnceGraphTellsThem() {
    open();
    whole.teams().tenant().readableAfter(Duration.ofSeconds(3));
    FakeMessage said = people.attaches("ada", room.id(), "the graphs", "cpu.png", "locks.txt");
    whole.engine().until("the message is on the timeline", () -> logged().contains("the graphs"));
    assertEquals(List.of(), files());

    whole.engine().pass(Duration.ofSeconds(10), Duration.ofSeconds(1));
    assertEquals(List.of("cpu.png", "locks.txt"), files(), entries().toString());
    TimelineEntry file = entries().get(1);
    assertEquals("ada", file.actor().name());
    assertEquals(said.createdAt(), file.occurredAt());
    assertTrue(file.data().get("url").toString().endsWith("/Shared%20Documents/locks.txt"));

    whole.push(whole.pushes().message(said, room));
    whole.engine().pass(Duration.ofSeconds(10), Duration.ofSeconds(1));
    assertEquals(2, files().size());
    assertEquals(List.of("cpu.png", "locks.txt"), linked("the graphs"));
  }

  @Test
  void file_withoutConsentToReadTheChannel_isSaidToBeThere() {
    open(READ);
    people.attaches("ada", room.id(), "see this", "cpu.png");
    whole.engine().pass(Duration.ofSeconds(5), Duration.ofSeconds(1));

    assertEquals(List.of("a file that Teams does not name"), files());
    TimelineEntry file = entries().get(0);
    assertEquals("ada", file.actor().name());
    assertTrue(file.data().get("url").toString().contains("/l/message/"), file.toString());
    assertTrue(file.data().get("unread").toString().contains(READ), file.toString());
    assertEquals(List.of("a file that Teams does not name"), linked("see this"));
  }

  @Test
  void quotation_whichTeamsWritesLikeAFile_isNone() {
    open();
    FakeMessage first = people.types("ada", room.id(), "it is the locks");
    people.quotes("bo", room.id(), "which ones?", first);
    whole.engine().pass(Duration.ofSeconds(5), Duration.ofSeconds(1));

    assertTrue(logged().contains("which ones?"), logged().toString());
    assertEquals(List.of(), files());
    assertEquals(List.of(), linked("which ones?"));
  }

  /** Of a long file the card holds the beginning, and leads to all of it. */
  @Test
  void fileOfTheBot_isACardThatLeadsToItsPage() {
    open();
    whole.writes("ada", room, "it goes on ".repeat(500));
    whole.asks("ada", room, "timeline export");
    whole.engine().pass(Duration.ofSeconds(10), Duration.ofSeconds(1));

    String cards =
        whole.teams().tenant().direct(whole.person("ada")).messages().stream()
            .map(message -> message.activity().toString())
            .collect(Collectors.joining());
    assertTrue(cards.contains("INC-1-timeline.md"), cards);
    assertTrue(cards.contains("/incidents/INC-1](http"), cards);
    assertTrue(cards.contains("Teams shows its beginning:"), cards);
  }

  private List<TimelineEntry> entries() {
    return whole.engine().entries("INC-1", EntryKind.FILE_SHARED);
  }

  private List<String> files() {
    return entries().stream().map(TimelineEntry::text).toList();
  }

  private List<String> logged() {
    return whole.engine().texts("INC-1", EntryKind.MESSAGE_LOGGED);
  }

  /** Returns what the copy of a message on the other chat lists under its words. */
  private List<String> linked(String words) {
    ChannelRef there = whole.engine().incident("INC-1").spaceOn(OTHER).orElseThrow().channel();
    List<ShownMessage> copies =
        other.messages(there).stream().filter(m -> m.words().contains(words)).toList();
    assertEquals(1, copies.size(), copies.toString());
    return copies.get(0).words().lines().skip(1).map(l -> l.replaceAll(" \\(.*", "")).toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.access.AccessRules;
import dev.muster.access.Level;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.Reading;
import dev.muster.testkit.InMemoryChatWorld;
import dev.muster.testkit.SettingsDraft;
import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One incident in Teams and in another chat, with Ada in Teams and Li on the other. */
class TeamsTwoChatsTest {

  private static final String OTHER = "other";

  @TempDir Path folder;
  private WholeTeams whole;
  private InMemoryChatWorld other;
  private FakeConversation room;
  private ChannelRef there;
  private Person li;

  @BeforeEach
  void open() {
    whole = new WholeTeams(folder, List.of(), this::beside);
    li = other.person("li");
    whole
        .engine()
        .configure(s -> SettingsDraft.of(s).platforms("teams", OTHER).everywhere().done());
    room = whole.declared("ada", "Checkout is down");
    there = whole.engine().incident("INC-1").spaceOn(OTHER).orElseThrow().channel();
  }

  private List<ChatPlatform> beside(WholeTeams teams) {
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
  void words_fromTeams_reachTheOtherChatOnce() {
    whole.writes("ada", room, "the &lt;at&gt;li&lt;/at&gt; deploy *looks* wrong");
    assertEquals(1, repeated().size(), repeated().toString());
    assertTrue(repeated().get(0).startsWith("ada (teams): "), repeated().get(0));
    assertTrue(repeated().get(0).contains("deploy *looks* wrong"), repeated().get(0));
    assertEquals(1, logged());
  }

  @Test
  void words_fromTheOtherChat_areOneCardInTeamsThatFollowsThem() {
    MessageRef said = types(Optional.empty(), "I see <at>ada</at> & locks");
    FakeMessage copy = copy("li (other): I see <at>ada</at> & locks");
    assertEquals(List.of(), Reading.of(copy.activity()).notified());

    other.edits(li, said, "I see locks");
    whole.engine().settle();
    FakeMessage changed = copy("li (other): I see locks (edited)");
    assertEquals(copy.id(), changed.id());

    whole.says("ada", room, Optional.of(changed.id()), "since when?");
    ShownMessage answer =
        other.messages(there).stream()
            .filter(m -> m.words().equals("ada (teams): since when?"))
            .findFirst()
            .orElseThrow();
    assertEquals(Optional.of(said.id()), answer.thread());
    types(Optional.of(said.id()), "since noon");
    assertEquals(Optional.of(changed.id()), copy("li (other): since noon").root());

    other.deletes(li, said);
    whole.engine().settle();
    assertFalse(
        room.messages().stream()
            .anyMatch(m -> m.isThere() && m.id().equals(changed.id()) && isCopy(m, "I see locks")));
    assertEquals(3, logged());
  }

  @Test
  void mentionOfSomebodyWhoNeverActed_isLinkedByTheIdentityThatTeamsKnowsThemBy() {
    String admin = "teams:" + whole.person("ada").aad();
    whole
        .engine()
        .configure(
            s ->
                SettingsDraft.of(s)
                    .announcements(Map.of("teams", "General", OTHER, "general"))
                    .access(
                        new AccessRules(
                            Level.RESPONDER, Map.of(), List.of(), List.of(), List.of(admin)))
                    .done());
    String bo = "teams:" + whole.person("bo").aad();

    whole.asks("ada", room, "link-person <at>bo</at> " + li.ref() + " confirm");

    assertEquals(
        Optional.of(bo + "\n" + li.ref()),
        whole.engine().read(tx -> tx.note("identities/" + bo)),
        whole.toldTo("ada"));
  }

  private MessageRef types(Optional<String> thread, String words) {
    MessageRef said = other.types(li, there, thread, words);
    whole.engine().settle();
    return said;
  }

  private List<String> repeated() {
    return other.messages(there).stream()
        .map(ShownMessage::words)
        .filter(words -> words.contains("(teams): "))
        .toList();
  }

  private FakeMessage copy(String words) {
    List<FakeMessage> found =
        room.messages().stream().filter(m -> m.isThere() && isCopy(m, words)).toList();
    assertEquals(1, found.size(), words + " in " + room.messages().size() + " messages");
    return found.get(0);
  }

  private static boolean isCopy(FakeMessage message, String words) {
    return message.author().isEmpty() && Reading.of(message.activity()).words().contains(words);
  }

  private int logged() {
    return whole.engine().entries("INC-1", EntryKind.MESSAGE_LOGGED).size();
  }
}

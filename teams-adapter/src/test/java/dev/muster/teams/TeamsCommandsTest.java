// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.Reading;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands wherever Teams lets people give them: they work, and are answered where they belong. */
@TestInstance(Lifecycle.PER_CLASS)
final class TeamsCommandsTest {

  private WholeTeams teams;
  private FakeConversation room;
  private FakeConversation changed;
  private FakeConversation chat;
  private FakeConversation alone;

  @BeforeAll
  void declare(@TempDir Path folder) {
    teams = new WholeTeams(folder);
    room = teams.declared("ada", "checkout is slow");
    changed = teams.declared("ada", "search is empty");
    FakePerson ada = teams.person("ada");
    chat = teams.teams().tenant().chat("lunch", ada, teams.person("li"));
    alone = teams.teams().tenant().direct(ada);
  }

  @AfterAll
  void close() {
    teams.close();
  }

  /** Keeps people under the limit of commands in ten seconds. */
  @BeforeEach
  void letTimePass() {
    teams.teams().tenant().targets(true);
    teams.engine().advance(Duration.ofSeconds(11));
    teams.engine().settle();
  }

  private static String words(FakeMessage message) {
    return Reading.of(message.activity()).words();
  }

  /** Returns what the bot said to ada alone since then, with the thread it stands in. */
  private List<FakeMessage> told(FakeConversation where, int since) {
    return where.messages().subList(since, where.messages().size()).stream()
        .filter(m -> m.author().isEmpty())
        .filter(m -> where.equals(alone) || m.onlyFor().isPresent())
        .toList();
  }

  private static boolean anyHas(List<FakeMessage> all, String part) {
    return all.stream().anyMatch(m -> words(m).contains(part));
  }

  private static List<String> all(List<FakeMessage> messages) {
    return messages.stream().map(TeamsCommandsTest::words).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      value = {
        "help              ^ help VERB",
        "help update       ^ update",
        "list              ^ INC-1",
        "INC-1 status      ^ Open for",
        "INC-1 role        ^ Roles of INC-1",
        "INC-1 timeline    ^ Timeline of INC-1",
        "INC-1 actions     ^ no actions yet",
        "INC-1 runbook     ^ No runbook",
        "INC-1 postmortem  ^ drafted when it is closed",
        "version           ^ Muster",
        "sevrity 2         ^ severity 2"
      })
  void verb_thatReads_isAnsweredToThatPersonAloneWhereTheyAsked(String words, String part) {
    FakeMessage root = teams.saidInThread("li", room, root(room), "where are we?");
    List<FakeConversation> places = List.of(room, chat, alone);
    for (FakeConversation place : places) {
      int before = place.messages().size();
      teams.asks("ada", place, words);

      List<FakeMessage> told = told(place, before);
      assertTrue(anyHas(told, part), place.kind() + " " + all(told));
      assertEquals(told.size(), botSaid(place, before), "in public, too: " + place.kind());
    }
    letTimePass();
    int before = room.messages().size();
    teams.asksInThread("ada", room, root.root().orElseThrow(), words);

    List<FakeMessage> told = told(room, before);
    assertTrue(anyHas(told, part), "" + all(told));
    assertTrue(told.stream().allMatch(m -> m.root().equals(root.root())), "" + all(told));
  }

  private List<String> toldLast() {
    return all(told(changed, Math.max(0, changed.messages().size() - 4)));
  }

  private static FakeMessage root(FakeConversation where) {
    return where.messages().stream().filter(m -> m.root().isEmpty()).findFirst().orElseThrow();
  }

  private static long botSaid(FakeConversation place, int since) {
    return place.messages().subList(since, place.messages().size()).stream()
        .filter(m -> m.author().isEmpty())
        .count();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      value = {
        "status            ^ Open for",
        "incident          ^ help",
        "incident status   ^ Open for"
      })
  void slash_ofTheApp_isACommandThatTheBotAloneReads(String words, String part) {
    int before = room.messages().size();

    teams.slashes("ada", room, words);

    assertTrue(anyHas(told(room, before), part), "" + all(told(room, before)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      value = {
        "room   ^ severity 2 payments & refunds fail ^ severity_changed     ^ SEV2",
        "thread ^ title Checkout <EU> answers 500    ^ field_changed        ^ Checkout <EU>"
            + " answers",
        "chat   ^ impact 12 % of payments fail       ^ field_changed        ^ 12 % of payments",
        "alone  ^ affects checkout search            ^ field_changed        ^ checkout, search",
        "slash  ^ update we know the commit          ^ status_update_posted ^ we know the commit",
        "room   ^ next 30m                           ^ next_update_set      ^ 12:",
        "thread ^ timeline add -10m deploy 4711      ^ note_added           ^ deploy 4711",
        "chat   ^ action add an alert                ^ action_added         ^ add an alert",
        "alone  ^ task restart the queue             ^ task_added           ^ restart the queue",
        "slash  ^ role scribe me                     ^ role_assigned        ^ ada",
        "room   ^ commander @li                      ^ handover_offered     ^ li",
        "thread ^ identify a lock                    ^ status_changed       ^ identified",
        "chat   ^ mitigate moved away                ^ status_changed       ^ mitigated",
        "alone  ^ resolve all is well                ^ status_changed       ^ resolved"
      })
  void verb_thatChanges_leavesAFactFromEveryPlace(
      String way, String words, String kind, String part) {
    String mentioned = words.replace("@li", "<at>li</at>");
    switch (way) {
      case "room" -> teams.asks("ada", changed, mentioned);
      case "thread" -> teams.asksInThread("ada", changed, root(changed).id(), mentioned);
      case "chat" -> teams.asks("ada", chat, "INC-2 " + mentioned);
      case "alone" -> teams.asks("ada", alone, "INC-2 " + mentioned);
      default -> teams.slashes("ada", changed, mentioned);
    }

    EntryKind wanted = EntryKind.valueOf(kind.toUpperCase(Locale.ROOT));
    List<String> texts = teams.engine().texts("INC-2", wanted);
    assertTrue(
        texts.stream().anyMatch(text -> text.contains(part)),
        texts + " " + toldLast() + teams.engine().texts("INC-2", EntryKind.COMMAND_RUN));
  }

  @Test
  void tenant_withoutPrivateMessagesInChannels_answersInTheChatWithThePerson() {
    teams.teams().tenant().targets(false);
    int inRoom = room.messages().size();
    int before = alone.messages().size();

    teams.asks("ada", room, "status");

    assertTrue(anyHas(told(alone, before), "Open for"), "" + all(told(alone, before)));
    assertEquals(inRoom + 1, room.messages().size());
  }

  @Test
  void announcementAndList_leadToTheChannelOfTheIncident() {
    int before = alone.messages().size();
    teams.asks("ada", alone, "list");

    String address = "](https://teams.microsoft.com/l/channel/" + room.id() + "/";
    FakeConversation announced =
        teams.teams().tenant().conversations().stream()
            .filter(c -> c.name().equals("incidents"))
            .findFirst()
            .orElseThrow();
    assertTrue(announced.messages().get(0).activity().toString().contains(address));
    assertTrue(told(alone, before).get(0).activity().toString().contains(address));
  }

  @Test
  void statusPublic_inAThread_goesIntoThatThread() {
    teams.asksInThread("ada", room, root(room).id(), "status public");

    FakeMessage last = room.messages().get(room.messages().size() - 1);
    assertTrue(words(last).contains("INC-1"), words(last));
    assertEquals(Optional.of(root(room).id()), last.root());
    assertEquals(Optional.empty(), last.onlyFor());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands as people give them in Slack, through the whole bot. */
class SlackCommandsTest {

  @TempDir Path folder;
  private SlackBot bot;
  private Person ada;
  private ChannelRef room;

  @BeforeEach
  void declare() {
    bot = new SlackBot(folder);
    ada = bot.world().person("ada");
    room = bot.declared(ada, "checkout is slow");
  }

  @AfterEach
  void close() {
    bot.close();
  }

  private void escaped(String text) {
    bot.hands().commands(ada, room, text);
    bot.engine().settle();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      value = {
        "severity 2 payments &amp; refunds fail      ^ severity_changed     ^ SEV2",
        "title Checkout &lt;EU&gt; answers 500       ^ field_changed        ^ Checkout <EU> answers 500",
        "impact see <https://status.acme.example/x>  ^ field_changed        ^ https://status.acme.example/x",
        "impact ask in <#C0123456|payments>          ^ field_changed        ^ ask in #payments",
        "affects checkout search                     ^ field_changed        ^ checkout, search",
        "update “we know the commit”                 ^ status_update_posted ^ we know the commit",
        "next 30m                                    ^ next_update_set      ^ 12:30",
        "timeline add -10m deploy 4711 done          ^ note_added           ^ deploy 4711 done",
        "action add an alert                         ^ action_added         ^ add an alert",
        "identify a lock                             ^ status_changed       ^ identified",
        "mitigate moved away                         ^ status_changed       ^ mitigated",
        "resolve all is well                         ^ status_changed       ^ resolved",
        "cancel not an outage                        ^ status_changed       ^ closed",
        "INC-1 role scribe me                        ^ role_assigned        ^ ada",
        "incident ack                                ^ command_run          ^ ack"
      })
  void verb_asSlackEscapesIt_leavesAFact(String words, String kind, String part) {
    escaped(words.strip());

    EntryKind wanted = EntryKind.valueOf(kind.toUpperCase(Locale.ROOT));
    List<String> texts = bot.engine().texts("INC-1", wanted);
    assertTrue(texts.stream().anyMatch(text -> text.contains(part)), texts + bot.told(ada));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      value = {
        "help        ^ Slash commands do not work in threads",
        "help update ^ /incident update",
        "list        ^ INC-1",
        "status      ^ Investigating",
        "role        ^ Roles of INC-1",
        "timeline    ^ Timeline of INC-1",
        "actions     ^ no actions yet",
        "runbook     ^ No runbook",
        "postmortem  ^ drafted when it is closed",
        "join        ^ already"
      })
  void verb_thatReads_isAnsweredForThatPersonAlone(String words, String part) {
    int before = bot.world().messages(room).size();

    escaped(words);

    assertTrue(bot.toldLast(ada).contains(part), bot.toldLast(ada));
    assertEquals(before, bot.world().messages(room).size());
  }

  @Test
  void mention_inTheChannel_isLoggedOnceAndExecutedOnce() {
    MessageRef said = bot.hands().mentions(ada, room, Optional.empty(), "severity 1 all is down");
    bot.engine().settle();

    List<TimelineEntry> logged = bot.engine().entries("INC-1", EntryKind.MESSAGE_LOGGED);
    assertEquals(List.of(said.id()), logged.stream().map(TimelineEntry::ref).toList());
    assertEquals(1, bot.engine().entries("INC-1", EntryKind.SEVERITY_CHANGED).size());
    assertEquals(1, bot.engine().entries("INC-1", EntryKind.COMMAND_RUN).size());
  }

  @Test
  void mention_inAThread_isAnsweredInThatThreadForThatPersonAlone() {
    MessageRef root = bot.world().types(ada, room, Optional.empty(), "the pool is empty");

    bot.hands().mentions(ada, room, Optional.of(root.id()), "role");
    bot.engine().settle();

    ShownMessage told = last(bot.world().toldTo(ada));
    assertTrue(told.words().contains("Roles of INC-1"), told.words());
    assertEquals(room, told.ref().channel());
    assertEquals(root.id(), bot.slack().calls("chat.postEphemeral").get(0).get("thread_ts"));
  }

  @Test
  void statusPublic_inAThread_goesIntoThatThread() {
    MessageRef root = bot.world().types(ada, room, Optional.empty(), "where are we?");

    bot.hands().mentions(ada, room, Optional.of(root.id()), "status public");
    bot.engine().settle();

    ShownMessage posted = last(bot.world().messages(room));
    assertTrue(posted.words().contains("Investigating"), posted.words());
    assertEquals(Optional.of(root.id()), posted.thread());
  }

  @Test
  void mention_editedAfterwards_runsNothingAgain() {
    MessageRef said = bot.hands().mentions(ada, room, Optional.empty(), "severity 2 half is down");
    bot.engine().settle();

    bot.hands().editsMention(ada, said, "resolve it is over");
    bot.engine().settle();
    bot.world().deletes(ada, said);
    bot.engine().settle();

    assertEquals(1, bot.engine().entries("INC-1", EntryKind.COMMAND_RUN).size());
    assertEquals(List.of(), bot.engine().entries("INC-1", EntryKind.STATUS_CHANGED));
    assertEquals(1, bot.engine().entries("INC-1", EntryKind.MESSAGE_REVISED).size());
    assertEquals(1, bot.engine().entries("INC-1", EntryKind.MESSAGE_REMOVED).size());
  }

  @Test
  void directMessage_isACommandAndAnsweredThere() {
    bot.hands().writesToBot(ada, "list");
    bot.engine().settle();

    ShownMessage told = last(bot.world().toldTo(ada));
    assertTrue(told.words().contains("INC-1"), told.words());
    assertTrue(told.ref().channel().id().startsWith("D"), told.toString());
  }

  @Test
  void commands_tooManyInTenSeconds_areEachAnswered() {
    for (int i = 0; i < 33; i++) {
      bot.world().commands(ada, room, "help");
    }
    bot.engine().settle();

    long slowed =
        bot.world().toldTo(ada).stream().filter(m -> m.words().contains("Slow down")).count();
    // One of the thirty was the declaration.
    assertEquals(4, slowed);
  }

  private static ShownMessage last(List<ShownMessage> messages) {
    return messages.get(messages.size() - 1);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.IncidentStatus;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.Posted;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private WholeSlack bot;
  private String room;

  @BeforeEach
  void declare() {
    bot = new WholeSlack(folder);
    room = bot.declared("ada", "checkout is slow");
  }

  @AfterEach
  void close() {
    bot.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      value = {
        "severity 2 payments &amp; refunds fail      ^ severity_changed     ^ SEV2",
        "title Checkout &lt;EU&gt; answers 500       ^ field_changed        ^ Checkout <EU> answers"
            + " 500",
        "impact see <https://status.acme.example/x>  ^ field_changed        ^"
            + " https://status.acme.example/x",
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
    bot.escaped("ada", room, words.strip());

    EntryKind wanted = EntryKind.valueOf(kind.toUpperCase(Locale.ROOT));
    List<String> texts = bot.engine().texts("INC-1", wanted);
    assertTrue(texts.stream().anyMatch(text -> text.contains(part)), texts + bot.told("ada"));
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
    int before = bot.sight().messages(room).size();

    bot.escaped("ada", room, words);

    assertTrue(bot.told("ada").contains(part), bot.told("ada"));
    assertEquals(before, bot.sight().messages(room).size());
  }

  private List<String> about(EntryKind kind) {
    return bot.engine().entries("INC-1", kind).stream().map(TimelineEntry::ref).toList();
  }

  private int facts(EntryKind kind) {
    return bot.engine().entries("INC-1", kind).size();
  }

  @Test
  void mention_inTheChannel_isLoggedOnceAndExecutedOnce() {
    String ts = bot.mentions("ada", room, "severity 1 all is down");

    assertEquals(List.of(ts), about(EntryKind.MESSAGE_LOGGED));
    assertEquals(1, facts(EntryKind.SEVERITY_CHANGED));
    assertEquals(1, facts(EntryKind.COMMAND_RUN));
  }

  @Test
  void mention_inAThread_isAnsweredInThatThreadForThatPersonAlone() {
    String root = bot.people().types("ada", room, "the pool is empty");

    bot.mentionsInThread("ada", room, root, "role");

    assertTrue(bot.told("ada").contains("Roles of INC-1"), bot.told("ada"));
    assertEquals(root, bot.slack().calls("chat.postEphemeral").get(0).get("thread_ts"));
  }

  @Test
  void statusPublic_inAThread_goesIntoThatThread() {
    String root = bot.people().types("ada", room, "where are we?");

    bot.mentionsInThread("ada", room, root, "status public");

    List<Posted> messages = bot.sight().messages(room);
    Posted last = messages.get(messages.size() - 1);
    assertTrue(last.words().contains("Investigating"), last.words());
    assertEquals(Optional.of(root), last.thread());
  }

  @Test
  void mention_editedAfterwards_runsNothingAgain() {
    String ts = bot.mentions("ada", room, "severity 2 half is down");

    bot.people().edits("ada", room, ts, "@muster resolve it is over");
    bot.mentionsAgainAfterEdit("<@" + FakeSlack.BOT_USER + "> resolve it is over");
    bot.people().deletes(room, ts);
    bot.engine().settle();

    assertEquals(1, facts(EntryKind.COMMAND_RUN));
    assertEquals(0, facts(EntryKind.STATUS_CHANGED));
    assertEquals(1, facts(EntryKind.MESSAGE_REVISED));
    assertEquals(1, facts(EntryKind.MESSAGE_REMOVED));
  }

  @Test
  void mention_deletedAfterwards_runsNothingAgainAndStaysOnTheTimeline() {
    String ts = bot.mentions("ada", room, "severity 2 it grows");

    bot.people().deletes(room, ts);
    bot.engine().settle();

    assertEquals(1, facts(EntryKind.SEVERITY_CHANGED));
    assertEquals(List.of(ts), about(EntryKind.MESSAGE_LOGGED));
    assertEquals(List.of(ts), about(EntryKind.MESSAGE_REMOVED));
  }

  @Test
  void directMessage_isACommandAndAnsweredThere() {
    int opened = bot.slack().calls("conversations.open").size();

    bot.people().writesToBot("ada", "list");
    bot.engine().settle();

    assertTrue(bot.told("ada").contains("INC-1"), bot.told("ada"));
    assertEquals(opened + 1, bot.slack().calls("conversations.open").size());
  }

  @Test
  void commands_tooManyInTenSeconds_areEachAnswered() {
    for (int i = 0; i < 33; i++) {
      bot.people().runs("ada", room, "/incident help");
    }
    bot.engine().settle();

    long slowed =
        bot.sight().toldTo("ada").stream().filter(m -> m.words().contains("Slow down")).count();
    // One of the thirty was the declaration.
    assertEquals(4, slowed);
  }

  @Test
  void misspeltVerb_isOneRightPressAwayAndNeverRunUnasked() {
    bot.runs("ada", room, "sevrity 2 payments fail");

    assertTrue(bot.told("ada").contains("I do not know \"sevrity\""), bot.told("ada"));
    assertEquals(0, facts(EntryKind.SEVERITY_CHANGED));

    bot.presses("ada", room, "Run: severity 2 payments fail");
    bot.presses("ada", room, "Run: severity 2 payments fail");

    assertEquals(1, facts(EntryKind.SEVERITY_CHANGED));
    assertTrue(bot.told("ada").contains("already"), bot.told("ada"));
  }

  @Test
  void misspeltVerb_withAMention_isOfferedWithTheName() {
    bot.people().person("li");

    bot.runs("ada", room, "escalat @li");

    String offered = bot.toldLast("ada").buttons().get(0).label();
    assertTrue(offered.startsWith("Run: escalate @"), offered);
  }

  @Test
  void channelThatCouldNotBeOpened_isNoLongerAskedForOnceOneIs() {
    bot.slack().refuse("conversations.create", "restricted_action");
    bot.runs("ada", room, "declare! search is slow");
    bot.engine().settle();
    assertEquals(List.of("channels"), bot.engine().notices().stream().map(n -> n.topic()).toList());

    bot.runs("ada", room, "declare! payments fail");
    bot.engine().settle();

    assertEquals(List.of(), bot.engine().notices());
  }

  @Test
  void declarerWhoseChannelIsRefused_isToldWhatHappenedAndTheMend() {
    bot.slack().refuse("conversations.create", "restricted_action");
    bot.runs("ada", WholeSlack.TEAM, "declare! search is slow");
    bot.engine().settle();

    String told = bot.told("ada");
    assertTrue(told.startsWith("INC-2 has no channel of its own. Slack does not allow"), told);
    assertTrue(told.contains("Ask a workspace admin to allow it for this app."), told);
    assertTrue(told.endsWith("in the thread of its announcement in #incidents."), told);
    assertEquals(List.of(), bot.slack().calls("conversations.replies"), "nothing was in doubt");

    bot.slack().refuse("conversations.create", "restricted_action");
    bot.runs("ada", WholeSlack.TEAM, "declare payments fail");
    bot.people().submits("ada", Map.of("title", "payments fail"));
    bot.engine().settle();

    String window = bot.sight().windowsOf("ada").toString();
    assertTrue(window.contains("Declared INC-3 as SEV3. INC-3 has no channel of its own."), window);
    assertFalse(window.contains("is being opened"), window);
  }

  @Test
  void change_ofAnIncidentThatLivesUnderItsAnnouncement_isToldThereOnce() {
    bot.slack().refuse("conversations.create", "restricted_action");
    bot.runs("ada", room, "declare! search is slow");
    bot.engine().settle();
    bot.runs("ada", room, "INC-1 severity 2 more people feel it");
    bot.runs("ada", room, "INC-2 severity 1 nobody finds anything");

    List<String> lines =
        bot.sight().messages("incidents").stream()
            .map(Posted::words)
            .filter(words -> words.contains("→"))
            .toList();
    assertEquals(
        List.of(
            "INC-1 · Severity SEV3 → SEV2 by ada – more people feel it",
            "INC-2 · Severity SEV3 → SEV1 by ada – nobody finds anything"),
        lines.stream().sorted().toList());
  }

  @Test
  void offer_pressedBySomebodyElse_isNothingToThem() {
    bot.runs("ada", room, "sevrity 1");
    String eve = bot.people().person("eve");
    bot.onItsWay(
        push -> {
          push.payload().withObject("/user").put("id", eve).put("name", "eve");
          return push;
        });

    bot.presses("ada", room, "Run: severity 1");

    assertTrue(bot.told("ada").contains("no longer valid"), bot.told("ada"));
    assertEquals(0, facts(EntryKind.SEVERITY_CHANGED));
    assertEquals(
        List.of("unknown_button"),
        bot.engine().journal(EntryKind.ACCESS_DENIED).stream().map(TimelineEntry::reason).toList());
  }

  @Test
  void changingVerb_outsideAnIncident_asksWhichOneAndDoesIt() {
    bot.declared("li", "search is down");

    bot.runs("ada", WholeSlack.TEAM, "resolve all is well");

    String asked = bot.told("ada");
    assertTrue(asked.contains("/incident resolve INC-1"), asked);
    assertTrue(asked.contains("INC-2"), asked);
    bot.presses("ada", WholeSlack.TEAM, "INC-1");
    assertEquals(IncidentStatus.RESOLVED, bot.engine().incident("INC-1").status());
    assertTrue(bot.engine().incident("INC-2").status().isOpen());
  }

  private void delay(Duration delay) {
    bot.onItsWay(
        push -> {
          if (push.payload().path("event").path("type").asText().equals("app_mention")) {
            bot.clock().advance(delay);
          }
          return push;
        });
  }

  @Test
  void command_elevenMinutesLate_asksAndActsOnlyWhenStillWanted() {
    delay(Duration.ofMinutes(11));

    String ts = bot.mentions("ada", room, "resolve");

    assertTrue(bot.told("ada").contains("Still wanted?"), bot.told("ada"));
    assertEquals(0, facts(EntryKind.STATUS_CHANGED));
    assertEquals(List.of(ts), about(EntryKind.MESSAGE_LOGGED));

    bot.presses("ada", room, "Run it now");
    assertEquals(1, facts(EntryKind.STATUS_CHANGED));
  }

  @Test
  void lookingVerb_late_isAnswered() {
    delay(Duration.ofHours(2));

    bot.mentions("ada", room, "role");

    assertTrue(bot.told("ada").contains("Roles of INC-1"), bot.told("ada"));
  }
}

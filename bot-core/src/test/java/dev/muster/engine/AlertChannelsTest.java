// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.AlertRule;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of messages in an alert channel, and of the answers below them. */
class AlertChannelsTest {

  private static final String TITLE = "[FIRING:1] HighLatency for checkout";
  private static final String SUMMARY =
      "[FIRING:1] HighLatency (eu-1 checkout warning) | http://a/";
  private static final String RESOLVED =
      "[RESOLVED] HighLatency (eu-1 checkout warning) | http://a/";

  @TempDir private Path folder;
  private AlertRoom room;

  private AlertRoom room(List<AlertRule> rules) {
    room = new AlertRoom(folder, rules);
    return room;
  }

  private AlertRoom asking() {
    return room(AlertRule.defaults());
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void message_noRuleDeclares_isAskedAboutOnceInItsThread() {
    AlertRoom here = asking();

    String message = here.posts(TITLE, SUMMARY);

    assertTrue(here.answer(message).contains("HighLatency for checkout"), here.answer(message));
    assertEquals(3, here.buttons(message));
    assertEquals(0, here.engine().incidents());
  }

  @Test
  void declare_pressed_quotesTheMessageFirstAndNamesWhoDeclared() {
    AlertRoom here = asking();
    String message = here.posts(TITLE, SUMMARY);

    here.presses(here.person("ada"), message, 0);

    assertEquals(1, here.engine().incidents());
    assertTrue(here.answer(message).contains("INC-1"), here.answer(message));
    assertTrue(here.answer(message).contains("Declared by ada"), here.answer(message));
    assertEquals(0, here.buttons(message));
    TimelineEntry quote = here.engine().entries("INC-1", EntryKind.MESSAGE_LOGGED).get(0);
    assertTrue(quote.text().contains(TITLE), quote.text());
    assertEquals("http://localhost/chat/" + message, quote.data().get("permalink"));
    assertEquals(1, here.engine().entries("INC-1", EntryKind.ALERT_ATTACHED).size());
  }

  @Test
  void declare_pressedTwice_theSecondPersonLearnsWhoWasFirst() {
    AlertRoom here = asking();
    String message = here.posts(TITLE, SUMMARY);
    String declare = here.token(message, 0);
    String notAnIncident = here.token(message, 2);

    here.presses(here.person("ada"), message, 0);
    here.pressesToken(here.person("li"), message, declare);
    here.pressesToken(here.person("mo"), message, notAnIncident);

    assertEquals(1, here.engine().incidents());
    assertTrue(here.told(here.person("li")).contains("ada"), here.told(here.person("li")));
    assertTrue(
        here.told(here.person("mo")).contains("ada was first"), here.told(here.person("mo")));
  }

  @Test
  void attach_pressed_putsItToTheNewestOpenIncident() {
    AlertRoom here = asking();
    String first = here.posts(TITLE, SUMMARY);
    here.presses(here.person("ada"), first, 0);
    String other = here.posts("[FIRING:1] DiskFull", "[FIRING:1] DiskFull (eu-2 db) | http://a/");

    here.presses(here.person("li"), other, 1);

    assertEquals(1, here.engine().incidents());
    assertTrue(here.answer(other).contains("Attached by li"), here.answer(other));
    assertEquals(2, here.engine().entries("INC-1", EntryKind.ALERT_ATTACHED).size());
  }

  @Test
  void snooze_pressed_silencesRepeatsForHalfAnHour() {
    AlertRoom here = asking();
    String message = here.posts(TITLE, SUMMARY);

    here.presses(here.person("ada"), message, 1);
    here.advance(Duration.ofMinutes(29));
    String silent = here.posts(TITLE, SUMMARY);
    here.advance(Duration.ofMinutes(2));
    String asked = here.posts(TITLE, SUMMARY);

    assertTrue(here.answer(message).contains("No rule declares"), here.answer(message));
    assertEquals(List.of(), here.answers(silent));
    assertEquals(3, here.buttons(asked));
    here.presses(here.person("li"), asked, 1);
    assertTrue(here.answer(asked).contains("Snoozed until 13:"), here.answer(asked));
    assertTrue(here.answer(asked).contains("by li"), here.answer(asked));
  }

  @Test
  void snooze_thatIsOver_asksAgainBelowTheSameMessage() {
    AlertRoom here = asking();
    String message = here.posts(TITLE, SUMMARY);

    here.presses(here.person("ada"), message, 1);
    assertEquals(1, here.buttons(message));
    here.advance(Duration.ofMinutes(31));
    here.engine().settle();

    assertTrue(here.answer(message).contains("No rule declares"), here.answer(message));
    assertEquals(3, here.buttons(message));
  }

  @Test
  void attach_toADuplicateMeanwhile_leadsOnToTheIncidentItWasMergedInto() {
    AlertRoom here = asking();
    here.presses(here.person("ada"), here.posts(TITLE, SUMMARY), 0);
    String second = here.posts("[FIRING:1] DiskFull", "[FIRING:1] DiskFull (eu-2 db) | http://a/");
    here.presses(here.person("ada"), second, 0);
    String other = here.posts("[FIRING:1] CpuHot", "[FIRING:1] CpuHot (eu-2 web) | http://b/");
    String attach = here.token(other, 1);
    here.commands(here.person("ada"), "INC-2 close duplicate INC-1");
    assertEquals(IncidentStatus.CLOSED, here.engine().incident("INC-2").status());

    here.pressesToken(here.person("li"), other, attach);

    String told = here.told(here.person("li"));
    assertTrue(told.contains("INC-2 went on as INC-1. Attached to INC-1."), told);
    assertTrue(here.answer(other).contains("belongs to INC-1. Attached by li"), here.answer(other));
  }

  @Test
  void attach_toAnIncidentThatIsHiddenNow_isRefusedWithoutNamingIt() {
    AlertRoom here = asking();
    String first = here.posts(TITLE, SUMMARY);
    here.presses(here.person("ada"), first, 0);
    String other = here.posts("[FIRING:1] DiskFull", "[FIRING:1] DiskFull (eu-2 db) | http://a/");
    Incident hidden =
        IncidentHistory.begin(
            new IncidentEvent.Declared(
                IncidentId.parse("INC-1").orElseThrow(),
                "Secret",
                Severity.SEV2,
                List.of(),
                true,
                false,
                Optional.empty()),
            new Actor.Human(here.person("ada")),
            Instant.EPOCH);
    here.engine().write(tx -> tx.incidents().save(hidden));

    here.presses(here.person("li"), other, 1);

    assertEquals(1, here.engine().entries("INC-1", EntryKind.ALERT_ATTACHED).size());
  }

  @Test
  void notAnIncident_pressed_isNotAskedAgainUntilItResolvedOrADayLater() {
    AlertRoom here = asking();
    String message = here.posts(TITLE, SUMMARY);

    here.presses(here.person("ada"), message, 2);
    String silent = here.posts(TITLE, SUMMARY);

    assertTrue(here.answer(message).contains("Not an incident, says ada"), here.answer(message));
    assertEquals(List.of(), here.answers(silent));
    assertEquals("not_an_incident", journalReasons(here).get(journalReasons(here).size() - 1));
    here.posts("[RESOLVED] HighLatency for checkout", RESOLVED);
    here.advance(Duration.ofMinutes(1));
    String anew = here.posts(TITLE, SUMMARY);
    assertEquals(3, here.buttons(anew));
    here.presses(here.person("ada"), anew, 2);
    here.advance(Duration.ofHours(25));
    assertEquals(3, here.buttons(here.posts(TITLE, SUMMARY)));
  }

  private static List<String> journalReasons(AlertRoom here) {
    return here.engine().journal(EntryKind.ALERT_IGNORED).stream()
        .map(TimelineEntry::reason)
        .toList();
  }

  @Test
  void resolvedMessage_endsTheAnswerAndProposesToResolve() {
    AlertRoom here = asking();
    String message = here.posts(TITLE, SUMMARY);
    here.presses(here.person("ada"), message, 0);
    here.advance(Duration.ofMinutes(5));

    String resolved = here.posts("[RESOLVED] HighLatency for checkout", RESOLVED);

    assertTrue(here.answer(message).contains("stopped firing at 12:05 UTC"), here.answer(message));
    assertEquals(List.of(), here.answers(resolved));
    assertTrue(here.room("INC-1").contains("All alerts of INC-1 are resolved"));
    assertEquals(1, here.engine().entries("INC-1", EntryKind.ALERT_RESOLVED).size());
  }

  @Test
  void rewrittenMessage_isReadAgain_deletedOneEndsNothing() {
    AlertRoom here = asking();
    String message = here.posts(TITLE, SUMMARY);
    here.presses(here.person("ada"), message, 0);
    String second = here.posts("[FIRING:1] DiskFull", "[FIRING:1] DiskFull (eu-2 db) | http://a/");
    here.advance(Duration.ofMinutes(5));

    here.deletes(second);
    here.rewrites(message, "[RESOLVED] HighLatency for checkout", RESOLVED);

    assertTrue(here.answer(message).contains("stopped firing at 12:05 UTC"), here.answer(message));
    assertTrue(here.answer(second).contains("DiskFull"), here.answer(second));
    assertTrue(here.room("INC-1").contains("All alerts of INC-1 are resolved"));
  }

  @Test
  void flapping_rewritesTheAnswerAtMostEveryTwoSeconds() {
    AlertRoom here = asking();
    String message = here.posts(TITLE, SUMMARY);
    for (int turn = 0; turn < 20; turn++) {
      boolean firing = turn % 2 == 1;
      here.advance(Duration.ofMillis(100));
      here.rewriteUnsettled(
          message, firing ? TITLE : "[RESOLVED] HighLatency", firing ? SUMMARY : RESOLVED);
    }
    here.advance(Duration.ofSeconds(3));
    here.engine().settle();

    assertTrue(here.edits() <= 3, here.edits() + " edits");
    assertEquals(1, here.answers(message).size());
  }

  @Test
  void talkAndOtherPrograms_areLeftAlone() {
    AlertRoom here = asking();

    here.says(here.person("ada"), "[FIRING:1] HighLatency, who looks at it?");
    String chatter = here.posts("Build 17 is green", "Build 17 is green");
    here.says(here.person("ada"), "ALERT: checkout is slow");

    assertEquals(List.of(), here.answers(chatter));
    assertEquals(1, here.alerts().size());
    assertEquals("checkout is slow", here.alerts().get(0).latest().title());
  }

  @Test
  void answersThatOtherProgramsQuoteInThreads_beginNothing() {
    AlertRoom here = asking();
    String message = here.posts(TITLE, SUMMARY);

    here.posts("[FIRING:1] Other", "[FIRING:1] Other (x) | http://a/", Optional.of(message));

    assertEquals(1, here.alerts().size());
    assertEquals(1, here.answers(message).size());
  }

  @Test
  void flood_ofOneAlert_isAnsweredAFewTimesOnly() {
    AlertRoom here = asking();
    int answered = 0;
    for (int i = 0; i < 30; i++) {
      answered += here.answers(here.posts(TITLE, SUMMARY)).size();
    }

    assertEquals(AlertChannels.MOST_ANSWERS, answered);
    assertEquals(1, here.alerts().size());
  }

  @Test
  void hostileTitle_isOneHarmlessLine() {
    AlertRoom here = asking();
    String evil = "<!channel> *b* _i_ `c` [x](y) \u202Eevil\u202C " + "x".repeat(40_000);

    String message = here.posts("[FIRING:1] " + evil, "");

    assertEquals(250, here.alerts().get(0).latest().title().length());
    assertFalse(here.answer(message).contains("\u202E"));
  }

  @Test
  void rule_thatDeclares_opensOneIncidentForTheGroupAndQuotesIt() {
    AlertRoom here = room(List.of(rule(Map.of("alertname", "HighLatency"))));

    String one = here.posts(TITLE, SUMMARY);
    String more = here.posts("[FIRING:3] HighLatency", "[FIRING:3] HighLatency (eu-1) | http://a/");

    assertEquals(1, here.engine().incidents());
    assertEquals(1, here.alerts().size());
    assertTrue(here.answer(one).contains("INC-1"));
    assertTrue(here.answer(more).contains("INC-1"));
    assertEquals(1, here.engine().entries("INC-1", EntryKind.MESSAGE_LOGGED).size());
  }

  static AlertRule rule(Map<String, String> match) {
    return new AlertRule(match, List.of(), Optional.empty(), "", AlertRule.Action.DECLARE);
  }
}

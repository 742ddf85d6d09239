// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import static dev.muster.command.CommandAssertions.intentOf;
import static dev.muster.command.CommandAssertions.parsed;
import static dev.muster.command.CommandAssertions.refusalOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.UserRef;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Rejection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskGrammarTest {

  private static final Optional<PersonRef> LI =
      Optional.of(new PersonRef.Mention(new UserRef("web", "li")));

  @Test
  void task_withOwnerAtEitherEnd_isNoted() {
    assertEquals(
        new TaskIntent.AddTask("restart the queue", LI), intentOf("task restart the queue @li"));
    assertEquals(
        new TaskIntent.AddTask("restart the queue", LI), intentOf("task @li restart the queue"));
    assertEquals(
        new TaskIntent.AddTask("ask @li about it now", Optional.empty()),
        intentOf("task ask @li about it now"));
    assertEquals(
        new TaskIntent.AddTask("look", Optional.of(new PersonRef.Me())), intentOf("task look @me"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "take a heap dump",
        "take 3 heap dumps",
        "give 2 people access",
        "give the vendor access",
        "doneness of the job"
      })
  void wordsThatGoOnOtherwise_areATask(String words) {
    assertEquals(new TaskIntent.AddTask(words, Optional.empty()), intentOf("task " + words));
  }

  @Test
  void number_behindAWord_isTakenGivenOrDone() {
    assertEquals(new TaskIntent.TakeTask(2), intentOf("task take #2"));
    assertEquals(new TaskIntent.FinishTask(2), intentOf("tasks done 2"));
    assertEquals(new TaskIntent.GiveTask(2, LI), intentOf("task give 2 @li"));
    assertEquals(
        new TaskIntent.GiveTask(2, Optional.of(new PersonRef.Me())), intentOf("task give 2 me"));
    assertEquals(new TaskIntent.GiveTask(2, Optional.empty()), intentOf("task give 2 nobody"));
  }

  @Test
  void incident_namedBeforeOrBehind_isTheOneMeant() {
    for (String text :
        new String[] {"INC-3 task take 2", "task INC-3 take 2", "task take 2 INC-3"}) {
      assertEquals(new TaskIntent.TakeTask(2), intentOf(text), text);
      assertEquals(Optional.of(new IncidentId(3)), parsed(text).addressed(), text);
    }
    assertEquals(new TaskIntent.GiveTask(2, LI), intentOf("task give 2 @li INC-3"));
  }

  @Test
  void text_thatIsTooLong_isRefusedWithTheMend() {
    String most = "x".repeat(250);
    assertEquals(new TaskIntent.AddTask(most, Optional.empty()), intentOf("task " + most));
    for (String verb : new String[] {"task", "action"}) {
      Rejection refusal = refusalOf(verb + " " + most + "y @li");
      assertEquals("text_too_long", refusal.reason());
      assertEquals(
          "This "
              + verb
              + " has 251 characters and may have 250. Say it shorter, and put the rest on the"
              + " timeline.",
          refusal.sentence());
    }
  }

  @Test
  void text_withHiddenCharacters_losesThem() {
    assertEquals(
        new TaskIntent.AddTask("restart db-3", Optional.empty()),
        intentOf("task \u202Erestart\u2066 db-\u200B3"));
    assertEquals(new Intent.DescribeImpact("all"), intentOf("impact \u202Eall"));
    assertEquals(new Intent.NameServices(List.of("shop")), intentOf("affects sh\u202Eop"));
    assertEquals("needs_text", refusalOf("task \u202E\u200B").reason());
  }

  @Test
  void task_alone_onlyShows() {
    assertEquals(new TaskIntent.ListTasks(), intentOf("tasks"));
    assertEquals(Scope.READS, parsed("task").scope());
    assertEquals(Scope.CHANGES, parsed("task done 1").scope());
  }

  @ParameterizedTest
  @CsvSource({
    "task !, needs_text",
    "task @li, needs_text",
    "task done, unknown_task",
    "task done it, unknown_task",
    "task done 0, unknown_task",
    "task done 1234567, unknown_task",
    "task take, unknown_task",
    "task give, unknown_task",
    "task give 2, unknown_task",
    "task give 2 @everyone, unknown_person"
  })
  void task_usedWrongly_isRefused(String text, String reason) {
    assertEquals(reason, refusalOf(text).reason());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.Person;
import dev.muster.chat.Section;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentTask;
import dev.muster.incident.Role;
import dev.muster.incident.Severity;
import dev.muster.incident.Space;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HomeViewTest {

  private static final Person ADA = new Person(new UserRef("slack", "U1"), "ada");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final Button DECLARE = Button.of("Declare incident", "declare", "t");

  private static Incident incident(int number, String title) {
    Instant now = Instant.parse("2026-11-21T12:00:00Z");
    Actor actor = new Actor.Human(ADA);
    Incident begun =
        IncidentHistory.begin(
            new IncidentEvent.Declared(
                new IncidentId(number),
                title,
                Severity.SEV2,
                List.of(),
                false,
                false,
                Optional.empty()),
            actor,
            now);
    Space space = new Space(new ChannelRef("slack", "C" + number), "inc-" + number, "");
    Incident open = IncidentHistory.after(begun, new IncidentEvent.SpaceOpened(space), actor, now);
    return IncidentHistory.after(
        open, new IncidentEvent.RoleAssigned(Role.COMMANDER, ADA, Optional.empty()), actor, now);
  }

  private static ActionItem action(int number, String text, Optional<LocalDate> due) {
    return new ActionItem(new IncidentId(7), number, text, Optional.of(ADA), due, Optional.empty());
  }

  private static IncidentTask task(int number, String text) {
    return new IncidentTask(new IncidentId(3), number, text, Optional.of(ADA), Optional.empty(), 1);
  }

  private static BotMessage home(
      List<Incident> mine, int others, List<ActionItem> actions, List<HomeView.Watch> onCall) {
    return home(mine, others, List.of(), actions, onCall);
  }

  private static BotMessage home(
      List<Incident> mine,
      int others,
      List<IncidentTask> tasks,
      List<ActionItem> actions,
      List<HomeView.Watch> onCall) {
    return new HomeView(
            Set.of(ADA.ref()),
            ADA.ref().platform(),
            List.of(),
            List.of(),
            mine,
            others,
            tasks,
            actions,
            onCall,
            "https://muster.example",
            TODAY)
        .render(List.of(DECLARE));
  }

  private static List<String> lines(BotMessage home) {
    List<String> lines = new ArrayList<>();
    for (Section section : home.sections()) {
      lines.add((section.heading() + ": " + section.body().plain()).replaceFirst("^: ", ""));
    }
    return lines;
  }

  @Test
  void home_ofSomebodyBusy_showsIncidentsActionsAndWatch() {
    BotMessage home =
        home(
            List.of(incident(3, "checkout is slow")),
            2,
            List.of(
                action(1, "no date", Optional.empty()),
                action(2, "tomorrow", Optional.of(TODAY.plusDays(1))),
                action(3, "last week", Optional.of(TODAY.minusDays(7)))),
            List.of(
                new HomeView.Watch("payments", "ada", true),
                new HomeView.Watch("search", "li", false)));

    assertEquals(
        List.of(
            "Your open incidents: 🟠 SEV2 INC-3 (https://muster.example/incidents/INC-3)"
                + " checkout is slow · Investigating · you are commander · #inc-3",
            "2 more incidents are open (https://muster.example/incidents)",
            "Your actions: Overdue: INC-7 #3 (https://muster.example/incidents/INC-7)"
                + " last week · due 2026-11-14",
            "INC-7 #2 (https://muster.example/incidents/INC-7) tomorrow · due 2026-11-22",
            "INC-7 #1 (https://muster.example/incidents/INC-7) no date · no date",
            "On call now: payments: ada – that is you\nsearch: li"),
        lines(home).subList(0, 6));
    assertEquals("1 incident and 3 actions of yours are open. You are on call.", home.text());
    assertEquals(List.of(DECLARE), home.buttons());
  }

  @Test
  void home_ofSomebodyWithTasks_showsThemBeforeWhatCanWait() {
    BotMessage home =
        home(
            List.of(incident(3, "checkout is slow")),
            0,
            List.of(task(2, "restart the queue")),
            List.of(action(1, "write it down", Optional.empty())),
            List.of());

    assertEquals(
        "Your tasks: INC-3 task #2 (https://muster.example/incidents/INC-3) restart the queue",
        lines(home).get(1));
    assertTrue(lines(home).get(2).startsWith("Your actions: "), lines(home).toString());
    assertEquals(
        "1 incident, 1 task and 1 action of yours are open. You are not on call.", home.text());
  }

  @Test
  void home_withNothingOpen_readsAsAWhole() {
    BotMessage home = home(List.of(), 0, List.of(), List.of());

    assertEquals(
        "No incidents and no actions of yours are open. You are not on call.", home.text());
    assertTrue(lines(home).get(0).contains("No incident is open."), lines(home).toString());
    assertTrue(lines(home).get(1).contains("You have no open actions."));
    assertTrue(lines(home).get(2).contains("No on-call schedule is set up."));
    assertEquals(3, lines(home).get(3).lines().count(), "how-to in three lines");
  }

  @Test
  void home_ofSomebodyWithFarTooMuch_showsTenOfEachAndALink() {
    List<Incident> mine = new ArrayList<>();
    List<IncidentTask> tasks = new ArrayList<>();
    List<ActionItem> actions = new ArrayList<>();
    List<HomeView.Watch> watches = new ArrayList<>();
    for (int i = 1; i <= 400; i++) {
      mine.add(incident(i, "t".repeat(250)));
      tasks.add(task(i, "d".repeat(5_000)));
      actions.add(action(i, "a".repeat(5_000), Optional.of(TODAY.minusDays(i))));
      watches.add(new HomeView.Watch("s" + i, "somebody", false));
    }

    BotMessage home = home(mine, 50, tasks, actions, watches);

    assertTrue(home.sections().size() < 40, "sections " + home.sections().size());
    String all = String.join("\n", lines(home));
    assertTrue(all.contains("440 more incidents are open"), all);
    assertTrue(all.contains("390 more actions"), all);
    assertTrue(all.contains("390 more tasks"), all);
    assertTrue(all.contains("and 390 more schedules"), all);
    assertTrue(all.contains("INC-7 #400"), "the longest overdue is first");
    assertFalse(all.contains("INC-7 #1 "), all);
    int longest = home.sections().stream().mapToInt(s -> s.body().plain().length()).max().orElse(0);
    assertTrue(longest < 600, "longest " + longest);
    assertEquals(10, lines(home).stream().filter(l -> l.contains("SEV2")).count());
  }
}

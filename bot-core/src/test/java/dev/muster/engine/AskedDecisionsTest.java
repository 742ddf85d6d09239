// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.access.AccessRules;
import dev.muster.access.Level;
import dev.muster.chat.Person;
import dev.muster.incident.IncidentId;
import dev.muster.testkit.SettingsDraft;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of others is what the asker meant, and never consent to what is not shown. */
class AskedDecisionsTest {

  private static final String ASK = "Ask the commander";

  @TempDir Path folder;
  private IncidentRoom room;
  private Person ada;
  private Person li;

  @BeforeEach
  void open() {
    room = new IncidentRoom(folder, AskedDecisionsTest::withRollback);
    ada = room.person("ada");
    li = room.person("li");
    room.declares(ada, "declare! Checkout is down");
  }

  @AfterEach
  void close() {
    room.close();
  }

  /** Everybody looks; whoever commands may do more. One step waits for a second person. */
  private static Settings withRollback(Settings now) {
    return SettingsDraft.of(now).rollback(false).access(AccessRules.everybody(Level.VIEWER)).done();
  }

  @Test
  void approval_pressedByWhoMayNot_isAskedOfNobody() {
    room.commands(ada, "rollback");

    for (String decision : List.of("Approve", "Refuse")) {
      room.presses(li, decision);
      assertThrows(AssertionError.class, () -> room.pressesTold(li, ASK), decision);
    }

    assertEquals(2, room.told(li).stream().filter(line -> line.contains("responder")).count());
    assertTrue(room.lines().stream().noneMatch(line -> line.contains("li asks:")));
    room.presses(li, "Write update");
    room.pressesTold(li, ASK);
    assertTrue(room.lines().stream().anyMatch(line -> line.contains("li asks:")));
  }

  @Test
  void me_inAnAskedCommand_isTheAskerWhoeverGivesIt() {
    room.commands(li, "inc-1 invite me");
    room.pressesTold(li, ASK);
    assertFalse(room.incident().members().contains(li.ref()));
    room.presses(ada, "Invite people to INC-1");
    room.pass(AskDesk.BETWEEN);
    room.commands(li, "action call me and look at the queue @me");
    room.pressesTold(li, ASK);
    room.presses(ada, "Action INC-1");
    room.pass(AskDesk.BETWEEN);
    room.commands(li, "page me tell me when it is back");
    room.pressesTold(li, ASK);
    room.presses(ada, "Page people for INC-1");

    room.commands(ada, "task look at the log");
    room.pass(AskDesk.BETWEEN);
    room.commands(li, "task take 1");
    room.pressesTold(li, ASK);
    room.presses(ada, "Change tasks of INC-1");

    assertTrue(room.timeline().contains("#1 look at the log: li has it."), room.timeline());
    assertTrue(room.timeline().contains("Asked @li."), room.timeline());
    assertTrue(room.incident().members().contains(li.ref()));
    IncidentId id = room.incident().id();
    List<ActionItem> noted = room.engine().read(tx -> tx.all(ActionItem.class).of(id));
    assertEquals("call me and look at the queue", noted.get(0).text());
    assertEquals(li.ref(), noted.get(0).owner().orElseThrow().ref());
  }

  @Test
  void questions_inEverOtherWords_areOneInAWhile() {
    for (String words : List.of("one", "two", "three")) {
      room.commands(li, "inc-1 update it is " + words);
      room.pressesTold(li, ASK);
    }

    assertEquals(1, questions().size(), questions()::toString);
    String told = room.told(li).get(room.told(li).size() - 1);
    assertTrue(told.startsWith("You asked something else just now, so this was not"), told);
    assertTrue(told.contains("Ask it from 12:02 UTC on, or write it in the channel"), told);

    room.pass(AskDesk.BETWEEN);
    room.commands(li, "inc-1 update it is four");
    room.pressesTold(li, ASK);
    assertEquals(2, questions().size(), questions()::toString);
  }

  @Test
  void question_whileCommandIsVacant_goesToAllResponders() {
    room.commands(ada, "commander nobody");
    room.commands(li, "severity 1 payment down");
    room.pressesTold(li, "Ask the responders");

    List<String> asked = questions();
    assertEquals(1, asked.size(), asked::toString);
    assertTrue(
        asked.get(0).contains("To all responders, command is vacant: li asks"), asked.get(0));
    String told = room.told(li).get(room.told(li).size() - 1);
    assertEquals("Asked in the channel of INC-1. Any responder decides.", told);
  }

  private List<String> questions() {
    return room.lines().stream().filter(line -> line.contains("li asks:")).toList();
  }
}

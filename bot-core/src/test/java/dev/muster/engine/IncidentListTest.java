// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.Severity;
import dev.muster.testkit.ShownMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list says how many there are, however many, and where those are that it does not show. */
final class IncidentListTest {

  @TempDir Path folder;
  private IncidentRoom room;
  private Person ada;
  private Person li;

  @BeforeEach
  void open() {
    room = new IncidentRoom(folder);
    ada = room.person("ada");
    li = room.person("li");
    room.declares(ada, "declare! Checkout is down");
  }

  @AfterEach
  void close() {
    room.close();
  }

  private void exist(int more, Person by) {
    room.engine()
        .write(
            tx -> {
              for (int i = 0; i < more; i++) {
                Actor actor = new Actor.Human(by);
                Incident begun =
                    IncidentHistory.begin(
                        new IncidentEvent.Declared(
                            tx.incidents().nextId(),
                            "Payments",
                            Severity.SEV3,
                            List.of(),
                            false,
                            false,
                            Optional.empty()),
                        actor,
                        room.now());
                tx.incidents()
                    .save(
                        IncidentHistory.after(
                            begun, new IncidentEvent.MemberAdded(by), actor, room.now()));
              }
            });
  }

  private String listed(String words) {
    room.commandsAt(ada, room.world().meetingPlace().channel(), words);
    List<ShownMessage> told = room.world().toldTo(ada);
    return told.get(told.size() - 1).words();
  }

  @Test
  void openIncidents_moreThanAreRead_areCountedAndLedTo() {
    exist(250, li);

    String told = listed("list");

    assertTrue(told.contains("251 open incidents."), told);
    assertTrue(told.contains("These are the newest. See"), told);
    assertTrue(told.contains("all 251"), told);
    assertTrue(told.contains("INC-251 "), told);
    assertFalse(told.contains("INC-241 "), told);
  }

  @Test
  void ownIncident_behindHundredsOfOthers_isFound() {
    exist(250, li);

    String told = listed("list mine");

    assertTrue(told.contains("1 incident of yours."), told);
    assertTrue(told.contains("INC-1 "), told);
    assertFalse(told.contains("See"), told);
  }

  @Test
  void ownIncidents_behindMoreThanIsLookedThrough_areNotDenied() {
    exist(1_001, li);

    String told = listed("list mine");

    assertTrue(told.contains("No incidents of yours among the newest 1,000 open ones."), told);
    assertTrue(told.contains("/incidents?status=open"), told);
  }

  @Test
  void fewIncidents_areShownWithoutALink() {
    exist(9, li);

    String told = listed("list all");

    assertTrue(told.contains("10 incidents."), told);
    assertEquals(-1, told.indexOf("See"), told);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.UserRef;
import dev.muster.incident.Severity;
import dev.muster.teams.fake.FakeCall;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeFault;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.FakeTenant;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest of the tenant looks like anybody else in what Teams tells; the list of members knows. */
final class TeamsGuestsTest {

  @TempDir Path folder;
  private WholeTeams teams;
  private FakeConversation room;

  @BeforeEach
  void open() {
    teams = new WholeTeams(folder);
    room = teams.declared("ada", "Checkout is down");
  }

  @AfterEach
  void close() {
    teams.close();
  }

  /** The first looks may have to wait for their turn. */
  private void looksAround() {
    for (int i = 0; i < 5; i++) {
      teams.clock().advance(Duration.ofSeconds(2));
      teams.looksAround();
    }
    teams.engine().settle();
  }

  private boolean isSaid(String name) {
    return teams.engine().texts("INC-1", EntryKind.CHANNEL_CHANGED).stream()
        .anyMatch(text -> text.startsWith(name));
  }

  private boolean isGuest(UserRef who) {
    looksAround();
    return teams.engine().read(tx -> tx.people().find(who)).orElseThrow().profile().external();
  }

  /** Returns how often the team was asked who somebody is; its general channel stands for it. */
  private long lookedUp(String name) {
    String person = FakeTenant.TEAM + "/members/" + teams.person(name).aad();
    return teams.teams().ledger().stream()
        .filter(call -> call.kind().equals(Optional.of(FakeCall.GET_MEMBER)))
        .filter(call -> call.path().contains(person) && call.status() == 200)
        .count();
  }

  @Test
  void guest_oncePutToWork_mayDoNothingMoreAndWearsNoHat() {
    FakeConversation theirs = teams.declared("guest of ours", "Search is slow");
    looksAround();

    assertEquals(Optional.empty(), teams.engine().incident("INC-2").commander());
    teams.asks("guest of ours", room, "severity 1 all is down");
    teams.asks("guest of ours", theirs, "resolve it is over");
    teams.push(teams.press("guest of ours", room, "Escalate"));
    teams.engine().settle();

    assertEquals(Severity.SEV3, teams.engine().incident("INC-1").severity());
    assertTrue(teams.engine().incident("INC-2").status().isOpen());
    assertEquals(0, teams.engine().entries("INC-1", EntryKind.BUTTON_PRESSED).size());
    assertTrue(
        teams.toldTo("guest of ours").contains("Only a responder"), teams.toldTo("guest of ours"));
  }

  @Test
  void guest_broughtIntoThePrivateChat_isTakenOutOfTheIncident() {
    teams.asks("ada", room, "private");
    teams.asks("ada", room, "private confirm");
    FakeConversation chat = teams.room("INC-1");
    assertEquals("groupChat", chat.kind());
    FakePerson guest = teams.person("guest of ours");
    UserRef who = new UserRef("teams", guest.aad());
    chat.members().add(guest);
    ObjectNode joined =
        teams.pushes().activity("conversationUpdate", teams.person("ada"), chat, Optional.empty());
    joined.putArray("membersAdded").add(guest.account());
    teams.push(joined);

    // The adapter may look around by itself meanwhile.
    teams.engine().until("somebody came", () -> isSaid("guest of ours"));
    teams.engine().until("a guest is known", () -> isGuest(who));
    assertFalse(teams.engine().incident("INC-1").members().contains(who));
  }

  @Test
  void colleague_isLookedUpOnceADay_andAgainWhereItFailed() {
    looksAround();
    assertEquals(1, lookedUp("ada"));
    teams.teams().arm(FakeCall.GET_MEMBER, FakeFault.RATE_LIMITED);
    teams.asks("li", room, "status");
    looksAround();
    looksAround();
    assertFalse(teams.teams().isArmed());
    assertEquals(1, lookedUp("li"));

    teams.asks("li", room, "severity 2 half of it");
    looksAround();
    assertEquals(1, lookedUp("li"));
    assertEquals(Severity.SEV2, teams.engine().incident("INC-1").severity());

    teams.clock().advance(Duration.ofHours(25));
    teams.asks("li", room, "status");
    looksAround();
    assertEquals(2, lookedUp("li"));
    assertEquals(1, lookedUp("ada"));
  }
}

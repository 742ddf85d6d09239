// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.readmodel.OperatorNotices;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tenant does not know the bot any more: everything waits, however long, and is done once. */
final class RevokedCredentialsTest {

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

  private List<OperatorNotices.Shown> banners() {
    return teams.engine().notices();
  }

  @Test
  void secretReplaced_holdsTheQueueForDays_andEverythingIsDoneOnceAfterTheReload() {
    teams.teams().login().changeSecret("the-new-secret-7421");
    long before = teams.teams().calls(Part.CONNECTOR);
    teams.orders("first");
    teams.orders("second");
    teams.engine().pass(Duration.ofDays(2), Duration.ofHours(6));

    assertEquals(1, banners().size(), banners()::toString);
    assertTrue(banners().get(0).sentence().contains("TEAMS_APP_PASSWORD"));
    assertEquals(List.of(), teams.engine().texts("INC-1", EntryKind.EFFECT_FAILED));
    assertEquals(0, teams.shown(room, "first"));
    assertTrue(teams.teams().calls(Part.CONNECTOR) - before < 5, "calls with a dead token");

    teams.putsIn("the-new-secret-7421");
    teams.looksAround();
    teams.engine().pass(Duration.ofMinutes(2), Duration.ofSeconds(5));

    assertEquals(List.of(), banners());
    assertEquals(1, teams.shown(room, "first"));
    assertEquals(1, teams.shown(room, "second"));
  }

  @Test
  void appBlocked_isToldAndKeepsTheQueueForDays_untilItIsAllowed() {
    teams.teams().tenant().allow(false);
    teams.orders("first");
    teams.orders("second");
    teams.engine().pass(Duration.ofSeconds(60), Duration.ofSeconds(10));

    assertEquals(1, banners().size(), banners()::toString);
    assertTrue(banners().get(0).sentence().contains("blocked the app"), banners()::toString);

    teams.engine().pass(Duration.ofDays(2), Duration.ofHours(6));
    long before = teams.teams().calls(Part.CONNECTOR);

    assertEquals(List.of(), teams.engine().texts("INC-1", EntryKind.EFFECT_FAILED));
    assertEquals(0, teams.shown(room, "first"));

    teams.teams().tenant().allow(true);
    teams.engine().pass(Duration.ofMinutes(2), Duration.ofSeconds(5));

    assertEquals(List.of(), banners());
    assertEquals(1, teams.shown(room, "first"));
    assertEquals(1, teams.shown(room, "second"));
    assertTrue(teams.teams().calls(Part.CONNECTOR) > before);
  }
}

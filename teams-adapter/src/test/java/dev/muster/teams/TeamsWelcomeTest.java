// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakeTenant;
import dev.muster.teams.fake.Reading;
import dev.muster.testkit.SettingsDraft;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever adds the app in Teams is told, and where nothing is said. */
final class TeamsWelcomeTest {

  @TempDir Path folder;
  private WholeTeams teams;
  private FakeConversation alone;

  @BeforeEach
  void open() {
    teams = new WholeTeams(folder);
    alone = teams.teams().tenant().direct(teams.person("ada"));
  }

  @AfterEach
  void close() {
    teams.close();
  }

  private void installation(String action, FakeConversation where) {
    teams.push(teams.pushes().installation(action, teams.person("ada"), where));
    teams.engine().settle();
  }

  private List<Reading> cards() {
    return alone.messages().stream().map(FakeMessage::activity).map(Reading::of).toList();
  }

  private FakeConversation general() {
    return teams.teams().tenant().conversation(FakeTenant.TEAM).orElseThrow();
  }

  @Test
  void appAddedByAPerson_tellsThemOnceWhatItDoesAndHowToBegin() {
    installation("add", alone);
    installation("add", alone);

    assertEquals(1, cards().size());
    assertTrue(cards().get(0).words().contains("becomes its timeline"), cards().get(0).words());
    assertEquals(List.of("Declare incident"), cards().get(0).labels());
  }

  @Test
  void appAddedToATeam_tellsWhoeverAddedItAndNobodyElse() {
    int before = general().messages().size();

    installation("add", general());

    assertEquals(1, cards().size());
    assertEquals(before, general().messages().size());
  }

  @Test
  void operatorNotice_ofTheVeryFirstStart_waitsUntilTheAppIsAdded(@TempDir Path other) {
    try (WholeTeams first =
        WholeTeams.nowhere(
            other,
            whole -> {
              whole.teams().without("ChannelSettings.ReadWrite.All");
              whole.engine().admins("teams:" + whole.person("ada").aad());
              whole
                  .engine()
                  .configure(
                      s -> SettingsDraft.of(s).announcements(Map.of("teams", "incidents")).done());
            })) {
      first.engine().until("the notice is up", () -> !first.engine().notices().isEmpty());
      first.engine().pass(Duration.ofMinutes(3), Duration.ofSeconds(5));
      assertEquals("", first.toldTo("ada"));

      first.push(first.pushes().installed());
      first.engine().pass(Duration.ofMinutes(2), Duration.ofSeconds(5));

      String told = first.toldTo("ada");
      assertEquals(1, told.split("Muster needs an operator", -1).length - 1, told);
      assertEquals(List.of(), first.engine().journal(EntryKind.EFFECT_FAILED));
    }
  }

  @Test
  void appUpgradedOrRemoved_saysNothing() {
    installation("add-upgrade", alone);
    installation("remove-upgrade", alone);
    installation("remove", alone);

    assertEquals(List.of(), cards());
  }

  @Test
  void chatOfAPrivateIncident_intoWhichTheAppCame_tellsNobody() {
    FakeConversation chat = teams.teams().tenant().chat("INC-1", teams.person("ada"));

    installation("add", chat);

    assertEquals(List.of(), cards());
    assertEquals(List.of(), chat.messages());
  }
}

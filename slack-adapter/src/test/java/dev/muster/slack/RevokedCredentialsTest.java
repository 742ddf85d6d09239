// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.readmodel.OperatorNotices;
import dev.muster.slack.fake.Call;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.SlackOffice;
import dev.muster.testkit.GroupedAlerts;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slack does not know the bot any more: everything waits, however long, and is done once. */
class RevokedCredentialsTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private WholeSlack slack;
  private String room;

  @BeforeEach
  void open() {
    slack = new WholeSlack(folder);
    slack.engine().configure(s -> GroupedAlerts.settings(s, "slack"));
    room = slack.declared("ada", "Checkout is down");
  }

  @AfterEach
  void close() {
    slack.close();
  }

  private long shown(String words) {
    return slack.sight().messages(room).stream().filter(m -> m.words().equals(words)).count();
  }

  private long calls() {
    return slack.slack().calls().stream()
        .map(Call::method)
        .filter(m -> m.startsWith("chat"))
        .count();
  }

  private List<OperatorNotices.Shown> banners() {
    return slack.engine().notices();
  }

  private int alarms() {
    return (int)
        slack.engine().journal(EntryKind.OPERATOR_NOTICE).stream()
            .filter(entry -> entry.text().contains("nstall the app again"))
            .count();
  }

  @Test
  void appUninstalled_holdsEverythingFromTheEventOn_andGoesOnAfterTheReinstall() {
    new SlackOffice(slack.slack(), slack.people()).uninstalls();
    slack.engine().settle();
    long before = calls();

    slack.orders("first");
    slack.orders("second");
    slack.engine().pass(Duration.ofSeconds(28), Duration.ofSeconds(7));

    assertEquals(before, calls());
    assertEquals(1, banners().size(), banners()::toString);
    assertTrue(banners().get(0).sentence().contains("Install the app again"));

    slack.putsIn(slack.slack().installAgain());
    slack.looksAround();
    slack.engine().pass(Duration.ofMinutes(1), Duration.ofSeconds(1));

    assertEquals(List.of(), banners());
    assertEquals(1, shown("first"));
    assertEquals(1, shown("second"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_auth", "account_inactive", "token_revoked", "not_authed"})
  void deadToken_noticedByACall_keepsTheQueueForThreeDaysAndAlarmsOnceADay(String code) {
    slack.orders("tried before");
    slack.slack().killToken(code);
    for (int i = 0; i < 5; i++) {
      slack.orders("waits " + i);
    }

    slack.engine().pass(Duration.ofDays(3), HOUR);

    assertEquals(1, banners().size(), banners()::toString);
    assertTrue(alarms() >= 3 && alarms() <= 4, "alarms: " + alarms());
    assertEquals(List.of(), slack.engine().texts("INC-1", EntryKind.EFFECT_FAILED));

    // What is tried first after the hold has to wait for its turn, and is not given up for it.
    slack.slack().arm("chat.postMessage", FakeFault.RATE_LIMITED);
    slack.slack().arm("chat.postMessage", FakeFault.LOSES_THE_REPLY);
    slack.putsIn(slack.slack().installAgain());
    slack.engine().pass(Duration.ofMinutes(3), Duration.ofSeconds(1));

    assertEquals(List.of(), banners());
    assertEquals(List.of(), slack.engine().texts("INC-1", EntryKind.EFFECT_FAILED));
    assertEquals(1, shown("tried before"));
    for (int i = 0; i < 5; i++) {
      assertEquals(1, shown("waits " + i));
    }
  }

  @Test
  void revocationToldOfATokenThatStillWorks_isOverAtTheNextLook() {
    new SlackOffice(slack.slack(), slack.people()).tellsOfRevocation();
    slack.engine().settle();
    assertEquals(1, banners().size(), banners()::toString);

    slack.clock().advance(Footing.ASKED_AGAIN);
    slack.looksAround();
    slack.engine().settle();

    assertEquals(List.of(), banners());
  }
}

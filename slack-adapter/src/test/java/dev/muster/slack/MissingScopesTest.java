// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChatEvent.OperatorNotice;
import dev.muster.chat.spi.Capability;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.SlackPeople;
import dev.muster.slack.socket.SocketTiming;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Permissions come and go while the bot runs: told once, done without, and used again. */
class MissingScopesTest {

  @TempDir private Path folder;
  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final RecordingInbox inbox = new RecordingInbox(memory);
  private final FakeSlack slack = new FakeSlack(clock);
  private final SlackPeople people = new SlackPeople(slack, push -> null);
  private TestRuntime runtime;
  private SlackPlatform platform;

  private void start() {
    runtime = new TestRuntime(clock, memory, folder);
    platform =
        new SlackPlatform(Worlds.settings(slack.apiUrl()), SocketTiming.USUAL, inbox, runtime);
    platform.start();
  }

  @AfterEach
  void close() {
    stop();
    slack.close();
  }

  private void stop() {
    platform.close();
    runtime.close();
  }

  /** Lets the bot look around as it does every few seconds. */
  private void later(Duration time) {
    clock.advance(time);
    platform.lookAround();
  }

  private List<OperatorNotice> told() {
    return inbox.heard(OperatorNotice.class).stream().filter(notice -> !notice.over()).toList();
  }

  private List<String> over() {
    return inbox.heard(OperatorNotice.class).stream()
        .filter(OperatorNotice::over)
        .map(OperatorNotice::topic)
        .toList();
  }

  @Test
  void everythingGranted_nobodyIsTold() {
    start();

    assertEquals(List.of(), inbox.heard(OperatorNotice.class));
    assertTrue(platform.capabilities().contains(Capability.PINS));
  }

  @Test
  void declinedScopes_areToldOnceInOneMessageWithTheMend_alsoAfterARestart() {
    slack.withoutScope("usergroups:read");
    slack.withoutScope("channels:join");
    start();
    for (int i = 0; i < 3; i++) {
      later(Duration.ofHours(30));
    }
    stop();
    start();

    assertEquals(1, told().size(), told()::toString);
    String said = told().get(0).sentence();
    assertTrue(said.contains("Without the scope channels:join somebody must write /inv"), said);
    assertTrue(said.contains("Without the scope usergroups:read groups cannot be inv"), said);
    assertTrue(said.contains("install the app again"), said);
    assertTrue(said.contains("docs/slack.md#what-each-permission-is-for"), said);
    assertEquals(List.of(), over());
  }

  @Test
  void scopeTakenAway_isNoticedByTheNextCall_andUsedAgainOnceGranted() {
    String channel = people.channel("incidents");
    start();
    slack.withoutScope("pins:write");
    slack.withoutScope("files:write");
    assertTrue(platform.capabilities().contains(Capability.PINS));

    platform.findChannel(channel);
    platform.lookAround();

    assertFalse(platform.capabilities().contains(Capability.PINS));
    assertFalse(platform.capabilities().contains(Capability.FILES));
    assertTrue(platform.capabilities().contains(Capability.BOOKMARKS));
    assertEquals(1, told().size(), told()::toString);
    assertEquals(List.of(), over());

    slack.withScope("pins:write");
    slack.withScope("files:write");
    later(Footing.ASKED_AGAIN);

    assertTrue(platform.capabilities().contains(Capability.PINS));
    assertTrue(platform.capabilities().contains(Capability.FILES));
    assertEquals(1, told().size(), told()::toString);
    assertEquals(List.of(told().get(0).topic()), over());
  }

  @Test
  void anotherScopeLost_onlyThatOneIsTold_andEachEndsByItself() {
    slack.withoutScope("channels:join");
    start();
    slack.withoutScope("reactions:read");
    later(Footing.ASKED_AGAIN);

    assertEquals(2, told().size(), told()::toString);
    assertFalse(told().get(1).sentence().contains("channels:join"), told().get(1).sentence());
    assertFalse(platform.capabilities().contains(Capability.REACTIONS_HEARD));

    slack.withScope("channels:join");
    later(Footing.ASKED_AGAIN);

    assertEquals(List.of("optional/scopes/channels:join"), over());
    assertEquals(2, told().size(), told()::toString);
  }

  @Test
  void scopesOfEveryKind_lostAtOnce_areOneNoticeThatNamesThemAll() {
    start();
    List<String> lost = List.of("groups:write", "im:write", "pins:write", "usergroups:read");
    lost.forEach(slack::withoutScope);
    later(Footing.ASKED_AGAIN);
    platform.findChannel(people.channel("incidents"));
    platform.lookAround();

    assertEquals(1, told().size(), told()::toString);
    String said = told().get(0).sentence();
    lost.forEach(scope -> assertTrue(said.contains("Without the scope " + scope + " "), said));
    assertTrue(said.startsWith("Muster cannot do its job in Slack."), said);

    lost.forEach(slack::withScope);
    later(Footing.ASKED_AGAIN);
    assertEquals(1, over().size());
    assertEquals(1, told().size(), told()::toString);
  }

  @Test
  void neededScope_missing_isToldApartAndAgainWhileItLasts() {
    slack.withoutScope("groups:write");
    start();
    later(Duration.ofHours(2));

    assertEquals(2, told().size(), told()::toString);
    assertEquals("needed_scopes/groups:write", told().get(0).topic());
    String said = told().get(0).sentence();
    assertTrue(said.startsWith("Muster cannot do its job in Slack. Without the scope gr"), said);
    assertFalse(platform.capabilities().contains(Capability.PRIVATE_CHANNELS));

    slack.withScope("groups:write");
    later(Footing.ASKED_AGAIN);

    assertEquals(List.of("needed_scopes/groups:write"), over());
    assertTrue(platform.capabilities().contains(Capability.PRIVATE_CHANNELS));
  }
}

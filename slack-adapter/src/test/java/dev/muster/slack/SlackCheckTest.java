// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Check;
import dev.muster.chat.spi.Secret;
import dev.muster.slack.client.Identity;
import dev.muster.slack.client.Scope;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.Signed;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an examination finds out about Slack, and which mend it names. */
class SlackCheckTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path files;
  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private FakeSlack slack;
  private TestRuntime runtime;

  @BeforeEach
  void open() {
    slack = new FakeSlack(clock);
    runtime = new TestRuntime(clock, memory, files);
  }

  @AfterEach
  void close() {
    runtime.close();
    slack.close();
  }

  private Check check(SlackSettings settings) {
    try (ChatPlatform platform =
        new SlackPlatformFactory().create(settings, new RecordingInbox(memory), runtime)) {
      return platform.check();
    }
  }

  private SlackSettings withTokens(String mode, String bot, String app) {
    return new SlackSettings(
        true,
        mode,
        Secret.of(bot),
        Secret.of(app),
        Secret.of(Signed.SECRET),
        slack.apiUrl(),
        "incidents",
        List.of());
  }

  private static Identity.Self granted(Set<String> scopes) {
    return new Identity.Self(
        "T1", "U1", "B1", "muster", "https://x.slack.com/", scopes, Optional.empty());
  }

  private static Set<String> allBut(Scope one) {
    return Arrays.stream(Scope.values())
        .filter(scope -> scope != one)
        .map(Scope::word)
        .collect(Collectors.toSet());
  }

  @Test
  void requestUrl_neverCalled_isNamedWithThePagesToWriteItOn() {
    Check check = check(Worlds.settings(slack.apiUrl()));

    assertFalse(check.ok());
    String sentence = check.findings().get(0);
    assertTrue(sentence.contains("Slack has never called http://localhost:8080/slack/events"));
    assertTrue(sentence.contains("Event Subscriptions"), sentence);
  }

  @Test
  void requestUrl_thatSlackCannotReach_isNeverTheAddressToWriteDown() {
    String own = Hearing.neverCalled("http://localhost:8080");
    String reachable = Hearing.neverCalled("https://muster.example.com");

    assertTrue(own.contains("Set server.public-url"), own);
    assertTrue(own.contains("mode: socket"), own);
    assertFalse(own.contains("Write this address"), own);
    assertTrue(reachable.contains("Write this address"), reachable);
  }

  @Test
  void slack_unreachable_isNamedWithWhereToLook() {
    slack.goDark(true);

    String sentence = check(Worlds.settings(slack.apiUrl())).findings().get(0);

    assertTrue(sentence.contains("proxy"), sentence);
    assertTrue(sentence.endsWith("."), sentence);
  }

  @Test
  void botToken_wrong_isNamedWithoutBeingShown() {
    Check check = check(withTokens("http", "xoxb-somebody-elses", ""));

    assertFalse(check.ok());
    assertTrue(
        check.findings().get(0).contains("platforms.slack.bot-token"), check.findings()::toString);
    assertFalse(check.findings().toString().contains("somebody"), check.findings()::toString);
  }

  @Test
  void botToken_expired_isNamedWithTheMend() {
    slack.killToken("token_expired");

    String sentence = check(Worlds.settings(slack.apiUrl())).findings().get(0);

    assertTrue(sentence.contains("the bot token expired"), sentence);
    assertTrue(sentence.contains("without token rotation"), sentence);
  }

  @Test
  void appToken_wrong_isNamedWithoutBeingShown() {
    Check check = check(withTokens("socket", FakeSlack.BOT_TOKEN, "xapp-somebody-elses"));

    assertFalse(check.ok());
    assertTrue(
        check.findings().get(0).contains("platforms.slack.app-token"), check.findings()::toString);
    assertFalse(check.findings().toString().contains("somebody"), check.findings()::toString);
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void scope_missing_isNamedAndFailsOnlyWhenNothingWorksWithoutIt(Scope scope) {
    Check check = ScopeCheck.of(granted(allBut(scope)));

    assertEquals(scope.need() != Scope.Need.ALWAYS, check.ok());
    assertEquals(check.ok() ? 0 : 1, check.findings().size());
    assertEquals(check.ok() ? 1 : 0, check.notes().size());
    String sentence = (check.ok() ? check.notes() : check.findings()).get(0);
    assertTrue(sentence.startsWith("Without the scope " + scope.word() + " "), sentence);
    assertTrue(sentence.contains("install the app again"), sentence);
  }

  @Test
  void declinedScope_besideAnotherProblem_isNotedAndNotWrong() {
    slack.withoutScope("usergroups:read");

    Check check = check(Worlds.settings(slack.apiUrl()));

    assertFalse(check.ok(), "nothing has come yet");
    assertEquals(1, check.findings().size(), check.findings()::toString);
    assertTrue(check.notes().get(0).contains("usergroups:read"), check.notes()::toString);
  }

  @Test
  void scopes_unknown_areNotTakenForMissing() {
    assertEquals(new Check(true, List.of()), ScopeCheck.of(granted(Set.of())));
  }

  @ParameterizedTest
  @CsvSource({"-PT6M, 6 min behind", "PT2M1S, 2 min ahead of", "P1D, 1440 min ahead of"})
  void clock_off_isNamedWithTheMend(Duration off, String words) {
    String sentence = SlackCheck.clockOff(NOON, NOON.plus(off)).orElseThrow();

    assertTrue(sentence.contains(words), sentence);
    assertTrue(sentence.contains("timedatectl set-ntp true"), sentence);
  }

  @ParameterizedTest
  @CsvSource({"PT0S", "PT2M", "-PT2M"})
  void clock_right_isNotMentioned(Duration off) {
    assertEquals(Optional.empty(), SlackCheck.clockOff(NOON, NOON.plus(off)));
  }
}

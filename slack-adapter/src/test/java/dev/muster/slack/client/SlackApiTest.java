// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.Secret;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way a call can end, through the real SDK. */
class SlackApiTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final FakeSlack slack = new FakeSlack(clock);
  private final OkHttpClient http = new OkHttpClient();
  private final SlackApi api = api(FakeSlack.BOT_TOKEN, slack.apiUrl());

  private SlackApi api(String token, String url) {
    return new SlackApi(
        http, url, () -> Secret.of(token), "slack-api-test-" + token, clock, new Telemetry());
  }

  @AfterEach
  void close() {
    api.close();
    slack.close();
  }

  private Reply<ChatPostMessageResponse> post(SlackApi by) {
    return by.write(
        "chat.postMessage",
        client -> client.chatPostMessage(r -> r.channel("C0NOWHERE").text("hello")));
  }

  @ParameterizedTest
  @EnumSource(
      value = FakeFault.class,
      names = {
        "FAILS_BEFORE",
        "LOSES_THE_REPLY",
        "ANSWERS_HTML",
        "ANSWERS_HALF",
        "FAILS_AFTER",
        "INVITES_TO_REPEAT"
      })
  void write_brokenAnswer_isUnknownAndSentOnce(FakeFault fault) {
    slack.arm("chat.postMessage", fault);
    ChatOutcome<String> outcome = post(api).outcome(body -> body.getTs());
    assertEquals(ChatOutcome.Unknown.class, outcome.getClass(), outcome.toString());
    assertEquals(1, slack.calls("chat.postMessage").size());
  }

  @ParameterizedTest
  @EnumSource(
      value = FakeFault.class,
      names = {"FAILS_BEFORE", "LOSES_THE_REPLY", "ANSWERS_HTML", "ANSWERS_HALF"})
  void read_brokenAnswer_isAskedForLater(FakeFault fault) {
    slack.arm("auth.test", fault);
    ChatOutcome<String> outcome =
        api.read("auth.test", client -> client.authTest(r -> r)).outcome(body -> body.getUrl());
    assertEquals(ChatOutcome.RetryLater.class, outcome.getClass(), outcome.toString());
  }

  @Test
  void throttled_method_isHeldBackAloneForTheTimeSlackNamed() {
    slack.arm("chat.postMessage", FakeFault.RATE_LIMITED);
    Duration wait = post(api).failure().orElseThrow().after();
    assertAbout(FakeSlack.RATE_LIMIT, wait);

    clock.advance(Duration.ofSeconds(3));
    Failure held = post(api).failure().orElseThrow();
    assertEquals(ErrorClass.THROTTLED, held.kind());
    assertEquals(wait.minusSeconds(3), held.after());
    assertEquals(1, slack.calls("chat.postMessage").size());
    assertTrue(api.read("auth.test", client -> client.authTest(r -> r)).failure().isEmpty());

    clock.advance(wait.minusSeconds(3));
    assertEquals("channel_not_found", post(api).failure().orElseThrow().code());
  }

  @Test
  void throttled_withoutAReadableTime_waitsHalfAMinute() {
    slack.arm("chat.postMessage", FakeFault.RATE_LIMITED_BLINDLY);
    assertAbout(Duration.ofSeconds(30), post(api).failure().orElseThrow().after());
  }

  /** Not everybody goes on at the same moment: up to a tenth is added. */
  private static void assertAbout(Duration asked, Duration waits) {
    assertTrue(waits.compareTo(asked) >= 0, waits.toString());
    assertTrue(waits.compareTo(asked.plus(asked.dividedBy(10))) <= 0, waits.toString());
  }

  @Test
  void token_refused_saysHowToMendItWithoutTheToken() {
    try (SlackApi wrong = api("xoxb-wrong-token", slack.apiUrl())) {
      ChatOutcome<String> outcome = post(wrong).outcome(body -> body.getTs());
      assertEquals(ChatOutcome.Refused.class, outcome.getClass());
      assertTrue(outcome.toString().contains("bot-token"), outcome.toString());
      assertFalse(outcome.toString().contains("xoxb-wrong"), outcome.toString());
    }
  }

  @Test
  void nobodyThere_isAskedForLater() {
    String gone = slack.apiUrl();
    slack.close();
    try (SlackApi lost = api("xoxb-2", gone)) {
      ChatOutcome<String> outcome = post(lost).outcome(body -> body.getTs());
      assertEquals(ChatOutcome.RetryLater.class, outcome.getClass(), outcome.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "already_pinned, CONVERGED",
    "already_in_channel, CONVERGED",
    "not_archived, CONVERGED",
    "ratelimited, THROTTLED",
    "message_limit_exceeded, THROTTLED",
    "internal_error, TRANSIENT",
    "service_unavailable, TRANSIENT",
    "token_revoked, AUTH_DEAD",
    "account_inactive, AUTH_DEAD",
    "missing_scope, CONFIGURATION",
    "restricted_action_thread_only_channel, CONFIGURATION",
    "ekm_access_denied, CONFIGURATION",
    "channel_not_found, GONE",
    "is_archived, GONE",
    "invalid_blocks, INPUT",
    "msg_too_long, INPUT",
    "never_heard_of, INPUT"
  })
  void code_ofSlack_hasItsClass(String code, ErrorClass kind) {
    assertEquals(kind, ErrorClass.of(code));
  }
}

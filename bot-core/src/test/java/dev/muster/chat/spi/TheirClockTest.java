// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import static java.time.ZoneOffset.UTC;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers tell of a platform's clock, and when that is worth nothing. */
class TheirClockTest {

  private static final Duration FURTHEST = Duration.ofHours(1);
  private static final Duration AHEAD = Duration.ofMinutes(50);

  private final ManualClock clock = ManualClock.atNoon();
  private final TheirClock theirs = new TheirClock(clock, FURTHEST);
  private Duration ahead = AHEAD;
  private Duration call = Duration.ZERO;
  private Optional<String> age = Optional.empty();
  private boolean dated = true;

  /** The platform, which knows nothing of the machine's clock; each call takes its time. */
  private Response answer(Interceptor.Chain chain) {
    Instant now = clock.instant().minus(ahead);
    clock.advance(call);
    Response.Builder answer =
        new Response.Builder()
            .request(chain.request())
            .protocol(Protocol.HTTP_1_1)
            .code(500)
            .message("")
            .body(ResponseBody.create("", null));
    if (dated) {
      answer.header("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(UTC)));
    }
    age.ifPresent(seconds -> answer.header("Age", seconds));
    return answer.build();
  }

  private void calls() {
    OkHttpClient http =
        new OkHttpClient.Builder().addInterceptor(theirs).addInterceptor(this::answer).build();
    Request request = new Request.Builder().url("https://chat.example/").build();
    try (Response answer = http.newCall(request).execute()) {
      assertEquals(500, answer.code());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT50M", "PT-50M", "PT1H"})
  void answer_tellsHowFarTheClocksAreApart(Duration apart) {
    ahead = apart;
    calls();

    assertEquals(Optional.of(apart), theirs.ahead());
    assertEquals(clock.instant().minus(apart), theirs.now());
    assertEquals(clock.instant(), theirs.inOurs(theirs.now()));
  }

  @Test
  void answer_withinASecond_tellsASecondTooMuchAtMost() {
    clock.advance(Duration.ofMillis(999));
    calls();

    assertEquals(Optional.of(AHEAD.plusMillis(999)), theirs.ahead());
  }

  @Test
  void noAnswer_tellsNothing() {
    dated = false;
    calls();

    assertEquals(Optional.empty(), theirs.ahead());
    assertEquals(clock.instant(), theirs.now());
    assertEquals(Instant.EPOCH, theirs.inOurs(Instant.EPOCH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H1S", "PT-1H-1S", "P20000D"})
  void answer_fromFurtherAwayThanAnythingComes_isNotBelieved(Duration apart) {
    calls();
    ahead = apart;
    calls();

    assertEquals(Optional.empty(), theirs.ahead());
  }

  @Test
  void answer_outOfACache_tellsNothing() {
    age = Optional.of("0");
    calls();

    assertEquals(Optional.empty(), theirs.ahead());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-50M", "PT50M"})
  void answer_toACallUnderWhichTheClockWasSet_tellsNothing(Duration step) {
    call = step;
    calls();

    assertEquals(Optional.empty(), theirs.ahead());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-50M", "PT-2S", "PT6M", "P1D"})
  void whatWasLearnt_isForgottenWhenTheClockJumps_andLearntAnew(Duration step) {
    calls();
    clock.advance(step);
    assertEquals(Optional.empty(), theirs.ahead(), "before anybody looked");

    theirs.look();
    assertEquals(Optional.empty(), theirs.ahead());

    calls();
    assertEquals(Optional.of(AHEAD), theirs.ahead());
  }

  @Test
  void whatWasLearnt_holdsForHoursInWhichNobodyIsCalled() {
    calls();
    for (int i = 0; i < 24 * 60; i++) {
      clock.advance(Duration.ofMinutes(1).minusMillis(500));
      theirs.look();
      clock.advance(Duration.ofMillis(-500));
      theirs.look();
    }

    assertEquals(Optional.of(AHEAD), theirs.ahead());
  }
}

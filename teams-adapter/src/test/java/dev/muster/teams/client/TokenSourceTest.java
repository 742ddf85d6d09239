// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.Secret;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.FakeTenant;
import dev.muster.teams.fake.Fault;
import dev.muster.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One sign-in serves all; renewing holds nobody up; a failure is shared, not repeated. */
final class TokenSourceTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final FakeTeams teams = new FakeTeams(clock);
  private final OkHttpClient http =
      new OkHttpClient.Builder().retryOnConnectionFailure(false).build();
  private final AtomicLong ids = new AtomicLong();
  private final TokenSource source =
      new TokenSource(
          http,
          clock,
          new TokenSource.App(
              teams.loginUrl(),
              FakeTenant.TENANT,
              FakeTenant.APP,
              () -> new AppProof.Password(Secret.of(FakeTeams.PASSWORD)),
              () -> "id-" + ids.incrementAndGet()),
          "https://api.botframework.com/.default");
  private final ExecutorService callers = Executors.newFixedThreadPool(8);

  @AfterEach
  void end() {
    callers.shutdownNow();
    teams.close();
    http.dispatcher().executorService().shutdownNow();
    http.connectionPool().evictAll();
  }

  private List<ChatOutcome<String>> inParallel(int times) throws Exception {
    Callable<ChatOutcome<String>> ask = source::token;
    List<Future<ChatOutcome<String>>> asked = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      asked.add(callers.submit(ask));
    }
    teams.release();
    List<ChatOutcome<String>> answers = new ArrayList<>();
    for (Future<ChatOutcome<String>> each : asked) {
      answers.add(each.get(60, TimeUnit.SECONDS));
    }
    return answers;
  }

  private String token() {
    return ((ChatOutcome.Done<String>) source.token()).value();
  }

  @Test
  void token_manyAskAtOnce_oneSignInServesAll() throws Exception {
    teams.arm(Part.LOGIN, new Fault(Fault.Kind.WAITS, 0, 0));

    Set<ChatOutcome<String>> answers = new HashSet<>(inParallel(8));

    assertEquals(1, answers.size());
    assertEquals(1, teams.calls(Part.LOGIN));
  }

  @Test
  void token_signInFails_allHearOfItAndOneCallWasMade() throws Exception {
    teams.arm(Part.LOGIN, Fault.answer(503));

    for (ChatOutcome<String> answer : inParallel(8)) {
      assertInstanceOf(ChatOutcome.RetryLater.class, answer);
    }
    assertEquals(1, teams.calls(Part.LOGIN));

    clock.advance(Duration.ofSeconds(5));
    assertInstanceOf(ChatOutcome.Done.class, source.token());
  }

  @Test
  void token_beingRenewed_holdsNobodyUp() throws Exception {
    String first = token();
    clock.advance(Duration.ofMinutes(56));
    teams.arm(Part.LOGIN, new Fault(Fault.Kind.WAITS, 0, 0));
    Future<ChatOutcome<String>> renewing = callers.submit(source::token);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (teams.calls(Part.LOGIN) < 2 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }

    assertEquals(first, token());

    teams.release();
    renewing.get(60, TimeUnit.SECONDS);
    assertNotEquals(first, token());
    assertEquals(2, teams.calls(Part.LOGIN));
  }

  @Test
  void token_refusedByTheOtherSide_isDroppedOnceForAllWhoHeldIt() {
    String first = token();

    source.drop(first);
    String second = token();
    source.drop(first);

    assertEquals(second, token());
    assertEquals(2, teams.calls(Part.LOGIN));
  }

  @Test
  void token_lackingAConsent_isFetchedAnewOnceAMinute() {
    String first = token();
    assertTrue(source.dropForConsent(first));
    String second = token();

    assertEquals(false, source.dropForConsent(second));
    assertTrue(source.dropForConsent(first), "another thread has fetched one since");
    assertEquals(second, token());

    clock.advance(Duration.ofSeconds(61));
    assertTrue(source.dropForConsent(second));
    assertNotEquals(second, token());
  }

  @Test
  void answer_withoutATokenOrALife_isNoToken() {
    teams.arm(Part.LOGIN, Fault.after(Fault.Kind.HALF_AN_ANSWER));

    assertInstanceOf(ChatOutcome.RetryLater.class, source.token());
  }
}

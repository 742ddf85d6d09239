// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.teams.fake.FakeKeys;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.Fault;
import dev.muster.teams.inbound.SigningKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Keys are fetched once, served while Microsoft's metadata is down, and never fetched in a flood.
 */
final class SigningKeysTest extends OnTeams {

  private int push(FakeKeys key) {
    ObjectNode message = ground.writes("ada", "hello");
    return status(ground.push(message, "Bearer " + key.sign(ground.pushes().claims())));
  }

  private long fetches() {
    return ground.teams().calls(Part.METADATA);
  }

  private void letBackgroundFinish() throws Exception {
    ground.runtime().executor().submit(() -> {}).get(60, TimeUnit.SECONDS);
  }

  @Test
  void keys_manyCalls_areFetchedOnce() {
    for (int i = 0; i < 5; i++) {
      assertEquals(200, push(FakeKeys.connector()));
    }

    assertEquals(1, fetches());
  }

  @Test
  void keys_neverFetched_answerIsToTryAgain() {
    ground.teams().arm(Part.METADATA, Fault.answer(503));

    RouteAnswer answer = ground.push(ground.writes("ada", "hello"));

    assertEquals(503, status(answer));
    assertTrue(((RouteAnswer.Bytes) answer).headers().containsKey("Retry-After"));
    clock.advance(Duration.ofSeconds(6));
    assertEquals(200, push(FakeKeys.connector()));
  }

  @Test
  void unknownKey_flood_causesOneFetchInFiveMinutes() {
    push(FakeKeys.connector());
    clock.advance(Duration.ofMinutes(6));
    for (int i = 0; i < 25; i++) {
      assertEquals(401, push(FakeKeys.stranger("random-" + i)));
    }

    assertEquals(2, fetches());
    clock.advance(Duration.ofMinutes(6));
    push(FakeKeys.stranger("random"));
    assertEquals(3, fetches());
  }

  @Test
  void key_rolledOver_isFoundByOneFetch() {
    push(FakeKeys.connector());
    clock.advance(Duration.ofMinutes(6));
    FakeKeys next = FakeKeys.stranger("connector-2");
    ground.teams().publishOnly(next);

    assertEquals(200, push(next));
    assertEquals(401, push(FakeKeys.connector()));
  }

  @Test
  void keys_aged_serveWhileTheyAreFetchedBeside() throws Exception {
    push(FakeKeys.connector());
    clock.advance(Duration.ofHours(25));
    ground.teams().arm(Part.METADATA, Fault.answer(500));

    assertEquals(200, push(FakeKeys.connector()));
    letBackgroundFinish();

    assertEquals(2, fetches());
    assertEquals(200, push(FakeKeys.connector()));
  }

  @Test
  void keys_twoDaysOld_areNotTrustedAnyMore() {
    push(FakeKeys.connector());
    clock.advance(Duration.ofHours(49));
    ground.teams().arm(Part.METADATA, Fault.answer(500));

    assertEquals(503, push(FakeKeys.connector()));
  }

  @Test
  void keys_slowToFetch_areFetchedOnceForAll() throws Exception {
    ground.place();
    clock.advance(Duration.ofHours(49));
    ground.teams().arm(Part.METADATA, new Fault(Fault.Kind.WAITS, 0, 0));
    long before = fetches();
    ExecutorService callers = Executors.newFixedThreadPool(4);
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answers.add(callers.submit(() -> push(FakeKeys.connector())));
    }
    ground.teams().release();

    for (Future<Integer> answer : answers) {
      assertEquals(200, answer.get(60, TimeUnit.SECONDS));
    }
    callers.shutdownNow();
    assertEquals(before + 1, fetches());
  }

  /** Made-up ids while the metadata hangs must not take the server's threads from genuine calls. */
  @Test
  void unknownKeys_floodWhileMetadataHangs_genuineCallsGoThroughAndFewWait() throws Exception {
    push(FakeKeys.connector());
    clock.advance(Duration.ofMinutes(6));
    ground.teams().arm(Part.METADATA, new Fault(Fault.Kind.WAITS, 0, 0));
    int flood = SigningKeys.MOST_WAITING + 8;
    ExecutorService callers = Executors.newFixedThreadPool(flood);
    List<Future<Integer>> strangers = new ArrayList<>();
    CountDownLatch turnedAway = new CountDownLatch(flood - SigningKeys.MOST_WAITING);
    for (int i = 0; i < flood; i++) {
      FakeKeys stranger = FakeKeys.stranger("made-up-" + i);
      strangers.add(
          callers.submit(
              () -> {
                int status = push(stranger);
                turnedAway.countDown();
                return status;
              }));
    }
    assertTrue(turnedAway.await(60, TimeUnit.SECONDS));

    assertEquals(200, push(FakeKeys.connector()));

    ground.teams().release();
    for (Future<Integer> stranger : strangers) {
      assertTrue(Set.of(401, 503).contains(stranger.get(60, TimeUnit.SECONDS)));
    }
    callers.shutdownNow();
    assertEquals(2, fetches());
  }

  @Test
  void clock_setBack_stretchesNoPause() {
    push(FakeKeys.connector());
    FakeKeys next = FakeKeys.stranger("connector-2");
    ground.teams().publish(next);
    clock.advance(Duration.ofHours(-3));

    assertEquals(200, push(next));
  }

  @Test
  void metadata_thatLeadsElsewhereOrIsBroken_isNotFollowed() {
    for (Fault fault :
        new Fault[] {
          Fault.answer(302), Fault.answer(404), Fault.after(Fault.Kind.HALF_AN_ANSWER)
        }) {
      ground.teams().arm(Part.METADATA, fault);
      assertEquals(503, push(FakeKeys.connector()));
      ground.teams().arm(Part.KEYS, fault);
      clock.advance(Duration.ofSeconds(6));
      assertEquals(503, push(FakeKeys.connector()));
      clock.advance(Duration.ofSeconds(6));
    }
    assertEquals(200, push(FakeKeys.connector()));
  }
}

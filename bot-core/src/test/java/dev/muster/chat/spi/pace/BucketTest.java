// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.Urgency;
import dev.muster.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketTest {

  private final ManualClock clock = ManualClock.atNoon();

  private Instant now() {
    return clock.instant();
  }

  private int takeAll(Bucket bucket, Urgency urgency) {
    int taken = 0;
    while (bucket.has(urgency, now())) {
      bucket.take(urgency, now());
      taken++;
    }
    return taken;
  }

  @Test
  void fullBucket_byUrgency_leavesItsShareForTheMoreUrgent() {
    Bucket bucket = new Bucket(20, 30, now());

    assertEquals(10, takeAll(bucket, Urgency.NEWS));
    assertEquals(5, takeAll(bucket, Urgency.CARD));
    assertEquals(5, takeAll(bucket, Urgency.PAGE));
    assertFalse(bucket.has(Urgency.ANSWER, now()));
  }

  @Test
  void smallBucket_evenForNews_isNeverOutOfReach() {
    Bucket bucket = new Bucket(1, 1, now());

    assertEquals(1, takeAll(bucket, Urgency.NEWS));
    Duration turn = bucket.turn(Urgency.NEWS, now());
    assertEquals(Duration.ofSeconds(60), turn);
    clock.advance(turn);
    assertTrue(bucket.has(Urgency.NEWS, now()));
  }

  @Test
  void emptyBucket_givesTurnsOneAfterAnother_whichAreThere() {
    Bucket bucket = new Bucket(3, 60, now());
    takeAll(bucket, Urgency.ANSWER);

    assertEquals(Duration.ofSeconds(1), bucket.turn(Urgency.ANSWER, now()));
    assertEquals(Duration.ofSeconds(2), bucket.turn(Urgency.ANSWER, now()));
    assertEquals(Duration.ofSeconds(3), bucket.turn(Urgency.ANSWER, now()));
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofSeconds(1));
      assertTrue(bucket.has(Urgency.ANSWER, now()), "turn " + i);
      bucket.take(Urgency.ANSWER, now());
      assertFalse(bucket.has(Urgency.ANSWER, now()), "after turn " + i);
    }
  }

  @Test
  void turn_ofAnAnswer_isNotTakenByACardThatComesAtTheSameMoment() {
    Bucket bucket = new Bucket(3, 60, now());
    takeAll(bucket, Urgency.ANSWER);
    Duration card = bucket.turn(Urgency.CARD, now());
    Duration answer = bucket.turn(Urgency.ANSWER, now());

    assertTrue(answer.compareTo(card) < 0, answer + " before " + card);
    clock.advance(card);
    assertFalse(bucket.has(Urgency.CARD, now()));
    bucket.take(Urgency.ANSWER, now());
    clock.advance(Duration.ofSeconds(1));
    assertTrue(bucket.has(Urgency.CARD, now()));
  }

  @Test
  void turn_nobodyTook_isForOthersAfterTwoSeconds() {
    Bucket bucket = new Bucket(3, 60, now());
    takeAll(bucket, Urgency.ANSWER);
    clock.advance(bucket.turn(Urgency.ANSWER, now()).plusSeconds(1));

    assertFalse(bucket.has(Urgency.CARD, now()));
    clock.advance(Duration.ofMillis(1_001));
    assertTrue(bucket.has(Urgency.CARD, now()));
  }

  @Test
  void turns_ofVeryMany_areNeverFurtherThanAMinute() {
    Bucket bucket = new Bucket(3, 57, now());
    for (int i = 0; i < 5_000; i++) {
      Duration turn = bucket.turn(Urgency.NEWS, now());
      assertTrue(turn.compareTo(Duration.ofSeconds(60)) <= 0, turn.toString());
    }
  }

  @Test
  void anyMinute_underRandomPressure_holdsNoMoreThanSizeAndRefill() {
    Random random = new Random(7);
    Bucket bucket = new Bucket(20, 30, now());
    Deque<Instant> taken = new ArrayDeque<>();
    for (int i = 0; i < 20_000; i++) {
      clock.advance(Duration.ofMillis(random.nextInt(200)));
      Urgency urgency = Urgency.values()[random.nextInt(4)];
      if (bucket.has(urgency, now())) {
        bucket.take(urgency, now());
        taken.add(now());
      } else {
        bucket.turn(urgency, now());
      }
      while (!taken.isEmpty() && !taken.peek().plusSeconds(60).isAfter(now())) {
        taken.poll();
      }
      assertTrue(taken.size() <= 50, "calls in a minute: " + taken.size());
    }
  }
}

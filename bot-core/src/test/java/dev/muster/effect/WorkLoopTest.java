// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.ManualClock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WorkLoopTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger rounds = new AtomicInteger();

  private static void soon(CountDownLatch latch) throws InterruptedException {
    assertTrue(latch.await(60, TimeUnit.SECONDS), "the loop did not go round");
  }

  @Test
  void round_withMoreToDo_isFollowedAtOnce() throws InterruptedException {
    CountDownLatch many = new CountDownLatch(10_000);
    try (WorkLoop loop =
        new WorkLoop(
            "test-loop",
            clock,
            () -> {
              many.countDown();
              return WorkLoop.MORE;
            })) {
      loop.start();

      soon(many);
    }
  }

  @Test
  void round_thatThrows_isTriedAgain() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(2);
    try (WorkLoop loop =
        new WorkLoop(
            "test-loop",
            clock,
            () -> {
              second.countDown();
              throw new IllegalStateException("the round broke");
            })) {
      loop.start();
      loop.wake();

      soon(second);
    }
  }

  @Test
  void round_thatRunsOutOfStack_isTriedAgain() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(2);
    try (WorkLoop loop =
        new WorkLoop(
            "test-loop",
            clock,
            () -> {
              second.countDown();
              throw new StackOverflowError();
            })) {
      loop.start();
      loop.wake();

      soon(second);
    }
  }

  @Test
  void loop_closed_leavesNoThreadAndGoesRoundNoMore() throws InterruptedException {
    AtomicReference<Thread> thread = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    WorkLoop loop =
        new WorkLoop(
            "test-loop",
            clock,
            () -> {
              thread.set(Thread.currentThread());
              rounds.incrementAndGet();
              begun.countDown();
              return Optional.<Instant>empty();
            });
    loop.start();
    soon(begun);

    loop.close();

    int before = rounds.get();
    loop.wake();
    assertFalse(thread.get().isAlive());
    assertEquals(before, rounds.get());
    assertEquals(clock.instant(), loop.lastRound());
  }
}

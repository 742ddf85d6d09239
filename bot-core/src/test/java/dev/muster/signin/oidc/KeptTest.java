// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.ManualClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is kept of the provider, while the provider is slow. */
@Timeout(30)
class KeptTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answers = new CountDownLatch(1);
  private volatile boolean slow;
  private final Kept<String> kept = new Kept<>(this::fetch, clock);

  @AfterEach
  void letGo() {
    answers.countDown();
  }

  private String fetch() throws SignInFailure {
    if (!slow) {
      return "old";
    }
    asked.countDown();
    try {
      assertTrue(answers.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return "new";
  }

  private CompletableFuture<String> first() throws InterruptedException {
    slow = true;
    CompletableFuture<String> first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return kept.get();
              } catch (SignInFailure e) {
                throw new IllegalStateException(e);
              }
            });
    assertTrue(asked.await(20, TimeUnit.SECONDS));
    return first;
  }

  @Test
  void fetchUnderWay_othersGetWhatIsKept() throws Exception {
    assertEquals("old", kept.get());
    clock.advance(Duration.ofHours(2));
    CompletableFuture<String> first = first();

    assertEquals("old", kept.get());

    answers.countDown();
    assertEquals("new", first.get(20, TimeUnit.SECONDS));
    assertEquals("new", kept.get());
  }

  @Test
  void fetchUnderWay_nothingKept_othersHearThatItIsSlow() throws Exception {
    CompletableFuture<String> first = first();

    SignInFailure told = assertThrows(SignInFailure.class, kept::get);

    assertEquals(SignInFailure.Reason.UNREACHABLE, told.reason());
    answers.countDown();
    assertEquals("new", first.get(20, TimeUnit.SECONDS));
  }
}

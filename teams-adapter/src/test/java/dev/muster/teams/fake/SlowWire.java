// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * The wire between the adapter and the fake, over which an armed answer takes long by the clock of
 * the test and no time of the machine: as long as the caller itself is ready to wait, nearly, or
 * longer. A call that would wait for ever is an error of the adapter.
 */
public final class SlowWire implements Interceptor {

  /** Marks an answer that is slow; its value is the fault. */
  static final String HEADER = "Fake-Pace";

  private static final Duration JUST = Duration.ofSeconds(1);

  private final ManualClock clock;

  /** Creates a wire on which time passes by this clock. */
  public SlowWire(ManualClock clock) {
    this.clock = clock;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String pace = response.header(HEADER);
    if (pace == null) {
      return response;
    }
    Duration patience = Duration.ofNanos(chain.call().timeout().timeoutNanos());
    if (patience.isZero()) {
      response.close();
      throw new IllegalStateException("a call without an end: " + chain.request().method());
    }
    if (pace.equals(FakeFault.ANSWERS_TOO_LATE.name())) {
      clock.advance(patience);
      response.close();
      throw new InterruptedIOException("timeout");
    }
    clock.advance(patience.minus(JUST));
    return response;
  }
}

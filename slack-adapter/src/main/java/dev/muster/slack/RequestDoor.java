// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.slack.inbound.RequestVerifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Says whether Slack may reach us by requests now. When an operator turns to connections alone, the
 * door stays open for a while, so that what Slack sends meanwhile and repeats is not lost. Any
 * thread may ask.
 */
final class RequestDoor {

  private final Supplier<SlackSettings> settings;
  private final InstantSource clock;
  private boolean wanted;
  private Instant until = Instant.MIN;

  RequestDoor(Supplier<SlackSettings> settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Returns whether requests are taken. */
  synchronized boolean isOpen() {
    Instant now = clock.instant();
    boolean wantedNow = settings.get().hearsRequests();
    if (wanted && !wantedNow) {
      until = now.plus(RequestVerifier.OVERLAP);
    }
    wanted = wantedNow;
    return wanted || now.isBefore(until);
  }
}

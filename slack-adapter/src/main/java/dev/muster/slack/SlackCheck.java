// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.chat.spi.Check;
import dev.muster.slack.client.Identity;
import dev.muster.slack.inbound.AlertRooms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks Slack whether credentials, permissions, clock and the way to us are fine. */
final class SlackCheck {

  /** Slack signs with its own clock, and we take what is at most five minutes off. */
  private static final Duration CLOCK_OFF = Duration.ofMinutes(2);

  private final Identity identity;
  private final Hearing hearing;
  private final AlertRooms alertRooms;
  private final InstantSource clock;

  SlackCheck(Identity identity, Hearing hearing, AlertRooms alertRooms, InstantSource clock) {
    this.identity = identity;
    this.hearing = hearing;
    this.alertRooms = alertRooms;
    this.clock = clock;
  }

  Check ask() {
    return identity
        .ask()
        .match(this::look, failure -> new Check(false, List.of(failure.finding())));
  }

  private Check look(Identity.Self self) {
    Check scopes = ScopeCheck.of(self);
    List<String> grave = new ArrayList<>();
    self.slackTime().flatMap(theirs -> clockOff(theirs, clock.instant())).ifPresent(grave::add);
    hearing.finding().ifPresent(grave::add);
    alertRooms.looked().forEach(finding -> finding.problem().ifPresent(grave::add));
    grave.addAll(scopes.findings());
    return new Check(grave.isEmpty(), grave, scopes.notes());
  }

  /** Returns what is wrong with our clock, if anything is. */
  static Optional<String> clockOff(Instant theirs, Instant ours) {
    Duration off = Duration.between(theirs, ours);
    return off.abs().compareTo(CLOCK_OFF) <= 0
        ? Optional.empty()
        : Optional.of(
            "The clock of this machine is "
                + off.abs().toMinutes()
                + (off.isNegative() ? " min behind" : " min ahead of")
                + " Slack's. Signed requests are refused from five minutes on. Set the clock:"
                + " timedatectl set-ntp true.");
  }
}

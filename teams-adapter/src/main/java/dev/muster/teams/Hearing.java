// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.GapWatch;
import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.chat.spi.TheirClock;
import dev.muster.teams.client.MessageIds;
import dev.muster.teams.inbound.SigningKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Knows whether Teams has ever reached us, and what kept it from it. The first verified call ever
 * is remembered, so that an examination beside a running bot can tell. Thread-safe.
 */
final class Hearing implements AutoCloseable {

  private static final String CALLED = "called/http";

  private final PlatformRuntime runtime;
  private final Optional<SigningKeys> keys;
  private final TheirClock theirs;
  private final GapWatch gaps;
  private volatile boolean knownToBeCalled;

  /** Creates it; reads nothing. {@code keys} is empty in an anonymous trial. */
  Hearing(ChatInbox inbox, PlatformRuntime runtime, Optional<SigningKeys> keys, TheirClock theirs) {
    this.runtime = runtime;
    this.theirs = theirs;
    this.keys = keys;
    // Channels of alerts are read again and again, so a gap needs no reading of its own there.
    this.gaps =
        new GapWatch(
            MessageIds.PLATFORM,
            inbox,
            runtime.memory(),
            runtime.telemetry(),
            () -> Optional.of(List.of()));
  }

  /** Notes a call that was verified and is of our tenant. */
  void called() {
    if (!knownToBeCalled) {
      runtime.memory().put(List.of(Memory.Write.of(CALLED, runtime.clock().instant().toString())));
      knownToBeCalled = true;
    }
  }

  /** Calls come without our doing, so while we are up, we are listening. */
  void look() {
    theirs.look();
    Instant now = runtime.clock().instant();
    gaps.listening(now, now);
  }

  /** Returns by how much the machine's clock is ahead of Microsoft's, as far as is known. */
  Optional<Duration> clockAhead() {
    return theirs.ahead();
  }

  /** Returns what keeps Teams from reaching us, if we can know; may wait a few seconds. */
  Optional<String> finding() {
    if (keys.isPresent() && !keys.get().canBeFetched()) {
      return Optional.of(
          "The signing keys of Teams cannot be fetched, so no call of it can be verified. Let this"
              + " machine reach https://login.botframework.com, through its proxy if it has one.");
    }
    boolean called = knownToBeCalled || runtime.memory().get(CALLED).isPresent();
    return called ? Optional.empty() : Optional.of(neverCalled(runtime.publicUrl()));
  }

  /** Teams takes https addresses only, and cannot reach one that means this machine to itself. */
  static String neverCalled(String publicUrl) {
    String address = publicUrl + "/api/messages";
    String page = " as messaging endpoint on the page \"Configuration\" of the Azure Bot";
    return publicUrl.startsWith("https://")
        ? "Teams has never called "
            + address
            + ". Write this address"
            + page
            + ", switch on its channel Microsoft Teams, see that the address can be reached from"
            + " the Internet, and add the app to a team or write to it."
        : "Teams has never called "
            + address
            + " and never will: it calls https addresses on the Internet only. Set"
            + " server.public-url to the one under which it reaches Muster, and write that with"
            + " /api/messages behind it"
            + page
            + ".";
  }

  /** From now on nobody listens. */
  @Override
  public void close() {
    gaps.deaf(runtime.clock().instant());
  }
}

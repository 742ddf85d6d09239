// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Knows until when certainly nothing was missed, and reports a gap once something is heard again:
 * after every start, and whenever no connection was left or one broke without a word. The record of
 * that instant moves in the transaction that stores the report, so that a crash in between reports
 * the gap once more and never not at all. Thread-safe.
 */
public final class GapWatch {

  /**
   * A gap is reported this long after it was noticed, so that connections that break one after the
   * other lead to one reading and not to many.
   */
  static final Duration GATHERED = Duration.ofSeconds(10);

  private static final String MARK = "heard-until";
  private static final Duration WRITTEN_EVERY = Duration.ofSeconds(30);

  /** A connection may have been dead for as long before anybody noticed. */
  private static final Duration DOUBT = Duration.ofSeconds(30);

  /**
   * Messages carry the platform's time, which need not be ours; reading a little more harms
   * nothing.
   */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

  /** What is older was looked after by people. */
  private static final Duration LONGEST = Duration.ofDays(7);

  /** A gap that begins in the future begins nobody knows when: the clock was put back. */
  private static final Duration CLOCK_PUT_BACK = Duration.ofDays(1);

  private final String platform;
  private final ChatInbox inbox;
  private final Memory memory;
  private final Telemetry telemetry;
  private final Supplier<Optional<List<ChannelRef>>> alertChannels;
  private boolean begun;
  private Optional<Instant> since = Optional.empty();
  private Optional<Instant> noticed = Optional.empty();
  private Instant written = Instant.MIN;

  /**
   * Creates a watch that does nothing yet.
   *
   * @param platform the name users write in the configuration
   * @param alertChannels the channels whose messages are alerts; empty while nobody knows yet
   */
  public GapWatch(
      String platform,
      ChatInbox inbox,
      Memory memory,
      Telemetry telemetry,
      Supplier<Optional<List<ChannelRef>>> alertChannels) {
    this.platform = platform;
    this.inbox = inbox;
    this.memory = memory;
    this.telemetry = telemetry;
    this.alertChannels = alertChannels;
  }

  /**
   * Notes that we hear at this moment; reports the gap that ends with it.
   *
   * @param sure until when somebody made sure of it; earlier than now after the machine slept
   */
  public synchronized void listening(Instant now, Instant sure) {
    if (!begun) {
      Duration unsure = DOUBT.plus(CLOCKS_DIFFER);
      since = earlier(since, lastMark().map(mark -> mark.minus(unsure)));
      begun = true;
      since.ifPresentOrElse(from -> report(from, now), () -> write(now, sure));
    } else if (since.isPresent()) {
      noticed = noticed.or(() -> Optional.of(now));
      if (Elapsed.isOver(noticed.get(), GATHERED, now)) {
        report(since.get(), now);
      }
    } else if (Elapsed.isOver(written, WRITTEN_EVERY, now)) {
      write(now, sure);
    }
  }

  private void write(Instant now, Instant sure) {
    memory.put(List.of(mark(sure)));
    written = now;
  }

  /** Notes that from this instant on something may be missed. */
  public synchronized void deaf(Instant from) {
    since = earlier(since, Optional.of(from.minus(CLOCKS_DIFFER)));
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isBefore(other.get()) ? one : other;
  }

  private Optional<Instant> lastMark() {
    return memory.get(MARK).map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
  }

  private static Memory.Write mark(Instant now) {
    return Memory.Write.of(MARK, String.valueOf(now.toEpochMilli()));
  }

  /** Without knowing the channels the report waits; the next sign of life comes soon. */
  private void report(Instant from, Instant now) {
    Optional<List<ChannelRef>> alerting = alertChannels.get();
    if (alerting.isEmpty()) {
      return;
    }
    Instant begin = from.isBefore(now.minus(LONGEST)) ? now.minus(LONGEST) : from;
    Instant start = begin.isAfter(now) ? now.minus(CLOCK_PUT_BACK) : begin;
    // Gaps that follow one another may begin at the same instant, and each is one of its own.
    String span = start.toEpochMilli() + "/" + now.toEpochMilli();
    for (ChannelRef channel : alerting.get()) {
      String key = "gap/" + channel.id() + "/" + span;
      ChatEvent event = new ChatEvent.GapDetected(now, channel, start);
      if (!(inbox.accept(Delivery.of(key, event)) instanceof Receipt.Stored)) {
        return;
      }
    }
    ChatEvent event = new ChatEvent.ConnectionGap(now, platform, start);
    String key = "gap/" + span;
    Receipt receipt = inbox.accept(new Delivery(key, event, new byte[0], List.of(mark(now))));
    if (receipt instanceof Receipt.Stored) {
      since = Optional.empty();
      noticed = Optional.empty();
      written = now;
      telemetry.count("muster_chat_gaps_total", "platform", platform);
    }
  }
}

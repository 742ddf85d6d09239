// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.AlertChannel;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.chat.spi.Receipt;
import dev.muster.chat.spi.pace.RetryAfter;
import dev.muster.teams.client.ChannelVerbs;
import dev.muster.teams.client.MessageIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads the channels whose messages are alerts. Teams tells no bot what another bot or a workflow
 * posts, so they are read through Graph every few seconds, each message under the key it would have
 * if it were pushed as well. Until when a channel was read is remembered once all of it is stored,
 * by Graph's clock, which the messages have their times of: ours may be set wrong. Of a channel
 * that was never read nothing older counts. One thread at a time.
 */
public final class AlertRooms {

  /** Graph lets an app read a channel once a second; a program's message may wait this long. */
  public static final Duration EVERY = Duration.ofSeconds(10);

  /** What cannot be found or read waits for a person. */
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private static final Duration FURTHEST = RetryAfter.LONGEST.multipliedBy(2);

  /** Clocks of several servers may differ, and messages may appear late. */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  /** What is older was looked after by people. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final String READ_UNTIL = "alerts-read/";

  private final InstantSource clock;
  private final AlertPlaces places;
  private final ChannelVerbs channels;
  private final HistoryReader history;
  private final Supplier<List<String>> written;
  private final ChatInbox inbox;
  private final PlatformRuntime runtime;
  private List<String> wanted = List.of();
  private List<Room> rooms = List.of();
  private Instant findAgain = Instant.MIN;

  /**
   * Creates the watch over channels.
   *
   * @param places told which channels they are
   * @param written names or ids, with or without a number sign, as they are in force
   */
  public AlertRooms(
      AlertPlaces places,
      ChannelVerbs channels,
      HistoryReader history,
      Supplier<List<String>> written,
      ChatInbox inbox,
      PlatformRuntime runtime) {
    this.clock = runtime.clock();
    this.places = places;
    this.channels = channels;
    this.history = history;
    this.written = written;
    this.inbox = inbox;
    this.runtime = runtime;
  }

  /** Makes the watch over what the platform is made of. */
  @FunctionalInterface
  public interface Making {

    /** Returns the watch; reads nothing yet. */
    AlertRooms over(ChannelVerbs channels, HistoryReader history);
  }

  /** One channel as it was written, and how far its reading is. */
  private static final class Room {
    private final String name;
    private final Optional<ChannelRef> where;
    private Optional<String> problem;
    private Instant next = Instant.MIN;
    private Optional<Instant> begun = Optional.empty();
    private Instant since = Instant.MIN;
    private HistoryWalk walk;
    private Set<String> lately = Set.of();

    Room(String name, Optional<ChannelRef> where, Optional<String> problem) {
      this.name = name;
      this.where = where;
      this.problem = problem;
    }
  }

  /** Returns what is wrong, asking Graph and changing nothing. */
  public List<AlertChannel> looked() {
    return written.get().stream()
        .map(this::find)
        .map(room -> new AlertChannel(room.name, room.problem.or(() -> unreadable(room))))
        .toList();
  }

  private Optional<String> unreadable(Room room) {
    Instant now = clock.instant();
    ChatOutcome<Nothing> read =
        history
            .newest(room.where.orElseThrow(), now)
            .match(
                HistoryWalk::goOn,
                ChatOutcome.RetryLater::as,
                ChatOutcome.Refused::new,
                ChatOutcome.Unknown::new);
    return read instanceof ChatOutcome.Refused<Nothing> refused
        ? Optional.of(notRead(room.name, refused.reason()))
        : Optional.empty();
  }

  /** Reads what is due; returns how the channels are, once that is known. */
  public List<AlertChannel> look() {
    Instant now = clock.instant();
    findChannels(now);
    for (Room room : rooms) {
      if (room.where.isPresent() && isDue(room.next, now)) {
        read(room, room.where.get(), now);
      }
    }
    return rooms.stream().map(room -> new AlertChannel(room.name, room.problem)).toList();
  }

  /** Nothing is put off for longer: what is, was put off before the clock was put back. */
  private static boolean isDue(Instant next, Instant now) {
    return !now.isBefore(next) || next.isAfter(now.plus(FURTHEST));
  }

  private void findChannels(Instant now) {
    List<String> asked = written.get();
    boolean lost = rooms.stream().anyMatch(room -> room.where.isEmpty());
    if (asked.equals(wanted) && !(lost && isDue(findAgain, now))) {
      return;
    }
    wanted = asked;
    findAgain = now.plus(AGAIN);
    List<Room> before = rooms;
    List<Room> found = new ArrayList<>();
    for (String name : asked) {
      found.add(
          before.stream()
              .filter(room -> room.name.equals(name) && room.where.isPresent())
              .findFirst()
              .orElseGet(() -> find(name)));
    }
    rooms = found;
    places.are(
        found.stream()
            .flatMap(room -> room.where.stream())
            .map(ChannelRef::id)
            .collect(Collectors.toSet()));
  }

  private Room find(String name) {
    if (name.startsWith("19:")) {
      return new Room(
          name, Optional.of(new ChannelRef(MessageIds.PLATFORM, name)), Optional.empty());
    }
    ChatOutcome<OpenedChannel> found = channels.find(name);
    if (found instanceof ChatOutcome.Done<OpenedChannel> done) {
      return new Room(name, Optional.of(done.value().channel()), Optional.empty());
    }
    return new Room(
        name,
        Optional.empty(),
        found instanceof ChatOutcome.Refused<OpenedChannel> refused
            ? Optional.of(notRead(name, refused.reason()))
            : Optional.empty());
  }

  private static String notRead(String name, String why) {
    return "Alerts in " + name + " are not read: " + why;
  }

  private void read(Room room, ChannelRef where, Instant now) {
    room.next = now.plus(EVERY);
    if (room.walk == null && !begin(room, where, now)) {
      return;
    }
    ChatOutcome<Nothing> gone = room.walk.goOn();
    if (gone instanceof ChatOutcome.RetryLater<Nothing> later) {
      Instant turn = now.plus(later.after());
      room.next = turn.isAfter(room.next) ? turn : room.next;
      return;
    }
    if (gone instanceof ChatOutcome.Done<Nothing>) {
      taken(room, where);
    } else if (gone instanceof ChatOutcome.Refused<Nothing> refused) {
      failed(room, refused.reason(), now);
    }
    room.walk = null;
  }

  private boolean begin(Room room, ChannelRef where, Instant now) {
    room.begun = history.theirTime();
    if (mark(where).isEmpty()) {
      remember(where, room.begun);
    }
    room.since = since(where, room.begun.orElse(now)).minus(OVERLAP);
    ChatOutcome<HistoryWalk> walk = history.newest(where, room.since);
    if (walk instanceof ChatOutcome.Done<HistoryWalk> done) {
      room.walk = done.value();
      return true;
    }
    if (walk instanceof ChatOutcome.Refused<HistoryWalk> refused) {
      failed(room, refused.reason(), now);
    }
    return false;
  }

  /** A mark in the future was made by a clock that was ahead: what it passed over is read again. */
  private Instant since(ChannelRef where, Instant theirs) {
    Instant earliest = theirs.minus(LONGEST);
    Instant mark = mark(where).orElse(theirs);
    boolean useless = mark.isBefore(earliest) || mark.isAfter(theirs.plus(OVERLAP));
    return useless ? earliest : mark;
  }

  private Optional<Instant> mark(ChannelRef where) {
    return runtime.memory().get(READ_UNTIL + where.id()).map(Instant::parse);
  }

  private static void failed(Room room, String reason, Instant now) {
    room.problem = Optional.of(notRead(room.name, reason));
    room.next = now.plus(AGAIN);
  }

  /** What could not be stored is read once more. */
  private void taken(Room room, ChannelRef where) {
    if (mark(where).isEmpty()) {
      remember(where, history.theirTime());
      return;
    }
    Set<String> keys = new HashSet<>();
    for (Delivery delivery : history.deliveries(room.walk, where, room.since)) {
      keys.add(delivery.key());
      if (!room.lately.contains(delivery.key())
          && !(inbox.accept(delivery) instanceof Receipt.Stored)) {
        return;
      }
    }
    room.lately = keys;
    room.problem = Optional.empty();
    remember(where, room.begun);
  }

  private void remember(ChannelRef where, Optional<Instant> until) {
    String name = READ_UNTIL + where.id();
    until.ifPresent(at -> runtime.memory().put(List.of(Memory.Write.of(name, at.toString()))));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.Profile;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.Receipt;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds out who of those that act or come into a chat is a guest of the tenant: an activity names a
 * guest like anybody else, and only the list of members says so ({@code userRole}). They are looked
 * up afterwards, at most daily; the core is told of a guest, and of whoever is a guest no more.
 * Thread-safe.
 */
public final class Newcomers implements ChatInbox {

  /** Somebody is made a guest seldom, and a colleague need not be asked after each time. */
  static final Duration FRESH = Duration.ofHours(24);

  /** Whoever comes when as many wait is looked up after their next act. */
  private static final int MOST_WAITING = 1_000;

  private static final int AT_ONCE = 20;
  private static final String LOOKED_UP = "looked-up/";

  /** Behind the time in the record of whoever was last found to be a guest. */
  private static final String GUEST = " guest";

  private final ChatInbox inbox;
  private final Memory memory;
  private final InstantSource clock;
  private final Set<String> waiting = new LinkedHashSet<>();

  /** Creates it before {@code inbox}, which everything is handed on to. */
  public Newcomers(ChatInbox inbox, Memory memory, InstantSource clock) {
    this.inbox = inbox;
    this.memory = memory;
    this.clock = clock;
  }

  @Override
  public Receipt accept(Delivery delivery) {
    Receipt receipt = inbox.accept(delivery);
    if (receipt instanceof Receipt.Stored) {
      newcomer(delivery.event())
          .filter(who -> !who.bot() && !who.external())
          .ifPresent(who -> wait(who.person().ref().id()));
    }
    return receipt;
  }

  private static Optional<Profile> newcomer(ChatEvent event) {
    if (event instanceof ChatEvent.MemberJoined joined) {
      return Optional.of(joined.who());
    }
    if (event instanceof ChatEvent.ReactionAdded reaction) {
      return Optional.of(reaction.by());
    }
    if (event instanceof ChatEvent.CommandInvoked command) {
      return Optional.of(command.by());
    }
    if (event instanceof ChatEvent.ButtonPressed press) {
      return Optional.of(press.by());
    }
    return event instanceof ChatEvent.FormSubmitted form
        ? Optional.of(form.by())
        : Optional.empty();
  }

  private void wait(String person) {
    synchronized (waiting) {
      if (waiting.size() < MOST_WAITING) {
        waiting.add(person);
      }
    }
  }

  private Optional<String> next() {
    synchronized (waiting) {
      Iterator<String> all = waiting.iterator();
      Optional<String> first = all.hasNext() ? Optional.of(all.next()) : Optional.empty();
      first.ifPresent(waiting::remove);
      return first;
    }
  }

  /** Looks some of them up; who cannot be looked up now is the next time. */
  public synchronized void look(Function<String, ChatOutcome<Profile>> members) {
    for (int i = 0; i < AT_ONCE; i++) {
      Optional<String> person = next();
      if (person.isEmpty() || !isOver(person.get(), members)) {
        return;
      }
    }
  }

  /** Whoever may not be looked up is after their next act; who is nobody, after a day. */
  private boolean isOver(String person, Function<String, ChatOutcome<Profile>> members) {
    String before = memory.get(LOOKED_UP + person).orElse("");
    boolean guest = before.endsWith(GUEST);
    if (isFresh(guest ? before.substring(0, before.length() - GUEST.length()) : before)) {
      return true;
    }
    ChatOutcome<Profile> found = members.apply(person);
    if (found.refusedFor(ChatOutcome.Cause.OTHER)) {
      memory.put(List.of(note(person, clock.instant(), guest)));
    }
    boolean told =
        found instanceof ChatOutcome.Done<Profile> done
            ? isTold(person, done.value(), guest)
            : found instanceof ChatOutcome.Refused<Profile>;
    if (!told) {
      wait(person);
    }
    return told;
  }

  private static Memory.Write note(String person, Instant now, boolean guest) {
    return Memory.Write.of(LOOKED_UP + person, now + (guest ? GUEST : ""));
  }

  private boolean isTold(String person, Profile profile, boolean wasGuest) {
    Instant now = clock.instant();
    List<Memory.Write> note = List.of(note(person, now, profile.external()));
    if (!profile.external() && !wasGuest) {
      memory.put(note);
      return true;
    }
    ChatEvent event = new ChatEvent.PersonChanged(now, profile);
    String key = "guest:" + person + ":" + now.toEpochMilli();
    return inbox.accept(new Delivery(key, event, new byte[0], note)) instanceof Receipt.Stored;
  }

  private boolean isFresh(String before) {
    try {
      return !before.isEmpty()
          && Duration.between(Instant.parse(before), clock.instant()).abs().compareTo(FRESH) < 0;
    } catch (DateTimeException e) {
      return false;
    }
  }
}

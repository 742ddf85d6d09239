// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Cause;
import dev.muster.chat.spi.Delivery;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whom the list of members is asked about, how often, and what the core is told of them. */
final class NewcomersTest {

  private static final ChannelRef ROOM = new ChannelRef("teams", "19:room");

  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final RecordingInbox inbox = new RecordingInbox(memory);
  private final Newcomers newcomers = new Newcomers(inbox, memory, clock);
  private int acts;
  private int asked;

  private static Profile gil(boolean guest) {
    Person person = new Person(new UserRef("teams", "gil"), "Gil");
    return new Profile(person, Optional.empty(), Optional.empty(), false, guest, true);
  }

  private void happens(ChatEvent event) {
    newcomers.accept(new Delivery("d" + acts++, event, new byte[0], List.of()));
  }

  private void reacts() {
    MessageRef message = new MessageRef(ROOM, "1");
    happens(new ChatEvent.ReactionAdded(clock.instant(), gil(false), message, "eyes"));
  }

  private void looks(ChatOutcome<Profile> answer) {
    newcomers.look(
        person -> {
          asked++;
          return answer;
        });
  }

  private void tells(boolean guest) {
    looks(new ChatOutcome.Done<>(gil(guest)));
  }

  private List<Boolean> told() {
    return inbox.heard(ChatEvent.PersonChanged.class).stream()
        .map(event -> event.who().external())
        .toList();
  }

  @Test
  void guest_whoOnlyReacts_isToldOf() {
    reacts();
    tells(true);
    assertEquals(List.of(true), told());
  }

  @Test
  void guest_whoWasBroughtIn_isToldOf() {
    happens(new ChatEvent.MemberJoined(clock.instant(), gil(false), ROOM));
    tells(true);
    assertEquals(List.of(true), told());
  }

  @Test
  void colleague_whoWasAGuest_isToldOfOnce() {
    for (boolean guest : List.of(false, true, false, false)) {
      reacts();
      tells(guest);
      reacts();
      tells(guest);
      clock.advance(Duration.ofHours(25));
    }
    assertEquals(4, asked);
    assertEquals(List.of(true, false), told());
  }

  @Test
  void guest_whoWasNobodyInBetween_isToldOfAsAColleague() {
    reacts();
    tells(true);
    clock.advance(Duration.ofHours(25));
    reacts();
    looks(new ChatOutcome.Refused<>("Nobody in the home teams is that person."));
    clock.advance(Duration.ofHours(25));
    reacts();
    tells(false);
    assertEquals(List.of(true, false), told());
  }

  @Test
  void nobody_actingAgain_isAskedForOnceADay() {
    for (int i = 0; i < 3; i++) {
      reacts();
      looks(new ChatOutcome.Refused<>("Nobody in the home teams is that person."));
    }
    assertEquals(1, asked);
    clock.advance(Duration.ofHours(25));
    reacts();
    tells(true);
    assertEquals(List.of(true), told());
  }

  @Test
  void refusedLook_isMadeAgainAfterTheNextActAlone() {
    reacts();
    looks(new ChatOutcome.Refused<>("The app is blocked.", Cause.CREDENTIALS));
    tells(true);
    assertEquals(1, asked);

    reacts();
    tells(true);
    assertEquals(List.of(true), told());
  }

  @Test
  void failedLook_isMadeAgainWithoutAnAct() {
    reacts();
    looks(new ChatOutcome.RetryLater<>("Teams is busy.", Duration.ofSeconds(2)));
    looks(new ChatOutcome.Unknown<>("The answer was lost."));
    tells(true);
    assertEquals(List.of(true), told());
  }
}

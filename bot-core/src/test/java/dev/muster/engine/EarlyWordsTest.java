// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say while an incident comes into a channel, or goes out of one, is not lost. */
class EarlyWordsTest {

  @TempDir private Path folder;

  @Test
  void words_saidBeforeTheChannelIsRecorded_standOnTheTimelineInTheirOrder() {
    try (IncidentRoom room = new IncidentRoom(folder)) {
      Person ada = room.person("ada");
      Person li = room.person("li");
      room.beforeRecorded(
          channel -> {
            MessageRef first = room.world().types(li, channel, Optional.empty(), "I se it too");
            room.world().edits(li, first, "I see it too");
            room.world().reacts(ada, first, "pushpin");
            room.world().types(ada, channel, Optional.empty(), "since the deploy");
          });
      room.declares(ada, "declare! Checkout slow sev2");

      assertEquals(
          List.of("I se it too", "since the deploy"), texts(room, EntryKind.MESSAGE_LOGGED));
      assertEquals(List.of("I see it too"), texts(room, EntryKind.MESSAGE_REVISED));
      assertEquals(List.of("I see it too"), texts(room, EntryKind.HIGHLIGHTED));
      assertEquals("", notes(room, EarlyWords.NOTE) + notes(room, EarlyWords.OPENING));
    }
  }

  /** Elsewhere people talk on while a channel is opened; that is no part of the incident. */
  @Test
  void words_saidElsewhereMeanwhile_areNobodys() {
    try (IncidentRoom room = new IncidentRoom(folder)) {
      Person ada = room.person("ada");
      ChannelRef general = room.world().meetingPlace().channel();
      room.beforeRecorded(channel -> room.world().types(ada, general, Optional.empty(), "lunch?"));
      room.declares(ada, "declare! Checkout slow sev2");
      room.says(ada, "back to work");

      assertEquals(List.of("back to work"), texts(room, EntryKind.MESSAGE_LOGGED));
      assertTrue(notes(room, EarlyWords.NOTE).contains(general.id()));
      assertEquals("", notes(room, EarlyWords.OPENING));
    }
  }

  @Test
  void words_saidBeforeTheMoveAndHeardAfterIt_belongToTheIncident() {
    try (IncidentRoom room = new IncidentRoom(folder)) {
      Person ada = room.person("ada");
      room.declares(ada, "declare! Checkout slow sev2");
      ChannelRef before = room.channel();
      Instant said = room.now();
      room.pass(Duration.ofMinutes(1));
      room.commands(ada, "private");
      room.commands(ada, "private confirm");
      room.pass(Duration.ofMinutes(1));
      room.hears(posted(ada, before, "said-before", said));
      room.hears(
          new ChatEvent.MessageEdited(
              said.plusSeconds(1), Profile.member(ada), ref(before, "said-before"), "edited"));
      room.hears(posted(ada, before, "said-after", room.now()));

      assertEquals(List.of("said-before"), texts(room, EntryKind.MESSAGE_LOGGED));
      assertEquals(List.of("edited"), texts(room, EntryKind.MESSAGE_REVISED));
    }
  }

  private static ChatEvent posted(Person by, ChannelRef where, String text, Instant at) {
    return new ChatEvent.MessagePosted(
        at,
        Profile.member(by),
        Place.of(where, "old"),
        ref(where, text),
        text,
        Optional.empty(),
        List.of());
  }

  private static MessageRef ref(ChannelRef where, String text) {
    return new MessageRef(where, "M-" + text);
  }

  private static List<String> texts(IncidentRoom room, EntryKind kind) {
    return room.engine().texts(IncidentRoom.ID, kind);
  }

  private static String notes(IncidentRoom room, String begin) {
    return room.engine().read(tx -> tx.notes(begin, 10)).keySet().stream()
        .filter(name -> name.startsWith(begin))
        .reduce("", String::concat);
  }
}

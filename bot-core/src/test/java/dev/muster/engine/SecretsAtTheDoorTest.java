// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Answer;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.PostedCard;
import dev.muster.chat.Profile;
import dev.muster.chat.Quotation;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.SharedFile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Delivery;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.Canaries;
import dev.muster.testkit.Canaries.Canary;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a platform delivers holds secrets no longer, neither where it is handled nor on the disk.
 */
class SecretsAtTheDoorTest {

  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");
  private static final ChannelRef ROOM = new ChannelRef("slack", "C1");
  private static final Place PLACE = Place.of(ROOM, "office");
  private static final MessageRef MESSAGE = new MessageRef(ROOM, "1.1");
  private static final Person ADA = new Person(new UserRef("slack", "U1"), "Ada");
  private static final Profile BY = Profile.member(ADA);

  private final AtomicInteger ids = new AtomicInteger();
  private final List<String> handled = new ArrayList<>();
  @TempDir Path folder;

  /** Every kind of delivery with words of people or programs, with the same ones everywhere. */
  private static List<ChatEvent> events(String words) {
    PostedCard card =
        new PostedCard(
            words,
            words,
            words,
            words,
            List.of(new PostedCard.Field(words, words)),
            words,
            Tone.NEUTRAL,
            words,
            List.of(words));
    SharedFile file = new SharedFile("F1", words, "text/plain", 1, words);
    Quotation quoted = new Quotation(MESSAGE, ADA, false, words, AT, Optional.empty());
    ReplyTo reply = new ReplyTo(ADA.ref(), ROOM, Optional.empty(), AT, Optional.empty());
    return List.of(
        new ChatEvent.MessagePosted(
            AT, BY, PLACE, MESSAGE, words, Optional.empty(), List.of(file), List.of(card), false),
        new ChatEvent.MessageEdited(AT, BY, MESSAGE, words, List.of(card)),
        new ChatEvent.CommandInvoked(
                AT, BY, PLACE, words, Optional.empty(), reply, Optional.empty())
            .about(quoted),
        new ChatEvent.FormSubmitted(AT, BY, "t1", Map.of("text", words), reply),
        new ChatEvent.LinksPosted(AT, BY, MESSAGE, List.of(words), false),
        new ChatEvent.ChannelChanged(AT, ROOM, ChatEvent.ChannelChanged.Change.RENAMED, words),
        new ChatEvent.ChannelDescribed(AT, BY, ROOM, ChatEvent.ChannelDescribed.Part.TOPIC, words));
  }

  @Test
  void delivery_withASecretInAnyWords_neitherReachesTheHandlingNorTheDisk() throws IOException {
    List<Canary> canaries = oneOfEachKind();
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + folder.resolve("muster.db"),
            ManualClock.atNoon(),
            this::id,
            new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      ChatDoor doors = doors(store);
      for (Canary canary : canaries) {
        byte[] raw = canary.text().getBytes(StandardCharsets.UTF_8);
        for (ChatEvent event : events(canary.text())) {
          doors.of("slack").accept(new Delivery(id(), event, raw, List.of()));
        }
      }
    }
    assertEquals(canaries.size() * events("").size(), handled.size());
    Set<String> found = new TreeSet<>();
    for (Canary canary : canaries) {
      if (handled.stream().anyMatch(body -> body.contains(canary.secret()))) {
        found.add("handled: " + canary.kind());
      }
    }
    String disk = disk();
    canaries.stream()
        .filter(canary -> disk.contains(canary.secret()))
        .forEach(canary -> found.add("stored: " + canary.kind()));
    assertEquals(Set.of(), found);
    assertTrue(disk.contains("somebody pasted [redacted"), "what was said around is gone");
  }

  private static List<Canary> oneOfEachKind() {
    List<Canary> two = Canaries.all();
    return two.subList(0, two.size() / 2);
  }

  private ChatDoor doors(SqlStore store) {
    ManualClock clock = ManualClock.atNoon();
    InboxPump pump =
        new InboxPump(
            store,
            clock,
            () -> null,
            (moment, body) -> {
              handled.add(body.toString());
              return new Answer.Accepted();
            },
            () -> {},
            null,
            new Telemetry());
    return new ChatDoor(store, clock, pump, new Telemetry());
  }

  private String disk() throws IOException {
    StringBuilder disk = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        disk.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return disk.toString();
  }

  private String id() {
    return "id-" + ids.incrementAndGet();
  }
}

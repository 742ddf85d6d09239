// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.Addressing;
import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.Fact;
import dev.muster.chat.Form;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.Section;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The state of a chat platform that lives in memory: rooms, lines, people, and a ledger of every
 * order by its key. Guarded by its own monitor; {@link InMemoryChat} is the bot's side and {@link
 * InMemoryChatWorld} the people's.
 */
final class InMemoryRooms {

  static final int LONGEST_TEXT = 4_000;
  private static final String DIRECT = "direct";
  static final Duration RATE_LIMIT = Duration.ofSeconds(7);

  final String platform;
  final Map<String, Room> rooms = new LinkedHashMap<>();
  final Map<String, Profile> people = new LinkedHashMap<>();
  final Map<String, Map<String, Form>> forms = new LinkedHashMap<>();
  final Set<String> openings = new LinkedHashSet<>();

  /** What each order made, by the value of its key; never shrinks. */
  final Map<String, Object> ledger = new LinkedHashMap<>();

  Addressing addressing = new Addressing("/incident ", "@muster ");
  Optional<Fault> armed = Optional.empty();
  int calls;
  private int lastId;

  InMemoryRooms(String platform) {
    this.platform = platform;
  }

  synchronized String nextId(String kind) {
    return kind + ++lastId;
  }

  /** Runs {@code work} alone. */
  synchronized <T> T alone(Supplier<T> work) {
    return work.get();
  }

  synchronized Room newRoom(String wantedName, boolean isPrivate) {
    Room room = new Room(new ChannelRef(platform, nextId("C")), unusedName(wantedName), isPrivate);
    rooms.put(room.ref.id(), room);
    return room;
  }

  /** Returns where one person is told something: in the channel, or directly if it is closed. */
  synchronized ChannelRef between(ChannelRef wanted) {
    Room there = rooms.get(wanted.id());
    ChannelRef direct = new ChannelRef(wanted.platform(), DIRECT);
    ChannelRef place = there == null || there.archived ? direct : wanted;
    if (place.equals(direct)) {
      rooms.computeIfAbsent(DIRECT, id -> new Room(direct, "", true));
    }
    return place;
  }

  /** Keeps a file; returns where it is shown. */
  synchronized ChannelRef taking(ChatPlatform.Attachment file, ChannelRef wanted) {
    ledger.put("file " + file.name(), file);
    return wanted.alone().isPresent() ? between(wanted) : wanted;
  }

  /** Makes a legal name nobody has: small letters, digits and dashes, at most 80. */
  synchronized String unusedName(String wanted) {
    String legal =
        wanted.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String base = legal.isEmpty() ? "channel" : legal.substring(0, Math.min(70, legal.length()));
    String name = base;
    for (int i = 2; taken(name); i++) {
      name = base + "-" + i;
    }
    return name;
  }

  private boolean taken(String name) {
    return rooms.values().stream().anyMatch(r -> r.name.equals(name));
  }

  synchronized Optional<Line> line(MessageRef ref) {
    return Optional.ofNullable(rooms.get(ref.channel().id()))
        .flatMap(r -> r.lines.stream().filter(l -> l.ref.equals(ref)).findFirst());
  }

  Optional<Delivery> heard(MessageRef ref) {
    return line(ref).filter(line -> !line.deleted).flatMap(line -> line.heardAs);
  }

  /** Returns what a call comes to that suffers a fault. */
  static <T> ChatOutcome<T> suffered(Fault fault, Supplier<ChatOutcome<T>> call) {
    if (fault == Fault.LOSES_THE_REPLY) {
      call.get();
    }
    return switch (fault) {
      case RATE_LIMITED -> new ChatOutcome.RetryLater<>("ratelimited", RATE_LIMIT, true);
      case CREDENTIALS_REFUSED ->
          new ChatOutcome.Refused<>("invalid_auth", ChatOutcome.Cause.CREDENTIALS);
      case LOSES_THE_REPLY -> new ChatOutcome.Unknown<>("the reply was lost");
      default -> new ChatOutcome.Unknown<>("internal_error");
    };
  }

  /** A channel. */
  static final class Room {
    final ChannelRef ref;
    final boolean isPrivate;
    final Set<UserRef> members = new LinkedHashSet<>();
    final List<Line> lines = new ArrayList<>();
    final Map<String, String> bookmarks = new LinkedHashMap<>();
    String name;
    String topic = "";
    boolean archived;
    boolean open;

    Room(ChannelRef ref, String name, boolean isPrivate) {
      this.ref = ref;
      this.name = name;
      this.isPrivate = isPrivate;
    }

    ChatOutcome<ChatOutcome.Nothing> bookmark(String title, String url) {
      bookmarks.put(url, title);
      return ChatOutcome.done();
    }

    ChatOutcome<ChatOutcome.Nothing> unbookmark(String url) {
      bookmarks.remove(url);
      return ChatOutcome.done();
    }
  }

  /** A message in a channel. */
  static final class Line {
    final MessageRef ref;
    final Optional<Person> author;
    final Optional<String> thread;
    final Optional<UserRef> visibleTo;
    final Set<String> reactions = new LinkedHashSet<>();
    BotMessage message;
    Optional<Delivery> heardAs = Optional.empty();
    boolean pinned;
    boolean deleted;

    Line(
        MessageRef ref,
        Optional<Person> author,
        Optional<String> thread,
        Optional<UserRef> visibleTo,
        BotMessage message) {
      this.ref = ref;
      this.author = author;
      this.thread = thread;
      this.visibleTo = visibleTo;
      this.message = message;
    }

    ShownMessage shown() {
      return new ShownMessage(
          ref,
          author.map(Person::ref),
          words(message),
          message.buttons().stream().map(b -> b.token()).toList(),
          message.mentions().stream().map(Person::ref).toList(),
          thread,
          List.copyOf(reactions),
          pinned);
    }
  }

  private static String words(BotMessage message) {
    List<String> words = new ArrayList<>();
    words.add(cut(message.text()));
    if (!message.title().isEmpty()) {
      words.add(message.title());
    }
    for (Fact fact : message.facts()) {
      words.add(fact.name() + ": " + fact.value().plain());
    }
    for (Section section : message.sections()) {
      words.add((section.heading() + " " + section.body().plain()).strip());
    }
    message.form().ifPresent(form -> words.add(form.title()));
    return String.join("\n", words);
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int end = text.lastIndexOf(' ', LONGEST_TEXT - 2);
    return text.substring(0, end < 0 ? LONGEST_TEXT - 2 : end) + " …";
  }
}

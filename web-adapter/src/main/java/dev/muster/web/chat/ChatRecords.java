// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.Memory.Entry;
import dev.muster.chat.spi.Memory.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys and records of the built-in chat. Any thread may call.
 *
 * <pre>
 * c/ID            channel            n/NAME            its identity, old names included
 * m/CHANNEL/ID    message            r/CHANNEL/BACK    its identity, newest first
 * w/ID            its channel        t/TOKEN           where a button or form stands: CHANNEL/ID
 * o/KEY           what an order of the bot made        p/NAME   a person
 * f/FILE          the message that shows it
 * i/USER/KEY      what a repeatable request made       d/ID     delivery key, if not the identity
 * </pre>
 */
final class ChatRecords {

  private static final int PAGE = 500;

  private final Memory memory;
  private final Json json;

  ChatRecords(Memory memory, Json json) {
    this.memory = memory;
    this.json = json;
  }

  /** How a conditional write ended. */
  enum Stored {
    /** It is durable. */
    WRITTEN,
    /** One of the keys was there already; nothing was written. */
    TAKEN,
    /** The store failed; it may be written or not. */
    UNKNOWN
  }

  /** Writes everything, unless one of the keys exists; a failing store is an outcome here. */
  Stored write(List<String> onlyIfAbsent, List<Write> writes) {
    try {
      return memory.putIfAbsent(onlyIfAbsent, writes) ? Stored.WRITTEN : Stored.TAKEN;
    } catch (RuntimeException e) {
      return Stored.UNKNOWN;
    }
  }

  Optional<WireChannel> channel(String id) {
    return memory.get("c/" + id).map(text -> json.read(text, WireChannel.class));
  }

  /** Returns the channel that has, or once had, that name. */
  Optional<WireChannel> channelNamed(String name) {
    return memory.get("n/" + name).flatMap(this::channel);
  }

  List<WireChannel> channels() {
    return all("c/").stream().map(e -> json.read(e.value(), WireChannel.class)).toList();
  }

  List<String> people() {
    return all("p/").stream().map(e -> e.key().substring(2)).toList();
  }

  private List<Entry> all(String prefix) {
    List<Entry> all = new ArrayList<>();
    String after = "";
    List<Entry> page;
    do {
      page = memory.scan(prefix, after, PAGE);
      all.addAll(page);
      after = page.isEmpty() ? after : page.get(page.size() - 1).key();
    } while (page.size() == PAGE);
    return all;
  }

  Write write(WireChannel channel) {
    return Write.of("c/" + channel.id(), json.write(channel));
  }

  /** Returns the write that gives a channel its name. */
  Write naming(WireChannel channel) {
    return Write.of(nameKey(channel.name()), channel.id());
  }

  static String nameKey(String name) {
    return "n/" + name;
  }

  static Write person(String name) {
    return Write.of("p/" + name, "{}");
  }

  boolean isPerson(String name) {
    return memory.get("p/" + name).isPresent();
  }

  /** Returns what stores a message that is new. */
  List<Write> writesOfNew(WireMessage message) {
    List<Write> writes = new ArrayList<>(writesOfChanged(message));
    writes.add(Write.of("w/" + message.id(), message.channel()));
    writes.add(
        Write.of(
            "r/" + message.channel() + "/" + MessageIds.backwards(message.id()), message.id()));
    message.files().forEach(file -> writes.add(Write.of("f/" + file.id(), message.id())));
    return writes;
  }

  /** Returns what stores a message that has changed, the places of its tokens included. */
  List<Write> writesOfChanged(WireMessage message) {
    List<Write> writes = new ArrayList<>();
    writes.add(Write.of("m/" + message.channel() + "/" + message.id(), json.write(message)));
    if (message.card() != null) {
      String place = message.channel() + "/" + message.id();
      message.card().buttons().forEach(b -> writes.add(Write.of("t/" + b.token(), place)));
      if (message.card().form() != null) {
        writes.add(Write.of("t/" + message.card().form().token(), place));
      }
    }
    return writes;
  }

  Optional<WireMessage> message(String id) {
    return MessageIds.isId(id)
        ? memory.get("w/" + id).flatMap(channel -> message(channel, id))
        : Optional.empty();
  }

  Optional<WireMessage> message(String channel, String id) {
    return memory.get("m/" + channel + "/" + id).map(text -> json.read(text, WireMessage.class));
  }

  /**
   * Returns up to {@code limit} messages after {@code after}, oldest first; empty: from the start.
   */
  List<WireMessage> after(String channel, String after, int limit) {
    String prefix = "m/" + channel + "/";
    return memory.scan(prefix, after.isEmpty() ? "" : prefix + after, limit).stream()
        .map(e -> json.read(e.value(), WireMessage.class))
        .toList();
  }

  /**
   * Returns up to {@code limit} messages before {@code before}, newest first; empty: the newest.
   */
  List<WireMessage> before(String channel, String before, int limit) {
    String prefix = "r/" + channel + "/";
    String from = before.isEmpty() ? "" : prefix + MessageIds.backwards(before);
    return memory.scan(prefix, from, limit).stream()
        .flatMap(e -> message(channel, e.value()).stream())
        .toList();
  }

  /** Returns the message that carries a button or form. */
  Optional<WireMessage> carrying(String token) {
    return memory
        .get("t/" + token)
        .map(place -> place.split("/", 2))
        .flatMap(place -> message(place[0], place[1]));
  }

  /** Returns the message that shows a file. */
  Optional<WireMessage> showing(String file) {
    return memory.get("f/" + file).flatMap(this::message);
  }

  Optional<String> order(String key) {
    return memory.get(orderKey(key));
  }

  static String orderKey(String key) {
    return "o/" + key;
  }

  Optional<String> answered(Repeatable request) {
    return memory.get(request.recordKey());
  }

  Optional<String> deliveryKey(String messageId) {
    return memory.get("d/" + messageId);
  }
}

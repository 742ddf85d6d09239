// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.spi.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * What the adapter remembers between calls: how to reach a conversation, which team it belongs to,
 * and the two ids of a person. A service address is checked before it is kept and checked again
 * when it is used, so that a row somebody tampered with sends nothing elsewhere. Thread-safe.
 */
public final class Places {

  /** Remembered rows that need not be written again; cleared when full. */
  private static final int MOST_KNOWN = 20_000;

  private static final String CONVERSATION = "conversation/";
  private static final String PROMISE = "promised-channel/";
  private static final String LOST = "lost-team/";
  private static final String REPEAT = "repeat/";
  private static final String TRIES = "tries/";

  /** More incidents are not open at once; their channels are asked for by hand. */
  private static final int MOST_OPENED = 200;

  private static final int PAGE = 500;

  /** Where Teams can always be reached before the first activity has named an address. */
  private static final String GLOBAL = "https://smba.trafficmanager.net/teams/";

  private final Memory memory;
  private final HostGuard hosts;
  private final Map<String, String> written = new ConcurrentHashMap<>();

  /** Creates the records over the adapter's memory; reads nothing. */
  public Places(Memory memory, HostGuard hosts) {
    this.memory = memory;
    this.hosts = hosts;
  }

  /** What kind of conversation it is, in Teams' own words. */
  public enum Kind {
    /** A channel of a team. */
    CHANNEL("channel"),
    /** A chat of several people. */
    GROUP_CHAT("groupChat"),
    /** A chat with one person. */
    PERSONAL("personal");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** Returns the kind of Teams' word; a channel when it is none of them. */
    public static Kind of(String word) {
      for (Kind kind : values()) {
        if (kind.word.equals(word)) {
          return kind;
        }
      }
      return CHANNEL;
    }

    /** Returns Teams' word. */
    public String word() {
      return word;
    }
  }

  /**
   * A conversation.
   *
   * @param id without the thread
   * @param kind what it is
   * @param name its name; may be empty
   * @param team the id of the team's general channel; may be empty
   * @param group the Entra group of the team; may be empty
   * @param openedAt when we opened it; the epoch for those we did not
   */
  public record Conversation(
      String id, Kind kind, String name, String team, String group, Instant openedAt) {

    /** Returns another channel of the same team, which we did not open as far as this one knows. */
    public Conversation as(String other, String itsName) {
      return new Conversation(other, Kind.CHANNEL, itsName, team, group, Instant.EPOCH);
    }
  }

  /** Returns the record that remembers a conversation, unless it is remembered just so. */
  public List<Memory.Write> remember(Conversation place) {
    ObjectNode row =
        Json.object()
            .put("kind", place.kind().word())
            .put("name", place.name())
            .put("team", place.team())
            .put("group", place.group())
            .put("openedAt", place.openedAt().toEpochMilli());
    return changed(CONVERSATION + place.id(), row.toString());
  }

  /** Returns the conversation, if it is known. */
  public Optional<Conversation> conversation(String id) {
    return memory.get(CONVERSATION + id).map(row -> conversation(id, row));
  }

  /**
   * Returns the channels that we opened in a team, at most {@value #MOST_OPENED}, the newest.
   *
   * @param team the id of the team's general channel; may be empty
   * @param group the Entra group of the team; may be empty
   */
  public List<Conversation> openedIn(String team, String group) {
    return opened(
        place ->
            place.kind() == Kind.CHANNEL
                && place.openedAt().isAfter(Instant.EPOCH)
                && (isThat(place.team(), team) || isThat(place.group(), group)));
  }

  private static boolean isThat(String one, String other) {
    return !one.isEmpty() && one.equals(other);
  }

  private List<Conversation> opened(Predicate<Conversation> wanted) {
    List<Conversation> opened = new ArrayList<>();
    String after = "";
    List<Memory.Entry> page;
    do {
      page = memory.scan(CONVERSATION, after, PAGE);
      for (Memory.Entry row : page) {
        after = row.key();
        Conversation place = conversation(row.key().substring(CONVERSATION.length()), row.value());
        if (wanted.test(place)) {
          opened.add(place);
        }
      }
    } while (page.size() == PAGE);
    opened.sort(Comparator.comparing(Conversation::openedAt).reversed());
    return opened.size() > MOST_OPENED ? List.copyOf(opened.subList(0, MOST_OPENED)) : opened;
  }

  private static Conversation conversation(String id, String row) {
    JsonNode node = parse(row);
    return new Conversation(
        id,
        Kind.of(node.path("kind").asText("")),
        node.path("name").asText(""),
        node.path("team").asText(""),
        node.path("group").asText(""),
        Instant.ofEpochMilli(node.path("openedAt").asLong(0)));
  }

  private static JsonNode parse(String row) {
    try {
      return Json.read(row.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Json.object();
    }
  }

  /** Returns the record of where a conversation is reached; nothing when the host is foreign. */
  public List<Memory.Write> rememberAddress(String conversation, String serviceUrl) {
    if (!hosts.allows(serviceUrl)) {
      return List.of();
    }
    List<Memory.Write> writes = new ArrayList<>(changed("address/" + conversation, serviceUrl));
    writes.addAll(changed("address", serviceUrl));
    return writes;
  }

  /**
   * Returns the checked address of a conversation, else the one heard last, else the global one.
   */
  public Optional<String> address(String conversation) {
    return memory
        .get("address/" + conversation)
        .filter(hosts::allows)
        .or(() -> memory.get("address").filter(hosts::allows))
        .or(() -> Optional.of(GLOBAL).filter(hosts::allows));
  }

  /** Returns whether Teams has ever called and so named an address. */
  boolean hasHeard() {
    return memory.get("address").isPresent();
  }

  /** Returns the record of which Entra group a team is. */
  public List<Memory.Write> rememberTeam(String team, String group) {
    return changed("team/" + team, group);
  }

  /** Returns the Entra group of a team. */
  public Optional<String> group(String team) {
    return memory.get("team/" + team);
  }

  /** Returns the record that a home team is lost, or there again. */
  public List<Memory.Write> rememberLost(String group, boolean lost) {
    return changed(LOST + group, lost ? "lost" : "");
  }

  /** Returns whether operators were told that a home team is lost. */
  public boolean isLost(String group) {
    return memory.get(LOST + group).filter(said -> !said.isEmpty()).isPresent();
  }

  /** Keeps what different people are shown of a message, or forgets it. */
  public void keepView(String message, Optional<JsonNode> view) {
    String key = "view/" + message;
    Optional<String> now = view.map(JsonNode::toString);
    if (!memory.get(key).equals(now)) {
      memory.put(List.of(new Memory.Write(key, now)));
    }
  }

  /** Returns what different people are shown of a message, if they are. */
  public Optional<JsonNode> view(String message) {
    return memory.get("view/" + message).map(Places::parse);
  }

  /** Remembers that a message may be there twice and says so. */
  public void keepRepeat(String message) {
    memory.put(List.of(Memory.Write.of(REPEAT + message, "repeat")));
  }

  /** Returns whether a message may be there twice and says so. */
  public boolean isRepeat(String message) {
    return memory.get(REPEAT + message).isPresent();
  }

  /**
   * Counts one more try to post what has no order of its own, before it is made.
   *
   * @return how often it was tried with this one, from 1
   */
  public synchronized int countTry(String post) {
    int tries = memory.get(TRIES + post).map(Integer::parseInt).orElse(0) + 1;
    memory.put(List.of(Memory.Write.of(TRIES + post, String.valueOf(tries))));
    return tries;
  }

  /** Keeps the promise of the channel of an order, or forgets it. */
  void keepPromise(String order, Optional<PromisedChannels.Promise> promise) {
    Optional<String> row = promise.map(PromisedChannels.Promise::row);
    memory.put(List.of(new Memory.Write(PROMISE + order, row)));
  }

  /** Returns the promise of the channel of an order, if there is one. */
  Optional<PromisedChannels.Promise> promise(String order) {
    return memory.get(PROMISE + order).map(PromisedChannels.Promise::of);
  }

  /** Returns the records of a person's two ids. */
  public List<Memory.Write> rememberPerson(String person, String botUser) {
    List<Memory.Write> writes = new ArrayList<>(changed("person/" + person, botUser));
    writes.addAll(changed("bot-user/" + botUser, person));
    return writes;
  }

  /** Returns the id by which this bot addresses a person. */
  public Optional<String> botUser(String person) {
    return memory.get("person/" + person);
  }

  /** Returns the person whom this bot addresses by that id. */
  public Optional<String> person(String botUser) {
    return memory.get("bot-user/" + botUser);
  }

  /** Returns the one-to-one chat with a person. */
  public Optional<String> direct(String person) {
    return memory.get("direct/" + person).filter(chat -> !chat.isEmpty());
  }

  /** Returns the record of the one-to-one chat with a person. */
  public List<Memory.Write> rememberDirect(String person, String conversation) {
    return changed("direct/" + person, conversation);
  }

  /** Forgets a one-to-one chat that is not there any more, so that it is opened anew. */
  public void forgetDirect(String person) {
    keep(changed("direct/" + person, ""));
  }

  /** Writes records that belong to no delivery. */
  public void keep(List<Memory.Write> writes) {
    if (!writes.isEmpty()) {
      memory.put(writes);
    }
  }

  private List<Memory.Write> changed(String key, String value) {
    if (value.equals(written.get(key))) {
      return List.of();
    }
    if (memory.get(key).filter(value::equals).isPresent()) {
      if (written.size() >= MOST_KNOWN) {
        written.clear();
      }
      written.put(key, value);
      return List.of();
    }
    written.remove(key);
    return List.of(Memory.Write.of(key, value));
  }
}

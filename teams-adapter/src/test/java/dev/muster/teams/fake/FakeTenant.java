// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One tenant with one team, its people, channels and chats. All methods hold one lock. */
public final class FakeTenant {

  /** The tenant's id. */
  public static final String TENANT = "11111111-1111-4111-8111-111111111111";

  /** The app's id. */
  public static final String APP = "22222222-2222-4222-8222-222222222222";

  /** The team's Entra group. */
  public static final String GROUP = "44444444-4444-4444-8444-444444444444";

  /** The Entra group of a second team. */
  public static final String NEXT_GROUP = "66666666-6666-4666-8666-666666666666";

  /** An Entra group that is no team; everybody is in it. */
  public static final String EVERYBODY = "77777777-7777-4777-8777-777777777777";

  /** The team's id, which is that of its general channel. */
  public static final String TEAM = "19:general@thread.tacv2";

  /** The app's id in the tenant's catalog. */
  public static final String CATALOG_APP = "55555555-5555-4555-8555-555555555555";

  private final InstantSource clock;
  private final Map<String, FakePerson> people = new LinkedHashMap<>();
  private final Map<String, FakeConversation> conversations = new LinkedHashMap<>();
  private long lastMessage;
  private final List<FakeConversation> removed = new ArrayList<>();
  private int made;
  private final Map<String, Instant> madeAt = new HashMap<>();
  private Duration readyAfter = Duration.ZERO;
  private final Map<String, Instant> shownAt = new HashMap<>();
  private Duration shownAfter = Duration.ZERO;
  private Duration readableAfter = Duration.ZERO;
  private int most = 1_000;
  private boolean targets = true;
  private boolean allowed = true;

  FakeTenant(InstantSource clock) {
    this.clock = clock;
    conversations.put(TEAM, new FakeConversation(TEAM, "channel", "General", "", true));
  }

  /** Returns the person of that name, a member of the team, made on first use. */
  public synchronized FakePerson person(String name) {
    return people.computeIfAbsent(name, FakePerson::named);
  }

  /** Returns the Entra object id of the person of that name, made or not. */
  public static String idOf(String name) {
    return FakePerson.named(name).aad();
  }

  /** Returns everybody. */
  public synchronized Collection<FakePerson> people() {
    return List.copyOf(people.values());
  }

  /** Returns the person with either id; Teams takes both. */
  public synchronized Optional<FakePerson> byId(String id) {
    return people.values().stream()
        .filter(p -> p.aad().equals(id) || p.botUser().equals(id))
        .findFirst();
  }

  /** Returns all conversations. */
  public synchronized Collection<FakeConversation> conversations() {
    return List.copyOf(conversations.values());
  }

  /** Returns the conversation with that id. */
  public synchronized Optional<FakeConversation> conversation(String id) {
    return Optional.ofNullable(conversations.get(id));
  }

  /** Makes a standard channel; everybody of the team and its bots are in it at once. */
  public synchronized FakeConversation channel(String name, String description) {
    return add("19:" + (++made) + "made@thread.tacv2", "channel", name, description, true);
  }

  /** Makes a standard channel in one of the teams. */
  synchronized FakeConversation channel(String group, String name, String description) {
    String id = "19:" + (++made) + "made@thread.tacv2";
    FakeConversation channel = new FakeConversation(id, "channel", name, description, true, group);
    conversations.put(id, channel);
    madeAt.put(id, clock.instant());
    shownAt.put(id, clock.instant().plus(shownAfter));
    return channel;
  }

  /** Lets the connector know channels only that long after Graph has made them. */
  public synchronized void readyAfter(Duration time) {
    readyAfter = time;
  }

  /** "First post immediately after creation: expect 404/403 for some seconds." */
  synchronized boolean isReady(FakeConversation channel) {
    Instant made = madeAt.getOrDefault(channel.id(), Instant.EPOCH);
    return !clock.instant().isBefore(made.plus(readyAfter));
  }

  /** Lets Graph accept the channels asked for from now on, and list them only that much later. */
  public synchronized void shownAfter(Duration time) {
    shownAfter = time;
  }

  /** "Asynchronous (202 + operation to poll): handle 201 and 202." */
  synchronized boolean isShown(FakeConversation channel) {
    return !clock.instant().isBefore(shownAt.getOrDefault(channel.id(), Instant.EPOCH));
  }

  /** Lets Graph know single messages only that long after they were said. */
  public synchronized void readableAfter(Duration time) {
    readableAfter = time;
  }

  synchronized boolean isReadable(FakeMessage message) {
    return !clock.instant().isBefore(message.createdAt().plus(readableAfter));
  }

  /** Lets the first team hold that many channels at most, deleted ones counted. */
  public synchronized void holdsAtMost(int channels) {
    most = channels;
  }

  /** "1,000 channels per team including deleted ones for 30 days." */
  synchronized boolean isFull(String group) {
    return group.equals(GROUP) && channelsEver(group).count() >= most;
  }

  /** "Name unique per team incl. deleted ones for 30 days." */
  synchronized boolean isTaken(String group, String name) {
    return channelsEver(group).anyMatch(c -> c.name().equalsIgnoreCase(name));
  }

  private Stream<FakeConversation> channelsEver(String group) {
    return Stream.concat(conversations.values().stream(), removed.stream())
        .filter(c -> c.kind().equals("channel") && c.group().equals(group));
  }

  /** Lets the tenant know messages for one person alone, or no longer. */
  public synchronized void targets(boolean now) {
    targets = now;
  }

  synchronized boolean targets() {
    return targets;
  }

  /** Lets an administrator allow the app, or block it. */
  public synchronized void allow(boolean now) {
    allowed = now;
  }

  synchronized boolean allows() {
    return allowed;
  }

  /** Makes a chat of these people with the app in it. */
  public synchronized FakeConversation chat(String topic, FakePerson... people) {
    FakeConversation chat = chat(topic);
    chat.addBot();
    chat.members().addAll(List.of(people));
    return chat;
  }

  synchronized FakeConversation chat(String topic) {
    return add("19:" + (++made) + "chat@thread.v2", "groupChat", topic, "", false);
  }

  /** Returns the chat of the bot with one person, the same one each time. */
  public synchronized FakeConversation direct(FakePerson who) {
    String id = "a:" + who.aad();
    FakeConversation known = conversations.get(id);
    if (known != null) {
      return known;
    }
    FakeConversation chat = add(id, "personal", "", "", true);
    chat.members().add(who);
    return chat;
  }

  private FakeConversation add(
      String id, String kind, String name, String description, boolean botIn) {
    FakeConversation made1 = new FakeConversation(id, kind, name, description, botIn);
    conversations.put(id, made1);
    return made1;
  }

  /** Stores a message; ids in Teams are epoch milliseconds and unique in their conversation. */
  public synchronized FakeMessage say(
      FakeConversation where,
      Optional<String> root,
      Optional<FakePerson> author,
      Optional<FakePerson> onlyFor,
      JsonNode activity) {
    Instant now = clock.instant();
    lastMessage = Math.max(lastMessage + 1, now.toEpochMilli());
    FakeMessage message =
        new FakeMessage(String.valueOf(lastMessage), root, author, onlyFor, now, activity);
    where.messages().add(message);
    return message;
  }

  /** Lets its author change a message. */
  public synchronized void edit(FakeMessage message, JsonNode now) {
    message.change(now, clock.instant());
  }

  /** Lets its author delete a message. */
  public synchronized void delete(FakeMessage message) {
    message.delete(clock.instant());
  }

  /** Lets somebody delete a channel or chat. */
  public synchronized void remove(FakeConversation where) {
    conversations.remove(where.id());
    removed.add(where);
  }

  /** Lets somebody restore what was deleted. */
  public synchronized void restore(FakeConversation where) {
    conversations.put(where.id(), where);
    removed.remove(where);
  }

  /** Lets a person react; an empty type takes the reaction back. */
  public synchronized void react(FakeMessage message, FakePerson who, String type) {
    message.react(who, type, clock.instant());
  }

  /** Returns whether a person can see that a conversation exists. */
  public synchronized boolean sees(FakePerson who, FakeConversation where) {
    return where.kind().equals("channel") || where.members().contains(who);
  }

  Instant now() {
    return clock.instant();
  }
}

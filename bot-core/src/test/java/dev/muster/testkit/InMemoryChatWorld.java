// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.Addressing;
import dev.muster.chat.Answer;
import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Receipt;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.InMemoryRooms.Line;
import dev.muster.testkit.InMemoryRooms.Room;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The people around an {@link InMemoryChat}. What they do is delivered in the caller's thread. */
public final class InMemoryChatWorld implements ChatWorld {

  private static final Duration REPLY_LASTS = Duration.ofMinutes(30);
  private static final Duration OPENING_LASTS = Duration.ofSeconds(3);

  private final InMemoryRooms rooms;
  private final InMemoryChat chat;
  private final ChatInbox inbox;
  private final InstantSource clock;
  private final Telemetry telemetry = new Telemetry();
  private final Room meetingPlace;
  private Delivery last;
  private int status;

  /** Creates the platform of that name and its people; they deliver to {@code inbox}. */
  public InMemoryChatWorld(String name, ChatInbox inbox, InstantSource clock) {
    this.rooms = new InMemoryRooms(name);
    this.chat = new InMemoryChat(rooms, clock);
    this.inbox = inbox;
    this.clock = clock;
    this.meetingPlace = rooms.newRoom("general", false);
    this.meetingPlace.open = true;
  }

  /** Has people address the bot in another way. */
  void addressed(Addressing how) {
    rooms.addressing = how;
  }

  @Override
  public ChatPlatform platform() {
    return chat;
  }

  @Override
  public Telemetry telemetry() {
    return telemetry;
  }

  @Override
  public Set<ContractArea> notYet() {
    return Set.of();
  }

  @Override
  public OpenedChannel meetingPlace() {
    return new OpenedChannel(meetingPlace.ref, meetingPlace.name, "http://localhost/chat");
  }

  @Override
  public Person person(String name) {
    Person person = new Person(new UserRef(rooms.platform, "U" + name), name);
    rooms.alone(() -> rooms.people.putIfAbsent(person.ref().id(), Profile.member(person)));
    return person;
  }

  @Override
  public UserRef nobody() {
    return new UserRef(rooms.platform, "U0nobody");
  }

  @Override
  public String mentionOf(Person who) {
    return "@" + who.name();
  }

  @Override
  public MessageRef types(Person who, ChannelRef where, Optional<String> thread, String text) {
    MessageRef ref = new MessageRef(where, rooms.nextId("M"));
    Line line = new Line(ref, Optional.of(who), thread, Optional.empty(), BotMessage.line(text));
    Room room = rooms.rooms.get(where.id());
    ChatEvent event =
        new ChatEvent.MessagePosted(
            clock.instant(),
            Profile.member(who),
            new Place(where, room.name, thread),
            ref,
            neutral(text),
            Optional.of("http://localhost/chat/" + where.id() + "/" + ref.id()),
            List.of());
    Delivery delivery = Delivery.of(ref.id(), event);
    line.heardAs = Optional.of(delivery);
    rooms.alone(() -> room.lines.add(line));
    push(delivery);
    return ref;
  }

  private String neutral(String text) {
    String out = text;
    for (Profile profile : List.copyOf(rooms.people.values())) {
      out = out.replace(mentionOf(profile.person()), "<@" + profile.person().ref() + ">");
    }
    return out;
  }

  @Override
  public void commands(Person who, ChannelRef where, String text) {
    command(who, where, Optional.empty(), text);
  }

  @Override
  public void commandsInThread(Person who, ChannelRef where, String root, String text) {
    command(who, where, Optional.of(root), text);
  }

  private void command(Person who, ChannelRef where, Optional<String> thread, String text) {
    String handle = rooms.nextId("T");
    rooms.alone(() -> rooms.openings.add(handle));
    push(
        Delivery.of(
            handle,
            new ChatEvent.CommandInvoked(
                clock.instant(),
                Profile.member(who),
                new Place(where, rooms.rooms.get(where.id()).name, thread),
                text,
                Optional.empty(),
                replyTo(who, where, handle),
                Optional.of(opening(handle)))));
  }

  private ReplyTo replyTo(Person who, ChannelRef where, String asked) {
    return new ReplyTo(
        who.ref(),
        where,
        Optional.of(asked),
        clock.instant().plus(REPLY_LASTS),
        Optional.of(asked));
  }

  private FormOpening opening(String handle) {
    return new FormOpening(handle, clock.instant().plus(OPENING_LASTS));
  }

  @Override
  public void edits(Person who, MessageRef message, String text) {
    rooms.line(message).ifPresent(l -> l.message = BotMessage.line(text));
    push(
        Delivery.of(
            rooms.nextId("E"),
            new ChatEvent.MessageEdited(
                clock.instant(), Profile.member(who), message, neutral(text))));
  }

  @Override
  public void deletes(Person who, MessageRef message) {
    rooms.line(message).ifPresent(l -> l.deleted = true);
    push(
        Delivery.of(
            rooms.nextId("E"),
            new ChatEvent.MessageDeleted(
                clock.instant(), Optional.of(Profile.member(who)), message)));
  }

  @Override
  public void reacts(Person who, MessageRef message, String name) {
    rooms.line(message).ifPresent(l -> l.reactions.add(name));
    push(
        Delivery.of(
            rooms.nextId("E"),
            new ChatEvent.ReactionAdded(clock.instant(), Profile.member(who), message, name)));
  }

  @Override
  public void takesBack(Person who, MessageRef message, String name) {
    rooms.line(message).ifPresent(l -> l.reactions.remove(name));
    push(
        Delivery.of(
            rooms.nextId("E"),
            new ChatEvent.ReactionRemoved(clock.instant(), Profile.member(who), message, name)));
  }

  @Override
  public void presses(Person who, MessageRef message, String token) {
    String handle = rooms.nextId("T");
    rooms.alone(() -> rooms.openings.add(handle));
    ChannelRef where = message.channel();
    push(
        Delivery.of(
            handle,
            new ChatEvent.ButtonPressed(
                clock.instant(),
                Profile.member(who),
                Place.of(where, rooms.rooms.get(where.id()).name),
                Optional.of(message),
                token,
                replyTo(who, where, handle),
                Optional.of(opening(handle)))));
  }

  @Override
  public Map<String, String> submits(Person who, String token, Map<String, String> values) {
    ReplyTo reply = replyTo(who, meetingPlace.ref, token);
    ChatEvent event =
        new ChatEvent.FormSubmitted(clock.instant(), Profile.member(who), token, values, reply);
    Receipt receipt = push(Delivery.of(rooms.nextId("F"), event));
    Answer answer =
        receipt instanceof Receipt.Stored stored ? awaited(stored) : new Answer.Accepted();
    if (answer instanceof Answer.FieldErrors errors) {
      return errors.fields();
    }
    rooms.alone(() -> rooms.forms.getOrDefault(who.ref().id(), Map.of()).remove(token));
    return Map.of();
  }

  /** The engine answers in its own time; only an inbox without one leaves an answer open. */
  private Answer awaited(Receipt.Stored stored) {
    try {
      return stored.answer().get(inbox instanceof RecordingInbox ? 2 : 60, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return new Answer.Accepted();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void repeatsLastPush() {
    push(last);
  }

  private Receipt push(Delivery delivery) {
    last = delivery;
    Receipt receipt = inbox.accept(delivery);
    status = receipt instanceof Receipt.Stored ? 200 : 503;
    return receipt;
  }

  @Override
  public int pushStatus() {
    return status;
  }

  @Override
  public int forges() {
    telemetry.count("muster_chat_refused_total", "platform", rooms.platform, "reason", "signature");
    return 401;
  }

  @Override
  public OptionalInt pushesAged(Duration age) {
    return OptionalInt.empty();
  }

  @Override
  public void settle() {
    // Everything is delivered in the caller's thread.
  }

  /** Lets somebody leave a channel without the platform telling of it. */
  public void leavesUnheard(Person who, ChannelRef channel) {
    rooms.alone(() -> rooms.rooms.get(channel.id()).members.remove(who.ref()));
  }

  @Override
  public Optional<ShownChannel> look(ChannelRef channel) {
    return rooms.alone(
        () ->
            Optional.ofNullable(rooms.rooms.get(channel.id()))
                .map(
                    r ->
                        new ShownChannel(
                            r.name,
                            r.topic,
                            r.isPrivate,
                            r.archived,
                            List.copyOf(r.members),
                            List.copyOf(r.bookmarks.values()))));
  }

  @Override
  public List<ShownMessage> messages(ChannelRef channel) {
    return rooms.alone(
        () ->
            rooms.rooms.get(channel.id()).lines.stream()
                .filter(l -> !l.deleted && l.visibleTo.isEmpty())
                .map(Line::shown)
                .toList());
  }

  /** Returns the newest file of that name that the bot posted anywhere. */
  public Optional<ChatPlatform.Attachment> file(String name) {
    return rooms.alone(
        () -> Optional.ofNullable((ChatPlatform.Attachment) rooms.ledger.get("file " + name)));
  }

  @Override
  public List<ShownMessage> toldTo(Person who) {
    return rooms.alone(
        () ->
            rooms.rooms.values().stream()
                .flatMap(r -> r.lines.stream())
                .filter(l -> l.visibleTo.equals(Optional.of(who.ref())))
                .map(Line::shown)
                .toList());
  }

  @Override
  public List<ShownForm> formsOpenFor(Person who) {
    return rooms.alone(
        () ->
            rooms.forms.getOrDefault(who.ref().id(), Map.of()).values().stream()
                .map(
                    f ->
                        new ShownForm(
                            f.token(), f.title(), f.fields().stream().map(x -> x.name()).toList()))
                .toList());
  }

  @Override
  public boolean sees(Person who, ChannelRef channel) {
    return rooms.alone(
        () -> {
          Room room = rooms.rooms.get(channel.id());
          return room != null && (!room.isPrivate || room.members.contains(who.ref()));
        });
  }

  @Override
  public boolean isLegalName(String name) {
    return name.matches("[a-z0-9-]{1,80}");
  }

  @Override
  public int longestText() {
    return InMemoryRooms.LONGEST_TEXT;
  }

  @Override
  public boolean canSuffer(Fault fault) {
    return true;
  }

  @Override
  public void arm(Fault fault) {
    rooms.alone(() -> rooms.armed = Optional.of(fault));
  }

  @Override
  public Duration rateLimit() {
    return InMemoryRooms.RATE_LIMIT;
  }

  @Override
  public List<String> secrets() {
    return List.of();
  }

  @Override
  public int calls() {
    return rooms.calls;
  }

  @Override
  public void close() {
    chat.close();
  }
}

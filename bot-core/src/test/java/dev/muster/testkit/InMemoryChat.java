// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.Addressing;
import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Capability;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Done;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.ChatOutcome.Refused;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Check;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Urgency;
import dev.muster.testkit.InMemoryRooms.Line;
import dev.muster.testkit.InMemoryRooms.Room;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** A whole chat platform in memory, under the contract of the real ones. Any thread may call. */
public final class InMemoryChat implements ChatPlatform {

  private static final int PAGE = 2;

  private final InMemoryRooms rooms;
  private final InstantSource clock;

  InMemoryChat(InMemoryRooms rooms, InstantSource clock) {
    this.rooms = rooms;
    this.clock = clock;
  }

  @Override
  public String name() {
    return rooms.platform;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.COMMANDS_IN_THREADS));
  }

  @Override
  public Addressing addressing() {
    return rooms.addressing;
  }

  @Override
  public Check check() {
    return rooms.alone(
        () -> {
          Optional<Fault> armed = rooms.armed;
          rooms.armed = Optional.empty();
          return armed.filter(Fault.CREDENTIALS_REFUSED::equals).isPresent()
              ? new Check(false, List.of("The token was refused. Give the bot a new one."))
              : new Check(true, List.of());
        });
  }

  @Override
  public void start() {
    // Everything is heard in the caller's thread; nothing needs to begin.
  }

  @Override
  public ChatOutcome<OpenedChannel> openChannel(OnceKey key, ChannelSpec spec) {
    return once(
        key,
        () -> {
          Room room = rooms.newRoom(spec.wantedName(), spec.isPrivate());
          room.topic = spec.topic();
          return new Done<>(opened(room));
        });
  }

  @Override
  public ChatOutcome<OpenedChannel> findChannel(String name) {
    return rooms.alone(
        () ->
            rooms.rooms.values().stream()
                .filter(r -> r.name.equals(name))
                .findFirst()
                .<ChatOutcome<OpenedChannel>>map(r -> new Done<>(opened(r)))
                .orElseGet(() -> new Refused<>("there is no channel of that name")));
  }

  @Override
  public ChatOutcome<OpenedChannel> rename(ChannelRef channel, String wantedName) {
    return in(
        channel,
        room -> {
          room.name = room.name.equals(wantedName) ? wantedName : rooms.unusedName(wantedName);
          return new Done<>(opened(room));
        });
  }

  @Override
  public ChatOutcome<Nothing> setTopic(ChannelRef channel, String topic) {
    return in(
        channel,
        room -> {
          room.topic = topic;
          return ChatOutcome.done();
        });
  }

  @Override
  public ChatOutcome<List<NotInvited>> invite(ChannelRef channel, List<UserRef> people) {
    return in(
        channel,
        room -> {
          List<NotInvited> left = new ArrayList<>();
          for (UserRef user : people) {
            if (rooms.people.containsKey(user.id())) {
              room.members.add(user);
            } else {
              left.add(new NotInvited(user, "nobody has that id"));
            }
          }
          return new Done<>(List.copyOf(left));
        });
  }

  @Override
  public ChatOutcome<Nothing> join(ChannelRef channel) {
    return in(channel, room -> ChatOutcome.done());
  }

  @Override
  public ChatOutcome<List<Person>> members(ChannelRef channel) {
    return in(
        channel,
        room ->
            new Done<>(room.members.stream().map(u -> rooms.people.get(u.id()).person()).toList()));
  }

  @Override
  public ChatOutcome<Nothing> archive(ChannelRef channel) {
    return archived(channel, true);
  }

  @Override
  public ChatOutcome<Nothing> unarchive(ChannelRef channel) {
    return archived(channel, false);
  }

  private ChatOutcome<Nothing> archived(ChannelRef channel, boolean archived) {
    return in(
        channel,
        room -> {
          room.archived = archived;
          return ChatOutcome.done();
        });
  }

  @Override
  public ChatOutcome<MessageRef> post(
      OnceKey key, ChannelRef channel, Optional<String> thread, BotMessage message) {
    return once(key, () -> add(channel, thread, Optional.empty(), message));
  }

  private ChatOutcome<MessageRef> add(
      ChannelRef channel, Optional<String> thread, Optional<UserRef> only, BotMessage message) {
    Room room = rooms.rooms.get(channel.id());
    if (room == null || room.archived) {
      return gone();
    }
    MessageRef ref = new MessageRef(channel, rooms.nextId("M"));
    room.lines.add(new Line(ref, Optional.empty(), thread, only, message));
    return new Done<>(ref);
  }

  @Override
  public ChatOutcome<Nothing> edit(Urgency urgency, MessageRef message, BotMessage now) {
    return guarded(
        () ->
            there(message)
                .map(
                    l -> {
                      l.message = now;
                      return ChatOutcome.done();
                    })
                .orElseGet(
                    () -> new Refused<>("message_not_found", ChatOutcome.Cause.MESSAGE_GONE)));
  }

  private Optional<Line> there(MessageRef message) {
    return rooms.line(message).filter(line -> !line.deleted);
  }

  @Override
  public ChatOutcome<Nothing> delete(MessageRef message) {
    return guarded(
        () -> {
          rooms.line(message).ifPresent(l -> l.deleted = true);
          return ChatOutcome.done();
        });
  }

  @Override
  public ChatOutcome<Nothing> pin(MessageRef message) {
    return on(message, line -> line.pinned = true);
  }

  @Override
  public ChatOutcome<Nothing> bookmark(ChannelRef channel, String title, String url) {
    return in(channel, room -> room.bookmark(title, url));
  }

  @Override
  public ChatOutcome<Nothing> unbookmark(ChannelRef channel, String url) {
    return in(channel, room -> room.unbookmark(url));
  }

  @Override
  public ChatOutcome<Nothing> react(MessageRef message, String name) {
    return on(message, line -> line.reactions.add(name));
  }

  private ChatOutcome<Nothing> on(MessageRef message, Function<Line, Boolean> change) {
    return guarded(
        () ->
            there(message)
                .map(change)
                .map(changed -> ChatOutcome.done())
                .orElseGet(
                    () -> new Refused<>("message_not_found", ChatOutcome.Cause.MESSAGE_GONE)));
  }

  @Override
  public ChatOutcome<MessageRef> attach(OnceKey key, ChannelRef channel, Attachment file) {
    BotMessage message = BotMessage.line(file.comment() + " " + file.name());
    return once(
        key, () -> add(rooms.taking(file, channel), Optional.empty(), channel.alone(), message));
  }

  @Override
  public ChatOutcome<Nothing> tell(OnceKey key, ReplyTo to, BotMessage message) {
    Optional<UserRef> only = Optional.of(to.user());
    return once(
        key,
        () ->
            add(rooms.between(to.channel()), Optional.empty(), only, message)
                .map(m -> Nothing.NOTHING));
  }

  @Override
  public ChatOutcome<Nothing> openForm(FormOpening opening, UserRef user, Form form) {
    return guarded(
        () -> {
          if (!clock.instant().isBefore(opening.expiresAt())
              || !rooms.openings.remove(opening.handle())) {
            return new Refused<>("expired_trigger_id");
          }
          rooms
              .forms
              .computeIfAbsent(user.id(), u -> new LinkedHashMap<>())
              .put(form.token(), form);
          return ChatOutcome.done();
        });
  }

  @Override
  public ChatOutcome<Nothing> updateForm(UserRef user, Form form) {
    return guarded(
        () -> {
          Map<String, Form> open = rooms.forms.getOrDefault(user.id(), Map.of());
          if (!open.containsKey(form.token())) {
            return new Refused<>("no form is open under that token");
          }
          open.put(form.token(), form);
          return ChatOutcome.done();
        });
  }

  @Override
  public ChatOutcome<Nothing> showHome(UserRef user, BotMessage home) {
    return guarded(
        () -> {
          rooms.ledger.put("home " + user.id(), home);
          return ChatOutcome.done();
        });
  }

  @Override
  public ChatOutcome<Nothing> unfurl(MessageRef message, String url, BotMessage card) {
    return on(message, line -> rooms.ledger.put("unfurl " + url, card) == null);
  }

  @Override
  public ChatOutcome<Profile> findPerson(String idOrEmail) {
    return rooms.alone(
        () -> {
          Profile found = rooms.people.get(idOrEmail);
          return found == null ? new Refused<>("users_not_found") : new Done<>(found);
        });
  }

  @Override
  public ChatOutcome<List<Person>> findGroup(String idOrHandle) {
    return new Refused<>("there are no groups here");
  }

  @Override
  public ChatOutcome<HistoryPage> readHistory(
      ChannelRef channel, Instant since, Optional<String> page) {
    return in(
        channel,
        room -> {
          List<Delivery> all =
              room.lines.stream()
                  .flatMap(l -> l.heardAs.stream())
                  .filter(d -> !d.event().at().isBefore(since))
                  .toList();
          int from = page.map(Integer::parseInt).orElse(0);
          int to = Math.min(from + PAGE, all.size());
          Optional<String> next = to < all.size() ? Optional.of("" + to) : Optional.empty();
          return new Done<>(new HistoryPage(all.subList(from, to), next));
        });
  }

  @Override
  public ChatOutcome<Delivery> readMessage(MessageRef message) {
    Optional<Delivery> heard = rooms.alone(() -> rooms.heard(message));
    return heard.isPresent() ? new Done<>(heard.get()) : new Refused<>("message_not_found");
  }

  @Override
  public ChatOutcome<String> permalink(MessageRef message) {
    return new Done<>("http://localhost/chat/" + message.channel().id() + "/" + message.id());
  }

  @Override
  public void close() {
    // No thread and no socket was begun.
  }

  private OpenedChannel opened(Room room) {
    return new OpenedChannel(room.ref, room.name, "http://localhost/chat/" + room.ref.id());
  }

  private static <T> ChatOutcome<T> gone() {
    return new Refused<>("channel_not_found", ChatOutcome.Cause.CHANNEL_GONE);
  }

  private <T> ChatOutcome<T> in(ChannelRef channel, Function<Room, ChatOutcome<T>> work) {
    return guarded(
        () -> {
          Room room = rooms.rooms.get(channel.id());
          return room == null ? gone() : work.apply(room);
        });
  }

  private <T> ChatOutcome<T> once(OnceKey key, Supplier<ChatOutcome<T>> order) {
    return guarded(
        () -> {
          @SuppressWarnings("unchecked") // a key belongs to one order of one kind
          ChatOutcome<T> before = (ChatOutcome<T>) rooms.ledger.get(key.value());
          if (before != null) {
            return before;
          }
          ChatOutcome<T> made = order.get();
          if (made instanceof Done<T>) {
            rooms.ledger.put(key.value(), made);
          }
          return made;
        });
  }

  private <T> ChatOutcome<T> guarded(Supplier<ChatOutcome<T>> call) {
    return rooms.alone(
        () -> {
          rooms.calls++;
          Optional<Fault> fault = rooms.armed;
          rooms.armed = Optional.empty();
          return fault.isEmpty() ? call.get() : InMemoryRooms.suffered(fault.get(), call);
        });
  }
}

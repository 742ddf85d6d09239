// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

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
import dev.muster.chat.spi.ChatOutcome.Unknown;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Check;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Urgency;
import dev.muster.web.chat.BotMessages.Saying;
import dev.muster.web.chat.WireMessage.WireFile;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The built-in chat, seen from the bot. Everything lies in the program's own store, so a keyed
 * order and what it makes are written in one transaction and nothing can double.
 */
final class WebChatPlatform implements ChatPlatform {

  private static final int HISTORY_PAGE = 200;
  private static final Set<Capability> LACKS = EnumSet.of(Capability.HOME);

  private static final String NO_CHANNEL = "there is no such channel";

  /** Where people are told what belongs in no channel they are in; everybody is in it. */
  private static final String LOBBY = "general";

  private final WebChat parts;

  WebChatPlatform(WebChat parts) {
    this.parts = parts;
  }

  @Override
  public String name() {
    return Mentions.PLATFORM;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.copyOf(LACKS));
  }

  @Override
  public Check check() {
    return new Check(true, List.of());
  }

  @Override
  public void start() {
    parts.start();
  }

  @Override
  public ChatOutcome<OpenedChannel> openChannel(OnceKey key, ChannelSpec spec) {
    return parts.channels().open(key, spec);
  }

  @Override
  public ChatOutcome<OpenedChannel> findChannel(String name) {
    return parts.channels().named(name);
  }

  @Override
  public ChatOutcome<OpenedChannel> rename(ChannelRef channel, String wantedName) {
    return parts.channels().rename(channel, wantedName);
  }

  @Override
  public ChatOutcome<Nothing> setTopic(ChannelRef channel, String topic) {
    return parts.channels().topic(channel, topic);
  }

  @Override
  public ChatOutcome<List<NotInvited>> invite(ChannelRef channel, List<UserRef> people) {
    return parts.channels().invite(channel, people);
  }

  @Override
  public ChatOutcome<Nothing> join(ChannelRef channel) {
    return parts
        .records()
        .channel(channel.id())
        .map(found -> ChatOutcome.done())
        .orElseGet(() -> new Refused<>(NO_CHANNEL, ChatOutcome.Cause.CHANNEL_GONE));
  }

  @Override
  public ChatOutcome<List<Person>> members(ChannelRef channel) {
    return parts.channels().members(channel);
  }

  @Override
  public ChatOutcome<Nothing> archive(ChannelRef channel) {
    return parts.channels().archived(channel, true);
  }

  @Override
  public ChatOutcome<Nothing> unarchive(ChannelRef channel) {
    return parts.channels().archived(channel, false);
  }

  @Override
  public ChatOutcome<MessageRef> post(
      OnceKey key, ChannelRef channel, Optional<String> thread, BotMessage message) {
    return parts
        .records()
        .channel(channel.id())
        .map(found -> parts.bot().say(Saying.toAll(key.value(), found, message).in(thread)))
        .orElseGet(() -> new Refused<>(NO_CHANNEL, ChatOutcome.Cause.CHANNEL_GONE));
  }

  @Override
  public void rehearse(BotMessage message) {
    parts.bot().rehearse(message);
  }

  @Override
  public ChatOutcome<Nothing> edit(Urgency urgency, MessageRef message, BotMessage now) {
    return parts.bot().edit(message, now);
  }

  @Override
  public ChatOutcome<Nothing> delete(MessageRef message) {
    return parts.bot().delete(message);
  }

  @Override
  public ChatOutcome<Nothing> pin(MessageRef message) {
    return parts.bot().pin(message);
  }

  @Override
  public ChatOutcome<Nothing> bookmark(ChannelRef channel, String title, String url) {
    return parts.channels().bookmark(channel, title, url);
  }

  @Override
  public ChatOutcome<Nothing> unbookmark(ChannelRef channel, String url) {
    return parts.channels().unbookmark(channel, url);
  }

  @Override
  public ChatOutcome<Nothing> react(MessageRef message, String name) {
    return parts.bot().react(message, name);
  }

  @Override
  public ChatOutcome<MessageRef> attach(OnceKey key, ChannelRef channel, Attachment file) {
    Optional<MessageRef> before = parts.bot().said(key.value());
    if (before.isPresent()) {
      return new Done<>(before.get());
    }
    Optional<UserRef> alone = channel.alone();
    Optional<WireChannel> found =
        parts.records().channel(alone.map(p -> LOBBY).orElse(channel.id()));
    if (found.isEmpty()) {
      return new Refused<>(NO_CHANNEL, ChatOutcome.Cause.CHANNEL_GONE);
    }
    String text = file.comment().isBlank() ? file.name() : file.comment();
    Saying toAll = Saying.toAll(key.value(), found.get(), BotMessage.line(text));
    Saying saying =
        alone.map(person -> toAll.privately(person.id(), Optional.empty())).orElse(toAll);
    return stored(file)
        .map(stored -> parts.bot().say(saying.with(stored)))
        .orElseGet(() -> new Unknown<>("the file could not be stored; ask again"));
  }

  private Optional<WireFile> stored(Attachment file) {
    try {
      return Optional.of(
          parts
              .uploads()
              .store(
                  parts.ids().get(),
                  file.name(),
                  file.mediaType(),
                  out -> out.write(file.bytes())));
    } catch (IOException | Refusal e) {
      return Optional.empty();
    }
  }

  @Override
  public ChatOutcome<Nothing> tell(OnceKey key, ReplyTo to, BotMessage message) {
    return tell(key.value(), to.channel().id(), to.user(), to.inReplyTo(), message);
  }

  private ChatOutcome<Nothing> tell(
      String order, String channel, UserRef user, Optional<String> asked, BotMessage message) {
    return parts
        .records()
        .channel(channel)
        .filter(found -> found.isSeenBy(user.id()) && !found.archived())
        .or(() -> parts.records().channel(LOBBY))
        .map(found -> Saying.toAll(order, found, message).privately(user.id(), asked))
        .map(saying -> parts.bot().say(saying).map(said -> Nothing.NOTHING))
        .orElseGet(() -> new Refused<>(NO_CHANNEL, ChatOutcome.Cause.CHANNEL_GONE));
  }

  @Override
  public ChatOutcome<Nothing> openForm(FormOpening opening, UserRef user, Form form) {
    String[] place = opening.handle().split("/", 2);
    if (place.length != 2 || !parts.now().isBefore(opening.expiresAt())) {
      return new Refused<>("the opening has expired");
    }
    BotMessage message = BotMessage.line(form.title()).withForm(form);
    return tell("form/" + form.token(), place[1], user, Optional.of(place[0]), message);
  }

  @Override
  public ChatOutcome<Nothing> updateForm(UserRef user, Form form) {
    return parts
        .records()
        .carrying(form.token())
        .filter(message -> user.id().equals(message.visibleTo()))
        .map(message -> BotMessages.ref(message.channel(), message.id()))
        .map(ref -> parts.bot().edit(ref, BotMessage.line(form.title()).withForm(form)))
        .orElseGet(() -> new Refused<>("no form is open under that token"));
  }

  @Override
  public ChatOutcome<Nothing> showHome(UserRef user, BotMessage home) {
    return new Refused<>("the built-in chat has no screen per person");
  }

  @Override
  public ChatOutcome<Nothing> unfurl(MessageRef message, String url, BotMessage card) {
    return new Refused<>("the built-in chat shows links as they are");
  }

  @Override
  public ChatOutcome<Profile> findPerson(String idOrEmail) {
    return Mentions.isName(idOrEmail)
        ? new Done<>(Hearing.profile(idOrEmail))
        : new Refused<>("nobody here can have that name; write for example @ada");
  }

  @Override
  public ChatOutcome<List<Person>> findGroup(String idOrHandle) {
    return new Refused<>("the built-in chat knows no groups; name people, for example @ada");
  }

  @Override
  public ChatOutcome<HistoryPage> readHistory(
      ChannelRef channel, Instant since, Optional<String> page) {
    Optional<WireChannel> found = parts.records().channel(channel.id());
    if (found.isEmpty()) {
      return new Refused<>(NO_CHANNEL, ChatOutcome.Cause.CHANNEL_GONE);
    }
    List<WireMessage> read = parts.records().after(channel.id(), page.orElse(""), HISTORY_PAGE);
    List<Delivery> heard =
        read.stream()
            .filter(m -> !m.bot() && !m.deleted() && !Hearing.isCommand(m.text()))
            .filter(m -> !m.when().isBefore(since))
            .map(m -> Delivery.of(deliveryKey(m), parts.hearing().posted(found.get(), m)))
            .toList();
    Optional<String> next =
        read.size() < HISTORY_PAGE ? Optional.empty() : Optional.of(read.get(read.size() - 1).id());
    return new Done<>(new HistoryPage(heard, next));
  }

  @Override
  public ChatOutcome<Delivery> readMessage(MessageRef message) {
    Optional<WireChannel> channel = parts.records().channel(message.channel().id());
    return parts
        .records()
        .message(message.id())
        .filter(m -> channel.isPresent() && m.channel().equals(message.channel().id()))
        .filter(m -> !m.bot() && !m.deleted() && !Hearing.isCommand(m.text()))
        .<ChatOutcome<Delivery>>map(
            m -> new Done<>(Delivery.of(deliveryKey(m), parts.hearing().posted(channel.get(), m))))
        .orElseGet(() -> new Refused<>("there is no such message"));
  }

  private String deliveryKey(WireMessage message) {
    return parts.records().deliveryKey(message.id()).orElse(message.id());
  }

  @Override
  public ChatOutcome<String> permalink(MessageRef message) {
    return parts
        .records()
        .channel(message.channel().id())
        .<ChatOutcome<String>>map(
            channel -> new Done<>(parts.hearing().permalink(channel, message.id())))
        .orElseGet(() -> new Refused<>(NO_CHANNEL, ChatOutcome.Cause.CHANNEL_GONE));
  }

  @Override
  public void close() {
    parts.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.warm;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
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
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A chat platform that is nowhere: it says that everything was done and does nothing. It keeps what
 * a walk needs to go on, the newest channel and the newest button of each kind. Any thread may
 * call.
 */
final class QuietChat implements ChatPlatform {

  static final String NAME = "quiet";

  private static final String URL = "http://localhost/";

  private final List<ChatPlatform> others;
  private final AtomicLong made = new AtomicLong();
  private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private volatile Optional<OpenedChannel> newest = Optional.empty();

  /**
   * Makes one.
   *
   * @param others who show messages to people; they rehearse what is shown here
   */
  QuietChat(List<ChatPlatform> others) {
    this.others = List.copyOf(others);
  }

  /** Returns the channel that was opened last. */
  Optional<OpenedChannel> newest() {
    return newest;
  }

  /** Returns the token of the newest button of an action, once. */
  Optional<String> takeToken(String action) {
    return Optional.ofNullable(tokens.remove(action));
  }

  /** Returns how often a verb was used. */
  long calls(String verb) {
    AtomicLong count = calls.get(verb);
    return count == null ? 0 : count.get();
  }

  private void called(String verb) {
    calls.computeIfAbsent(verb, first -> new AtomicLong()).incrementAndGet();
  }

  private ChatOutcome<Nothing> done(String verb) {
    called(verb);
    return ChatOutcome.done();
  }

  private MessageRef shown(String verb, ChannelRef channel, BotMessage message) {
    called(verb);
    others.forEach(other -> other.rehearse(message));
    for (Button button : message.buttons()) {
      tokens.put(button.action(), button.token());
    }
    return new MessageRef(channel, "M" + made.incrementAndGet());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.COMMANDS_IN_THREADS));
  }

  @Override
  public Check check() {
    return new Check(true, List.of());
  }

  @Override
  public void start() {
    // Nobody is heard but the walk.
  }

  @Override
  public ChatOutcome<OpenedChannel> openChannel(OnceKey key, ChannelSpec spec) {
    called("openChannel");
    String id = "C" + made.incrementAndGet();
    // Topic and purpose take calls of their own, as on most platforms.
    OpenedChannel opened =
        new OpenedChannel(new ChannelRef(NAME, id), spec.wantedName(), URL + id, false);
    newest = Optional.of(opened);
    return new Done<>(opened);
  }

  @Override
  public ChatOutcome<OpenedChannel> findChannel(String name) {
    called("findChannel");
    return new Done<>(new OpenedChannel(new ChannelRef(NAME, "C-" + name), name, URL + name));
  }

  @Override
  public ChatOutcome<OpenedChannel> rename(ChannelRef channel, String wantedName) {
    called("rename");
    return new Done<>(new OpenedChannel(channel, wantedName, URL + channel.id()));
  }

  @Override
  public ChatOutcome<Nothing> setTopic(ChannelRef channel, String topic) {
    return done("setTopic");
  }

  @Override
  public ChatOutcome<Nothing> setPurpose(ChannelRef channel, String purpose) {
    return done("setPurpose");
  }

  @Override
  public ChatOutcome<List<NotInvited>> invite(ChannelRef channel, List<UserRef> people) {
    called("invite");
    return new Done<>(List.of());
  }

  @Override
  public ChatOutcome<Nothing> join(ChannelRef channel) {
    return done("join");
  }

  @Override
  public ChatOutcome<List<Person>> members(ChannelRef channel) {
    called("members");
    return new Done<>(List.of());
  }

  @Override
  public ChatOutcome<Nothing> archive(ChannelRef channel) {
    return done("archive");
  }

  @Override
  public ChatOutcome<Nothing> unarchive(ChannelRef channel) {
    return done("unarchive");
  }

  @Override
  public ChatOutcome<MessageRef> post(
      OnceKey key, ChannelRef channel, Optional<String> thread, BotMessage message) {
    return new Done<>(shown("post", channel, message));
  }

  @Override
  public ChatOutcome<Nothing> edit(Urgency urgency, MessageRef message, BotMessage now) {
    shown("edit", message.channel(), now);
    return ChatOutcome.done();
  }

  @Override
  public ChatOutcome<Nothing> delete(MessageRef message) {
    return done("delete");
  }

  @Override
  public ChatOutcome<Nothing> pin(MessageRef message) {
    return done("pin");
  }

  @Override
  public ChatOutcome<Nothing> bookmark(ChannelRef channel, String title, String url) {
    return done("bookmark");
  }

  @Override
  public ChatOutcome<Nothing> unbookmark(ChannelRef channel, String url) {
    return done("unbookmark");
  }

  @Override
  public ChatOutcome<Nothing> react(MessageRef message, String name) {
    return done("react");
  }

  @Override
  public ChatOutcome<MessageRef> attach(OnceKey key, ChannelRef channel, Attachment file) {
    called("attach");
    return new Done<>(new MessageRef(channel, "F" + made.incrementAndGet()));
  }

  @Override
  public ChatOutcome<Nothing> tell(OnceKey key, ReplyTo to, BotMessage message) {
    shown("tell", to.channel(), message);
    return ChatOutcome.done();
  }

  @Override
  public ChatOutcome<Nothing> openForm(FormOpening opening, UserRef user, Form form) {
    return done("openForm");
  }

  @Override
  public ChatOutcome<Nothing> updateForm(UserRef user, Form form) {
    return done("updateForm");
  }

  @Override
  public ChatOutcome<Nothing> showHome(UserRef user, BotMessage home) {
    return done("showHome");
  }

  @Override
  public ChatOutcome<Nothing> unfurl(MessageRef message, String url, BotMessage card) {
    return done("unfurl");
  }

  @Override
  public ChatOutcome<Profile> findPerson(String idOrEmail) {
    called("findPerson");
    return new Done<>(Profile.member(new Person(new UserRef(NAME, idOrEmail), idOrEmail)));
  }

  @Override
  public ChatOutcome<List<Person>> findGroup(String idOrHandle) {
    called("findGroup");
    return new Done<>(List.of());
  }

  @Override
  public ChatOutcome<HistoryPage> readHistory(
      ChannelRef channel, Instant since, Optional<String> page) {
    called("readHistory");
    return new Done<>(new HistoryPage(List.of(), Optional.empty()));
  }

  @Override
  public ChatOutcome<Delivery> readMessage(MessageRef message) {
    called("readMessage");
    return new Refused<>("nothing is kept here");
  }

  @Override
  public ChatOutcome<String> permalink(MessageRef message) {
    called("permalink");
    return new Done<>(URL + message.id());
  }

  @Override
  public void close() {
    // Nothing was begun.
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Check;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Urgency;
import dev.muster.teams.client.Places.Conversation;
import dev.muster.teams.client.Places.Kind;
import dev.muster.teams.inbound.GapWatch;
import dev.muster.teams.inbound.MessageIds;
import dev.muster.teams.inbound.PendingDialogs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Microsoft Teams behind the chat port. Channels and history go through Graph, messages through the
 * Bot Connector. It owns no thread and no socket: Teams calls us. Thread-safe.
 */
final class TeamsPlatform implements ChatPlatform {

  private static final Set<Capability> ALWAYS =
      Set.of(
          Capability.THREADS,
          Capability.COMMANDS_IN_THREADS,
          Capability.PRIVATE_ANSWERS,
          Capability.FORMS,
          Capability.FIELD_ERRORS,
          Capability.ALL_MESSAGES_HEARD,
          Capability.HISTORY,
          Capability.ARCHIVE,
          Capability.FILES,
          Capability.ANSWER_SLOT);

  private final Wires wires;
  private final HomeTeams teams;
  private final PendingDialogs dialogs;
  private final SignIn signIn;
  private final GapWatch gaps;
  private final Runnable warmUp;
  private final Channels channels;
  private final PrivateChats chats;
  private final History history;
  private final Messages messages;
  private final People people;
  private final PrivateAnswers answers;

  /** Creates the platform; {@code warmUp} makes the first call as quick as all others. */
  TeamsPlatform(
      Wires wires, PendingDialogs dialogs, SignIn signIn, GapWatch gaps, Runnable warmUp) {
    this.wires = wires;
    this.warmUp = warmUp;
    this.gaps = gaps;
    this.dialogs = dialogs;
    this.signIn = signIn;
    this.teams = new HomeTeams(wires);
    this.channels = new Channels(wires, teams);
    this.chats = new PrivateChats(wires);
    this.history = new History(wires, teams);
    this.messages = new Messages(wires, teams, history);
    this.people = new People(wires, teams, messages, chats);
    this.answers = new PrivateAnswers(wires, teams, dialogs);
  }

  @Override
  public String name() {
    return MessageIds.PLATFORM;
  }

  @Override
  public Set<Capability> capabilities() {
    EnumSet<Capability> all = EnumSet.copyOf(ALWAYS);
    if (wires.config().canOpenChats()) {
      all.add(Capability.PRIVATE_CHANNELS);
    }
    return Set.copyOf(all);
  }

  @Override
  public Check check() {
    List<String> findings = new ArrayList<>();
    signIn.problem().ifPresent(findings::add);
    if (wires.config().teams().isEmpty()) {
      findings.add(
          "No home team is configured. Write its Entra group id under platforms.teams.teams.");
    }
    if (findings.isEmpty()) {
      wires.config().teams().forEach(team -> problem(team).ifPresent(findings::add));
    }
    return new Check(findings.isEmpty(), findings);
  }

  private Optional<String> problem(String team) {
    ChatOutcome<JsonNode> read =
        wires
            .graph()
            .get("Reading team " + team, wires.graph().at("teams", team, "primaryChannel").build());
    return read instanceof ChatOutcome.Done<JsonNode>
        ? Optional.empty()
        : Optional.of(Reasons.of(read));
  }

  @Override
  public void start() {
    warmUp.run();
    gaps.begin();
  }

  @Override
  public ChatOutcome<OpenedChannel> openChannel(OnceKey key, ChannelSpec spec) {
    return spec.isPrivate() ? chats.open(key, spec) : channels.open(key, spec);
  }

  @Override
  public ChatOutcome<OpenedChannel> findChannel(String name) {
    return channels.find(name);
  }

  @Override
  public ChatOutcome<OpenedChannel> rename(ChannelRef channel, String wantedName) {
    Conversation place = teams.conversation(channel.id());
    return place.kind() == Kind.GROUP_CHAT
        ? chats.rename(place, wantedName)
        : channels.rename(place, wantedName);
  }

  /** A channel's description is the nearest; a chat has none, and its card says the same. */
  @Override
  public ChatOutcome<Nothing> setTopic(ChannelRef channel, String topic) {
    return isChannel(channel) ? channels.describe(channel.id(), topic) : ChatOutcome.done();
  }

  @Override
  public ChatOutcome<List<NotInvited>> invite(ChannelRef channel, List<UserRef> invited) {
    return people.invite(channel, invited);
  }

  /** Where the app is installed it is in every channel; where it is not, only people can add it. */
  @Override
  public ChatOutcome<Nothing> join(ChannelRef channel) {
    ChatOutcome<List<Person>> seen = members(channel);
    return seen instanceof ChatOutcome.Refused<List<Person>> refused
        ? new ChatOutcome.Refused<>(
            refused.reason() + " Ask an owner of the team to add the app again.", refused.cause())
        : seen.map(people -> Nothing.NOTHING);
  }

  @Override
  public ChatOutcome<List<Person>> members(ChannelRef channel) {
    return people.members(channel);
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
    return isChannel(channel)
        ? channels.archive(channel.id(), archived)
        : new ChatOutcome.Refused<>("A chat in Teams cannot be archived.");
  }

  private boolean isChannel(ChannelRef channel) {
    return teams.conversation(channel.id()).kind() == Kind.CHANNEL;
  }

  @Override
  public ChatOutcome<MessageRef> post(
      OnceKey key, ChannelRef channel, Optional<String> thread, BotMessage message) {
    return messages.post(key, channel, thread, message);
  }

  @Override
  public ChatOutcome<Nothing> edit(Urgency urgency, MessageRef message, BotMessage now) {
    return messages.edit(message, now);
  }

  @Override
  public ChatOutcome<Nothing> delete(MessageRef message) {
    return messages.delete(message);
  }

  /** Falls back: no app can pin a post; the headline is the first post and is edited in place. */
  @Override
  public ChatOutcome<Nothing> pin(MessageRef message) {
    return ChatOutcome.done();
  }

  /** Falls back: a channel has no bookmarks; the headline card carries the link. */
  @Override
  public ChatOutcome<Nothing> bookmark(ChannelRef channel, String title, String url) {
    return ChatOutcome.done();
  }

  /** Falls back: where no link was put, none has to be taken away. */
  @Override
  public ChatOutcome<Nothing> unbookmark(ChannelRef channel, String url) {
    return ChatOutcome.done();
  }

  /** Falls back: a reaction of the bot decorates only, and is left out. */
  @Override
  public ChatOutcome<Nothing> react(MessageRef message, String name) {
    return ChatOutcome.done();
  }

  @Override
  public ChatOutcome<MessageRef> attach(OnceKey key, ChannelRef channel, Attachment file) {
    return messages.attach(key, channel, file);
  }

  @Override
  public ChatOutcome<Nothing> tell(OnceKey key, ReplyTo to, BotMessage message) {
    return answers.tell(key, to, message);
  }

  @Override
  public ChatOutcome<Nothing> openForm(FormOpening opening, UserRef user, Form form) {
    return answers.openForm(opening, user, form);
  }

  @Override
  public ChatOutcome<Nothing> updateForm(UserRef user, Form form) {
    return answers.updateForm(user, form);
  }

  @Override
  public ChatOutcome<Nothing> showHome(UserRef user, BotMessage home) {
    return new ChatOutcome.Refused<>("Teams has no home screen for this app.");
  }

  @Override
  public ChatOutcome<Nothing> unfurl(MessageRef message, String url, BotMessage card) {
    return new ChatOutcome.Refused<>("Teams shows no card under a link that is already posted.");
  }

  @Override
  public ChatOutcome<Profile> findPerson(String idOrEmail) {
    return people.find(idOrEmail);
  }

  @Override
  public ChatOutcome<List<Person>> findGroup(String idOrHandle) {
    return people.group(idOrHandle);
  }

  @Override
  public ChatOutcome<HistoryPage> readHistory(
      ChannelRef channel, Instant since, Optional<String> page) {
    return history.read(channel, since, page);
  }

  @Override
  public ChatOutcome<Delivery> readMessage(MessageRef message) {
    return history.one(message);
  }

  @Override
  public ChatOutcome<String> permalink(MessageRef message) {
    String group = teams.conversation(message.channel().id()).group();
    return new ChatOutcome.Done<>(wires.links().message(message, group));
  }

  @Override
  public void close() {
    gaps.close();
    dialogs.endAll();
  }
}

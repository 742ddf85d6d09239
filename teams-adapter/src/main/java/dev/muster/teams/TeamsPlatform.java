// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

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
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Check;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.OperatorNotices;
import dev.muster.chat.spi.Urgency;
import dev.muster.chat.spi.pace.Attempts;
import dev.muster.teams.client.ChannelVerbs;
import dev.muster.teams.client.FileVerbs;
import dev.muster.teams.client.FormVerbs;
import dev.muster.teams.client.FullTeams;
import dev.muster.teams.client.Grants;
import dev.muster.teams.client.HomeTeams;
import dev.muster.teams.client.MessageIds;
import dev.muster.teams.client.MessageVerbs;
import dev.muster.teams.client.OpeningVerbs;
import dev.muster.teams.client.PendingDialogs;
import dev.muster.teams.client.People;
import dev.muster.teams.client.Places.Conversation;
import dev.muster.teams.client.Places.Kind;
import dev.muster.teams.client.PrivateChats;
import dev.muster.teams.client.PrivateVerbs;
import dev.muster.teams.client.SignIn;
import dev.muster.teams.client.Wires;
import dev.muster.teams.inbound.AlertRooms;
import dev.muster.teams.inbound.HistoryReader;
import dev.muster.teams.inbound.Knowledge;
import dev.muster.teams.inbound.LateAnswers;
import dev.muster.teams.inbound.Newcomers;
import dev.muster.teams.render.TypedHere;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Microsoft Teams behind the chat port. Channels and history go through Graph, messages through the
 * Bot Connector. It owns no thread and no socket: Teams calls us. Thread-safe.
 */
final class TeamsPlatform implements ChatPlatform {

  private static final Duration START_WAITS = Duration.ofSeconds(5);
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(TeamsPlatform.class);

  private final Wires wires;
  private final HomeTeams teams;
  private final PendingDialogs dialogs;
  private final Grants grants;
  private final Footing footing;
  private final TeamsCheck check;
  private final ScheduledExecutorService executor;
  private final Hearing hearing;
  private final Runnable warmUp;
  private final FullTeams full;
  private final ChannelVerbs channels;
  private final OpeningVerbs opening;
  private final PrivateChats chats;
  private final HistoryReader history;
  private final AlertRooms alertRooms;
  private final MessageVerbs messages;
  private final People people;
  private final Newcomers newcomers;
  private final PrivateVerbs answers;
  private final FormVerbs forms;
  private final FileVerbs files;
  private final Reachable reachable;

  private ScheduledFuture<?> looking;

  /**
   * What stands beside the verbs.
   *
   * @param settings as the operator wrote it
   * @param known what is remembered and known
   * @param dialogs calls that wait for a form
   * @param late tells what was decided too late for a call
   * @param signIn the app's tokens
   * @param grants what the app may do
   * @param hearing whether Teams reaches us
   * @param notices tells operators
   * @param executor runs the looking around
   * @param warmUp makes the first call as quick as all others
   * @param alertRooms makes what reads the channels of alerts
   * @param newcomers finds out who is a guest
   */
  record Parts(
      TeamsSettings settings,
      Knowledge known,
      PendingDialogs dialogs,
      LateAnswers late,
      SignIn signIn,
      Grants grants,
      Hearing hearing,
      OperatorNotices notices,
      ScheduledExecutorService executor,
      Runnable warmUp,
      AlertRooms.Making alertRooms,
      Newcomers newcomers) {}

  TeamsPlatform(Wires wires, Parts parts) {
    this.wires = wires;
    this.warmUp = parts.warmUp();
    this.hearing = parts.hearing();
    this.newcomers = parts.newcomers();
    this.dialogs = parts.dialogs();
    this.grants = parts.grants();
    this.executor = parts.executor();
    this.footing = new Footing(parts.settings(), wires, parts.signIn(), grants, parts.notices());
    this.teams = new HomeTeams(wires);
    Attempts attempts = new Attempts();
    Knowledge known = parts.known();
    this.full = new FullTeams(wires, parts.notices());
    this.channels = new ChannelVerbs(wires, teams);
    this.opening = new OpeningVerbs(wires, teams, full, channels, attempts);
    this.chats = new PrivateChats(wires, attempts);
    this.history =
        new HistoryReader(wires, teams, known, channel -> known.alerts().has(channel.id()));
    this.alertRooms = parts.alertRooms().over(channels, history);
    this.check = new TeamsCheck(wires, parts.signIn(), grants, footing, hearing, alertRooms);
    this.messages = new MessageVerbs(wires, teams, attempts);
    this.people = new People(wires, teams, messages, chats);
    this.answers = new PrivateVerbs(wires, teams);
    this.files = new FileVerbs(messages, answers);
    this.forms = new FormVerbs(wires, answers, dialogs);
    this.reachable = new Reachable(wires.places(), wires.links());
    parts.late().through(answers, forms);
  }

  @Override
  public String name() {
    return MessageIds.PLATFORM;
  }

  @Override
  public Set<Capability> capabilities() {
    return Abilities.of(grants, wires.identity());
  }

  @Override
  public Addressing addressing() {
    return TypedHere.BY_NAME;
  }

  @Override
  public Optional<Duration> clockAhead() {
    return hearing.clockAhead();
  }

  @Override
  public Check check() {
    return check.ask();
  }

  /** Waits a moment to know how we stand, so that the first order is given with all we know. */
  @Override
  public synchronized void start() {
    warmUp.run();
    try {
      executor.submit(this::lookAround).get(START_WAITS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("teams_start_slow error={}", e.getClass().getSimpleName());
    }
    long millis = LOOKS_EVERY.toMillis();
    looking =
        executor.scheduleWithFixedDelay(this::lookAround, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Looks how we stand with the tenant. */
  void lookAround() {
    try {
      footing.look();
      full.look();
      hearing.look();
      footing.tellOf(alertRooms.look());
      newcomers.look(people::find);
      history.tidy();
    } catch (RuntimeException | Error e) {
      LOG.error("teams_look_broke error={}", e.getClass().getName());
    }
  }

  @Override
  public ChatOutcome<OpenedChannel> openChannel(OnceKey key, ChannelSpec spec) {
    return spec.isPrivate() ? chats.open(key, spec) : opening.open(key, spec);
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
    return messages.post(key, channel, thread, reachable.in(message));
  }

  @Override
  public ChatOutcome<Nothing> edit(Urgency urgency, MessageRef message, BotMessage now) {
    return messages.edit(urgency, message, reachable.in(now));
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
    return files.attach(key, channel, file);
  }

  @Override
  public ChatOutcome<Nothing> tell(OnceKey key, ReplyTo to, BotMessage message) {
    return answers.tell(key, to, reachable.in(message));
  }

  @Override
  public ChatOutcome<Nothing> openForm(FormOpening opening, UserRef user, Form form) {
    return forms.open(opening, user, form);
  }

  @Override
  public ChatOutcome<Nothing> updateForm(UserRef user, Form form) {
    return forms.update(user, form);
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
  public synchronized void close() {
    hearing.close();
    if (looking != null) {
      looking.cancel(false);
      looking = null;
    }
    dialogs.endAll();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

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
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Check;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.OperatorNotices;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.chat.spi.Secret;
import dev.muster.chat.spi.TheirClock;
import dev.muster.chat.spi.Urgency;
import dev.muster.chat.spi.pace.Attempts;
import dev.muster.slack.client.ChannelDirectory;
import dev.muster.slack.client.ChannelVerbs;
import dev.muster.slack.client.FileVerbs;
import dev.muster.slack.client.FormVerbs;
import dev.muster.slack.client.Identity;
import dev.muster.slack.client.LateWindows;
import dev.muster.slack.client.MessageVerbs;
import dev.muster.slack.client.OpeningVerbs;
import dev.muster.slack.client.People;
import dev.muster.slack.client.PrivateVerbs;
import dev.muster.slack.client.ReplyHandles;
import dev.muster.slack.client.SlackApi;
import dev.muster.slack.inbound.AlertRooms;
import dev.muster.slack.inbound.HistoryReader;
import dev.muster.slack.socket.SocketTiming;
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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slack as a chat platform: each verb is handed to the part that knows it. Any thread may call; the
 * keys of orders make repetition harmless, see {@link Attempts}.
 */
final class SlackPlatform implements ChatPlatform {

  /** The name users write in the configuration. */
  static final String NAME = "slack";

  private static final Duration START_WAITS = Duration.ofSeconds(5);
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(SlackPlatform.class);

  private final SlackApi api;
  private final Identity identity;
  private final SlackCheck check;
  private final ChannelDirectory directory;
  private final People people;
  private final OpeningVerbs opening;
  private final ChannelVerbs channels;
  private final MessageVerbs messages;
  private final PrivateVerbs privately;
  private final FileVerbs files;
  private final FormVerbs forms;
  private final LateWindows late;
  private final HistoryReader history;
  private final Hearing hearing;
  private final AlertRooms alertRooms;
  private final OperatorNotices notices;
  private final Footing footing;
  private final ScheduledExecutorService executor;
  private ScheduledFuture<?> looking;

  SlackPlatform(
      SlackSettings settings, SocketTiming timing, ChatInbox inbox, PlatformRuntime runtime) {
    var clock = runtime.clock();
    executor = runtime.executor();
    Supplier<SlackSettings> inForce = () -> runtime.reloaded(SlackSettings.class).orElse(settings);
    Supplier<List<String>> alerting = () -> inForce.get().alertChannels();
    Supplier<Secret> token = () -> inForce.get().botToken();
    var attempts = new Attempts();
    TheirClock theirs = new TheirClock(clock, Hearing.FURTHEST);
    api =
        new SlackApi(
            runtime.http().newBuilder().addInterceptor(theirs).build(),
            settings.apiUrl(),
            token,
            "muster-slack-" + runtime.ids().get(),
            clock,
            runtime.telemetry());
    identity = new Identity(api);
    people = new People(api, identity, clock);
    opening = new OpeningVerbs(api, identity, attempts, runtime.memory(), clock, runtime.ids());
    directory = new ChannelDirectory(api);
    channels = new ChannelVerbs(api, identity, directory);
    messages = new MessageVerbs(api, identity, attempts, clock);
    privately =
        new PrivateVerbs(api, messages, attempts, new ReplyHandles(settings.apiUrl()), clock);
    files = new FileVerbs(api, attempts, runtime.memory());
    forms = new FormVerbs(api, clock);
    late = new LateWindows(forms, runtime.memory(), clock);
    alertRooms = new AlertRooms(api, identity, directory, alerting);
    history =
        new HistoryReader(api, identity, directory, c -> directory.isAnyOf(c.id(), alerting.get()));
    notices = new OperatorNotices(NAME, inbox, runtime.memory(), clock);
    footing = new Footing(new Footing.Parts(token, identity, api.grants(), notices), clock);
    hearing =
        new Hearing(
            inForce,
            new Hearing.Parts(api, identity, directory, late, notices, theirs, timing),
            inbox,
            runtime);
    check = new SlackCheck(identity, hearing, alertRooms, clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> can = api.grants().capabilities();
    // Slash commands cannot be typed in threads.
    can.remove(Capability.COMMANDS_IN_THREADS);
    return can;
  }

  /** Slash commands cannot be typed in threads; there the bot is called by its name. */
  @Override
  public Addressing addressing() {
    return new Addressing(Addressing.BY_SLASH.usual(), "@" + identity.calledName() + " ");
  }

  @Override
  public Optional<Duration> clockAhead() {
    return hearing.clockAhead();
  }

  @Override
  public Check check() {
    return check.ask();
  }

  /**
   * Waits a moment for Slack, so that the first message is decoded with all we know, not longer.
   */
  @Override
  public synchronized void start() {
    try {
      executor.submit(this::look).get(START_WAITS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.atWarn().addKeyValue("error", e.getClass().getSimpleName()).log("slack_start_slow");
    }
    hearing.start();
    long millis = LOOKS_EVERY.toMillis();
    looking =
        executor.scheduleWithFixedDelay(this::lookAround, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Looks how we stand with the workspace, and whether it reaches us. */
  void lookAround() {
    look();
    try {
      late.look();
      hearing.look();
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("error", e.getClass().getName()).log("slack_hearing_broke");
    }
  }

  private void look() {
    try {
      boolean reached = footing.askWhenInDoubt().isEmpty();
      if (reached && identity.ifKnown().isPresent()) {
        useWhatIsGranted();
      }
    } catch (RuntimeException | Error e) {
      LOG.atError().addKeyValue("error", e.getClass().getName()).log("slack_look_broke");
    }
  }

  private void useWhatIsGranted() {
    boolean others = alertRooms.areOthers();
    if (footing.hasChanged() || others) {
      directory.refresh();
      footing.tellOf(alertRooms.enter());
    }
    footing.tellOfScopes();
  }

  @Override
  public ChatOutcome<OpenedChannel> openChannel(OnceKey key, ChannelSpec spec) {
    ChatOutcome<OpenedChannel> opened = openedAndNoted(key, spec);
    if (opened instanceof ChatOutcome.Done<OpenedChannel> done) {
      OpeningVerbs.otherName(spec, done.value())
          .ifPresent(said -> notices.tell("name_taken/" + done.value().channel().id(), said));
    }
    return opened;
  }

  private ChatOutcome<OpenedChannel> openedAndNoted(OnceKey key, ChannelSpec spec) {
    Optional<OpenedChannel> made = Optional.empty();
    directory.opening();
    try {
      ChatOutcome<OpenedChannel> opened = opening.open(key, spec);
      if (opened instanceof ChatOutcome.Done<OpenedChannel> done) {
        made = Optional.of(done.value());
      }
      return opened;
    } finally {
      if (directory.opened(made)) {
        executor.execute(directory::refresh);
      }
    }
  }

  @Override
  public ChatOutcome<OpenedChannel> findChannel(String name) {
    return channels.find(name);
  }

  @Override
  public ChatOutcome<OpenedChannel> rename(ChannelRef channel, String wantedName) {
    return channels.rename(channel, wantedName);
  }

  @Override
  public ChatOutcome<Nothing> setTopic(ChannelRef channel, String topic) {
    return channels.setTopic(channel, topic);
  }

  @Override
  public ChatOutcome<Nothing> setPurpose(ChannelRef channel, String purpose) {
    return channels.setPurpose(channel, purpose);
  }

  @Override
  public ChatOutcome<List<NotInvited>> invite(ChannelRef channel, List<UserRef> invited) {
    return channels.invite(channel, invited);
  }

  @Override
  public ChatOutcome<Nothing> join(ChannelRef channel) {
    return channels.join(channel);
  }

  @Override
  public ChatOutcome<List<Person>> members(ChannelRef channel) {
    return people.members(channel);
  }

  @Override
  public ChatOutcome<Nothing> archive(ChannelRef channel) {
    return channels.archive(channel);
  }

  @Override
  public ChatOutcome<Nothing> unarchive(ChannelRef channel) {
    return channels.unarchive(channel);
  }

  @Override
  public ChatOutcome<MessageRef> post(
      OnceKey key, ChannelRef channel, Optional<String> thread, BotMessage message) {
    return heard(messages.post(key, channel, thread, message));
  }

  @Override
  public void rehearse(BotMessage message) {
    messages.rehearse(message);
  }

  @Override
  public ChatOutcome<Nothing> edit(Urgency urgency, MessageRef message, BotMessage now) {
    return messages.edit(urgency, message, now);
  }

  @Override
  public ChatOutcome<Nothing> delete(MessageRef message) {
    return messages.delete(message);
  }

  @Override
  public ChatOutcome<Nothing> pin(MessageRef message) {
    return messages.pin(message);
  }

  @Override
  public ChatOutcome<Nothing> bookmark(ChannelRef channel, String title, String url) {
    return channels.bookmark(channel, title, url);
  }

  @Override
  public ChatOutcome<Nothing> unbookmark(ChannelRef channel, String url) {
    return channels.unbookmark(channel, url);
  }

  @Override
  public ChatOutcome<Nothing> react(MessageRef message, String name) {
    return messages.react(message, name);
  }

  @Override
  public ChatOutcome<MessageRef> attach(OnceKey key, ChannelRef channel, Attachment file) {
    ChatOutcome<MessageRef> outcome = files.attach(key, channel, file);
    return channel.alone().isPresent() ? outcome : heard(outcome);
  }

  private ChatOutcome<MessageRef> heard(ChatOutcome<MessageRef> outcome) {
    if (outcome instanceof ChatOutcome.Done<MessageRef> done) {
      hearing.posted(done.value());
    }
    return outcome;
  }

  @Override
  public ChatOutcome<Nothing> tell(OnceKey key, ReplyTo to, BotMessage message) {
    return privately.tell(key, to, message);
  }

  @Override
  public ChatOutcome<Nothing> openForm(FormOpening handle, UserRef user, Form form) {
    return forms.open(handle, form);
  }

  @Override
  public ChatOutcome<Nothing> updateForm(UserRef user, Form form) {
    return forms.update(form);
  }

  @Override
  public ChatOutcome<Nothing> showHome(UserRef user, BotMessage home) {
    return forms.home(user, home);
  }

  @Override
  public ChatOutcome<Nothing> unfurl(MessageRef message, String url, BotMessage card) {
    return messages.unfurl(message, url, card);
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
    return messages.permalink(message);
  }

  @Override
  public synchronized void close() {
    if (looking != null) {
      looking.cancel(false);
      looking = null;
    }
    hearing.close();
    api.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.FakeSocket;
import dev.muster.slack.fake.HttpLine;
import dev.muster.slack.fake.OpenWindow;
import dev.muster.slack.fake.Posted;
import dev.muster.slack.fake.Push;
import dev.muster.slack.fake.Pushed;
import dev.muster.slack.fake.RetryingLine;
import dev.muster.slack.fake.Signed;
import dev.muster.slack.fake.SlackPeople;
import dev.muster.slack.fake.SlackSight;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The whole bot over the stand-in for Slack: people act in the workspace, the bot answers there.
 * The channel {@code incidents} takes the announcements.
 */
final class SlackBot implements AutoCloseable {

  /** What the configuration says before any platform: who may read the API, and the web chat. */
  static final String SERVER =
      """
      server: { port: 0, auth: %s }
      platforms:
        web: { enabled: true }
      """
          .formatted(BotHttp.TOKENS);

  /** What met a connection on its way out comes again: from Slack, or from whoever pressed. */
  private static final int RETRIES = 2;

  private static final long RETRY_MS = 5_000;

  private final FakeSlack slack;
  private final Optional<FakeSocket> socket;
  private final Optional<RetryingLine> retries;
  private final SlackPeople people;
  private final AtomicBoolean cut = new AtomicBoolean();
  private volatile BotHarness bot;
  private volatile Waiting waiting;

  private SlackBot(InstantSource clock, boolean onSocket) {
    slack = new FakeSlack(clock);
    if (onSocket) {
      FakeSocket connections = new FakeSocket(slack);
      socket = Optional.of(connections);
      retries = Optional.empty();
      people =
          new SlackPeople(slack, push -> cut.get() ? Pushed.NOBODY : overSocket(connections, push));
      people.channel("incidents");
      people.channel("alerts");
    } else {
      // The bot's clock moves when a test says so; until then what waits a second waits for ever.
      slack.keepPace(false);
      HttpLine requests = new HttpLine(this::address, clock);
      RetryingLine line = new RetryingLine(push -> seen(requests.push(push), cut.get()), clock);
      socket = Optional.empty();
      retries = Optional.of(line);
      people = new SlackPeople(slack, line);
      people.channel("incidents");
    }
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + bot.http().port());
  }

  /**
   * Starts both; Slack calls the bot.
   *
   * @param yaml what {@code bot.yaml} says besides server, store and platforms
   * @param channels further channels the bot is in
   */
  static SlackBot start(Path folder, InstantSource clock, String yaml, String... channels) {
    SlackBot both = without(clock);
    List.of(channels).forEach(channel -> both.people.channel(channel));
    String platforms = platforms(both.slack, "http");
    both.serve(BotHarness.start(folder, clock, platforms + yaml), () -> true);
    return both;
  }

  /** Starts Slack alone, which will call the bot; the bot is still to come. */
  static SlackBot without(InstantSource clock) {
    return new SlackBot(clock, false);
  }

  /** Slack belongs to this bot from now on; {@code others} as in {@link Waiting}. */
  void serve(BotHarness running, BooleanSupplier others) {
    bot = running;
    waiting = new Waiting(running, () -> rests() & others.getAsBoolean());
  }

  /** Slack has hung up when an answer comes too late, and does not see it. */
  private static Pushed seen(Pushed answer, boolean tooLate) {
    return tooLate ? Pushed.LATE : answer;
  }

  /** Lets every answer reach Slack after it has hung up, from now on or no longer. */
  void answersTooLate(boolean late) {
    cut.set(late);
  }

  /** Lets every push over the connections be lost, from now on or no longer. */
  void pushesAreLost(boolean lost) {
    cut.set(lost);
  }

  /** As {@link #start}; the bot opens the connections, by Socket Mode. */
  static SlackBot startOnSocket(Path folder, InstantSource clock, String yaml) {
    SlackBot both = new SlackBot(clock, true);
    String platforms = platforms(both.slack, "socket");
    both.serve(BotHarness.start(folder, clock, platforms + yaml), () -> true);
    both.connected();
    return both;
  }

  /**
   * Waits until the bot knows every connection that Slack has greeted, and has one; the clock
   * stands. A connection whose greeting the bot has not heard yet is given up when the clock moves
   * on, and with it what was pushed to it.
   */
  void connected() {
    bot.http().until("a connection", this::knowsItsConnections);
  }

  private boolean knowsItsConnections() {
    int live = socket().live();
    return live > 0
        && !socket().isOpening()
        && bot.http().get("/metrics").body().contains("muster_slack_sockets " + live + ".0");
  }

  /** What is pushed while nobody is connected is lost, and Slack says so to nobody. */
  static Pushed overSocket(FakeSocket socket, Push push) {
    FakeSocket.Envelope envelope = socket.push(push);
    if (socket.live() == 0) {
      return Pushed.NOBODY;
    }
    BooleanSupplier settled = () -> envelope.isAcknowledged() || socket.live() == 0;
    for (int i = 0; i < RETRIES && !socket.becomes(settled, RETRY_MS); i++) {
      socket.redeliver();
    }
    socket.await(settled, "the acknowledgement of " + push);
    return envelope.isAcknowledged() ? new Pushed(200, envelope.answer()) : Pushed.NOBODY;
  }

  /** Returns the part of {@code bot.yaml} that switches Slack on, and who may read the API. */
  static String platforms(FakeSlack slack, String mode) {
    return SERVER + platform(slack, mode);
  }

  /** Returns the part of {@code platforms} that switches Slack on. */
  static String platform(FakeSlack slack, String mode) {
    return """
      slack:
        enabled: true
        mode: %s
        bot-token: "%s"
        app-token: "%s"
        signing-secret: "%s"
        api-url: "%s"
        alert-channels: [alerts]
    """
        .formatted(mode, FakeSlack.BOT_TOKEN, FakeSlack.APP_TOKEN, Signed.SECRET, slack.apiUrl());
  }

  /** Returns the other end of the bot's connections. */
  FakeSocket socket() {
    return socket.orElseThrow();
  }

  /** Returns what repeats the events that nobody took. */
  RetryingLine retries() {
    return retries.orElseThrow();
  }

  FakeSlack slack() {
    return slack;
  }

  SlackPeople people() {
    return people;
  }

  SlackSight sight() {
    return people.sight();
  }

  BotHarness bot() {
    return bot;
  }

  Waiting waiting() {
    return waiting;
  }

  /** See {@link Waiting#settle}. */
  void settle() {
    waiting.settle();
  }

  /** See {@link Waiting#inTime}. */
  void inTime(String what, BooleanSupplier question) {
    waiting.inTime(what, question);
  }

  /** See {@link Waiting#find}. */
  <T> T find(String what, Supplier<Optional<T>> look) {
    return waiting.find(what, look);
  }

  /** What Slack sends by itself reaches the bot before the clock moves on. */
  boolean rests() {
    retries.ifPresent(RetryingLine::passTime);
    people.settle();
    return true;
  }

  /** Waits for the channel whose name begins so. */
  ChannelNow channel(String begin) {
    return waiting.first(
        "a channel " + begin, () -> sight().channels().stream(), c -> c.name().startsWith(begin));
  }

  /** Waits for a window that stands open for a person, and returns the newest. */
  OpenWindow window(String person) {
    return find(
        "a window for " + person,
        () -> sight().windowsOf(person).stream().reduce((before, after) -> after));
  }

  /** Waits for the first message of a channel that fits. */
  Posted message(String channel, String what, Predicate<Posted> wanted) {
    return waiting.first(what, () -> sight().messages(channel).stream(), wanted);
  }

  /** Waits for something that one person is told and that contains {@code part}. */
  Posted told(String person, String part) {
    return waiting.first(
        person + " to be told: " + part,
        () -> sight().toldTo(person).stream(),
        m -> m.words().contains(part));
  }

  /** Returns what stands in a channel, as people read it. */
  List<Chapters.Said> said(String channel) {
    return sight().messages(channel).stream()
        .map(m -> new Chapters.Said(m.ts(), m.thread(), m.isFromBot(), m.words()))
        .toList();
  }

  @Override
  public void close() {
    bot.close();
    socket.ifPresent(FakeSocket::close);
    slack.close();
  }
}

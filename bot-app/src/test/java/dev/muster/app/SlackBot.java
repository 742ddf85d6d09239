// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.fail;

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
import java.time.Duration;
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

  /** Slack takes one message a second in a channel, so that time has to pass for some. */
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** What met a connection on its way out comes again: from Slack, or from whoever pressed. */
  private static final int RETRIES = 2;

  private static final long RETRY_MS = 5_000;

  private final FakeSlack slack;
  private final Optional<FakeSocket> socket;
  private final SlackPeople people;
  private final BotHarness bot;
  private final Optional<RetryingLine> retries;
  private final AtomicBoolean cut;

  private SlackBot(
      FakeSlack slack,
      Optional<FakeSocket> socket,
      Optional<RetryingLine> retries,
      BotHarness bot,
      SlackPeople people,
      AtomicBoolean cut) {
    this.slack = slack;
    this.socket = socket;
    this.retries = retries;
    this.bot = bot;
    this.people = people;
    this.cut = cut;
  }

  /**
   * Starts both; Slack calls the bot.
   *
   * @param yaml what {@code bot.yaml} says besides server, store and platforms
   * @param channels further channels the bot is in
   */
  static SlackBot start(Path folder, InstantSource clock, String yaml, String... channels) {
    FakeSlack slack = new FakeSlack(clock);
    // The bot's clock moves when a test says so; until then what waits for a second waits for ever.
    slack.keepPace(false);
    BotHarness[] bot = new BotHarness[1];
    HttpLine requests =
        new HttpLine(() -> URI.create("http://127.0.0.1:" + bot[0].http().port()), clock);
    AtomicBoolean tooLate = new AtomicBoolean();
    RetryingLine line = new RetryingLine(push -> seen(requests.push(push), tooLate.get()), clock);
    SlackPeople people = new SlackPeople(slack, line);
    people.channel("incidents");
    List.of(channels).forEach(channel -> people.channel(channel));
    bot[0] = BotHarness.start(folder, clock, platforms(slack, "http") + yaml);
    return new SlackBot(slack, Optional.empty(), Optional.of(line), bot[0], people, tooLate);
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
    FakeSlack slack = new FakeSlack(clock);
    FakeSocket socket = new FakeSocket(slack);
    AtomicBoolean lost = new AtomicBoolean();
    SlackPeople people =
        new SlackPeople(slack, push -> lost.get() ? Pushed.NOBODY : overSocket(socket, push));
    people.channel("incidents");
    people.channel("alerts");
    BotHarness bot = BotHarness.start(folder, clock, platforms(slack, "socket") + yaml);
    SlackBot both = new SlackBot(slack, Optional.of(socket), Optional.empty(), bot, people, lost);
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
    return """
    server: { port: 0, auth: %s }
    platforms:
      web: { enabled: true }
      slack:
        enabled: true
        mode: %s
        bot-token: "%s"
        app-token: "%s"
        signing-secret: "%s"
        api-url: "%s"
        alert-channels: [alerts]
    """
        .formatted(
            BotHttp.TOKENS,
            mode,
            FakeSlack.BOT_TOKEN,
            FakeSlack.APP_TOKEN,
            Signed.SECRET,
            slack.apiUrl());
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

  /**
   * Waits until everything that was stored has been handled and carried out. Slack takes only so
   * many messages a second, so the clock moves on while something waits for its turn.
   */
  void settle() {
    inTime("nothing waits", bot::isDone);
    people.settle();
  }

  /** Looks until something is so; time passes while everybody waits for it, see the harness. */
  void inTime(String what, BooleanSupplier question) {
    find(what, () -> question.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** Looks until something is there; time passes while everybody waits for it, see the harness. */
  <T> T find(String what, Supplier<Optional<T>> look) {
    return bot.inTime(what, SECOND, this::slackRests, look);
  }

  /** What Slack sends by itself reaches the bot before the clock moves on. */
  private boolean slackRests() {
    retries.ifPresent(RetryingLine::passTime);
    people.settle();
    return true;
  }

  /** Waits for the channel whose name begins so. */
  ChannelNow channel(String begin) {
    return find(
        "a channel " + begin,
        () -> sight().channels().stream().filter(c -> c.name().startsWith(begin)).findFirst());
  }

  /** Waits for a window that stands open for a person, and returns the newest. */
  OpenWindow window(String person) {
    return find(
        "a window for " + person,
        () -> sight().windowsOf(person).stream().reduce((before, after) -> after));
  }

  /** Waits for the first message of a channel that fits. */
  Posted message(String channel, String what, Predicate<Posted> wanted) {
    try {
      return find(what, () -> first(sight().messages(channel), wanted));
    } catch (AssertionError late) {
      return fail(late.getMessage() + "; there is " + sight().messages(channel));
    }
  }

  /** Waits for something that one person is told and that contains {@code part}. */
  Posted told(String person, String part) {
    try {
      return find(part, () -> first(sight().toldTo(person), m -> m.words().contains(part)));
    } catch (AssertionError late) {
      return fail(late.getMessage() + "; " + person + " was told " + sight().toldTo(person));
    }
  }

  private static Optional<Posted> first(List<Posted> all, Predicate<Posted> wanted) {
    return all.stream().filter(wanted).findFirst();
  }

  @Override
  public void close() {
    bot.close();
    socket.ifPresent(FakeSocket::close);
    slack.close();
  }
}

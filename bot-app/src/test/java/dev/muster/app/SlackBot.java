// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.fail;

import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.HttpLine;
import dev.muster.slack.fake.OpenWindow;
import dev.muster.slack.fake.Posted;
import dev.muster.slack.fake.Signed;
import dev.muster.slack.fake.SlackPeople;
import dev.muster.slack.fake.SlackSight;
import dev.muster.testkit.ManualClock;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The whole bot over the stand-in for Slack, in HTTP mode: people act in the workspace, the bot
 * answers there. The channel {@code incidents} takes the announcements.
 */
final class SlackBot implements AutoCloseable {

  private final FakeSlack slack;
  private final SlackPeople people;
  private final BotHarness bot;

  private SlackBot(FakeSlack slack, BotHarness bot, SlackPeople people) {
    this.slack = slack;
    this.bot = bot;
    this.people = people;
  }

  /**
   * Starts both.
   *
   * @param yaml what {@code bot.yaml} says besides server, store and platforms
   */
  static SlackBot start(Path folder, ManualClock clock, String yaml) {
    FakeSlack slack = new FakeSlack(clock);
    BotHarness[] bot = new BotHarness[1];
    HttpLine line =
        new HttpLine(() -> URI.create("http://127.0.0.1:" + bot[0].http().port()), clock);
    SlackPeople people = new SlackPeople(slack, line);
    people.channel("incidents");
    bot[0] = BotHarness.start(folder, clock, platforms(slack) + yaml);
    return new SlackBot(slack, bot[0], people);
  }

  /** Returns the part of {@code bot.yaml} that switches Slack on. */
  static String platforms(FakeSlack slack) {
    return """
        platforms:
          web: { enabled: true }
          slack:
            enabled: true
            bot-token: "%s"
            signing-secret: "%s"
            api-url: "%s"
        """
        .formatted(FakeSlack.BOT_TOKEN, Signed.SECRET, slack.apiUrl());
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

  /** Waits for the channel whose name begins so. */
  ChannelNow channel(String begin) {
    return bot.http()
        .await(
            "a channel " + begin,
            () -> sight().channels().stream().filter(c -> c.name().startsWith(begin)).findFirst());
  }

  /** Waits for a window that stands open for a person, and returns the newest. */
  OpenWindow window(String person) {
    return bot.http()
        .await(
            "a window for " + person,
            () -> sight().windowsOf(person).stream().reduce((before, after) -> after));
  }

  /** Waits for the first message of a channel that fits. */
  Posted message(String channel, String what, Predicate<Posted> wanted) {
    try {
      return bot.http().await(what, () -> first(sight().messages(channel), wanted));
    } catch (AssertionError late) {
      return fail(late.getMessage() + "; there is " + sight().messages(channel));
    }
  }

  /** Waits for something that one person is told and that contains {@code part}. */
  Posted told(String person, String part) {
    try {
      return bot.http()
          .await(part, () -> first(sight().toldTo(person), m -> m.words().contains(part)));
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
    slack.close();
  }
}

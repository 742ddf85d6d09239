// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.teams.fake.BotYaml;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.teams.fake.HttpLine;
import dev.muster.teams.fake.Posted;
import dev.muster.teams.fake.TeamsPeople;
import dev.muster.teams.fake.TeamsSight;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The whole bot over the stand-in for Microsoft: people act in the tenant, the bot answers there.
 * The channel {@code incidents} takes the announcements.
 */
final class TeamsBot implements AutoCloseable {

  private final FakeTeams teams;
  private final TeamsPeople people;
  private volatile BotHarness bot;
  private volatile Waiting waiting;

  private TeamsBot(InstantSource clock) {
    teams = new FakeTeams(clock);
    people = new TeamsPeople(teams, new HttpLine(this::address));
    people.channel("incidents");
  }

  /**
   * Starts both; the app is in the home team.
   *
   * @param yaml what {@code bot.yaml} says besides server, store and platforms
   * @param members who is in the home team already
   */
  static TeamsBot start(Path folder, InstantSource clock, String yaml, String... members) {
    TeamsBot teams = without(clock);
    List.of(members).forEach(teams.people::admits);
    String platforms = SlackBot.SERVER + BotYaml.of(teams.teams);
    teams.serve(BotHarness.start(folder, clock, platforms + yaml), () -> true);
    return teams;
  }

  /** Starts Teams alone; the bot is still to come. */
  static TeamsBot without(InstantSource clock) {
    return new TeamsBot(clock);
  }

  /** Puts the app of a running bot into the home team; {@code others} as in {@link Waiting}. */
  void serve(BotHarness running, BooleanSupplier others) {
    bot = running;
    waiting = new Waiting(running, others);
    people.installsTheBot();
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + bot.http().port());
  }

  FakeTeams teams() {
    return teams;
  }

  TeamsPeople people() {
    return people;
  }

  TeamsSight sight() {
    return people.sight();
  }

  BotHarness bot() {
    return bot;
  }

  Waiting waiting() {
    return waiting;
  }

  /** Waits for the channel whose name begins so. */
  FakeConversation channel(String begin) {
    return waiting.first(
        "a channel " + begin, () -> sight().channels().stream(), c -> c.name().startsWith(begin));
  }

  /** Waits for the first message of a channel that fits. */
  Posted message(String channel, String what, Predicate<Posted> wanted) {
    return waiting.first(what, () -> sight().messages(channel).stream(), wanted);
  }

  /** Waits for something that one person is told and that contains {@code part}. */
  Posted told(String person, String part) {
    return waiting.first(
        part, () -> sight().toldTo(person).stream(), m -> m.words().contains(part));
  }

  /** Returns what stands in a channel, as people read it. */
  List<Chapters.Said> said(String channel) {
    return sight().messages(channel).stream()
        .map(m -> new Chapters.Said(m.id(), m.root(), m.isFromBot(), m.words()))
        .toList();
  }

  @Override
  public void close() {
    bot.close();
    teams.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.MovedOn;
import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.HttpLine;
import dev.muster.slack.fake.Posted;
import dev.muster.slack.fake.Push;
import dev.muster.slack.fake.Pushed;
import dev.muster.slack.fake.Signed;
import dev.muster.slack.fake.SlackPeople;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** One bot that may be killed, on a Slack that lives on and remembers. */
final class SlackTrial extends OpeningTrial {

  /** A call ends after ten seconds. */
  private static final Duration LONGER_THAN_THE_BOT_WAITS = Duration.ofSeconds(11);

  private final FakeSlack slack;
  private final SlackPeople people;
  private final Postman<Push, Pushed> postman;

  SlackTrial(Path folder) {
    this(folder, new MovedOn(Duration.ZERO));
  }

  private SlackTrial(Path folder, MovedOn clock) {
    this(folder, clock, new FakeSlack(clock));
  }

  private SlackTrial(Path folder, MovedOn clock, FakeSlack slack) {
    super(folder, platforms(slack), clock);
    this.slack = slack;
    slack.delays(LONGER_THAN_THE_BOT_WAITS);
    HttpLine line = new HttpLine(() -> URI.create(bot().address()), clock);
    postman =
        new Postman<>(new RepeatingLine(bot(), line)::push, Pushed.NOBODY, Pushed::isAcknowledged);
    people = new SlackPeople(slack, postman::bring);
    people.channel(ANNOUNCEMENTS, "ada", "li");
    onCall(people.person("li"), people.person("ada"));
  }

  private static String platforms(FakeSlack slack) {
    return """
    platforms:
      web: { enabled: false }
      slack:
        enabled: true
        bot-token: "%s"
        signing-secret: "%s"
        api-url: "%s"
    """
        .formatted(FakeSlack.BOT_TOKEN, Signed.SECRET, slack.apiUrl());
  }

  @Override
  boolean offers(String channel, String label) {
    return people.sight().messages(channel).stream().anyMatch(m -> m.offers(label));
  }

  @Override
  boolean press(String person, String channel, String label) {
    return people.presses(person, channel, label).isAcknowledged() || postman.keepsRefused();
  }

  @Override
  void write(String person, String channel, String words) {
    people.types(person, channel, "@muster " + words);
  }

  @Override
  void talk(String person, String channel, String words) {
    people.types(person, channel, words);
  }

  /** Returns what can go wrong on the way. */
  ChatStage.Wire wire() {
    return new ChatStage.Wire(
        (method, fault) -> slack.arm(method, FakeFault.valueOf(fault)), slack::goDark, postman);
  }

  @Override
  Set<String> secrets() {
    return Set.of(FakeSlack.BOT_TOKEN, Signed.SECRET);
  }

  @Override
  void settleOutside() {
    people.settle();
  }

  private Stream<ChannelNow> channels(String begin) {
    return people.sight().channels().stream().filter(c -> c.name().startsWith(begin));
  }

  @Override
  List<Room> rooms(String begin) {
    return channels(begin)
        .map(c -> new Room(c.id(), c.name(), lines(c.id()), c.topic(), names(c)))
        .toList();
  }

  private List<String> names(ChannelNow channel) {
    return Stream.of("ada", "li")
        .filter(name -> channel.members().contains(people.sight().idOf(name)))
        .toList();
  }

  private List<Line> lines(String channel) {
    return people.sight().messages(channel).stream()
        .map(m -> new Line(m.isFromBot(), m.thread().isPresent(), m.words()))
        .toList();
  }

  @Override
  List<String> toldToCommander() {
    return people.sight().toldTo("ada").stream().map(Posted::words).toList();
  }

  @Override
  List<Line> announcements() {
    return lines(ANNOUNCEMENTS);
  }

  @Override
  List<String> problemsHere(String id, boolean inDoubt) {
    List<String> problems = new ArrayList<>();
    channels(Room.begin(id))
        .forEach(
            channel -> {
              List<Posted> all = people.sight().messages(channel.id());
              long pins = all.stream().filter(Posted::pinned).count();
              ChatPromises.expectOne(problems, pins, "pins of " + id);
            });
    return problems;
  }

  @Override
  public void close() {
    super.close();
    slack.close();
  }
}

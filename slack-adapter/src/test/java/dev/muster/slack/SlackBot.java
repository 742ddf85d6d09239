// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.Person;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.Hands;
import dev.muster.slack.fake.SlackChatWorld;
import dev.muster.testkit.EngineHarness;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.ShownMessage;
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.util.List;

/** The whole bot on Slack: the real engine, store and adapter, and people in the stand-in. */
final class SlackBot implements AutoCloseable {

  private final ManualClock clock = ManualClock.atNoon();
  private final EngineHarness engine;
  private final FakeSlack slack = new FakeSlack(clock);
  private final SlackChatWorld world;
  private final Hands hands;
  private final ChannelRef announcements;

  SlackBot(Path folder) {
    engine = new EngineHarness(clock, folder);
    TestRuntime runtime = new TestRuntime(clock, engine.memory("slack"), folder);
    ChatPlatform platform =
        new SlackPlatformFactory()
            .create(Worlds.settings(slack.apiUrl()), engine.inboxOf("slack"), runtime);
    world = new SlackChatWorld(slack, platform, runtime, clock);
    hands = new Hands(slack, runtime, clock);
    announcements = hands.channel("incidents");
    engine.start(platform);
  }

  EngineHarness engine() {
    return engine;
  }

  FakeSlack slack() {
    return slack;
  }

  SlackChatWorld world() {
    return world;
  }

  Hands hands() {
    return hands;
  }

  ChannelRef announcements() {
    return announcements;
  }

  /** Returns a channel that belongs to no incident. */
  ChannelRef elsewhere() {
    return world.meetingPlace().channel();
  }

  /** Returns the channel of an incident. */
  ChannelRef room(String incident) {
    return engine.incident(incident).spaceOn("slack").orElseThrow().channel();
  }

  /** Lets somebody give a command, and waits for what follows. */
  void says(Person who, ChannelRef where, String text) {
    world.commands(who, where, text);
    engine.settle();
  }

  /** Declares an incident by command and waits for its channel. */
  ChannelRef declared(Person who, String title) {
    says(who, elsewhere(), "declare! " + title);
    return room("INC-" + engine.incidents());
  }

  /** Returns what was last said for this person's eyes alone. */
  String toldLast(Person who) {
    List<ShownMessage> told = world.toldTo(who);
    return told.isEmpty() ? "" : told.get(told.size() - 1).words();
  }

  /** Returns everything said for this person's eyes alone, one after another. */
  String told(Person who) {
    return String.join("\n", world.toldTo(who).stream().map(ShownMessage::words).toList());
  }

  @Override
  public void close() {
    engine.close();
    world.close();
  }
}

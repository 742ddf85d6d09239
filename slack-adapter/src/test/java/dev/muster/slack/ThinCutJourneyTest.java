// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChatEvent.MessagePosted;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.spi.ChatPlatform.HistoryPage;
import dev.muster.chat.spi.Delivery;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.testkit.ThinCut;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** On Slack the gap is a disk that takes nothing while people go on. */
final class ThinCutJourneyTest extends ThinCut<SlackChatWorld> {

  private FakeSlack slack;

  @Override
  protected SlackChatWorld open() {
    Worlds.Opened opened = Worlds.open(memory, inbox, clock, folder);
    slack = opened.slack();
    return opened.world();
  }

  @Override
  protected String mention() {
    return "@li";
  }

  @Override
  protected void loseTheReplyOfOpening() {
    slack.arm("conversations.create", FakeFault.LOSES_THE_REPLY);
  }

  @Override
  protected long openings() {
    return slack.calls("conversations.create").size();
  }

  @Override
  protected void headlinePosted(SlackChatWorld world, MessageRef headline) {
    done(world.platform().pin(headline));
  }

  @Override
  protected void commandTaken(SlackChatWorld world, OpenedChannel channel) {
    assertTrue(world.messages(channel.channel()).get(0).pinned());
  }

  @Override
  protected void fillTheGap(SlackChatWorld world, OpenedChannel channel, Person ada) {
    Instant since = clock.instant();
    clock.advance(Duration.ofSeconds(1));
    MessageRef root = world.types(ada, channel.channel(), Optional.empty(), "live");
    int live = inbox.deliveries().size();
    inbox.breakDisk();
    world.types(ada, channel.channel(), Optional.of(root.id()), "reply while we were away");
    MessageRef edited = world.types(ada, channel.channel(), Optional.empty(), "frist");
    world.edits(ada, edited, "first");
    assertEquals(live, inbox.deliveries().size());

    HistoryPage page =
        done(world.platform().readHistory(channel.channel(), since, Optional.empty()));

    List<String> keys = page.deliveries().stream().map(Delivery::key).toList();
    assertEquals(inbox.deliveries().get(live - 1).key(), keys.get(0));
    assertEquals(4, keys.size(), keys.toString());
    assertEquals(
        List.of("live", "reply while we were away", "first"),
        page.deliveries().stream()
            .map(Delivery::event)
            .filter(MessagePosted.class::isInstance)
            .map(event -> ((MessagePosted) event).text())
            .toList());
    assertEquals(Optional.empty(), page.next());
  }
}

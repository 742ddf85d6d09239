// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Answer;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.ChatEvent.ButtonPressed;
import dev.muster.chat.ChatEvent.CommandInvoked;
import dev.muster.chat.ChatEvent.FormSubmitted;
import dev.muster.chat.ChatEvent.MessagePosted;
import dev.muster.chat.Form;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.ChatPlatform.HistoryPage;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.OnceKey;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A signed command, the modal with a field error, the opened channel with a lost reply, a card with
 * a press, a gap filled from the history: one incident's beginning, from end to end of the adapter.
 */
class ThinCutJourneyTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final RecordingInbox inbox = new RecordingInbox(memory);
  @TempDir Path folder;

  private static <T> T done(ChatOutcome<T> outcome) {
    assertInstanceOf(ChatOutcome.Done.class, outcome, outcome.toString());
    return ((ChatOutcome.Done<T>) outcome).value();
  }

  private OnceKey key(String value) {
    return OnceKey.first(value, clock.instant());
  }

  @Test
  void incident_declaredOnSlack_goesItsWayThroughALostReplyAndAGap() {
    Worlds.Opened opened = Worlds.open(memory, inbox, clock, folder);
    try (SlackChatWorld world = opened.world()) {
      ChatPlatform platform = world.platform();
      platform.start();
      Person ada = world.person("ada");
      Person li = world.person("li");

      declareByForm(world, ada);
      OpenedChannel channel = openWithALostReply(opened.slack(), platform);
      assertEquals(
          List.of(), done(platform.invite(channel.channel(), List.of(ada.ref(), li.ref()))));
      takeCommand(world, channel, li);
      fillTheGap(world, channel, ada);
    }
  }

  private void declareByForm(SlackChatWorld world, Person ada) {
    world.commands(ada, world.meetingPlace().channel(), "declare ask @li about <db> & cache");
    CommandInvoked command = inbox.heard(CommandInvoked.class).get(0);
    assertTrue(command.text().startsWith("declare ask <@slack:U0"), command.text());
    assertTrue(command.text().endsWith("> about <db> & cache"), command.text());

    Form form =
        new Form(
            "form-1",
            "Declare an incident",
            "Declare",
            "Opens a channel.",
            List.of(
                new Form.Field("title", "Title", Form.Kind.LINE, true, "", "", List.of(), 250)));
    done(world.platform().openForm(command.opening().orElseThrow(), ada.ref(), form));
    inbox.answerWith(
        event ->
            event instanceof FormSubmitted submitted && submitted.values().get("title").length() < 3
                ? new Answer.FieldErrors(Map.of("title", "Say what is broken."))
                : new Answer.Accepted());
    assertEquals(
        Map.of("title", "Say what is broken."), world.submits(ada, "form-1", Map.of("title", "?")));
    assertEquals(Map.of(), world.submits(ada, "form-1", Map.of("title", "Checkout is down")));
    assertEquals(2, inbox.heard(FormSubmitted.class).size());
    done(
        world
            .platform()
            .tell(key("answer"), command.reply(), BotMessage.line("Opening the channel.")));
    assertEquals(1, world.toldTo(ada).size());
  }

  private OpenedChannel openWithALostReply(FakeSlack slack, ChatPlatform platform) {
    OnceKey key = key("open-1");
    ChannelSpec spec = new ChannelSpec("inc-1-checkout-is-down", "SEV2 · Investigating", false);
    slack.arm("conversations.create", FakeFault.LOSES_THE_REPLY);
    assertInstanceOf(ChatOutcome.Unknown.class, platform.openChannel(key, spec));
    OpenedChannel channel = done(platform.openChannel(key.again(), spec));
    assertEquals("inc-1-checkout-is-down", channel.name());
    assertEquals(1, slack.calls("conversations.create").size());
    return channel;
  }

  private void takeCommand(SlackChatWorld world, OpenedChannel channel, Person li) {
    BotMessage card =
        BotMessage.card("SEV2 INC-1 Checkout is down: investigating, nobody commands.", "INC-1")
            .withButtons(List.of(Button.of("Take command", "take_command", "press-1")));
    MessageRef headline =
        done(world.platform().post(key("card"), channel.channel(), Optional.empty(), card));
    done(world.platform().pin(headline));
    world.presses(li, headline, "press-1");
    ButtonPressed press = inbox.heard(ButtonPressed.class).get(0);
    assertEquals(li.ref(), press.by().person().ref());
    assertEquals(Optional.of(headline), press.message());
    done(world.platform().edit(headline, BotMessage.line("Li commands.")));
    assertTrue(world.messages(channel.channel()).get(0).pinned());
  }

  private void fillTheGap(SlackChatWorld world, OpenedChannel channel, Person ada) {
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

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Answer;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.ChatEvent.ButtonPressed;
import dev.muster.chat.ChatEvent.CommandInvoked;
import dev.muster.chat.ChatEvent.ConnectionGap;
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
import dev.muster.teams.fake.FakeTeams;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.Fault;
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
 * A verified command, the form with a field error, the channel through Graph with a lost reply, a
 * card with a press, a restart and the gap filled from the history: one incident's beginning, from
 * end to end of the adapter.
 */
final class ThinCutJourneyTest {

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
  void incident_declaredOnTeams_goesItsWayThroughALostReplyAndAGap() {
    try (TeamsChatWorld world = new TeamsChatWorld(memory, inbox, clock, folder)) {
      ChatPlatform platform = world.platform();
      platform.start();
      Person ada = world.person("ada");
      Person li = world.person("li");

      declareByForm(world, ada);
      OpenedChannel channel = openWithALostReply(world.teams(), platform);
      assertEquals(
          List.of(), done(platform.invite(channel.channel(), List.of(ada.ref(), li.ref()))));
      takeCommand(world, channel, li);
      fillTheGap(world, channel, ada);
    }
  }

  private void declareByForm(TeamsChatWorld world, Person ada) {
    world.commands(ada, world.meetingPlace().channel(), "declare ask <at>li</at> about <db> & it");
    CommandInvoked command = inbox.heard(CommandInvoked.class).get(0);
    assertTrue(command.text().startsWith("declare ask <@teams:"), command.text());
    assertTrue(command.text().endsWith("> about <db> & it"), command.text());

    Form.Field title =
        new Form.Field("title", "Title", Form.Kind.LINE, true, "", "", List.of(), 250);
    Form form =
        new Form("form-1", "Declare an incident", "Declare", "Opens a channel.", List.of(title));
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
    BotMessage line = BotMessage.line("Opening the channel.");
    done(world.platform().tell(key("answer"), command.reply(), line));
    assertTrue(world.toldTo(ada).stream().anyMatch(m -> m.words().equals(line.text())));
  }

  private OpenedChannel openWithALostReply(FakeTeams teams, ChatPlatform platform) {
    OnceKey key = key("open-1");
    ChannelSpec spec = new ChannelSpec("inc-1-checkout-is-down", "SEV2 · Investigating", false);
    teams.arm(Part.GRAPH, Fault.after(Fault.Kind.LOSES_THE_REPLY));
    assertInstanceOf(ChatOutcome.Unknown.class, platform.openChannel(key, spec));
    OpenedChannel channel = done(platform.openChannel(key.again(), spec));
    assertEquals("inc-1-checkout-is-down", channel.name());
    assertEquals(1, teams.calls(Part.GRAPH));
    return channel;
  }

  private void takeCommand(TeamsChatWorld world, OpenedChannel channel, Person li) {
    BotMessage card =
        BotMessage.card("SEV2 INC-1 Checkout is down: investigating, nobody commands.", "INC-1")
            .withButtons(List.of(Button.of("Take command", "take_command", "press-1")));
    MessageRef headline =
        done(world.platform().post(key("card"), channel.channel(), Optional.empty(), card));
    inbox.answerWith(event -> new Answer.Notice("You command INC-1."));
    world.presses(li, headline, "press-1");
    assertEquals("You command INC-1.", world.lastAnswer().path("value").asText());
    ButtonPressed press = inbox.heard(ButtonPressed.class).get(0);
    assertEquals(li.ref(), press.by().person().ref());
    assertEquals(Optional.of(headline), press.message());
    done(world.platform().edit(headline, BotMessage.line("Li commands.")));
  }

  private void fillTheGap(TeamsChatWorld world, OpenedChannel channel, Person ada) {
    MessageRef root = world.types(ada, channel.channel(), Optional.empty(), "live");
    Delivery live = inbox.deliveries().get(inbox.deliveries().size() - 1);
    Instant down = clock.instant();
    world.platform().close();
    clock.advance(Duration.ofSeconds(1));
    world.typesUnheard(ada, channel.channel(), Optional.of(root.id()), "while we were away");

    world.platform().start();
    clock.advance(Duration.ofSeconds(11));
    ((TeamsPlatform) world.platform()).lookAround();
    ConnectionGap gap = inbox.heard(ConnectionGap.class).get(0);
    HistoryPage page =
        done(world.platform().readHistory(channel.channel(), gap.since(), Optional.empty()));

    assertFalse(gap.since().isAfter(down));
    assertEquals("teams", gap.platform());
    assertEquals(live.key(), page.deliveries().get(0).key());
    assertEquals(live.event(), page.deliveries().get(0).event());
    assertEquals(
        List.of("live", "while we were away"),
        page.deliveries().stream().map(d -> ((MessagePosted) d.event()).text()).toList());
    assertEquals(Optional.empty(), page.next());
  }
}

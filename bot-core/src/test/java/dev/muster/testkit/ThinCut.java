// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

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
import dev.muster.chat.Form;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One incident's beginning, from end to end of an adapter: a command, the form with a field error,
 * the channel with a lost reply, a card with a press, and a gap filled from the history.
 *
 * @param <W> the platform's people
 */
public abstract class ThinCut<W extends ChatWorld> {

  private static final String TITLE = "inc-1-checkout-is-down";
  private static final Map<String, String> FIELD_ERROR = Map.of("title", "Say what is broken.");

  /** The time of the platform and the adapter. */
  protected final ManualClock clock = ManualClock.atNoon();

  /** What the adapter keeps. */
  protected final KeyedMemory memory = new KeyedMemory();

  /** What the adapter hears. */
  protected final RecordingInbox inbox = new RecordingInbox(memory);

  /** Where the adapter may write. */
  @TempDir protected Path folder;

  /** Opens the stand-in with the real adapter over it. */
  protected abstract W open();

  /** Returns how people write a mention of li. */
  protected abstract String mention();

  /** Has the platform open the next channel and lose the reply. */
  protected abstract void loseTheReplyOfOpening();

  /** Returns how often a channel was opened. */
  protected abstract long openings();

  /** Does with the headline what this platform can. */
  protected abstract void headlinePosted(W world, MessageRef headline);

  /** Looks at what is left once the button was pressed and the headline changed. */
  protected abstract void commandTaken(W world, OpenedChannel channel);

  /** Lets things be said while nothing is heard, and reads them up. */
  protected abstract void fillTheGap(W world, OpenedChannel channel, Person ada);

  /** Returns the value of what was done. */
  protected static <T> T done(ChatOutcome<T> outcome) {
    assertInstanceOf(ChatOutcome.Done.class, outcome, outcome.toString());
    return ((ChatOutcome.Done<T>) outcome).value();
  }

  private OnceKey key(String value) {
    return OnceKey.first(value, clock.instant());
  }

  /** All of it, one step after the other. */
  @Test
  public final void incident_declaredByCommand_goesItsWayThroughALostReplyAndAGap() {
    try (W world = open()) {
      world.platform().start();
      Person ada = world.person("ada");
      Person li = world.person("li");

      declareByForm(world, ada);
      OpenedChannel channel = openWithALostReply(world);
      assertEquals(
          List.of(),
          done(world.platform().invite(channel.channel(), List.of(ada.ref(), li.ref()))));
      takeCommand(world, channel, li);
      fillTheGap(world, channel, ada);
    }
  }

  private void declareByForm(W world, Person ada) {
    world.commands(
        ada, world.meetingPlace().channel(), "declare ask " + mention() + " about <db> & cache");
    CommandInvoked command = inbox.heard(CommandInvoked.class).get(0);
    String mentioned = "declare ask <@" + world.platform().name() + ":";
    assertTrue(command.text().startsWith(mentioned), command.text());
    assertTrue(command.text().endsWith("> about <db> & cache"), command.text());

    Form.Field title =
        new Form.Field("title", "Title", Form.Kind.LINE, true, "", "", List.of(), 250);
    Form form =
        new Form("form-1", "Declare an incident", "Declare", "Opens a channel.", List.of(title));
    done(world.platform().openForm(command.opening().orElseThrow(), ada.ref(), form));
    inbox.answerWith(
        event ->
            event instanceof FormSubmitted submitted && submitted.values().get("title").length() < 3
                ? new Answer.FieldErrors(FIELD_ERROR)
                : new Answer.Accepted());
    assertEquals(FIELD_ERROR, world.submits(ada, "form-1", Map.of("title", "?")));
    assertEquals(Map.of(), world.submits(ada, "form-1", Map.of("title", "Checkout is down")));
    assertEquals(2, inbox.heard(FormSubmitted.class).size());
    BotMessage line = BotMessage.line("Opening the channel.");
    done(world.platform().tell(key("answer"), command.reply(), line));
    assertTrue(world.toldTo(ada).stream().anyMatch(m -> m.words().equals(line.text())));
  }

  private OpenedChannel openWithALostReply(W world) {
    OnceKey key = key("open-1");
    ChannelSpec spec = new ChannelSpec(TITLE, "SEV2 · Investigating", false);
    loseTheReplyOfOpening();
    assertInstanceOf(ChatOutcome.Unknown.class, world.platform().openChannel(key, spec));
    OpenedChannel channel = done(world.platform().openChannel(key.again(), spec));
    assertEquals(TITLE, channel.name());
    assertEquals(1, openings());
    return channel;
  }

  private void takeCommand(W world, OpenedChannel channel, Person li) {
    BotMessage card =
        BotMessage.card("SEV2 INC-1 Checkout is down: investigating, nobody commands.", "INC-1")
            .withButtons(List.of(Button.of("Take command", "take_command", "press-1")));
    MessageRef headline =
        done(world.platform().post(key("card"), channel.channel(), Optional.empty(), card));
    headlinePosted(world, headline);
    world.presses(li, headline, "press-1");
    ButtonPressed press = inbox.heard(ButtonPressed.class).get(0);
    assertEquals(li.ref(), press.by().person().ref());
    assertEquals(Optional.of(headline), press.message());
    done(world.platform().edit(headline, BotMessage.line("Li commands.")));
    commandTaken(world, channel);
  }
}

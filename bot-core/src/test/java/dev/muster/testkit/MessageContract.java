// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static dev.muster.testkit.ContractArea.DECORATIONS;
import static dev.muster.testkit.ContractArea.EDITING;
import static dev.muster.testkit.ContractArea.FILES;
import static dev.muster.testkit.ContractArea.POSTING;
import static dev.muster.testkit.ContractArea.PRIVATE_ANSWERS;
import static dev.muster.testkit.ContractArea.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent.CommandInvoked;
import dev.muster.chat.Fact;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.Section;
import dev.muster.chat.spi.Capability;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform.Attachment;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Urgency;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of what the bot says. */
abstract class MessageContract extends ChannelContract {

  private static final String MARKUP =
      "a < b & c > d *not bold* _not slanted_ ~no~ `no` # no [no](http://x.invalid) <b>no</b> 1."
          + " \\";

  private ChannelRef place(ChatWorld world) {
    return world.meetingPlace().channel();
  }

  @Test
  public final void post_line_isShownAsTheBots() {
    ChatWorld world = world(POSTING);

    MessageRef message = posted(place(world), "The checkout is slow.");

    assertEquals("The checkout is slow.", shown(message).words());
    assertEquals(Optional.empty(), shown(message).author());
    assertEquals(place(world), message.channel());
  }

  @Test
  public final void post_sameKeyTwice_isShownOnce() {
    ChatWorld world = world(POSTING);
    OnceKey key = key("once");
    BotMessage message = BotMessage.line("Said once.");
    MessageRef first = done(platform().post(key, place(world), Optional.empty(), message));

    MessageRef second = done(platform().post(key.again(), place(world), Optional.empty(), message));

    assertEquals(first, second);
    assertEquals(1, showing(place(world), "Said once."));
  }

  @Test
  public final void rehearse_card_callsNobodyAndShowsNothing() {
    ChatWorld world = world(POSTING);
    int calls = world.calls();
    Button button = Button.of("Acknowledge", "ack", "token-of-nobody");

    platform()
        .rehearse(BotMessage.card("Rehearsed.", "INC-1 rehearsed").withButtons(List.of(button)));

    assertEquals(calls, world.calls());
    assertEquals(0, showing(place(world), "Rehearsed."));
  }

  @Test
  public final void post_twoKeysSameWords_isShownTwice() {
    ChatWorld world = world(POSTING);

    for (String key : List.of("one", "two")) {
      done(platform().post(key(key), place(world), Optional.empty(), BotMessage.line("Again.")));
    }

    assertEquals(2, showing(place(world), "Again."));
  }

  @Test
  public final void post_card_showsAllItsWordsAndButtons() {
    ChatWorld world = world(POSTING);
    BotMessage card =
        BotMessage.card("SEV2 INC-1 is investigating.", "INC-1 Checkout")
            .withFacts(List.of(Fact.of("Status", "investigating"), Fact.of("Commander", "vacant")))
            .withSections(
                List.of(
                    Section.of("Impact", "Payments fail."),
                    new Section("", Phrase.of("GET /health"), Section.Style.CODE)))
            .withButtons(
                List.of(
                    Button.of("Take command", "take_command", "token-1"),
                    Button.of("Acknowledge", "ack", "token-2")));
    BotMessage.ForSome more =
        new BotMessage.ForSome(
            List.of(world.person("ada").ref()), List.of(Button.of("Hand over", "role", "more")));

    ShownMessage shown = shown(posted(place(world), card.withForSome(more)));

    for (String words :
        List.of("INC-1 Checkout", "Status", "investigating", "Impact", "Payments fail.")) {
      assertTrue(shown.words().contains(words), words + " in " + shown.words());
    }
    assertTrue(shown.words().contains("GET /health"));
    assertEquals(List.of("token-1", "token-2"), shown.tokens());
  }

  @Test
  @Holds(Capability.THREADS)
  public final void post_inThread_hangsUnderItsRoot() {
    ChatWorld world = world(POSTING);
    MessageRef root = posted(place(world), "Root.");

    MessageRef reply =
        done(
            platform()
                .post(key("r"), place(world), Optional.of(root.id()), BotMessage.line("Reply.")));

    assertEquals(1, showing(place(world), "Reply."));
    if (can(Capability.THREADS)) {
      assertEquals(Optional.of(root.id()), shown(reply).thread());
    }
  }

  @Test
  public final void post_unknownChannel_isRefused() {
    world(POSTING);
    ChannelRef nowhere = new ChannelRef(platform().name(), "C0NOWHERE");

    refused(platform().post(key("n"), nowhere, Optional.empty(), BotMessage.line("Lost.")));
  }

  @Test
  public final void edit_ourMessage_changesTheSameMessage() {
    ChatWorld world = world(EDITING);
    MessageRef message = posted(place(world), "Before.");

    done(platform().edit(message, BotMessage.line("After.")));

    assertEquals("After.", shown(message).words());
    assertEquals(0, showing(place(world), "Before."));
  }

  @Test
  public final void edit_manyInARow_endWithTheNewestOfEveryUrgency() {
    ChatWorld world = world(EDITING);
    MessageRef message = posted(place(world), "Before.");

    for (int i = 0; i < 12; i++) {
      Urgency urgency = Urgency.values()[i % Urgency.values().length];
      BotMessage now = BotMessage.line("State " + i + ".");
      inTurn(() -> platform().edit(urgency, message, now));
    }

    assertEquals("State 11.", shown(message).words());
  }

  @Test
  public final void post_manyInARow_comeInTheirTurnAndInOrder() {
    ChatWorld world = world(POSTING);

    for (int i = 0; i < 12; i++) {
      posted(place(world), "Said as number " + i + ".");
    }

    List<String> words = world.messages(place(world)).stream().map(ShownMessage::words).toList();
    List<String> said = words.stream().filter(word -> word.startsWith("Said as number ")).toList();
    assertEquals(IntStream.range(0, 12).mapToObj(i -> "Said as number " + i + ".").toList(), said);
  }

  @Test
  public final void edit_deletedMessage_isRefused() {
    ChatWorld world = world(EDITING);
    MessageRef message = posted(place(world), "Gone soon.");

    done(platform().delete(message));
    done(platform().delete(message));

    refused(platform().edit(message, BotMessage.line("Too late.")));
    assertEquals(0, showing(place(world), "Gone soon."));
    assertEquals(0, showing(place(world), "Too late."));
  }

  @Test
  public final void text_everyMarkupCharacter_isShownAsTyped() {
    ChatWorld world = world(TEXT);
    BotMessage card =
        BotMessage.card(MARKUP, MARKUP).withSections(List.of(Section.of(MARKUP + " body")));

    assertEquals(MARKUP, shown(posted(place(world), MARKUP)).words());
    MessageRef message = done(platform().post(key("card"), place(world), Optional.empty(), card));
    assertTrue(shown(message).words().contains(MARKUP + " body"), shown(message).words());
  }

  @Test
  public final void text_overLong_isCutAtAWordWithAMarker() {
    ChatWorld world = world(TEXT);
    String text = "payments ".repeat(world.longestText() / 9 + 1000).strip();

    String words = shown(posted(place(world), text)).words();

    assertTrue(words.length() <= world.longestText(), "length " + words.length());
    int marker = words.indexOf('…');
    assertTrue(marker > world.longestText() / 2, "marker at " + marker);
    assertTrue(words.substring(0, marker).strip().endsWith("payments"), "cut inside a word");
  }

  @Test
  public final void mention_onPurpose_notifies() {
    ChatWorld world = world(TEXT);
    Person ada = world.person("ada");
    BotMessage message = BotMessage.line("Please look.").withMentions(List.of(ada));

    assertEquals(List.of(ada.ref()), shown(posted(place(world), message)).notifies());
  }

  @Test
  public final void mentionLikeText_fromOutside_notifiesNobody() {
    ChatWorld world = world(TEXT);
    Person ada = world.person("ada");
    String text =
        "hi @ada @channel <!channel> <!here> <at>ada</at> @"
            + ada.ref().id()
            + " <@"
            + ada.ref().id()
            + "> "
            + world.mentionOf(ada);

    ShownMessage shown = shown(posted(place(world), text));

    assertEquals(List.of(), shown.notifies());
    assertEquals(text, shown.words());
  }

  @Test
  @Holds({Capability.PINS, Capability.BOOKMARKS})
  public final void pin_bookmark_react_repeated_countAsDone() {
    ChatWorld world = world(DECORATIONS);
    ChannelRef channel = opened("inc-20-pins").channel();
    MessageRef message = posted(channel, "Headline.");

    for (int i = 0; i < 2; i++) {
      if (can(Capability.PINS)) {
        done(platform().pin(message));
      }
      if (can(Capability.BOOKMARKS)) {
        done(platform().bookmark(channel, "Page", "http://localhost:8080/incidents/INC-20"));
      }
    }

    assertEquals(can(Capability.PINS), shown(message).pinned());
    assertEquals(can(Capability.BOOKMARKS) ? 1 : 0, looked(channel).bookmarks().size());
    assertEquals(1, world.messages(channel).stream().filter(m -> m.ref().equals(message)).count());
  }

  @Test
  @Holds(Capability.BOOKMARKS)
  public final void unbookmark_repeated_takesThatLinkAway() {
    ChatWorld world = world(DECORATIONS);
    ChannelRef channel = opened("inc-21-links").channel();
    done(platform().bookmark(channel, "Call", "https://meet.example.com/old"));
    done(platform().bookmark(channel, "Call", "https://meet.example.com/new"));

    for (int i = 0; i < 2; i++) {
      done(platform().unbookmark(channel, "https://meet.example.com/old"));
    }

    assertEquals(can(Capability.BOOKMARKS) ? 1 : 0, looked(channel).bookmarks().size());
    done(platform().unbookmark(channel, "https://meet.example.com/new"));
    assertEquals(List.of(), looked(channel).bookmarks());
    assertEquals(List.of(), world.messages(channel));
  }

  @Test
  @Holds(Capability.FILES)
  public final void attach_sameKeyTwice_showsTheFileOnce() {
    ChatWorld world = world(FILES);
    Attachment file =
        new Attachment("postmortem.md", "text/markdown", "# INC-1".getBytes(UTF_8), "The draft.");
    OnceKey key = key("file");
    if (!can(Capability.FILES)) {
      refused(platform().attach(key, place(world), file));
      return;
    }

    done(platform().attach(key, place(world), file));
    done(platform().attach(key.again(), place(world), file));

    assertEquals(1, showing(place(world), "postmortem.md"));
  }

  @Test
  @Holds(Capability.FILES)
  public final void attach_toOnePerson_isSeenByThatPersonAloneAndOnce() {
    ChatWorld world = world(FILES);
    Person ada = world.person("ada");
    ChannelRef alone = ChannelRef.aloneWith(ada.ref());
    Attachment file =
        new Attachment("timeline.md", "text/markdown", "# INC-1".getBytes(UTF_8), "All of it.");
    OnceKey key = key("file");
    if (!can(Capability.FILES)) {
      refused(platform().attach(key, alone, file));
      return;
    }

    done(platform().attach(key, alone, file));
    platform().attach(key.again(), alone, file);

    assertEquals(1, told(world, ada, "timeline.md"));
    assertEquals(0, told(world, world.person("li"), "timeline.md"));
    assertEquals(0, showing(place(world), "timeline.md"));
  }

  @Test
  @Holds(Capability.FILES)
  public final void attach_toOnePersonReplyLost_isNotShownTwice() {
    ChatWorld world = world(FILES);
    Person ada = world.person("ada");
    ChannelRef alone = ChannelRef.aloneWith(ada.ref());
    Attachment file =
        new Attachment("timeline.md", "text/markdown", "# INC-1".getBytes(UTF_8), "All of it.");
    OnceKey key = key("file-lost");
    if (!can(Capability.FILES) || !world.canSuffer(Fault.LOSES_THE_REPLY)) {
      return;
    }

    world.arm(Fault.LOSES_THE_REPLY);
    ChatOutcome<MessageRef> outcome = platform().attach(key, alone, file);
    for (int i = 0; i < 5 && !isFinal(outcome); i++) {
      clock.advance(Duration.ofMinutes(1));
      key = key.again();
      outcome = platform().attach(key, alone, file);
    }

    assertTrue(isFinal(outcome), outcome.toString());
    long shown = told(world, ada, "timeline.md");
    boolean refused = outcome instanceof ChatOutcome.Refused<MessageRef>;
    assertTrue(shown == 1 || refused && shown == 0, shown + " after " + outcome);
  }

  private static boolean isFinal(ChatOutcome<?> outcome) {
    return outcome instanceof ChatOutcome.Done<?> || outcome instanceof ChatOutcome.Refused<?>;
  }

  @Test
  @Holds(Capability.PRIVATE_ANSWERS)
  public final void tell_afterCommand_isSeenByThatPersonAlone() {
    ChatWorld world = world(PRIVATE_ANSWERS);
    Person ada = world.person("ada");
    Person li = world.person("li");

    done(platform().tell(key("t"), replyTo(world, ada), BotMessage.line("For Ada alone.")));

    assertEquals(1, told(world, ada, "For Ada alone."));
    assertEquals(0, told(world, li, "For Ada alone."));
    assertEquals(0, showing(place(world), "For Ada alone."));
  }

  @Test
  @Holds(Capability.PRIVATE_ANSWERS)
  public final void tell_handleExpired_stillReachesThatPersonAlone() {
    ChatWorld world = world(PRIVATE_ANSWERS);
    Person ada = world.person("ada");
    ReplyTo reply = replyTo(world, ada);
    clock.set(reply.expiresAt().plus(Duration.ofHours(1)));

    done(platform().tell(key("t"), reply, BotMessage.line("Late, for Ada.")));

    assertEquals(1, told(world, ada, "Late, for Ada."));
    assertEquals(0, showing(place(world), "Late, for Ada."));
  }

  private ReplyTo replyTo(ChatWorld world, Person who) {
    world.commands(who, place(world), "help");
    world.settle();
    return inbox.heard(CommandInvoked.class).get(0).reply();
  }

  private static long told(ChatWorld world, Person who, String words) {
    return world.toldTo(who).stream().filter(m -> m.words().contains(words)).count();
  }
}

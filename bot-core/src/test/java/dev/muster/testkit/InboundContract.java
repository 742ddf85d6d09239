// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static dev.muster.testkit.ContractArea.GENUINENESS;
import static dev.muster.testkit.ContractArea.HEARING;
import static dev.muster.testkit.ContractArea.HISTORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent.MessageDeleted;
import dev.muster.chat.ChatEvent.MessageEdited;
import dev.muster.chat.ChatEvent.MessagePosted;
import dev.muster.chat.ChatEvent.ReactionAdded;
import dev.muster.chat.ChatEvent.ReactionRemoved;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.spi.Capability;
import dev.muster.chat.spi.ChatPlatform.HistoryPage;
import dev.muster.chat.spi.ChatPlatform.StoodReaction;
import dev.muster.chat.spi.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The contract of what is heard, and of what is not. */
abstract class InboundContract extends InteractionContract {

  private ChannelRef place(ChatWorld world) {
    return world.meetingPlace().channel();
  }

  private MessageRef says(ChatWorld world, Person who, String text) {
    MessageRef message = world.types(who, place(world), Optional.empty(), text);
    world.settle();
    return message;
  }

  @Test
  @Holds(Capability.ALL_MESSAGES_HEARD)
  public final void message_typed_isHeardWithAuthorPlaceAndTime() {
    ChatWorld world = world(HEARING);
    Person ada = world.person("ada");

    MessageRef message = says(world, ada, "it is <slow> & *getting* worse");

    if (!can(Capability.ALL_MESSAGES_HEARD)) {
      assertEquals(List.of(), inbox.heard(MessagePosted.class));
      return;
    }
    MessagePosted heard = inbox.heard(MessagePosted.class).get(0);
    assertEquals("it is <slow> & *getting* worse", heard.text());
    assertEquals(ada.ref(), heard.by().person().ref());
    assertFalse(heard.by().bot());
    assertEquals(message, heard.message());
    assertEquals(place(world), heard.place().channel());
    assertEquals(Optional.empty(), heard.place().thread());
    Duration off = Duration.between(heard.at(), clock.instant()).abs();
    assertTrue(off.compareTo(Duration.ofSeconds(5)) < 0, "platform time is off by " + off);
  }

  @Test
  @Holds(Capability.THREADS)
  public final void message_inThread_isHeardWithItsRoot() {
    ChatWorld world = world(HEARING);
    Person ada = world.person("ada");
    MessageRef root = says(world, ada, "root");

    world.types(ada, place(world), Optional.of(root.id()), "reply");
    world.settle();

    if (can(Capability.THREADS)) {
      assertEquals(
          Optional.of(root.id()), inbox.heard(MessagePosted.class).get(1).place().thread());
    }
  }

  @Test
  public final void message_withMention_isHeardWithTheNeutralMention() {
    ChatWorld world = world(HEARING);
    Person li = world.person("li");

    says(world, world.person("ada"), "please look " + world.mentionOf(li) + " now");

    String neutral = "<@" + li.ref().platform() + ":" + li.ref().id() + ">";
    assertEquals("please look " + neutral + " now", inbox.heard(MessagePosted.class).get(0).text());
  }

  @Test
  public final void message_editedAndDeleted_isHeardAsSuch() {
    ChatWorld world = world(HEARING);
    Person ada = world.person("ada");
    MessageRef message = says(world, ada, "frist");

    world.edits(ada, message, "first");
    world.deletes(ada, message);
    world.settle();

    MessageEdited edited = inbox.heard(MessageEdited.class).get(0);
    assertEquals("first", edited.text());
    assertEquals(message, edited.message());
    assertEquals(ada.ref(), edited.by().person().ref());
    assertEquals(message, inbox.heard(MessageDeleted.class).get(0).message());
    assertEquals(1, inbox.heard(MessagePosted.class).size());
  }

  @Test
  @Holds(Capability.REACTIONS_HEARD)
  public final void reaction_addedAndTakenBack_isHeard() {
    ChatWorld world = world(HEARING);
    Person ada = world.person("ada");
    MessageRef message = says(world, ada, "deploy 4711 finished");

    world.reacts(ada, message, "pushpin");
    if (!can(Capability.REACTIONS_HEARD)) {
      assertTrue(reactionsRead(place(world)).contains(new StoodReaction("pushpin", ada.ref())));
      return;
    }
    world.takesBack(ada, message, "pushpin");
    world.settle();

    ReactionAdded added = inbox.heard(ReactionAdded.class).get(0);
    assertEquals("pushpin", added.name());
    assertEquals(message, added.message());
    assertEquals(ada.ref(), added.by().person().ref());
    assertEquals(message, inbox.heard(ReactionRemoved.class).get(0).message());
  }

  @Test
  public final void ownMessages_posted_areNotHeardAsPeoples() {
    ChatWorld world = world(HEARING);

    posted(place(world), "I said this myself.");
    world.settle();

    assertEquals(0, inbox.deliveries().size());
  }

  @Test
  public final void push_repeated_reachesTheInboxOnce() {
    ChatWorld world = world(HEARING);
    says(world, world.person("ada"), "once");

    world.repeatsLastPush();
    world.settle();

    assertEquals(2, world.pushStatus() / 100);
    assertEquals(1, inbox.deliveries().size());
    assertEquals(1, showing(place(world), "once"));
  }

  @Test
  public final void push_engineBlocked_isAcknowledgedInTime() {
    ChatWorld world = world(HEARING);
    inbox.block();

    says(world, world.person("ada"), "are you there");

    assertEquals(Duration.ZERO, inbox.longestWait());
    assertEquals(2, world.pushStatus() / 100);
    assertEquals(1, inbox.heard(MessagePosted.class).size());
  }

  @Test
  public final void push_cannotBeStored_isAskedForAgain() {
    ChatWorld world = world(HEARING);
    Person ada = world.person("ada");
    inbox.breakDisk();

    world.types(ada, place(world), Optional.empty(), "keep this");

    assertEquals(503, world.pushStatus());
  }

  @Test
  public final void push_forged_isRefusedAndCounted() {
    ChatWorld world = world(GENUINENESS);

    int status = world.forges();

    assertEquals(4, status / 100);
    assertEquals(0, inbox.deliveries().size());
    String counted = "muster_chat_refused_total{platform=\"" + platform().name() + "\",reason=";
    assertTrue(world.telemetry().prometheusText().contains(counted), "not counted");
  }

  @Test
  public final void push_tooOldOrTooNew_isRefused() {
    ChatWorld world = world(GENUINENESS);

    for (Duration age : List.of(Duration.ofMinutes(6), Duration.ofMinutes(-6))) {
      OptionalInt status = world.pushesAged(age);
      if (status.isPresent()) {
        assertEquals(4, status.getAsInt() / 100, "age " + age);
      }
    }

    assertEquals(0, inbox.deliveries().size());
  }

  @Test
  @Holds(Capability.HISTORY)
  public final void history_ofAChannel_givesTheLiveDeliveriesAgain() {
    ChatWorld world = world(HISTORY);
    Instant since = clock.instant().minusSeconds(60);
    if (!can(Capability.HISTORY)) {
      refused(platform().readHistory(place(world), since, Optional.empty()));
      return;
    }
    Person ada = world.person("ada");
    for (int i = 0; i < 3; i++) {
      says(world, ada, "message " + i);
      clock.advance(Duration.ofSeconds(1));
    }
    List<String> live = inbox.deliveries().stream().map(Delivery::key).toList();

    List<Delivery> past = readAll(place(world), since);

    assertEquals(live, past.stream().map(Delivery::key).toList());
    MessagePosted first = (MessagePosted) past.get(0).event();
    assertEquals(inbox.heard(MessagePosted.class).get(0), first);
  }

  @Test
  @Holds(Capability.HISTORY)
  public final void readMessage_ofAPersonInAThreadOrOut_givesTheLiveDelivery() {
    ChatWorld world = world(HISTORY);
    Person ada = world.person("ada");
    MessageRef root = says(world, ada, "root");
    MessageRef reply = world.types(ada, place(world), Optional.of(root.id()), "reply");
    world.settle();
    if (!can(Capability.HISTORY)) {
      refused(platform().readMessage(root));
      return;
    }

    List<Delivery> live = inbox.deliveries();
    for (int i = 0; i < 2; i++) {
      Delivery read = done(platform().readMessage(i == 0 ? root : reply));

      assertEquals(live.get(i).key(), read.key());
      assertEquals(live.get(i).event(), read.event());
    }
  }

  @Test
  public final void readMessage_goneOrOurOwn_isRefused() {
    ChatWorld world = world(HISTORY);
    Person ada = world.person("ada");
    MessageRef gone = says(world, ada, "never mind");
    world.deletes(ada, gone);
    world.settle();

    refused(platform().readMessage(gone));
    refused(platform().readMessage(posted(place(world), "The bot's own words.")));
  }

  /** Reads every reaction that the past shows, as far as the platform lets the past be read. */
  private List<StoodReaction> reactionsRead(ChannelRef channel) {
    Instant since = clock.instant().minusSeconds(60);
    return done(platform().readHistory(channel, since, Optional.empty())).standing().stream()
        .flatMap(standing -> standing.messages().stream())
        .flatMap(message -> message.reactions().stream())
        .toList();
  }

  private List<Delivery> readAll(ChannelRef channel, Instant since) {
    List<Delivery> all = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      HistoryPage page = done(platform().readHistory(channel, since, next));
      all.addAll(page.deliveries());
      next = page.next();
    } while (next.isPresent());
    return all;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.spi.Delivery;
import dev.muster.effect.Effect;
import dev.muster.incident.Incident;
import dev.muster.incident.Space;
import dev.muster.store.NoticeBoard;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to an incident's channel behind the bot's back, in every order of the news. */
class RoomChangesTest {

  @TempDir Path folder;
  private IncidentRoom room;
  private final List<Effect> waiting = new ArrayList<>();
  private Person ada;

  @BeforeEach
  void open() {
    room = new IncidentRoom(folder);
    ada = room.person("ada");
  }

  @AfterEach
  void close() {
    room.close();
  }

  private void moved(ChannelRef from, ChannelRef to) {
    room.hears(new ChatEvent.ChannelMoved(room.now(), from, to));
  }

  @Test
  void channelMoved_afterAnOrderWasRefused_takesTheIncidentBackFromTheThread() {
    room.declares(ada, "declare! Checkout is down");
    ChannelRef before = room.channel();
    ChannelRef after = room.otherChannel("elsewhere");
    room.world().platform().archive(before);
    room.commandsAt(ada, before, "impact nobody can pay");
    assertTrue(room.space().thread().isPresent(), "the refused order led into the thread");

    moved(before, after);

    assertEquals(after, room.channel());
    assertTrue(room.space().thread().isEmpty());
    assertTrue(room.space().name().startsWith("inc-1"), room.space().toString());
    room.says(ada, "still here");
    assertTrue(room.timeline().contains("still here"));
    assertTrue(room.lines().stream().anyMatch(line -> line.contains("was not lost")));
    assertTrue(room.lines().stream().noneMatch(line -> line.contains("has lost its channel")));
  }

  @Test
  void channelMoved_whileTheThreadIsOnlyOrdered_staysInTheChannel() {
    room.declares(ada, "declare! Checkout is down");
    ChannelRef before = room.channel();
    ChannelRef after = room.otherChannel("elsewhere");

    room.engine().inboxOf(IncidentRoom.CHAT).accept(archived(before));
    moved(before, after);

    assertEquals(after, room.channel());
    assertTrue(room.space().thread().isEmpty());
    room.says(ada, "still here");
    assertTrue(room.timeline().contains("still here"));
  }

  private Delivery archived(ChannelRef channel) {
    return Delivery.of(
        "archived",
        new ChatEvent.ChannelChanged(
            room.now(), channel, ChatEvent.ChannelChanged.Change.ARCHIVED, ""));
  }

  @Test
  void privateChannelLost_byManyRefusals_isToldOnceAndTakenBackWhenMoved() {
    room.declares(ada, "declare! --private Somebody reads our mail");
    assertTrue(room.incident().isPrivate());
    ChannelRef before = room.channel();
    ChannelRef after = room.otherChannel("elsewhere");
    room.world().platform().archive(before);
    room.commandsAt(ada, before, "impact unknown");
    room.commandsAt(ada, before, "title Somebody reads all mail");

    List<String> changes = room.engine().texts(IncidentRoom.ID, EntryKind.CHANNEL_CHANGED);
    assertEquals(1, changes.stream().filter(text -> text.contains("archived or deleted")).count());

    moved(before, after);

    assertEquals(after, room.channel());
    room.says(ada, "still here");
    assertTrue(room.timeline().contains("still here"));
  }

  @Test
  void channelLostForGood_newChannelOpened_laterMoveOfTheOldOneChangesNothing() {
    room.declares(ada, "declare! Checkout is down");
    ChannelRef before = room.channel();
    room.changes(before, ChatEvent.ChannelChanged.Change.DELETED, "");
    room.presses(ada, "Open a new channel");
    ChannelRef now = room.channel();
    assertFalse(now.equals(before));

    moved(before, room.otherChannel("elsewhere"));

    assertEquals(now, room.channel());
  }

  @Test
  void channelLostForGood_checklistStandsInTheThreadAndInTheNextChannel() {
    room.declares(ada, "declare! Checkout is down");
    room.changes(room.channel(), ChatEvent.ChannelChanged.Change.DELETED, "");
    assertEquals(1, firstSteps(), "in the thread of the announcement");

    room.presses(ada, "Open a new channel");

    assertEquals(1, firstSteps(), "in the new channel");
  }

  private long firstSteps() {
    return room.lines().stream().filter(line -> line.contains("First steps of INC-1")).count();
  }

  @Test
  void botBackInTheChannel_whileAGapWaitsToBeRead_readsTheGapAsWell() {
    room.declares(ada, "declare! Checkout is down");
    Incident incident = room.incident();
    Space space = room.space();
    ChannelRef channel = space.channel();
    Instant gap = room.now().minusSeconds(600);

    room.engine()
        .write(
            tx -> {
              Moment moment = new Moment(tx, room.now(), room.engine().settings());
              new Gaps().detected(moment, new ChatEvent.GapDetected(room.now(), channel, gap));
              Entrance.botRemoved(moment, incident, space, room.now());
              Entrance.back(moment, incident.id(), channel);
              Effect.ReadHistory any = new Effect.ReadHistory(channel, gap);
              waiting.add(tx.effects().replaceable(any).orElseThrow().effect());
            });

    assertEquals(List.of(new Effect.ReadHistory(channel, gap)), waiting);
  }

  private void topic(String text) {
    room.hears(
        new ChatEvent.ChannelDescribed(
            room.now(),
            Profile.member(ada),
            room.channel(),
            ChatEvent.ChannelDescribed.Part.TOPIC,
            text));
  }

  @Test
  void topicChangedByHand_isSetAgainOnce_thenLeftUntilTheFactsChange() {
    room.declares(ada, "declare! Checkout is down");
    long before = room.calls("setTopic");

    topic("pizza in room 4");
    topic("really, pizza in room 4");

    assertEquals(before + 1, room.calls("setTopic"));
    assertTrue(room.timeline().contains("pizza in room 4"));
    room.commands(ada, "severity 2 many cannot pay");
    assertEquals(before + 2, room.calls("setTopic"));
    topic("pizza is gone");
    room.commands(ada, "impact nobody can pay");
    assertEquals(before + 3, room.calls("setTopic"));
  }

  @Test
  void noticeAboutAChannel_endsWhenItsIncidentIsClosed() {
    room.declares(ada, "declare! Checkout is down");
    for (String topic : List.of("name_taken/" + room.channel().id(), "name_taken/C0OTHER")) {
      room.hears(
          new ChatEvent.OperatorNotice(
              room.now(), IncidentRoom.CHAT, topic, "The name was taken.", false));
    }

    room.commands(ada, "resolve all is well");
    room.commands(ada, "close");

    List<String> open =
        room.engine().read(tx -> new NoticeBoard(tx).open()).stream()
            .map(NoticeBoard.Notice::topic)
            .toList();
    assertEquals(List.of("name_taken/C0OTHER"), open);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.effect.Target;
import dev.muster.testkit.ShownMessage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands at the head of an incident's channel leads to what is there now. */
class RoomLinksTest {

  @TempDir Path folder;
  private IncidentRoom room;
  private Person ada;

  @BeforeEach
  void open() {
    room = new IncidentRoom(folder);
    ada = room.person("ada");
    room.declares(ada, "declare! Checkout is down");
  }

  @AfterEach
  void close() {
    room.close();
  }

  private List<String> pinned() {
    return room.world().messages(room.channel()).stream()
        .filter(ShownMessage::pinned)
        .map(message -> message.ref().id())
        .toList();
  }

  private MessageRef headline() {
    Target target = new Target.InIncident(room.incident().id(), IncidentRoom.CHAT);
    return room.engine()
        .read(tx -> tx.slots().find(EffectCarrier.slotKey(target), Cards.HEADLINE))
        .orElseThrow();
  }

  @Test
  void headlineDeleted_isPostedAndPinnedAnewAlone() {
    MessageRef first = headline();
    room.world().platform().delete(first);

    room.commands(ada, "impact nobody can pay");

    assertEquals(List.of(headline().id()), pinned());
  }

  @Test
  void headlineThatCanNoLongerBeChanged_makesWayForTheNewOneWithItsPin() {
    room.refuseToEdit(headline());

    room.commands(ada, "impact nobody can pay");
    room.commands(ada, "impact everybody can pay again");

    assertEquals(List.of(headline().id()), pinned());
    assertEquals(1, room.lines().stream().filter(line -> line.contains("Use the buttons")).count());
  }

  @Test
  void closing_putsThePostmortemAtTheHeadOnce() {
    room.commands(ada, "resolve all is well");
    room.commands(ada, "close");
    room.commands(ada, "reopen not at all");
    room.commands(ada, "resolve now it is");
    room.commands(ada, "close");

    assertEquals(
        List.of("INC-1 page", "INC-1 postmortem"),
        room.world().look(room.channel()).orElseThrow().bookmarks());
  }
}

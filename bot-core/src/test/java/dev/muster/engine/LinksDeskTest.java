// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinksDeskTest {

  @TempDir private Path folder;
  private IncidentRoom room;
  private Person ada;

  @BeforeEach
  void declared() {
    room = new IncidentRoom(folder);
    ada = room.person("ada");
    room.declares(ada, "declare! Checkout is down");
  }

  @AfterEach
  void close() {
    room.close();
  }

  private List<String> bookmarks() {
    return room.world().look(room.channel()).orElseThrow().bookmarks();
  }

  private long linesWith(String words) {
    return room.lines().stream().filter(line -> line.contains(words)).count();
  }

  @Test
  void link_givenTwice_isBookmarkedNotedAndSaidOnce() {
    room.commandsAt(ada, room.channel(), "link https://g.example.com/d Board");
    room.commandsAt(ada, room.channel(), "link https://g.example.com/d again");

    assertEquals(1, bookmarks().stream().filter("Board"::equals).count());
    assertFalse(bookmarks().contains("again"));
    assertEquals(1, linesWith("added a link – Board: https://g.example.com/d"));
    assertTrue(room.timeline().contains("Board: https://g.example.com/d"));
    assertTrue(room.told(ada).stream().anyMatch(line -> line.contains("already")));
  }

  @Test
  void call_replaced_isTheOneShownAfterARestart() {
    room.commandsAt(ada, room.channel(), "call");
    assertTrue(room.told(ada).stream().anyMatch(line -> line.contains("has no call yet")));
    room.commandsAt(ada, room.channel(), "call https://meet.example.com/1");
    room.commandsAt(ada, room.channel(), "call https://meet.example.com/2");
    room.restart();
    room.commandsAt(ada, room.channel(), "call");

    assertEquals(1, bookmarks().stream().filter("Call"::equals).count());
    List<String> told = room.told(ada);
    assertEquals("The call of INC-1 is https://meet.example.com/2", told.get(told.size() - 1));
    room.commandsAt(ada, room.channel(), "call https://meet.example.com/2");
    assertEquals(1, linesWith("set the call: https://meet.example.com/2"));
  }
}

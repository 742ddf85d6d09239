// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.spi.Capability;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever adds the bot is told where people have no screen of their own. */
class WelcomeTest {

  @TempDir private Path folder;
  private IncidentRoom room;
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

  private void comes(Profile who) {
    room.hears(new ChatEvent.HomeOpened(room.now(), who));
  }

  private List<String> welcomes(Person who) {
    return room.told(who).stream().filter(words -> words.contains("Most used here")).toList();
  }

  @Test
  void person_comingTwice_isToldOnceWhatTheBotDoes() {
    room.mortal().lacks(Capability.HOME);

    comes(Profile.member(ada));
    comes(Profile.member(ada));

    assertEquals(1, welcomes(ada).size(), room.told(ada).toString());
    assertTrue(welcomes(ada).get(0).contains("becomes its timeline"), welcomes(ada).get(0));
  }

  @Test
  void person_withAScreenOfTheirOwn_isToldNothing() {
    comes(Profile.member(ada));

    assertEquals(List.of(), welcomes(ada));
  }
}

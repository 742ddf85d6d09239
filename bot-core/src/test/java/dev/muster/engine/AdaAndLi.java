// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Person;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An engine of its own for each test, with two people who talk to it. */
abstract class AdaAndLi {

  @TempDir Path folder;
  IncidentRoom room;
  Person ada;
  Person li;

  @BeforeEach
  void open() {
    room = new IncidentRoom(folder);
    ada = room.person("ada");
    li = room.person("li");
  }

  @AfterEach
  void close() {
    room.close();
  }
}

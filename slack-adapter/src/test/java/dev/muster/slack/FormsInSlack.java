// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.muster.slack.fake.OpenWindow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A whole Slack for each test, whose people fill in forms. */
abstract class FormsInSlack {

  @TempDir Path folder;
  WholeSlack bot;

  @BeforeEach
  void start() {
    bot = new WholeSlack(folder);
  }

  @AfterEach
  void close() {
    bot.close();
  }

  /** Returns the form that this person was shown last. */
  OpenWindow window(String person) {
    List<OpenWindow> open = bot.sight().windowsOf(person);
    assertFalse(open.isEmpty(), bot.told(person));
    return open.get(open.size() - 1);
  }

  /** Returns all that stands in it. */
  String shown(String person) {
    return window(person).view().toString();
  }

  /** Lets somebody submit it; returns the sentences beside fields. */
  Map<String, String> submits(String person, Map<String, String> values) {
    Map<String, String> errors = bot.people().submits(person, values);
    bot.engine().settle();
    return errors;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static dev.muster.engine.TwoChats.BLUE;
import static dev.muster.engine.TwoChats.ID;
import static dev.muster.engine.TwoChats.RED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.summary.Summary;
import dev.muster.testkit.SettingsDraft;
import dev.muster.testkit.ShownForm;
import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of one incident on two chats names who said it, and where. */
class BothChatsTest {

  @TempDir Path folder;
  private TwoChats chats;
  private Person ada;
  private Person li;

  @BeforeEach
  void declare() {
    chats = new TwoChats(folder, s -> SettingsDraft.of(s).everywhere().done());
    ada = chats.person(RED, "ada");
    li = chats.person(BLUE, "li");
    chats.declares(ada, "declare! checkout is down");
  }

  @AfterEach
  void close() {
    chats.close();
  }

  private ShownMessage shown(String platform, String words) {
    return chats.messages(platform).stream()
        .filter(message -> message.words().contains(words))
        .findFirst()
        .orElseThrow(() -> new AssertionError(chats.lines(platform).toString()));
  }

  private List<TimelineEntry> entries(EntryKind kind) {
    return chats.engine().entries(ID, kind);
  }

  @Test
  void highlight_inASummary_isSaidByItsAuthor() {
    chats.says(ada, "the deploy introduced a lock");
    chats.reacts(li, shown(BLUE, "introduced a lock").ref(), "pushpin");

    List<TimelineEntry> marked = entries(EntryKind.HIGHLIGHTED);
    String line =
        Summary.of(chats.incident(), marked, Optional.empty(), Optional.empty(), 1)
            .changes()
            .get(0)
            .text();
    assertEquals("ada: “the deploy introduced a lock”", line);
    assertEquals("blue:Uli", marked.get(0).actor().id());
  }

  @Test
  void action_notedOnOneChat_isShownAndFinishedOnBoth() {
    chats.commands(ada, "action add an alert for lock waits");
    String noted = "INC-1 action #1 add an alert for lock waits";
    shown(RED, noted);
    chats.reacts(li, shown(BLUE, noted).ref(), "white_check_mark");

    assertEquals(1, entries(EntryKind.ACTION_DONE).size());
    assertTrue(shown(RED, noted).words().endsWith(", done."), chats.lines(RED).toString());
    assertTrue(shown(BLUE, noted).words().endsWith(", done."), chats.lines(BLUE).toString());
  }

  @Test
  void gap_namesTheChatOnWhichNothingWasHeard() {
    chats.says(li, "I look");
    chats.saysUnheard(li, "half of it is logs");
    chats.pass(Duration.ofMinutes(61));

    List<TimelineEntry> gaps = entries(EntryKind.GAP_FILLED);
    assertEquals(1, gaps.size(), gaps.toString());
    String text = gaps.get(0).text();
    assertTrue(text.startsWith("Not everything was heard on blue from "), text);
    shown(RED, "half of it is logs");
  }

  @Test
  void note_aboutACopy_isAboutTheOriginal() {
    chats.says(ada, "the deploy introduced a lock");
    chats.edits(ada, shown(RED, "introduced a lock").ref(), "the 11:58 deploy introduced a lock");
    chats.commandsAbout(li, shown(BLUE, "introduced a lock"), "timeline add");
    ShownForm form = chats.world(BLUE).formsOpenFor(li).get(0);
    chats.world(BLUE).submits(li, form.token(), Map.of("text", "this was it"));
    chats.engine().settle();

    TimelineEntry note = entries(EntryKind.NOTE_ADDED).get(0);
    assertEquals("ada", note.data().get("author"));
    assertEquals(entries(EntryKind.MESSAGE_LOGGED).get(0).ref(), note.ref());
    assertTrue(shown(RED, "introduced a lock").reactions().contains("pushpin"));
  }
}

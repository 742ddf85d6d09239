// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.Posted;
import dev.muster.slack.fake.Push;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reactions, pins and newcomers in an incident's channel, through the whole bot. */
class MarksAndNewcomersTest {

  @TempDir Path folder;
  private WholeSlack bot;
  private String room;

  @BeforeEach
  void declare() {
    bot = new WholeSlack(folder);
    room = bot.declared("ada", "checkout is slow");
    bot.people().admits("li", room);
    bot.people().settle();
    bot.engine().settle();
  }

  @AfterEach
  void close() {
    bot.close();
  }

  private List<String> highlights() {
    return bot.engine().texts("INC-1", EntryKind.HIGHLIGHTED);
  }

  private int lifted() {
    return bot.engine().entries("INC-1", EntryKind.HIGHLIGHT_REMOVED).size();
  }

  /** Returns who stands under a message with which reaction, the bot as {@code bot}. */
  private Map<String, Set<String>> marks(String ts) {
    Map<String, Set<String>> marks = new TreeMap<>();
    for (JsonNode reaction : bot.sight().raw(room, ts).orElseThrow().path("reactions")) {
      Set<String> users = new TreeSet<>();
      reaction.path("users").forEach(user -> users.add(nameOf(user.asText())));
      assertEquals(users.size(), reaction.path("count").asInt(), reaction.toString());
      assertNull(marks.put(reaction.path("name").asText(), users), reaction.toString());
    }
    return marks;
  }

  private String nameOf(String user) {
    return Stream.of("ada", "li")
        .filter(name -> bot.sight().idOf(name).equals(user))
        .findFirst()
        .orElse(user.equals(FakeSlack.BOT_USER) ? "bot" : user);
  }

  private Posted lastTold(String person) {
    List<Posted> told = bot.sight().toldTo(person);
    return told.get(told.size() - 1);
  }

  private Posted headline() {
    return bot.sight().messages(room).stream().filter(Posted::pinned).findFirst().orElseThrow();
  }

  @Test
  void message_markedByTwo_isAHighlightUntilTheLastMarkIsGone() {
    String ts = bot.people().types("li", room, "deploy 4711 finished");

    bot.people().reacts("ada", room, ts, "pushpin");
    bot.people().reacts("li", room, ts, "bookmark_tabs");
    bot.people().pins("li", room, ts, true);
    bot.engine().settle();
    assertEquals(List.of("deploy 4711 finished"), highlights());
    assertEquals(Map.of("pushpin", Set.of("ada", "bot"), "bookmark_tabs", Set.of("li")), marks(ts));

    bot.people().takesBack("ada", room, ts, "pushpin");
    bot.people().takesBack("li", room, ts, "bookmark_tabs");
    bot.engine().settle();
    assertEquals(0, lifted());
    bot.people().pins("ada", room, ts, false);
    bot.engine().settle();
    assertEquals(1, lifted());
  }

  @Test
  void message_neverHeard_isReadBackWhenSomebodyMarksIt() {
    UnaryOperator<Push> nothing =
        push -> new Push(Push.Kind.EVENT, push.payload().deepCopy().put("type", "lost"), 0, "");
    String root = bot.people().types("li", room, "root");
    bot.onItsWay(nothing);
    String reply = bot.people().replies("li", room, root, "the lock is on orders");
    bot.onItsWay(push -> push);
    bot.engine().settle();

    bot.people().reacts("ada", room, reply, "pushpin");
    bot.engine().settle();

    assertEquals(List.of("the lock is on orders"), highlights());
    TimelineEntry logged = bot.engine().entries("INC-1", EntryKind.MESSAGE_LOGGED).get(1);
    assertEquals("the lock is on orders", logged.text());
    assertEquals(root, logged.data().get("thread"));
  }

  @Test
  void message_markedAndGone_isHighlightedWithoutWords() {
    bot.people().reacts("ada", room, "1795190000.000009", "pushpin");
    bot.engine().settle();

    TimelineEntry entry = bot.engine().entries("INC-1", EntryKind.HIGHLIGHTED).get(0);
    assertEquals("", entry.text());
    assertTrue(entry.reason().startsWith("not readable"), entry.reason());
  }

  @Test
  void reaction_ofAProgramOrTheBot_marksNothing() {
    String ts = bot.people().types("li", room, "hm");
    bot.people().postsAs("ci", room, "deployed", "[]");
    bot.engine().settle();
    String program =
        bot.engine().entries("INC-1", EntryKind.MESSAGE_LOGGED).get(1).actor().id().substring(6);

    bot.onItsWay(
        push -> {
          push.payload().withObject("/event").put("user", program);
          return push;
        });
    bot.people().reacts("li", room, ts, "pushpin");
    bot.engine().settle();

    assertEquals(List.of(), highlights());
  }

  @Test
  void headline_unpinned_isPinnedOnceMoreAndThenLeft() {
    String ts = headline().ts();

    bot.people().pins("li", room, ts, false);
    bot.engine().settle();
    assertEquals(ts, headline().ts());
    bot.people().pins("li", room, ts, false);
    bot.engine().settle();

    assertTrue(bot.sight().messages(room).stream().noneMatch(Posted::pinned));
    assertEquals(1, bot.engine().entries("INC-1", EntryKind.CHANNEL_READY).size());
  }

  @Test
  void action_checkedWhereItIsShown_isDone() {
    bot.runs("ada", room, "action add an alert @li");
    Posted line =
        bot.sight().messages(room).stream()
            .filter(message -> message.words().contains("INC-1 action #1 add an alert"))
            .findFirst()
            .orElseThrow();

    bot.people().reacts("li", room, line.ts(), "white_check_mark");
    bot.engine().settle();

    assertEquals(List.of("#1 add an alert"), bot.engine().texts("INC-1", EntryKind.ACTION_DONE));
    assertEquals(Map.of("white_check_mark", Set.of("bot", "li")), marks(line.ts()));
    assertTrue(
        bot.sight().messages(room).stream()
            .map(Posted::words)
            .anyMatch(w -> w.startsWith("INC-1 action #1") && w.endsWith(", done.")));
  }

  private Posted task() {
    return bot.sight().messages(room).stream()
        .filter(message -> message.words().contains("INC-1 task #1"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void task_takenByPressAndCheckedOnItsCard_isDone() {
    bot.runs("ada", room, "task restart the queue");
    bot.presses("li", room, "Take task #1");
    assertTrue(task().words().contains("– @li"), task().words());

    bot.people().reacts("ada", room, task().ts(), "white_check_mark");
    bot.engine().settle();

    assertEquals(List.of("#1 restart the queue"), bot.engine().texts("INC-1", EntryKind.TASK_DONE));
    assertTrue(task().words().contains("– @li, done"), task().words());
    assertEquals(List.of(), task().buttons());
  }

  @Test
  void action_checkedOnTheMessageThatNotedIt_isDoneOnce() {
    String ts = bot.mentions("ada", room, "action call the vendor");

    bot.people().reacts("li", room, ts, "white_check_mark");
    bot.people().reacts("ada", room, ts, "white_check_mark");
    bot.engine().settle();

    assertEquals(1, bot.engine().entries("INC-1", EntryKind.ACTION_DONE).size());
  }

  @Test
  void newcomer_isToldOnceAnHourWhatHappened() {
    bot.engine().advance(Duration.ofMinutes(10));
    String ts = bot.people().types("ada", room, "the 15:40 deploy");
    bot.people().reacts("ada", room, ts, "pushpin");
    bot.people().edits("ada", room, ts, "the 15:40 deploy locks orders");
    bot.engine().settle();
    int before = bot.sight().toldTo("eve").size();

    bot.people().joins("eve", room);
    bot.engine().settle();

    String told = lastTold("eve").words();
    assertTrue(told.contains("“checkout is slow”, investigating"), told);
    assertTrue(told.contains("ada commands"), told);
    assertTrue(told.contains("the 15:40 deploy locks orders"), told);
    assertTrue(lastTold("eve").ephemeral());
    bot.people().leaves("eve", room);
    bot.people().joins("eve", room);
    bot.engine().settle();
    assertEquals(before + 1, bot.sight().toldTo("eve").size());
    bot.engine().advance(Duration.ofMinutes(61));
    bot.people().leaves("eve", room);
    bot.people().joins("eve", room);
    bot.engine().settle();
    assertEquals(before + 2, bot.sight().toldTo("eve").size());
  }

  @Test
  void newcomer_whomTheChannelCannotTell_isToldDirectly() {
    bot.engine().advance(Duration.ofMinutes(10));
    bot.onItsWay(
        push -> {
          push.payload().withObject("/event").put("channel", room);
          return push;
        });

    bot.people().joins("zoe", WholeSlack.TEAM);
    bot.engine().settle();

    Posted told = lastTold("zoe");
    assertTrue(told.words().contains("Welcome to INC-1"), told.words());
    assertFalse(told.ephemeral());
  }

  @Test
  void whoeverTheBotInvitesAtTheOpening_isToldNothing() {
    bot.people().joins("ada", room);
    bot.engine().settle();

    List<String> told = bot.sight().toldTo("ada").stream().map(Posted::words).toList();
    assertTrue(told.stream().noneMatch(words -> words.contains("Welcome")), told.toString());
  }
}

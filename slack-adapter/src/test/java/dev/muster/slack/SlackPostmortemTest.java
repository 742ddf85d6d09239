// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.slack.fake.OpenWindow;
import dev.muster.slack.fake.Posted;
import dev.muster.slack.fake.Push;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The papers of an incident in Slack: written in a modal, published once, sent as files. */
class SlackPostmortemTest {

  private static final String HOSTILE = "Everybody <!channel> & <@U0LI> *saw* `it`";

  @TempDir Path folder;
  private WholeSlack bot;
  private String room;

  @BeforeEach
  void start() {
    bot = new WholeSlack(folder);
    room = bot.declared("ada", "checkout is slow");
  }

  @AfterEach
  void close() {
    bot.close();
  }

  private List<Posted> shown(String part) {
    return bot.sight().messages(room).stream().filter(m -> m.words().contains(part)).toList();
  }

  private void passes() {
    bot.engine().advance(Duration.ofSeconds(2));
    bot.engine().settle();
  }

  @Test
  void postmortem_writtenInAModalByTwo_isPublishedOnceThoughClickedTwice() {
    bot.runs("ada", room, "close completed");
    passes();
    bot.presses("ada", room, "Edit postmortem");
    bot.presses("li", room, "Edit postmortem");
    bot.people().submits("li", Map.of("summary", "By li"));
    bot.engine().settle();
    assertTrue(windows("ada").get(0).words().contains("Contributing factors"));

    Map<String, String> asked = bot.people().submits("ada", Map.of("summary", HOSTILE));
    bot.engine().settle();
    assertTrue(asked.get("summary").startsWith("li wrote this at"), asked.toString());
    assertEquals(Map.of(), bot.people().submits("ada", Map.of("summary", HOSTILE)));
    bot.engine().settle();
    AtomicReference<Push> click = new AtomicReference<>();
    bot.onItsWay(
        push -> {
          click.compareAndSet(null, push);
          return push;
        });
    bot.presses("ada", room, "Publish postmortem");
    bot.clicksAgain(click.get());
    bot.engine().settle();
    passes();

    assertEquals(1, bot.engine().texts("INC-1", EntryKind.POSTMORTEM_PUBLISHED).size());
    String second = bot.told("ada");
    assertTrue(second.contains("ada published the postmortem of INC-1 at"), second);
    assertEquals(1, shown("ada published the postmortem of INC-1.").size());
    assertEquals(2, shown("INC-1-postmortem.md").size(), "the draft and what was published");
    List<String> edits = bot.engine().texts("INC-1", EntryKind.POSTMORTEM_EDITED);
    assertEquals(2, edits.size());
    assertTrue(edits.get(1).contains("<!channel> & "), edits.toString());
  }

  private List<OpenWindow> windows(String person) {
    return bot.sight().windowsOf(person);
  }

  @Test
  void timeline_exported_isAFileInTheConversationWithTheBotAlone() {
    bot.runs("ada", room, "timeline add the pool <!channel> ran dry");
    bot.runs("li", room, "timeline export");
    passes();

    assertEquals(List.of(), shown("INC-1-timeline.md"));
    long files =
        bot.sight().toldTo("li").stream()
            .filter(m -> m.words().contains("INC-1-timeline.md"))
            .count();
    assertEquals(1, files, bot.sight().toldTo("li").toString());
    assertFalse(bot.sight().toldTo("ada").toString().contains("INC-1-timeline.md"));
  }
}

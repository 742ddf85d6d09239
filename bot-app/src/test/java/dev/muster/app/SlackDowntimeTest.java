// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.Posted;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people wrote while nobody answered Slack's requests, for a minute and for twenty. */
class SlackDowntimeTest {

  private final ManualClock clock = ManualClock.atNoon();
  @TempDir Path folder;
  private SlackBot slack;
  private String room;

  @BeforeEach
  void open() {
    slack = SlackBot.start(folder, clock, "");
    slack.people().channel("checkout-team", "ada", "li");
    slack.people().runs("ada", "checkout-team", "/incident declare! Checkout is down");
    ChannelNow opened = slack.channel("inc-");
    room = opened.id();
    slack.inTime(
        "a pinned headline", () -> slack.sight().messages(room).stream().anyMatch(Posted::pinned));
    slack.settle();
  }

  @AfterEach
  void close() {
    slack.close();
  }

  private List<JsonNode> entries(String kind) {
    return slack.bot().http().entries("INC-1", "", kind);
  }

  private List<String> texts(String kind) {
    return entries(kind).stream().map(entry -> entry.path("text").asText()).toList();
  }

  private void startsAgain() {
    slack.bot().startAgain();
    slack.inTime("the gap", () -> !entries("gap_filled").isEmpty());
    slack.settle();
  }

  /** Slack goes on trying while the bot is down. */
  private void down(Duration time) {
    for (Duration left = time; !left.isZero(); left = left.minusSeconds(30)) {
      clock.advance(Duration.ofSeconds(30));
      slack.retries().passTime();
    }
  }

  @Test
  void bot_downForLessThanAMinute_getsItFromSlackAndFromTheHistoryOnce() {
    slack.people().types("ada", room, "before");
    slack.settle();
    slack.bot().stop();
    String ts = slack.people().types("ada", room, "nobody is there");
    slack.people().reacts("li", room, ts, "eyes");
    down(Duration.ofSeconds(30));
    assertEquals(2, slack.retries().waiting());

    startsAgain();
    slack.inTime("the repetitions", () -> slack.retries().waiting() == 0);
    slack.settle();

    assertEquals(0, slack.retries().lost());
    assertEquals(List.of("before", "nobody is there"), texts("message_logged"));
    assertEquals(1, texts("reaction_added").size());
  }

  @Test
  void bot_downUntilSlackGaveUp_readsTheIncidentsChannelAndSaysSo() {
    String root = slack.people().types("ada", room, "before");
    slack.settle();
    slack.bot().stop();
    slack.people().types("li", room, "it is the database");
    slack.people().replies("ada", room, root, "which one?");
    slack.people().edits("ada", room, root, "long before");
    slack.people().runs("li", room, "/incident resolve");
    down(Duration.ofMinutes(20));
    assertEquals(0, slack.retries().waiting());
    assertEquals(3, slack.retries().lost());

    startsAgain();

    assertEquals(List.of("before", "it is the database", "which one?"), texts("message_logged"));
    assertEquals(List.of("long before"), texts("message_revised"));
    List<String> filled = texts("gap_filled");
    assertEquals(1, filled.size(), filled.toString());
    assertTrue(filled.get(0).contains("2 messages, 1 edit"), filled.toString());
    assertTrue(filled.get(0).contains("Commands and presses"), filled.toString());
    String status = slack.bot().http().incident("INC-1", "").path("status").asText();
    assertEquals("investigating", status);
    slack.bot().restart();
    slack.settle();
    assertEquals(3, texts("message_logged").size());
  }

  @Test
  void answers_tooLate_theFirstDeliveryCountsAndItsRepeatsChangeNothingAlsoAfterARestart() {
    slack.answersTooLate(true);
    String ts = slack.people().types("ada", room, "it is the database");
    slack.people().reacts("li", room, ts, "eyes");
    slack.people().types("ada", room, "@muster mitigate rolled back");
    slack.inTime("the first delivery", () -> texts("status_changed").size() == 1);
    slack.settle();
    List<Integer> once = counts();
    assertTrue(slack.retries().waiting() >= 4, "each is repeated");

    slack.bot().restart();
    down(Duration.ofMinutes(7));
    slack.settle();

    assertEquals(0, slack.retries().waiting());
    assertTrue(slack.retries().lost() >= 4, "each was delivered four times");
    assertEquals(once, counts());
    assertEquals(1, texts("status_changed").size());
  }

  /** Entries of what people did, and what they see of it. */
  private List<Integer> counts() {
    return List.of(
        texts("message_logged").size(),
        texts("reaction_added").size(),
        texts("command_run").size(),
        slack.sight().toldTo("ada").size(),
        slack.sight().messages(room).size());
  }
}

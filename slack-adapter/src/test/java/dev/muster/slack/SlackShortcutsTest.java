// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.slack.fake.OpenWindow;
import dev.muster.slack.fake.Posted;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shortcuts of the manifest, from the menu and on messages. */
class SlackShortcutsTest {

  private static final String ALERT =
      "[{\"title\":\"HighErrorRate checkout\",\"text\":\"5 % of requests fail\"}]";

  @TempDir Path folder;
  private WholeSlack bot;

  @BeforeEach
  void start() {
    bot = new WholeSlack(folder);
  }

  @AfterEach
  void close() {
    bot.close();
  }

  private OpenWindow window(String person) {
    List<OpenWindow> open = bot.sight().windowsOf(person);
    assertTrue(!open.isEmpty(), bot.told(person));
    return open.get(open.size() - 1);
  }

  private void choosesOn(String person, String channel, String ts, String shortcut) {
    bot.people().choosesOn(person, channel, ts, shortcut);
    bot.engine().settle();
  }

  private Map<String, String> submits(String person, Map<String, String> values) {
    Map<String, String> errors = bot.people().submits(person, values);
    bot.engine().settle();
    return errors;
  }

  @Test
  void declare_fromTheMenu_opensTheForm() {
    bot.people().chooses("ada", "inc_declare_global");
    bot.engine().settle();

    submits("ada", Map.of("title", "the lift is stuck"));

    assertEquals("the lift is stuck", bot.engine().incident("INC-1").title());
  }

  @Test
  void declare_fromAMessage_quotesItAsTheFirstEntrySaidByItsAuthor() {
    Instant typed = bot.clock().instant();
    String ts =
        bot.people().types("li", WholeSlack.TEAM, "checkout answers 500 <EU>\nsince the deploy");
    bot.clock().advance(Duration.ofMinutes(5));

    choosesOn("ada", WholeSlack.TEAM, ts, "inc_declare_message");
    assertEquals("checkout answers 500 <EU>", window("ada").filledIn().get("Title"));
    submits("ada", Map.of());

    TimelineEntry said = bot.engine().entries("INC-1", EntryKind.MESSAGE_LOGGED).get(0);
    assertEquals("checkout answers 500 <EU>\nsince the deploy", said.text());
    assertEquals("slack:" + bot.people().person("li"), said.actor().id());
    assertEquals(typed, said.occurredAt().truncatedTo(ChronoUnit.SECONDS));
    assertEquals(ts, said.ref());
    String ada = bot.people().person("ada");
    assertEquals(ada, bot.engine().incident("INC-1").commander().orElseThrow().ref().id());
    Posted quoted =
        bot.sight().messages(bot.room("INC-1")).stream()
            .filter(m -> m.words().contains("since the deploy"))
            .findFirst()
            .orElseThrow();
    assertTrue(quoted.words().contains("Reported by li"), quoted.words());
    assertEquals(
        "https://acme.slack.com/archives/"
            + bot.sight().channel(WholeSlack.TEAM).orElseThrow().id()
            + "/p"
            + ts.replace(".", ""),
        said.data().get("permalink"));
  }

  @Test
  void declare_fromAnAlertInAThread_takesItsTitle() {
    String root = bot.people().postsAs("Alertmanager", WholeSlack.TEAM, "", ALERT);

    choosesOn("ada", WholeSlack.TEAM, root, "inc_declare_message");
    submits("ada", Map.of("severity", "SEV2"));

    assertEquals("HighErrorRate checkout", bot.engine().incident("INC-1").title());
    TimelineEntry said = bot.engine().entries("INC-1", EntryKind.MESSAGE_LOGGED).get(0);
    assertTrue(said.text().contains("5 % of requests fail"), said.text());
  }

  @Test
  void timeline_fromAMessage_takesItsTimeAndLeavesAReceipt() {
    String room = bot.declared("ada", "checkout is slow");
    bot.clock().advance(Duration.ofMinutes(10));
    String ts = bot.people().types("li", room, "I rolled back 4711");
    bot.clock().advance(Duration.ofMinutes(10));

    choosesOn("ada", room, ts, "inc_timeline_add");
    OpenWindow window = window("ada");
    assertEquals("I rolled back 4711", window.filledIn().get("What happened"));
    assertEquals("2026-11-20T12:10:00Z", window.filledIn().get("When it happened"));
    submits("ada", Map.of("text", "Li rolled back 4711", "tag", "decision"));

    TimelineEntry note = bot.engine().entries("INC-1", EntryKind.NOTE_ADDED).get(0);
    assertEquals("Li rolled back 4711", note.text());
    assertEquals("decision", note.reason());
    assertEquals("decision", note.data().get("tag"));
    assertEquals("2026-11-20T12:10:00Z", note.occurredAt().toString());
    assertTrue(
        bot.sight().messages(room).stream()
            .anyMatch(m -> m.ts().equals(ts) && m.reactions().contains("pushpin")));
  }

  @Test
  void timeline_withATimeThatIsNone_keepsTheForm() {
    String room = bot.declared("ada", "checkout is slow");
    String ts = bot.people().types("li", room, "I rolled back 4711");
    choosesOn("ada", room, ts, "inc_timeline_add");

    assertTrue(submits("ada", Map.of("time", "25:99")).containsKey("time"));
    assertTrue(submits("ada", Map.of("time", "yesterday")).containsKey("time"));
    assertTrue(submits("ada", Map.of("time", "2027-02-30T10:00Z")).containsKey("time"));
    assertEquals(List.of(), bot.engine().texts("INC-1", EntryKind.NOTE_ADDED));
  }

  @Test
  void timeline_elsewhere_asksForTheIncident() {
    bot.declared("ada", "checkout is slow");
    bot.declared("li", "search is empty");
    String ts = bot.people().types("li", WholeSlack.TEAM, "the index is gone");

    choosesOn("ada", WholeSlack.TEAM, ts, "inc_timeline_add");
    assertEquals("Choose the incident it belongs to.", submits("ada", Map.of()).get("incident"));
    submits("ada", Map.of("incident", "INC-2"));

    assertEquals(List.of("the index is gone"), bot.engine().texts("INC-2", EntryKind.NOTE_ADDED));
    assertEquals(List.of(), bot.engine().texts("INC-1", EntryKind.NOTE_ADDED));
  }

  @Test
  void timeline_withoutAnyIncident_offersToDeclare() {
    String ts = bot.people().types("li", WholeSlack.TEAM, "something is odd");

    choosesOn("ada", WholeSlack.TEAM, ts, "inc_timeline_add");

    assertTrue(bot.told("ada").contains("none is open"), bot.told("ada"));
    bot.presses("ada", WholeSlack.TEAM, "Declare an incident");
    assertEquals("Declare an incident", window("ada").title());
  }

  @Test
  void action_fromAMessage_hasOwnerAndDay() {
    String room = bot.declared("ada", "checkout is slow");
    String ts = bot.people().types("li", room, "we need an alert on the queue");
    choosesOn("ada", room, ts, "inc_action_create");

    assertTrue(submits("ada", Map.of("due", "2027-02-30")).get("due").contains("2027-02-28"));
    submits("ada", Map.of("due", "2026-12-01", "owner", bot.people().person("li")));

    TimelineEntry noted = bot.engine().entries("INC-1", EntryKind.ACTION_ADDED).get(0);
    assertEquals("we need an alert on the queue", noted.data().get("text"));
    assertEquals("2026-12-01", noted.data().get("due"));
    assertEquals("slack:" + bot.people().person("li"), noted.data().get("owner"));
  }
}

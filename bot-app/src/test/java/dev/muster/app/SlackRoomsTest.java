// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.Posted;
import dev.muster.slack.fake.SlackOffice;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to incident channels behind the bot's back, seen by the people in Slack. */
class SlackRoomsTest {

  @TempDir Path folder;
  private SlackBot bot;
  private SlackOffice office;

  @BeforeEach
  void open() {
    bot = SlackBot.start(folder, ManualClock.atNoon(), "");
    office = new SlackOffice(bot.slack(), bot.people());
    bot.people().channel("checkout-team", "ada");
  }

  @AfterEach
  void close() {
    bot.close();
  }

  private ChannelNow declared(String title) {
    bot.people().runs("ada", "checkout-team", "/incident declare! " + title);
    ChannelNow room = bot.channel("inc-");
    shown(room.id(), "a pinned headline", Posted::pinned);
    return room;
  }

  private String head(ChannelNow room, String part) {
    return office.channel(room.id()).path(part).path("value").asText();
  }

  private List<String> timeline(String kind) {
    return bot.bot()
        .http()
        .get("/api/v1/incidents/INC-1/timeline?kind=" + kind)
        .json()
        .path("items")
        .findValuesAsText("text");
  }

  private JsonNode incident() {
    return bot.bot().http().get("/api/v1/incidents/INC-1").json();
  }

  private Posted announcement() {
    return shown("incidents", "the announcement", m -> m.thread().isEmpty());
  }

  @Test
  void declare_public_hasPurposeTopicPinAndBookmark() {
    ChannelNow room = declared("Checkout is down");

    String page = "/incidents/INC-1";
    bot.inTime("the purpose", () -> head(room, "purpose").contains("Checkout is down"));
    assertTrue(head(room, "purpose").endsWith(page));
    assertTrue(head(room, "topic").startsWith("SEV3 · Investigating"));
    bot.inTime(
        "the bookmark",
        () -> office.bookmarks(room.id()).stream().anyMatch(link -> link.endsWith(page)));
    bot.people().runs("ada", room.name(), "/incident impact nobody can pay");
    shown(room.id(), "the new impact", m -> m.words().contains("nobody can pay"));
    List<String> topics =
        bot.slack().calls("conversations.setTopic").stream().map(c -> c.get("topic")).toList();
    assertEquals(topics, topics.stream().distinct().toList());
  }

  @Test
  void rename_byHand_isShownEverywhereAndNotUndone() {
    ChannelNow room = declared("Checkout is down");

    office.renames("ada", room.id(), "war-room");

    bot.inTime("the fact", () -> has(timeline("channel_changed"), "#war-room now"));
    assertEquals("war-room", incident().path("channels").path(0).path("name").asText());
    assertEquals(List.of(), bot.slack().calls("conversations.rename"));
    bot.people().types("ada", "war-room", "still heard");
    bot.inTime("the message", () -> has(timeline("message_logged"), "still heard"));
  }

  private Posted shown(String channel, String what, Predicate<Posted> wanted) {
    return bot.message(channel, what, wanted);
  }

  private boolean has(List<String> texts, String part) {
    return texts.stream().anyMatch(text -> text.contains(part));
  }

  @Test
  void archive_byHand_movesTheOpenIncidentIntoTheThreadOfItsAnnouncement() {
    ChannelNow room = declared("Checkout is down");
    String root = announcement().ts();

    office.archives("ada", room.id());

    shown("incidents", "the headline in the thread", m -> inThread(m, root, "Next step"));
    assertEquals("investigating", incident().path("status").asText());
    bot.people().says("ada", "incidents", Optional.of(root), "the database is full");
    bot.inTime("the message", () -> has(timeline("message_logged"), "the database is full"));
    bot.people().says("ada", "incidents", Optional.of(root), "@muster severity 1 all is down");
    shown("incidents", "the severity", m -> inThread(m, root, "SEV3 → SEV1"));
    assertEquals("SEV1", incident().path("severity").asText());
  }

  private static boolean inThread(Posted message, String root, String part) {
    return message.thread().filter(root::equals).isPresent() && message.words().contains(part);
  }

  @Test
  void archive_heardFromASendAlone_isTreatedLikeTheEvent() {
    ChannelNow room = declared("Checkout is down");
    String root = announcement().ts();

    office.archivesSilently(room.id());
    bot.people().runs("ada", "checkout-team", "/incident severity INC-1 2 getting worse");

    shown("incidents", "the line in the thread", m -> inThread(m, root, "SEV3 → SEV2"));
    assertTrue(has(timeline("channel_changed"), "archived or deleted"));
  }

  @Test
  void newChannel_pressedAfterADeletion_isOpenedAndUsed() {
    ChannelNow room = declared("Checkout is down");
    String root = announcement().ts();
    office.deletes("ada", room.id());
    Posted offer = shown("incidents", "the offer", m -> inThread(m, root, "has lost its channel"));

    bot.people().presses("ada", "incidents", "Open a new channel");

    ChannelNow next = bot.channel("inc-1");
    assertFalse(next.id().equals(room.id()));
    shown(next.id(), "a pinned headline", Posted::pinned);
    shown("incidents", "the pointer", m -> inThread(m, root, "goes on in #" + next.name()));
    assertTrue(offer.isFromBot());
  }

  @Test
  void botTakenOut_ofAPublicChannel_comesBackAndReadsWhatItMissed() {
    ChannelNow room = declared("Checkout is down");
    office.takesBotOut(room.id());
    bot.inTime("it is back", () -> has(timeline("channel_changed"), "is back in the channel"));

    assertTrue(has(timeline("channel_changed"), "was taken out"));
    assertTrue(office.channel(room.id()).path("is_archived").isBoolean());
    bot.people().types("ada", room.id(), "heard again");
    bot.inTime("the message", () -> has(timeline("message_logged"), "heard again"));
  }

  @Test
  void creation_forbidden_runsInTheThreadOfTheAnnouncement() {
    bot.slack().refuse("conversations.create", "restricted_action");

    bot.people().runs("ada", "checkout-team", "/incident declare! Checkout is down");

    Posted announced = announcement();
    shown("incidents", "the headline", m -> inThread(m, announced.ts(), "goes on in this thread"));
    bot.people()
        .says("ada", "incidents", Optional.of(announced.ts()), "@muster resolve all is well");
    bot.inTime("resolved", () -> incident().path("status").asText().equals("resolved"));
    JsonNode notices = bot.bot().http().get("/api/v1/health").json().path("notices");
    assertTrue(notices.findValuesAsText("topic").contains("channels"), notices.toString());
  }

  @Test
  void idChanged_movesTheIncidentAtomically() {
    ChannelNow room = declared("Checkout is down");

    String moved = office.changesId(room.id());

    bot.inTime("the new identifier", () -> incident().toString().contains(moved));
    bot.people().types("ada", moved, "still here");
    bot.inTime("the message", () -> has(timeline("message_logged"), "still here"));
  }

  @Test
  void deactivated_commander_leavesCommandVacant() {
    ChannelNow room = declared("Checkout is down");

    office.deactivates("ada");

    shown(room.id(), "the vacancy", m -> m.words().contains("is no longer commander"));
    assertTrue(incident().path("commander").isNull());
  }

  @Test
  void shared_channelOfAnIncident_isWarnedOf() {
    ChannelNow room = declared("Checkout is down");

    office.shares(room.id());

    shown(room.id(), "a warning", m -> m.words().contains("another organisation"));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.Posted;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An incident that becomes private while people work on it, seen by the people in Slack. */
class SlackPrivacyTest {

  private static final String TITLE = "Marmalade prices leaked";
  private static final List<String> SECRETS = List.of("armalade", "zanzibar", "kumquat");

  @TempDir private Path folder;

  private static boolean isSecret(Object shown) {
    String text = shown.toString().toLowerCase(Locale.ROOT);
    return SECRETS.stream().anyMatch(text::contains);
  }

  private static void said(SlackBot bot, String channel, String words) {
    bot.inTime(words, () -> bot.sight().messages(channel).stream().anyMatch(m -> isIn(m, words)));
  }

  private static boolean isIn(Posted message, String words) {
    return message.words().contains(words);
  }

  private static ChannelNow now(SlackBot bot, String id) {
    return bot.sight().channel(id).orElseThrow();
  }

  @Test
  void incident_madePrivateAndPublicAgain_movesAndIsNowhereMeanwhile() {
    try (SlackBot bot = SlackBot.start(folder, ManualClock.atNoon(), "")) {
      bot.people().channel("office", "ada", "eve");
      bot.people().runs("ada", "office", "/incident declare! " + TITLE + " sev2");
      bot.settle();
      ChannelNow old = bot.channel("inc-1-marmalade");
      bot.people().joins("li", old.id());
      bot.people().runs("ada", old.id(), "/incident link https://g.example.com/d Marmalade board");
      bot.people().runs("ada", old.id(), "/incident update Marmalade was copied");
      said(bot, "incidents", "Marmalade was copied");
      bot.people().opensHome("eve");
      bot.settle();

      bot.people().runs("ada", old.id(), "/incident private");
      bot.inTime("told", () -> bot.sight().toldTo("ada").stream().anyMatch(SlackPrivacyTest::asks));
      bot.people().presses("ada", old.id(), "Make INC-1 private");
      bot.settle();
      ChannelNow room = bot.channel("inc-1-private");
      bot.people().types("ada", room.id(), "the kumquat is in the crate");
      bot.people().runs("ada", room.id(), "/incident title zanzibar door");
      bot.people().runs("ada", room.id(), "/incident update zanzibar was copied");
      said(bot, room.id(), "zanzibar was copied");
      bot.people().sharesLink("eve", "office", "http://localhost:8080/incidents/INC-1");
      bot.people().runs("eve", "office", "/incident list");
      bot.people().runs("eve", "office", "/incident status INC-1");
      bot.settle();
      bot.bot().advance(Duration.ofMinutes(2));
      bot.settle();

      assertTrue(now(bot, room.id()).isPrivate());
      assertTrue(
          now(bot, room.id())
              .members()
              .containsAll(List.of(bot.sight().idOf("ada"), bot.sight().idOf("li"))));
      nothingIsSeen(bot, now(bot, old.id()));

      bot.people().runs("ada", room.id(), "/incident public");
      bot.people().runs("ada", room.id(), "/incident public confirm");
      bot.settle();
      ChannelNow open = bot.channel("inc-1-zanzibar");
      assertFalse(open.isPrivate());
      assertTrue(now(bot, room.id()).archived());
      said(bot, "incidents", "zanzibar door");
    }
  }

  private static boolean asks(Posted message) {
    return message.offers("Make INC-1 private");
  }

  /** Everything that somebody reads who is in every public channel and in no private one. */
  private static void nothingIsSeen(SlackBot bot, ChannelNow old) {
    assertEquals("inc-1-moved", old.name());
    assertTrue(old.archived());
    for (ChannelNow channel : bot.sight().channels()) {
      if (!channel.isPrivate()) {
        assertFalse(isSecret(channel), channel.toString());
        List<Posted> seen = bot.sight().messages(channel.id());
        assertEquals(List.of(), seen.stream().filter(SlackPrivacyTest::isSecret).toList());
      }
    }
    List<Posted> told = bot.sight().toldTo("eve");
    assertTrue(told.size() >= 2, told.toString());
    assertEquals(List.of(), told.stream().filter(SlackPrivacyTest::isSecret).toList());
    assertFalse(isSecret(bot.sight().homeOf("eve").orElseThrow()));
  }
}

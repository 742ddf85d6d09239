// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.Posted;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One incident in Slack and in the built-in chat, with Ada on one and Li on the other. */
class SlackTwoChatsTest {

  private static final String BOTH = "incidents: { platforms: [slack, web], everywhere: true }\n";

  @TempDir private Path folder;

  @Test
  void words_onEitherChat_reachTheOtherOnce() {
    try (SlackBot bot = SlackBot.start(folder, ManualClock.atNoon(), BOTH)) {
      bot.people().channel("office", "ada");
      bot.people().runs("ada", "office", "/incident declare! Checkout is down sev2");
      ChannelNow room = bot.channel("inc-1-checkout");
      bot.inTime("a channel on the web", () -> !web(bot).isEmpty());
      String web = web(bot);

      String said = bot.people().types("ada", room.id(), "look at <!channel> & *that*");
      onWeb(bot, web, words -> words.equals("ada (slack): look at <!channel> & *that*"));
      bot.bot().http().say("li", web, "I see <!channel> and <@UADA> & locks");
      Posted copy =
          bot.message(room.id(), "the copy", m -> m.words().contains("li (web): I see <!channel>"));
      assertEquals(List.of(), copy.notified());

      bot.people().edits("ada", room.id(), said, "look at the deploy");
      onWeb(bot, web, words -> words.equals("ada (slack): look at the deploy (edited)"));
      bot.people().deletes(room.id(), said);
      bot.inTime(
          "the copy is gone",
          () -> bot.bot().http().messages("li", web).stream().noneMatch(SlackTwoChatsTest::isCopy));
      List<JsonNode> logged = bot.bot().http().entries("INC-1", "ada", "message_logged");
      assertEquals(2, logged.size(), logged.toString());
      assertEquals(1, bot.bot().http().entries("INC-1", "ada", "message_removed").size());
    }
  }

  private static String web(SlackBot bot) {
    JsonNode channels = bot.bot().http().incident("INC-1", "li").path("channels");
    return StreamSupport.stream(channels.spliterator(), false)
        .filter(channel -> channel.path("platform").asText().equals("web"))
        .map(channel -> channel.path("name").asText())
        .findFirst()
        .orElse("");
  }

  private static void onWeb(SlackBot bot, String web, Predicate<String> wanted) {
    bot.inTime(
        "the copy on the web",
        () ->
            bot.bot().http().messages("li", web).stream()
                .map(message -> message.path("text").asText())
                .anyMatch(wanted));
  }

  private static boolean isCopy(JsonNode message) {
    return message.path("text").asText().startsWith("ada (slack)")
        && !message.path("deleted").asBoolean();
  }
}

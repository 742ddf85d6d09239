// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.Posted;
import dev.muster.slack.fake.SlackOffice;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole bot is taken out of Slack and let in again, while an incident runs. */
class SlackRevokedTest {

  private static final String AUTH = "Authorization";
  private static final String BEARER = "Bearer " + BotHttp.TOKEN;

  @TempDir private Path folder;
  private SlackBot slack;

  @BeforeEach
  void start() {
    slack = SlackBot.start(folder, ManualClock.atNoon(), "", "alerts");
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  private JsonNode notices() {
    return slack.bot().http().get("/api/v1/health").json().path("notices");
  }

  private String severity() {
    return slack.bot().http().get("/api/v1/incidents/INC-1").json().path("severity").asText();
  }

  private String page() {
    return slack.bot().http().get("/incidents", AUTH, BEARER).body();
  }

  private String announcedOnTheWeb() {
    return slack.bot().http().get("/api/v1/chat/channels/incidents/messages?as=ops").body();
  }

  /** Puts the token into a file that the configuration names, and reloads. */
  private void putsIn(String token) {
    slack.bot().write("slack-token", token);
    slack
        .bot()
        .configure(
            SlackBot.platforms(slack.slack(), "http")
                .replace(FakeSlack.BOT_TOKEN, "${file:slack-token}"));
    assertEquals(200, slack.bot().http().post("/api/v1/config/reload", Map.of()).status());
  }

  @Test
  void appUninstalled_isToldOnTheSecondPath_andTheQueueGoesOnAfterAReload() {
    slack.people().channel("checkout-team", "ada");
    slack.people().runs("ada", "checkout-team", "/incident declare! Checkout is down");
    slack.settle();
    ChannelNow room = slack.channel("inc-1");

    new SlackOffice(slack.slack(), slack.people()).uninstalls();
    slack.inTime("the web chat is told", () -> announcedOnTheWeb().contains("Install the app ag"));

    assertEquals("credentials", notices().path(0).path("topic").asText(), notices()::toString);
    assertTrue(page().contains("Needs an operator: "), this::page);
    assertTrue(page().contains("Install the app again"), this::page);
    slack
        .bot()
        .http()
        .post(
            "/api/v1/chat/messages",
            Map.of("user", "ops", "channel", "incidents", "text", "/incident severity 1 INC-1"));
    slack.inTime("the severity is one", () -> severity().equals("SEV1"));
    slack.bot().advance(Duration.ofHours(30));
    slack.bot().restart();
    slack.bot().advance(Duration.ofHours(30));

    putsIn(slack.slack().installAgain());
    slack.inTime("Slack knows the bot", () -> notices().isEmpty());
    slack.inTime("the headline follows", () -> pinned(room).equals(List.of("SEV1")));
    assertTrue(!page().contains("Needs an operator: "), this::page);
  }

  /** Returns the severities that the pinned messages of a channel tell. */
  private List<String> pinned(ChannelNow room) {
    return slack.sight().messages(room.id()).stream()
        .filter(Posted::pinned)
        .map(message -> message.words().contains("SEV1") ? "SEV1" : "another")
        .toList();
  }
}

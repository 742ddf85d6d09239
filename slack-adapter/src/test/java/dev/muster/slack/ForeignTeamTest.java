// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.ChatEvent;
import dev.muster.slack.fake.Push;
import dev.muster.slack.fake.Signed;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed pushes from a workspace that is not ours lead to nothing. */
class ForeignTeamTest {

  private static final String FOREIGN = "T0EVIL0001";

  private final ManualClock clock = ManualClock.atNoon();
  private final RecordingInbox inbox = new RecordingInbox(new KeyedMemory());
  @TempDir Path folder;
  private Worlds.Opened opened;

  @BeforeEach
  void open() {
    opened = Worlds.open(new KeyedMemory(), inbox, clock, folder);
    opened.world().platform().start();
  }

  @AfterEach
  void close() {
    opened.world().close();
  }

  private int sends(Push push) {
    TestRequest request = Signed.request(push, clock.instant());
    return TestRequest.status(opened.runtime().call(request));
  }

  private long ignored() {
    return opened
        .runtime()
        .telemetry()
        .counted("muster_chat_ignored_total", "platform", "slack", "reason", "foreign_team");
  }

  private Push message() {
    return opened.world().people().unheard("ada", "checkout-team", "hello");
  }

  @Test
  void event_ofAForeignTeam_isAcknowledgedAndNotHeard() {
    Push push = message();
    push.payload().put("team_id", FOREIGN);
    push.payload().withArray("/authorizations").removeAll();

    assertEquals(200, sends(push));

    assertEquals(0, inbox.deliveries().size());
    assertEquals(1, ignored());
  }

  @Test
  void event_fromTheOtherSideOfASharedChannel_isHeard() {
    Push push = message();
    push.payload().put("team_id", FOREIGN);

    assertEquals(200, sends(push));

    assertEquals(1, inbox.deliveries().size());
  }

  @Test
  void command_ofAForeignTeam_isAcknowledgedAndNotHeard() {
    Push push = new Push(Push.Kind.COMMAND, message().payload().objectNode(), 0, "");
    push.payload().put("command", "/incident").put("text", "declare! x").put("team_id", FOREIGN);
    push.payload().put("user_id", "U0EVIL").put("channel_id", "C0EVIL").put("trigger_id", "1.2");

    assertEquals(200, sends(push));

    assertEquals(0, inbox.deliveries().size());
    assertEquals(1, ignored());
  }

  @Test
  void press_fromTheOtherSideOfASharedChannel_isHeardAsTheirs() {
    Push push = new Push(Push.Kind.INTERACTION, message().payload().objectNode(), 0, "");
    push.payload().put("type", "block_actions").put("trigger_id", "1.2.3");
    push.payload().putObject("team").put("id", FOREIGN);
    push.payload().putObject("user").put("id", "U0OTHER").put("team_id", FOREIGN);
    push.payload().putObject("channel").put("id", "C0SHARED").put("name", "shared");
    push.payload().putObject("container").put("type", "message").put("message_ts", "1.2");
    push.payload()
        .putArray("actions")
        .addObject()
        .put("type", "button")
        .put("action_id", "m.0")
        .put("value", "token")
        .put("action_ts", "1795176099.1");

    assertEquals(200, sends(push));

    ChatEvent.ButtonPressed pressed = (ChatEvent.ButtonPressed) inbox.deliveries().get(0).event();
    assertTrue(pressed.by().external());
    assertEquals("token", pressed.token());
  }

  @Test
  void mention_fromTheOtherSideOfASharedChannel_isHeardAsTheirs() {
    Push push = message();
    ObjectNode event = push.payload().withObject("/event").put("type", "app_mention");
    event.put("text", "<@U0MUSTER1> resolve").put("user_team", FOREIGN);

    assertEquals(200, sends(push));

    ChatEvent.CommandInvoked command = (ChatEvent.CommandInvoked) inbox.deliveries().get(0).event();
    assertTrue(command.by().external());
  }

  @Test
  void link_inASharedChannel_isHeardAsReadByOutsiders() {
    Push push = message();
    push.payload().put("is_ext_shared_channel", true);
    ObjectNode event = push.payload().withObject("/event").put("type", "link_shared");
    event.put("message_ts", event.path("ts").asText()).put("source", "conversations_history");
    event.putArray("links").addObject().put("url", "https://muster.example.com/incidents/INC-1");

    assertEquals(200, sends(push));

    assertTrue(((ChatEvent.LinksPosted) inbox.deliveries().get(0).event()).outsiders());
  }

  @Test
  void shortcut_ofAForeignTeam_isAcknowledgedAndNotHeard() {
    Push push = new Push(Push.Kind.INTERACTION, message().payload().objectNode(), 0, "");
    push.payload().put("type", "shortcut").put("callback_id", "inc_declare_global");
    push.payload().put("trigger_id", "1.2").putObject("team").put("id", FOREIGN);
    push.payload().putObject("user").put("id", "U0EVIL").put("team_id", FOREIGN);

    assertEquals(200, sends(push));

    assertEquals(0, inbox.deliveries().size());
    assertEquals(1, ignored());
  }
}

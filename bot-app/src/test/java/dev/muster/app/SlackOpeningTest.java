// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.Posted;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An incident declared on Slack, from the command to the pinned card, by the whole bot. */
class SlackOpeningTest {

  @TempDir Path folder;

  @Test
  void declare_onSlack_opensOneChannelWithOneCardAndOneAnnouncement() {
    try (SlackBot slack = SlackBot.start(folder, ManualClock.atNoon(), "")) {
      slack.people().channel("checkout-team", "ada");

      slack.people().runs("ada", "checkout-team", "/incident declare Checkout is down");
      assertEquals("Declare an incident", slack.window("ada").title());
      slack.people().submits("ada", Map.of("severity", "SEV2"));

      ChannelNow opened = slack.channel("inc-1");
      Posted card = slack.message(opened.id(), "a pinned card", Posted::pinned);
      assertTrue(card.words().contains("Checkout is down"), card.words());
      Posted announced =
          slack.message("incidents", "an announcement", m -> m.words().contains("Checkout"));
      assertTrue(announced.isFromBot());
      slack.told("ada", "#" + opened.name());
      slack.settle();
      assertEquals(
          List.of(slack.sight().idOf("ada")), slack.sight().channel(opened.id()).get().members());
      assertEquals(1, slack.slack().calls("conversations.create").size());
    }
  }
}

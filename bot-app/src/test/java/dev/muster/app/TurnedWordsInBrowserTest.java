// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** What nobody sees turns no words round in the built-in chat. Skipped without Chromium. */
@Tag("proof")
class TurnedWordsInBrowserTest {

  private static final String OVERRIDE = "\u202e";
  private static final String ZERO_WIDTH = "\u200b";

  @TempDir private Path folder;

  @Test
  void message_withMarksThatTurnWordsRound_isReadAsItWasTyped() throws IOException {
    try (WatchedBrowser browser = new WatchedBrowser();
        BotHarness bot = BotHarness.start(folder, ManualClock.atNoon(), "")) {
      String typed = "approve " + OVERRIDE + "1.4.1 roll" + ZERO_WIDTH + "back";
      bot.http().say("ada", "general", typed);
      String address = "http://127.0.0.1:" + bot.http().port() + "/chat?as=li#/general";

      browser.open(address, "approve ");

      String shown = browser.driver().findElement(By.cssSelector("p.text")).getText();
      assertEquals("approve 1.4.1 rollback", shown);
    }
  }
}

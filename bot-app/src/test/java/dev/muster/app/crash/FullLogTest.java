// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.app.crash.DiskWindow.Order;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the log is full from before the start: people notice nothing, and it is told. */
@Tag("proof")
final class FullLogTest {

  private static final Pattern LOST = Pattern.compile("(?m)^muster_log_lines_lost ([0-9.]+)$");

  @TempDir private Path folder;

  @Test
  void bot_whoseLogIsFull_worksAndTellsOnceItIsNot() throws Exception {
    Path logs = folder.resolve("bot/logs");
    DiskWindow disk = new DiskWindow(logs, folder.resolve("disk"));
    disk.set(Order.ROOM_ON, 1);
    try (CrashTrial trial = new CrashTrial(folder.resolve("bot"), "log", null)) {
      trial.bot().logInto(logs);
      trial.bot().environment(disk.failing());
      trial.bot().launchBy(FullLogTest::withTheShippedLog);
      trial.bot().start();
      Actions.Place place = trial.actions().placeOf(trial.actions().declare("ada"));
      trial.actions().alert();
      trial.actions().say("ada", place);
      trial.actions().rollBack("ada", place);
      trial.actions().press("li", place, "approve");
      trial.check();
      assertTrue(lost(trial.bot()) > 0, "its start alone writes a line");
      assertEquals("", said(trial.bot()));

      disk.set(Order.ROOM, 1 << 20);
      Sender.await(
          "the log says what is missing",
          CrashBot.PATIENCE_SECONDS,
          () -> Sender.when(said(trial.bot()).contains("log_lines_lost count=")));
      assertEquals(0, trial.sender().unanswered());
      assertEquals(List.of(), trial.problems());
    }
  }

  private static String said(CrashBot bot) {
    return bot.sinks().get("stderr-1.log");
  }

  /** Tests have a log of their own; this is the one that is delivered. */
  private static List<String> withTheShippedLog(List<String> command) {
    String settings = "bot-app/src/main/resources/logback.xml";
    List<String> with = new ArrayList<>(command);
    with.add(
        1, "-Dlogback.configurationFile=" + Path.of(System.getProperty("muster.root"), settings));
    return with;
  }

  private static double lost(CrashBot bot) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(bot.address() + "/metrics")).build();
    String text = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    Matcher found = LOST.matcher(text);
    assertTrue(found.find(), text);
    return Double.parseDouble(found.group(1));
  }
}

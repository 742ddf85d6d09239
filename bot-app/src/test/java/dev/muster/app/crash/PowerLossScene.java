// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Whole incidents, from the alert to the close, on a bot of which every write and every sync is
 * written down, and everything it acknowledges.
 */
final class PowerLossScene {

  private static final int INCIDENTS = 4;
  private static final int MESSAGES = 12;

  private PowerLossScene() {}

  /**
   * Plays it.
   *
   * @param folder where the bot lives
   * @param classesInFront a folder that stands first on the class path; null for none
   */
  static List<DiskLog.Line> play(Path folder, Path classesInFront) {
    DiskWindow disk = new DiskWindow(folder.resolve("bot/data"), folder.resolve("disk"));
    try (CrashTrial trial = new CrashTrial(folder.resolve("bot"), "power", classesInFront)) {
      trial.bot().environment(disk.recording());
      trial.bot().start();
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int incident = 0; incident < INCIDENTS; incident++) {
        all.add(CrashTrial.meanwhile(() -> incident(trial.actions())));
      }
      all.forEach(CrashTrial::finish);
      trial.check();
      trial.bot().kill();
      return DiskLog.read(disk.log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void incident(Actions actions) {
    Actions.Place place = actions.placeOf(actions.alert());
    actions.command("ada", place, "take");
    for (int message = 0; message < MESSAGES; message++) {
      actions.say("u" + message, place);
    }
    actions.rollBack("ada", place);
    actions.press("li", place, "approve");
    actions.command("ada", place, "status that it is better, next in 30m");
    actions.command("ada", place, "resolve it was rolled back");
    actions.command("ada", place, "close");
    actions.placeOf(actions.declare("bo"));
  }
}

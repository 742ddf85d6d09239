// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.store.sql.StoreFailure;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** What came of starting. */
public sealed interface StartOutcome {

  /**
   * Starts, and makes an outcome of what is thrown as well: what was begun before has threads of
   * its own, with which the process would neither serve nor end.
   */
  static StartOutcome of(Supplier<StartOutcome> start) {
    try {
      return start.get();
    } catch (RuntimeException | Error e) {
      LoggerFactory.getLogger(StartOutcome.class).error("start_failed", e);
      return new NotRunning(
          e instanceof StoreFailure ? Main.STORE : Main.SICK,
          "Muster could not start: "
              + e.getClass().getSimpleName()
              + ", as the log says in full. Everything it acknowledged is stored. What is wrong:"
              + " java -jar muster.jar doctor");
    }
  }

  /**
   * It runs.
   *
   * @param app close it to stop
   */
  record Running(BotApp app) implements StartOutcome {}

  /**
   * It does not run.
   *
   * @param exitCode 4 when the store cannot be opened or written, 6 when the address is in use, 3
   *     for settings that only the adapter could judge, 1 for what nobody foresaw
   * @param sentence why, with the mend
   */
  record NotRunning(int exitCode, String sentence) implements StartOutcome {}
}

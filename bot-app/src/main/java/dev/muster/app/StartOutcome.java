// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

/** What came of starting. */
public sealed interface StartOutcome {

  /**
   * It runs.
   *
   * @param app close it to stop
   */
  record Running(BotApp app) implements StartOutcome {}

  /**
   * It does not run.
   *
   * @param exitCode 4 when the store cannot be opened, 6 when the address is in use, 3 for settings
   *     that only the adapter could judge
   * @param sentence why, with the mend
   */
  record NotRunning(int exitCode, String sentence) implements StartOutcome {}
}

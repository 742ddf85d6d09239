// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offline;

/**
 * How a command ended.
 *
 * @param code the exit code
 * @param answer for standard output; may be empty
 * @param message for people, on standard error; may be empty
 */
public record Ending(int code, String answer, String message) {

  private static final int OK = 0;
  private static final int FAILED = 1;

  static Ending fine(String answer) {
    return new Ending(OK, answer, "");
  }

  static Ending failed(String message) {
    return new Ending(FAILED, "", message);
  }
}

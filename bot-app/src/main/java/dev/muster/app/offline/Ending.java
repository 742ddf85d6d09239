// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offline;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

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

  /** Our own refusals are sentences; those of the system are a path or a few words. */
  static Ending failed(IOException e) {
    return failed(sentence(e));
  }

  private static String sentence(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "This user may not read or write "
          + denied.getFile()
          + ". Run the command as the user that Muster runs as, or name a file elsewhere.";
    }
    String message = String.valueOf(e.getMessage());
    boolean whole = !(e instanceof FileSystemException) && message.contains(".");
    return whole ? message : "The file could not be read or written: " + message + ".";
  }
}

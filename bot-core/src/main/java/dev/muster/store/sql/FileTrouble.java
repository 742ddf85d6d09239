// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says what is wrong with a file; some exceptions hold nothing but its name. */
final class FileTrouble {

  private FileTrouble() {}

  /** Returns what an operator is told, without a full stop. */
  static String said(Exception e) {
    return e instanceof FileSystemException file
        ? file.getFile() + " " + (file.getReason() == null ? refusal(file) : file.getReason())
        : String.valueOf(e.getMessage());
  }

  private static String refusal(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "is not allowed";
    }
    if (e instanceof NoSuchFileException) {
      return "is not there";
    }
    return e instanceof FileAlreadyExistsException
        ? "is there already and no folder"
        : "is not possible";
  }
}

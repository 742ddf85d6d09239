// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Says what is wrong with a file, and what helps where that is not plain. Some exceptions hold
 * nothing but its name; those of SQLite begin with a code.
 */
final class FileTrouble {

  private static final String HELD =
      "another program holds it; end that program or wait for it, then try again";

  /** What an operator can see of each kind of trouble, by the number that SQLite gives it. */
  private static final Map<Integer, String> WORDS =
      Map.of(
          SQLiteErrorCode.SQLITE_BUSY.code,
          HELD,
          SQLiteErrorCode.SQLITE_LOCKED.code,
          HELD,
          SQLiteErrorCode.SQLITE_FULL.code,
          "the disk is full; make room on it",
          SQLiteErrorCode.SQLITE_IOERR.code,
          "the disk failed to read or write; what the system knows of it: dmesg | tail",
          SQLiteErrorCode.SQLITE_CORRUPT.code,
          "its pages contradict each other",
          SQLiteErrorCode.SQLITE_NOTADB.code,
          "it is no database",
          SQLiteErrorCode.SQLITE_CANTOPEN.code,
          "it is not there, or this user may not open it",
          SQLiteErrorCode.SQLITE_READONLY.code,
          "this user may read it and not write it",
          SQLiteErrorCode.SQLITE_NOMEM.code,
          "there is no memory left");

  private FileTrouble() {}

  /** Returns what an operator is told, without a full stop. */
  static String said(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return said(sqlite);
      }
    }
    return e instanceof FileSystemException file
        ? file.getFile() + " " + (file.getReason() == null ? refusal(file) : file.getReason())
        : String.valueOf(e.getMessage());
  }

  private static String said(SQLiteException e) {
    String words = WORDS.get(primary(e));
    return words != null
        ? words
        : "the database refused a statement: "
            + String.valueOf(e.getMessage()).replaceFirst("^\\[SQLITE_\\w+] *", "");
  }

  /**
   * Returns the number of the kind of trouble; what SQLite adds in higher bits tells kinds apart.
   */
  static int primary(SQLiteException e) {
    return e.getResultCode().code & 0xff;
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

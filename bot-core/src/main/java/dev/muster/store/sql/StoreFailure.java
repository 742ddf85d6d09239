// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The database refused a statement: a broken rule of the schema (a bug of ours), a full disk, or a
 * disk that no longer keeps its word. The text never holds stored values.
 */
public final class StoreFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Trouble {
    /** A statement broke a rule of the schema, or wrote on a reading connection. */
    REFUSED,
    /** Another program holds the file; the work was not stored, and may be tried again. */
    LOCKED,
    /** The disk is full; the work was not stored, and may be tried again when there is room. */
    FULL,
    /** The disk failed; nothing more is written by this process. */
    BROKEN,
    /** The file is damaged, or no database at all; nothing more is written by this process. */
    DAMAGED,
    /** The file is no longer where it was; nothing more is written by this process. */
    LOST;

    /** Returns whether nothing is written from then on. */
    boolean ends() {
      return this == BROKEN || this == DAMAGED || this == LOST;
    }
  }

  private final Trouble trouble;

  StoreFailure(Trouble trouble, String message, Throwable cause) {
    super(message, cause);
    this.trouble = trouble;
  }

  static StoreFailure of(SQLException cause) {
    return new StoreFailure(troubleOf(cause), FileTrouble.said(cause), cause);
  }

  /** Returns what kind of trouble it is. */
  public Trouble trouble() {
    return trouble;
  }

  /** Returns whether the file itself is damaged, or no database at all. */
  public boolean damaged() {
    return trouble == Trouble.DAMAGED;
  }

  private static Trouble troubleOf(SQLException cause) {
    if (!(cause instanceof SQLiteException sqlite)) {
      return Trouble.REFUSED;
    }
    int primary = FileTrouble.primary(sqlite);
    if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
      return Trouble.FULL;
    }
    if (primary == SQLiteErrorCode.SQLITE_BUSY.code
        || primary == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return Trouble.LOCKED;
    }
    if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code
        || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return Trouble.DAMAGED;
    }
    boolean broken =
        primary == SQLiteErrorCode.SQLITE_IOERR.code
            || primary == SQLiteErrorCode.SQLITE_CANTOPEN.code;
    return broken ? Trouble.BROKEN : Trouble.REFUSED;
  }
}

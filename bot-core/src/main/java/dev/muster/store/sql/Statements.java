// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.sqlite.ProgressHandler;

/**
 * Statements on one connection, prepared once and kept while they are used more than others. Every
 * result is read and closed before it is handed over, so a statement is never used twice at the
 * same time. One thread.
 */
final class Statements implements AutoCloseable {

  /** More than a bot has that does everything it can. */
  static final int MOST_KEPT = 300;

  /** A step is an instruction of SQLite, or a page that is checked. */
  private static final int STEPS_UNASKED = 1_000;

  private final Connection connection;
  private final Map<String, PreparedStatement> kept = new LinkedHashMap<>(64, 0.75f, true);
  private StoreFailure lost;

  Statements(Connection connection) {
    this.connection = connection;
  }

  /**
   * Notes a failure. After most of them SQLite has rolled back the whole transaction by itself, so
   * nothing more is run until {@link #recover()}: it would be committed on its own. The driver has
   * ended the statement that failed, and never says which ones it can run again, so none is kept.
   */
  StoreFailure failed(SQLException cause) {
    StoreFailure failure = StoreFailure.of(cause);
    forget(cause);
    if (failure.trouble() != StoreFailure.Trouble.REFUSED) {
      lost = failure;
    }
    return failure;
  }

  private void forget(SQLException cause) {
    try {
      close();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    kept.clear();
  }

  /** Goes on after a failure, outside any transaction. */
  void recover() {
    lost = null;
  }

  /** Lets statements call a function of one text; the language's own know ASCII alone. */
  void know(String name, UnaryOperator<String> function) {
    try {
      org.sqlite.Function.create(
          connection,
          name,
          new org.sqlite.Function() {
            @Override
            protected void xFunc() throws SQLException {
              String text = value_text(0);
              result(text == null ? null : function.apply(text));
            }
          });
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Has a statement that takes long fail as soon as that is asked for. */
  void endWhen(BooleanSupplier asked) {
    try {
      ProgressHandler.setHandler(
          connection,
          STEPS_UNASKED,
          new ProgressHandler() {
            @Override
            protected int progress() {
              return asked.getAsBoolean() ? 1 : 0;
            }
          });
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Reads one row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Runs a statement that writes; returns how many rows it changed. */
  int update(String sql, Object... values) {
    try {
      return bound(sql, values).executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  <T> List<T> list(String sql, Row<T> reader, Object... values) {
    return listWhile(any -> true, sql, reader, values);
  }

  /**
   * Reads rows until there is no more, or no more is wanted.
   *
   * @param goesOn given each row; false makes it the last one
   */
  <T> List<T> listWhile(Predicate<T> goesOn, String sql, Row<T> reader, Object... values) {
    try (ResultSet rows = bound(sql, values).executeQuery()) {
      List<T> found = new ArrayList<>();
      boolean wanted = true;
      while (wanted && rows.next()) {
        T row = reader.read(rows);
        found.add(row);
        wanted = goesOn.test(row);
      }
      return found;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  <T> Optional<T> first(String sql, Row<T> reader, Object... values) {
    try (ResultSet rows = bound(sql, values).executeQuery()) {
      return rows.next() ? Optional.ofNullable(reader.read(rows)) : Optional.empty();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Returns the number in the first column of the first row; 0 for none. */
  long number(String sql, Object... values) {
    return first(sql, row -> row.getLong(1), values).orElse(0L);
  }

  /** Prepares a statement whose values the caller binds itself. */
  PreparedStatement prepared(String sql) throws SQLException {
    if (lost != null) {
      throw lost;
    }
    PreparedStatement statement = kept.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      kept.put(sql, statement);
      dropOldest();
    }
    return statement;
  }

  /** Returns how many statements are kept. */
  int kept() {
    return kept.size();
  }

  /** What others may ask for in many forms must not pile up. */
  private void dropOldest() throws SQLException {
    if (kept.size() > MOST_KEPT) {
      Iterator<PreparedStatement> oldest = kept.values().iterator();
      oldest.next().close();
      oldest.remove();
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : kept.values()) {
      statement.close();
    }
    kept.clear();
  }

  private PreparedStatement bound(String sql, Object... values) throws SQLException {
    PreparedStatement statement = prepared(sql);
    for (int i = 0; i < values.length; i++) {
      bind(statement, i + 1, values[i]);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int place, Object value)
      throws SQLException {
    if (value instanceof String text) {
      statement.setString(place, text);
    } else if (value instanceof Long number) {
      statement.setLong(place, number);
    } else if (value instanceof Integer number) {
      statement.setInt(place, number);
    } else if (value instanceof Instant at) {
      statement.setLong(place, Micros.of(at));
    } else if (value instanceof Boolean flag) {
      statement.setInt(place, flag ? 1 : 0);
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(place, bytes);
    } else if (value == null) {
      statement.setObject(place, null);
    } else {
      throw new IllegalArgumentException("cannot store a " + value.getClass().getName());
    }
  }
}

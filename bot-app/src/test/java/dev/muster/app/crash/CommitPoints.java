// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.logging.Logger;

/**
 * A database driver in front of the real one. It changes nothing and passes a crash point before
 * and after each COMMIT, named by the statements and texts of the transaction.
 */
final class CommitPoints implements Driver {

  private final CrashPoints points;
  private final Driver real;

  private CommitPoints(CrashPoints points, Driver real) {
    this.points = points;
    this.real = real;
  }

  /** Puts itself before every driver that is found later. */
  static void install(CrashPoints points) throws SQLException {
    Driver real =
        ServiceLoader.load(Driver.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(driver -> driver.getClass().getName().startsWith("org.sqlite"))
            .findFirst()
            .orElseThrow();
    DriverManager.deregisterDriver(real);
    DriverManager.drivers().toList().forEach(CommitPoints::remove);
    DriverManager.registerDriver(new CommitPoints(points, real));
  }

  private static void remove(Driver driver) {
    try {
      DriverManager.deregisterDriver(driver);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Connection connect(String url, Properties properties) throws SQLException {
    Connection connection = real.connect(url, properties);
    return connection == null ? null : watched(connection);
  }

  private Connection watched(Connection connection) {
    StringBuilder transaction = new StringBuilder();
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          Object result = invoke(connection, method, arguments);
          return method.getName().equals("prepareStatement")
              ? watched((PreparedStatement) result, (String) arguments[0], transaction)
              : result;
        });
  }

  private PreparedStatement watched(
      PreparedStatement statement, String sql, StringBuilder transaction) {
    String line = sql.replaceAll("\\s+", " ");
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("setString")) {
            transaction.append(arguments[1]).append('\n');
          }
          return method.getName().startsWith("execute")
              ? execute(statement, line, method, arguments, transaction)
              : invoke(statement, method, arguments);
        });
  }

  private Object execute(
      PreparedStatement statement,
      String sql,
      Method method,
      Object[] arguments,
      StringBuilder transaction)
      throws Throwable {
    if (!sql.equals("COMMIT")) {
      if (sql.startsWith("BEGIN")) {
        transaction.setLength(0);
      }
      transaction.append(sql).append('\n');
      return invoke(statement, method, arguments);
    }
    points.pass("before commit " + transaction);
    Object result = invoke(statement, method, arguments);
    points.pass("after commit " + transaction);
    return result;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    ClassLoader loader = CommitPoints.class.getClassLoader();
    return type.cast(Proxy.newProxyInstance(loader, new Class<?>[] {type}, handler));
  }

  /** Calls through and throws what the real one throws. */
  static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return real.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties)
      throws SQLException {
    return real.getPropertyInfo(url, properties);
  }

  @Override
  public int getMajorVersion() {
    return real.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return real.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return real.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("dev.muster.app.crash");
  }
}

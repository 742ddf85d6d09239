// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import java.lang.reflect.Proxy;

/**
 * Listens to signals of the operating system. The class behind it is not part of the Java platform
 * proper, so it is reached by reflection; where it is missing, the usual end of a process stays.
 */
final class Signals {

  private Signals() {}

  /**
   * Runs {@code action} on a signal instead of what Java would do.
   *
   * @param name such as {@code HUP} or {@code TERM}
   * @return whether the machine knows the signal
   */
  static boolean on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, args) -> answer(self, method.getName(), args, action));
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      return true;
    } catch (ReflectiveOperationException | IllegalArgumentException unknown) {
      return false;
    }
  }

  private static Object answer(Object self, String method, Object[] args, Runnable action) {
    return switch (method) {
      case "hashCode" -> System.identityHashCode(self);
      case "equals" -> self == args[0];
      case "toString" -> "muster signal handler";
      default -> {
        action.run();
        yield null;
      }
    };
  }
}

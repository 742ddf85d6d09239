// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/**
 * Where a bot under trial may be killed. Every commit and every call of the chat platform passes by
 * here and says in a line what it is about to do or has just done; the first line that an armed
 * pattern is found in stops its thread for good, and the parent is told, so that it can kill the
 * process exactly there.
 */
final class CrashPoints {

  /** One per process: the chat's factory is made by the program itself and has to find them. */
  static final CrashPoints OF_THIS_PROCESS = new CrashPoints(System.out);

  /** What the child tells its parent begins with this; everything else on the line is log. */
  static final String MARK = "@@ ";

  /** Before the name of a verb that was called for the first time. */
  static final String CALLED = "CALLED ";

  private final PrintStream parent;
  private final Set<String> called = ConcurrentHashMap.newKeySet();
  private final CallFaults faults = new CallFaults();
  private Pattern armed;
  private int ahead;

  private CrashPoints(PrintStream parent) {
    this.parent = parent;
  }

  /** Stops at the first passer-by that has the pattern in it; {@code #7} is the seventh of all. */
  synchronized void arm(String pattern) {
    boolean counts = pattern.startsWith("#");
    armed = Pattern.compile(counts ? "" : pattern, Pattern.DOTALL);
    ahead = counts ? Integer.parseInt(pattern.substring(1)) - 1 : 0;
    tell("ARMED");
  }

  /** Returns what goes wrong with calls. */
  CallFaults faults() {
    return faults;
  }

  /** Tells the parent one line. */
  void tell(String line) {
    synchronized (parent) {
      parent.println(MARK + line);
      parent.flush();
    }
  }

  /** Tells the parent, once, that a verb of the chat platform is called. */
  void calls(String verb) {
    if (called.add(verb)) {
      tell(CALLED + verb);
    }
  }

  /** Passes a point; does not return when it is the armed one. */
  void pass(String where) {
    if (isTheOne(where)) {
      tell("AT " + where.substring(0, Math.min(120, where.length())).replaceAll("\\s+", " "));
      waitForTheEnd();
    }
  }

  private synchronized boolean isTheOne(String where) {
    if (armed == null || !armed.matcher(where).find() || ahead-- > 0) {
      return false;
    }
    armed = null;
    return true;
  }

  private static void waitForTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody but SIGKILL ends this wait", e);
    }
  }
}

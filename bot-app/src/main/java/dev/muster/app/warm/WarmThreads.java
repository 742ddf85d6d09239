// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.warm;

/**
 * The threads that warm up, and whatever threads they make: by that the log knows them, and they
 * let all others go first where the machine heeds that.
 */
public final class WarmThreads extends ThreadGroup {

  /** Makes the group; threads are made by whoever owns them. */
  public WarmThreads() {
    super("warm-up");
    setMaxPriority(Thread.MIN_PRIORITY);
  }

  /** Returns whether the current thread is one of them. */
  public static boolean isHere() {
    return Thread.currentThread().getThreadGroup() instanceof WarmThreads;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a process die at a call of its platform: what that call does is done and never heard of, and
 * nothing is done after it.
 */
final class MortalChat {

  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

  /** Dies with that call, counted from 1; 0 is before the first. */
  void dieAt(int call) {
    left.set(call);
  }

  /** Begins anew. */
  void live() {
    left.set(Integer.MAX_VALUE);
  }

  /** Calls the platform while the process lives. */
  Object invoked(ChatPlatform platform, Method method, Object[] arguments) {
    boolean asks = method.getReturnType() == ChatOutcome.class;
    int before = asks ? left.getAndDecrement() : Integer.MAX_VALUE;
    if (before < 1) {
      return new ChatOutcome.Unknown<>("the process has died");
    }
    try {
      Object outcome = method.invoke(platform, arguments);
      return before == 1 ? new ChatOutcome.Unknown<>("it died before it heard") : outcome;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}

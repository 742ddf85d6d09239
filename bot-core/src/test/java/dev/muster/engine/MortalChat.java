// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.spi.Capability;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Lets a process die at a call of its platform: what that call does is done and never heard of, and
 * nothing is done after it.
 */
final class MortalChat {

  private final Set<Capability> lacking = ConcurrentHashMap.newKeySet();
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

  /** Dies with that call, counted from 1; 0 is before the first. */
  void dieAt(int call) {
    left.set(call);
  }

  /** Begins anew. */
  void live() {
    left.set(Integer.MAX_VALUE);
  }

  /** Lets the platform be without something. */
  void lacks(Capability capability) {
    lacking.add(capability);
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
      if (method.getName().equals("capabilities")) {
        return Arrays.stream(Capability.values())
            .filter(each -> !lacking.contains(each))
            .collect(Collectors.toSet());
      }
      return before == 1 ? new ChatOutcome.Unknown<>("it died before it heard") : outcome;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What is armed, per kind of call. Callers lock the fake. */
final class Faults {

  private final Map<FakeCall, Deque<FakeFault>> perCall = new EnumMap<>(FakeCall.class);

  void arm(FakeCall call, FakeFault fault) {
    perCall.computeIfAbsent(call, c -> new ArrayDeque<>()).add(fault);
  }

  /** Returns what happens to this call; empty for nothing. */
  Optional<FakeFault> next(Optional<FakeCall> call) {
    return call.map(perCall::get).map(Deque::poll);
  }

  /** Returns whether something waits for its call. */
  boolean isArmed() {
    return perCall.values().stream().anyMatch(waiting -> !waiting.isEmpty());
  }
}

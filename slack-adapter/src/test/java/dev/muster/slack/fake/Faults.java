// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** What is armed, per method and for the next change. Callers lock the workspace. */
final class Faults {

  private final Map<String, Deque<FakeFault>> perMethod = new HashMap<>();
  private final Deque<FakeFault> nextChange = new ArrayDeque<>();
  private final Map<String, Deque<String>> refusals = new HashMap<>();
  private boolean dark;

  void arm(String method, FakeFault fault) {
    perMethod.computeIfAbsent(method, m -> new ArrayDeque<>()).add(fault);
  }

  void armNextChange(FakeFault fault) {
    nextChange.add(fault);
  }

  /** Lets the next call of a method be refused; an empty code lets one call through. */
  void refuse(String method, String code) {
    refusals.computeIfAbsent(method, m -> new ArrayDeque<>()).add(code);
  }

  /** Cuts every call until it is light again. */
  void dark(boolean now) {
    dark = now;
  }

  /** Returns what happens to this call; null for nothing. */
  FakeFault next(String method, boolean changes) {
    if (dark) {
      return FakeFault.CUTS_BEFORE;
    }
    Deque<FakeFault> own = perMethod.get(method);
    if (own != null && !own.isEmpty()) {
      return own.poll();
    }
    boolean credentials = nextChange.peek() == FakeFault.CREDENTIALS_REFUSED;
    return changes || credentials && method.equals("auth.test") ? nextChange.poll() : null;
  }

  /** Returns the code that this call is refused with; null for none. */
  String refusal(String method) {
    Deque<String> codes = refusals.get(method);
    String code = codes == null ? null : codes.poll();
    return code == null || code.isEmpty() ? null : code;
  }
}

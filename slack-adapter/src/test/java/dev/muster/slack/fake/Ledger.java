// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Every call in order, with its effect. Callers lock the workspace. */
final class Ledger {

  private final List<LedgerEntry> entries = new ArrayList<>();
  private final StringBuilder effect = new StringBuilder();

  /** Notes what the call that is being carried out changes. */
  void did(String what) {
    effect.append(effect.length() == 0 ? "" : "; ").append(what);
  }

  /** Begins a call. */
  void begin() {
    effect.setLength(0);
  }

  /** Writes the call down and returns its place; the answer is not out yet. */
  int end(Call call, Instant at, String error) {
    int place = entries.size();
    entries.add(new LedgerEntry(place + 1, at, call, effect.toString(), error, false));
    return place;
  }

  void delivered(int place, boolean whole) {
    entries.set(place, entries.get(place).wasDelivered(whole));
  }

  List<LedgerEntry> entries() {
    return List.copyOf(entries);
  }
}

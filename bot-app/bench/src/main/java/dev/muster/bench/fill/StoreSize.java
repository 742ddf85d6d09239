// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.fill;

/**
 * How much a store holds. Every twentieth incident is private; entries that are not in the largest
 * incident are spread evenly over all.
 *
 * @param incidents how many incidents, at least one; the first one is the largest
 * @param open how many of them, the newest ones, are open; the others are closed
 * @param largest how many entries the largest incident has
 * @param spread how many entries the incidents have together, beside that
 * @param alerts how many alerts fire, spread over the open incidents
 * @param effects how many effects are pending, spread over the open incidents
 */
public record StoreSize(int incidents, int open, int largest, int spread, int alerts, int effects) {

  /** Raised whenever a filler makes other stores than before, so that kept ones are not taken. */
  private static final int EDITION = 1;

  /** Every so many incidents one is private. */
  static final int PRIVATE_EVERY = 20;

  /** Checks that there is something to put entries, alerts and effects in. */
  public StoreSize {
    if (incidents < 1 || open > incidents || (open < 1 && alerts + effects > 0)) {
      throw new IllegalArgumentException("alerts and effects need an open incident");
    }
  }

  /** Returns a store with nothing but incidents. */
  public static StoreSize ofIncidents(int incidents, int open) {
    return new StoreSize(incidents, open, 0, 0, 0, 0);
  }

  /** Returns this size with so many entries in the first incident and so many in all together. */
  public StoreSize withEntries(int inLargest, int inAll) {
    return new StoreSize(incidents, open, inLargest, inAll, alerts, effects);
  }

  /** Returns this size with firing alerts and pending effects. */
  public StoreSize withWork(int firing, int pending) {
    return new StoreSize(incidents, open, largest, spread, firing, pending);
  }

  /** Returns how many of the entries that are spread one incident gets. */
  int spreadOn(int number) {
    return spread / incidents + (number <= spread % incidents ? 1 : 0);
  }

  boolean isOpen(int number) {
    return number > incidents - open;
  }

  /** Returns a name for a folder. */
  String name() {
    return "v%d-%di-%do-%dl-%ds-%da-%de"
        .formatted(EDITION, incidents, open, largest, spread, alerts, effects);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.load;

/** When the next request of a load is due. One thread. */
interface Pace {

  /** No more requests. */
  long NEVER = Long.MAX_VALUE;

  /** Returns when the next request is due, in {@link System#nanoTime()}, or {@link #NEVER}. */
  long due(long now);

  /** Notes that it was sent. */
  void sent();

  /** Closed loop: whoever has its answer asks again. */
  static Pace closed(long end, long requests) {
    return new Pace() {
      private long sent;

      @Override
      public long due(long now) {
        return now < end && sent < requests ? now : NEVER;
      }

      @Override
      public void sent() {
        sent++;
      }
    };
  }

  /** Open loop: at a steady rate, whether or not the answers before have come. */
  static Pace open(long begin, int perSecond, long requests) {
    return new Pace() {
      private long sent;

      @Override
      public long due(long now) {
        return sent < requests ? begin + sent * 1_000_000_000L / perSecond : NEVER;
      }

      @Override
      public void sent() {
        sent++;
      }
    };
  }
}

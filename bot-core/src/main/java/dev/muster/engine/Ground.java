// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.store.UnitOfWork;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What those stand on who write down something outside of a delivery.
 *
 * @param store the store
 * @param clock the clock
 * @param settings the operator's decisions, the newest at each call
 */
record Ground(UnitOfWork store, InstantSource clock, Supplier<Settings> settings) {

  /** Writes, in a transaction of its own. */
  void write(Consumer<Moment> work) {
    ask(
        moment -> {
          work.accept(moment);
          return Boolean.TRUE;
        });
  }

  /** Writes and returns something, in a transaction of its own. */
  <T> T ask(Function<Moment, T> work) {
    return store.run(tx -> work.apply(new Moment(tx, clock.instant(), settings.get())));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.spi.Memory;
import dev.muster.store.UnitOfWork;

/** One kind of store, empty at first, that can be stopped in every way a store is stopped. */
public interface StoreWorld extends AutoCloseable {

  /** Returns the store, opening it when it is not open. */
  UnitOfWork store();

  /** Returns the records of one platform's adapter. */
  Memory memory(String platform);

  /** Closes the store in order; the next {@link #store()} opens the same content. */
  void stop();

  /**
   * Leaves the store as a killed process leaves it: the next {@link #store()} opens what is on the
   * disk at this moment, and nothing was closed or flushed for it.
   */
  void crash();

  /** Waits until search knows what was committed. */
  void settle();

  @Override
  void close();
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.util.concurrent.CompletableFuture;

/** Where an adapter hands over what it heard. */
public interface ChatInbox {

  /**
   * Stores the delivery durably and returns; nothing else happens before. Called from the adapter's
   * own threads, blocks until the commit, usually for about a millisecond.
   */
  Receipt accept(Delivery delivery);

  /**
   * Stores the delivery durably without holding up the caller; the future completes after the
   * commit. What follows it runs on a thread of the store: it must be short and wait for nothing.
   * Where nothing is gained by it, the delivery is stored before this returns.
   */
  default CompletableFuture<Receipt> acceptSoon(Delivery delivery) {
    return CompletableFuture.completedFuture(accept(delivery));
  }
}

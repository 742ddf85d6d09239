// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

/** Where an adapter hands over what it heard. */
public interface ChatInbox {

  /**
   * Stores the delivery durably and returns; nothing else happens before. Called from the adapter's
   * own threads, blocks until the commit, usually for about a millisecond.
   */
  Receipt accept(Delivery delivery);
}

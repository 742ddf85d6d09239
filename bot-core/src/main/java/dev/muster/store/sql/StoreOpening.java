// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

/** What came of opening the store. */
public sealed interface StoreOpening {

  /**
   * It is open.
   *
   * @param store close it when done
   */
  record Opened(SqlStore store) implements StoreOpening {}

  /**
   * It cannot be opened.
   *
   * @param reason one or two sentences for an operator: what is wrong and how to mend it
   */
  record Refused(String reason) implements StoreOpening {}
}

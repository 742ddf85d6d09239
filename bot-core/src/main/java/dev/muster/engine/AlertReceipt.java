// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

/** What became of a body of alerts. */
public sealed interface AlertReceipt {

  /**
   * It is durable, now or since an earlier time.
   *
   * @param delivery our identifier
   * @param alerts how many alerts it states
   * @param duplicate whether the same body had come moments before
   */
  record Stored(String delivery, int alerts, boolean duplicate) implements AlertReceipt {}

  /**
   * It could not be stored; the sender should come again.
   *
   * @param reason enumerated
   */
  record NotStored(String reason) implements AlertReceipt {}
}

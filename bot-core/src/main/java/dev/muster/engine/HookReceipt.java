// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

/** What became of a late result that a target reported. */
public sealed interface HookReceipt {

  /**
   * It is durable, now or since an earlier time.
   *
   * @param delivery our identifier
   * @param duplicate whether this call's result had been reported before
   */
  record Stored(String delivery, boolean duplicate) implements HookReceipt {}

  /** Nobody was ever given this address. */
  record Unknown() implements HookReceipt {}

  /** It could not be stored; the target should come again. */
  record NotStored() implements HookReceipt {}
}

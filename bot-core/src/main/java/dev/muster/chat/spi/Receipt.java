// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import dev.muster.chat.Answer;
import java.util.concurrent.CompletableFuture;

/** What became of a delivery handed to the inbox. */
public sealed interface Receipt {

  /**
   * It is durable, and the platform may be told so.
   *
   * @param delivery our identifier of the delivery
   * @param repeat whether it had been delivered before
   * @param answer completed after it has been handled; for deliveries without an answer slot with
   *     {@link Answer.Accepted}. A repeat gets the stored answer. Adapters wait at most two seconds
   */
  record Stored(String delivery, boolean repeat, CompletableFuture<Answer> answer)
      implements Receipt {}

  /**
   * It could not be stored; the platform must be told to deliver again.
   *
   * @param reason enumerated, for log and metric
   */
  record NotStored(String reason) implements Receipt {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook;

/** Calls addresses that an operator allowed. Any thread may call. */
public interface WebhookClient {

  /**
   * Makes one call and waits for its end, at most for the request's timeout. The call goes out at
   * most once, whatever happens; whatever happens is a result, never an exception.
   */
  WebhookResult call(WebhookRequest request);
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook;

import java.util.Collection;
import java.util.function.UnaryOperator;

/** Calls addresses that an operator allowed. Any thread may call. */
public interface WebhookClient {

  /**
   * Makes one call and waits for its end, at most for the request's timeout. The call goes out at
   * most once, whatever happens; whatever happens is a result, never an exception.
   */
  WebhookResult call(WebhookRequest request);

  /**
   * Returns what puts stars in the place of secrets that a request took along, for words of its
   * target that come by another road than the answer. Who knows of no secrets changes nothing.
   *
   * @param written header values and bodies, with references to secrets in them
   */
  default UnaryOperator<String> masking(Collection<String> written) {
    return UnaryOperator.identity();
  }
}

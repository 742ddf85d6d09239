// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One call to the outside.
 *
 * <p>Header values and the body may hold references to secrets ({@link SecretRef}), which are put
 * in while the call is made.
 *
 * @param method HTTP method
 * @param url complete address without secrets
 * @param headers by name
 * @param body may be empty
 * @param timeout for the whole call, from looking up the name to the last byte of the answer
 * @param wantedJson values the answer must have, by path such as {@code result.state} or {@code
 *     /result/state}; empty when its content does not matter
 */
public record WebhookRequest(
    String method,
    String url,
    Map<String, String> headers,
    String body,
    Duration timeout,
    Map<String, String> wantedJson) {

  /** Keeps unmodifiable, sorted copies. */
  public WebhookRequest {
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    wantedJson = Collections.unmodifiableMap(new TreeMap<>(wantedJson));
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("a call needs a timeout above zero");
    }
  }
}

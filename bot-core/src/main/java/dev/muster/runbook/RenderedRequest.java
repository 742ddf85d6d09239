// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The exact call a step makes, with secrets still as references <code>${NAME}</code>. This is what
 * an approver sees, what the digest covers and what is sent.
 *
 * @param method HTTP method
 * @param url complete address
 * @param headers by name, sorted; without {@code Idempotency-Key} and {@code X-Muster-Run}
 * @param body may be empty
 */
public record RenderedRequest(String method, String url, Map<String, String> headers, String body) {

  /** What stands in place of a secret wherever the request is shown. */
  public static final String MASK = "****";

  private static final Pattern SECRET = Pattern.compile("\\$\\{[^}]*}");

  /** Sorts and copies the headers. */
  public RenderedRequest {
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    body = body == null ? "" : body;
  }

  /** Returns the request as it may be shown: each secret reference becomes {@value #MASK}. */
  public RenderedRequest masked() {
    Map<String, String> shown = new TreeMap<>();
    headers.forEach((name, value) -> shown.put(name, mask(value)));
    return new RenderedRequest(method, url, shown, mask(body));
  }

  private static String mask(String text) {
    return SECRET.matcher(text).replaceAll(MASK);
  }
}

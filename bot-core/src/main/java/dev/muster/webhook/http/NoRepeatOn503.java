// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps the client from sending a request again on its own when a target answers 503 with {@code
 * Retry-After: 0}: it would do so even with every retry switched off, a POST included. The caller
 * sees {@code Retry-After: 1} and decides.
 */
final class NoRepeatOn503 implements Interceptor {

  private static final int UNAVAILABLE = 503;
  private static final String RETRY_AFTER = "Retry-After";

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String after = response.header(RETRY_AFTER, "");
    boolean atOnce = response.code() == UNAVAILABLE && after.strip().matches("0+");
    return atOnce ? response.newBuilder().header(RETRY_AFTER, "1").build() : response;
  }
}

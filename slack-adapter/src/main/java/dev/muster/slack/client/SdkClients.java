// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.util.http.SlackHttpClient;
import dev.muster.chat.spi.CappedBody;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Builds the HTTP client and the SDK object for one workspace. Nothing in them repeats a call by
 * itself: the SDK would otherwise let OkHttp send a post twice when a kept connection dies after
 * Slack carried it out, and OkHttp sends again after a 503 that says {@code Retry-After: 0}.
 */
final class SdkClients {

  /** Slack answers within a few seconds or not at all. */
  private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

  /** The largest true answer, a thousand messages of history, stays below. */
  private static final long LARGEST_ANSWER = 5L * 1024 * 1024;

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(4);

  private SdkClients() {}

  /** Returns a client with a connection pool of its own, so that closing it closes its sockets. */
  static OkHttpClient http(OkHttpClient shared) {
    return shared
        .newBuilder()
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .connectTimeout(CONNECT_LIMIT)
        .callTimeout(CALL_LIMIT)
        .connectionPool(new ConnectionPool(8, 4, TimeUnit.MINUTES))
        .addInterceptor(SdkClients::withinReason)
        .addNetworkInterceptor(SdkClients::withoutInvitationToRepeat)
        .build();
  }

  /**
   * The SDK reads an answer whole into memory, so one that unpacks to more than any true one breaks
   * off; and it stumbles over an empty one where a method's answer should be.
   */
  private static Response withinReason(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    boolean ofAMethod = chain.request().url().encodedPath().startsWith("/api/");
    if (ofAMethod && response.isSuccessful() && response.peekBody(1).bytes().length == 0) {
      response.close();
      throw new IOException("the answer is empty");
    }
    return response.newBuilder().body(new CappedBody(response.body(), LARGEST_ANSWER)).build();
  }

  private static Response withoutInvitationToRepeat(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    return response.code() == 503
        ? response.newBuilder().removeHeader("Retry-After").build()
        : response;
  }

  /**
   * Returns the SDK object.
   *
   * @param executorName unique in the process: the SDK keeps state of its own under this name, and
   *     two clients with one name would share it
   */
  static Slack slack(OkHttpClient http, String apiUrl, String executorName) {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(apiUrl);
    // Set although it is the default: otherwise the SDK reads a proxy from the environment.
    config.setProxyUrl(null);
    config.getMethodsConfig().setExecutorName(executorName);
    // Its figures are for its own asynchronous client, which we do not use; they cost a thread.
    config.setStatsEnabled(false);
    config.synchronizeMetricsDatabases();
    SlackHttpClient client = new SlackHttpClient(http);
    client.setConfig(config);
    return Slack.getInstance(config, client);
  }
}

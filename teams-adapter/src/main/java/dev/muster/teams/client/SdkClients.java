// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.microsoft.bot.connector.ConnectorClient;
import com.microsoft.bot.connector.rest.RestConnectorClient;
import com.microsoft.bot.restclient.RestClient;
import com.microsoft.bot.restclient.ServiceResponseBuilder;
import com.microsoft.bot.restclient.retry.RetryStrategy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import retrofit2.Retrofit;

/**
 * Makes the SDK's connector clients, one per service address, all on the shared guarded client. The
 * SDK's own habits are undone: it would repeat a POST after 408 and 5xx, keep cookies, wait two
 * minutes for an answer and own threads. Thread-safe.
 */
public final class SdkClients {

  /** Longer than the connector's own 15 s is of no use: by then it has given up. */
  private static final int LONGEST_CALL_SECONDS = 15;

  /** Teams uses a handful of addresses per cloud; more than this means that something is odd. */
  private static final int MOST_CLIENTS = 64;

  /** Far above what the platform allows at once, because the pacing is done elsewhere. */
  private static final int AT_ONCE = 256;

  private final OkHttpClient shared;
  private final BotCredentials credentials;
  private final HostGuard hosts;
  private final PlainJson json = new PlainJson();
  private final Map<String, RestConnectorClient> clients = new ConcurrentHashMap<>();

  /** Creates a maker of clients; connects nothing. */
  public SdkClients(OkHttpClient shared, BotCredentials credentials, HostGuard hosts) {
    this.shared = shared;
    this.credentials = credentials;
    this.hosts = hosts;
  }

  /**
   * Returns the client of a service address.
   *
   * @throws IllegalArgumentException when its host is not on the list
   */
  public ConnectorClient of(String serviceUrl) {
    if (!hosts.allows(serviceUrl)) {
      throw new IllegalArgumentException("The service address is not on service-url-hosts.");
    }
    if (clients.size() > MOST_CLIENTS) {
      clients.clear();
    }
    return clients.computeIfAbsent(serviceUrl, this::create);
  }

  /** Returns the mapper that reads and writes the SDK's types. */
  public PlainJson json() {
    return json;
  }

  /** Returns whether the bot's token may go to that address. */
  boolean allows(HttpUrl url) {
    return hosts.allows(url);
  }

  private RestConnectorClient create(String serviceUrl) {
    Dispatcher dispatcher = new Dispatcher(new CallerThread());
    dispatcher.setMaxRequests(AT_ONCE);
    dispatcher.setMaxRequestsPerHost(AT_ONCE);
    OkHttpClient.Builder http = shared.newBuilder();
    RestClient.Builder builder = new RestClient.Builder(http, new Retrofit.Builder());
    http.cookieJar(CookieJar.NO_COOKIES)
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .connectTimeout(LONGEST_CALL_SECONDS, TimeUnit.SECONDS)
        .readTimeout(LONGEST_CALL_SECONDS, TimeUnit.SECONDS)
        .callTimeout(LONGEST_CALL_SECONDS, TimeUnit.SECONDS);
    return new RestConnectorClient(
        builder
            .withBaseUrl(serviceUrl)
            .withCredentials(credentials)
            .withSerializerAdapter(json)
            .withResponseBuilderFactory(new ServiceResponseBuilder.Factory())
            .withRetryStrategy(new Never())
            .withDispatcher(dispatcher)
            .build());
  }

  /** What did not come back may have been done; only the core decides about a second try. */
  private static final class Never extends RetryStrategy {

    Never() {
      super("never", false);
    }

    @Override
    public boolean shouldRetry(int tries, Response response) {
      return false;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import dev.muster.webhook.WebhookClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * The one place where HTTP clients are made.
 *
 * <p>Every client made here follows no redirect, sends no request a second time by itself, uses no
 * proxy from the environment and reaches no link-local address. Clients for platforms share one
 * connection pool and one dispatcher; calls of runbooks have connections of their own, one for each
 * call, so that a connection that died while idle can never make an outcome unknown.
 */
public final class OutboundHttp implements AutoCloseable {

  /** Platforms allow many calls at once; the default of five for a host would queue cards. */
  private static final int REQUESTS_PER_HOST = 32;

  private static final int REQUESTS = 128;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofMinutes(2);

  private final Dns resolver;
  private final Dispatcher dispatcher;
  private final ConnectionPool pool;
  private final OkHttpClient platforms;

  /** Makes clients that ask the machine's resolver. Connects nothing. */
  public OutboundHttp() {
    this(Dns.SYSTEM);
  }

  /** Makes clients that ask a given resolver. */
  OutboundHttp(Dns resolver) {
    this.resolver = resolver;
    dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(REQUESTS);
    dispatcher.setMaxRequestsPerHost(REQUESTS_PER_HOST);
    pool = new ConnectionPool(16, IDLE.toSeconds(), TimeUnit.SECONDS);
    platforms = guarded(address -> true, new GuardedSockets(OutboundHttp::mayExist)).build();
  }

  /**
   * Returns the client that adapters share. Its targets come from the configuration, loopback
   * included.
   */
  public OkHttpClient forPlatforms() {
    return platforms;
  }

  /**
   * Returns the client for the calls of runbooks.
   *
   * @param allow the entries of {@code outbound.allow} as they are at the moment of a call
   * @param secrets where secrets are looked up
   */
  public WebhookClient forRunbooks(Supplier<List<String>> allow, SecretSource secrets) {
    Supplier<AllowList> list = () -> AllowList.of(allow.get());
    OkHttpClient client =
        guarded(
                address -> list.get().mayReach(address),
                new GuardedSockets(to -> list.get().mayReach(to.getAddress(), to.getPort())))
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .protocols(List.of(Protocol.HTTP_1_1))
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .eventListenerFactory(SentMark.LISTENERS)
            .build();
    return new OkHttpWebhooks(client, list, secrets);
  }

  /** Drops idle connections and ends the dispatcher's threads; calls under way may finish. */
  @Override
  public void close() {
    dispatcher.executorService().shutdown();
    pool.evictAll();
  }

  private OkHttpClient.Builder guarded(Predicate<InetAddress> allowed, GuardedSockets sockets) {
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .connectionPool(pool)
        .dns(new GuardedDns(resolver, allowed))
        .socketFactory(sockets)
        .proxy(Proxy.NO_PROXY)
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .addNetworkInterceptor(new NoRepeatOn503())
        .connectTimeout(CONNECT_TIMEOUT)
        .readTimeout(READ_TIMEOUT)
        .writeTimeout(READ_TIMEOUT);
  }

  private static boolean mayExist(InetSocketAddress to) {
    return AddressClass.of(to.getAddress()) != AddressClass.NEVER;
  }
}

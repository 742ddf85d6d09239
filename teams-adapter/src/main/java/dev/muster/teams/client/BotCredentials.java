// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.microsoft.bot.connector.authentication.AppCredentials;
import com.microsoft.bot.connector.authentication.Authenticator;
import dev.muster.chat.spi.ChatOutcome;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The SDK's credentials, replaced: the token comes from our own source and is attached only after
 * the host was checked. Thread-safe.
 */
public final class BotCredentials extends AppCredentials {

  private final TokenSource tokens;
  private final HostGuard hosts;

  /** Creates credentials of the app {@code appId}; fetches nothing. */
  public BotCredentials(String appId, TokenSource tokens, HostGuard hosts) {
    super(null);
    setAppId(appId);
    this.tokens = tokens;
    this.hosts = hosts;
  }

  @Override
  public CompletableFuture<String> getToken() {
    ChatOutcome<String> token = tokens.token();
    return token instanceof ChatOutcome.Done<String> done
        ? CompletableFuture.completedFuture(done.value())
        : CompletableFuture.failedFuture(new NoToken(token));
  }

  @Override
  protected Authenticator buildAuthenticator() {
    throw new IllegalStateException("the token comes from our own source");
  }

  @Override
  public void applyCredentialsFilter(OkHttpClient.Builder client) {
    client.addInterceptor(this::sign);
  }

  private Response sign(Interceptor.Chain chain) throws IOException {
    Request request = chain.request();
    if (!hosts.allows(request.url())) {
      throw new NoToken(
          new ChatOutcome.Refused<>("The address is not on the list service-url-hosts."));
    }
    ChatOutcome<String> token = tokens.token();
    if (!(token instanceof ChatOutcome.Done<String> done)) {
      throw new NoToken(token);
    }
    if (done.value().isEmpty()) {
      return chain.proceed(request);
    }
    return chain.proceed(
        request.newBuilder().header("Authorization", "Bearer " + done.value()).build());
  }

  /** There is no token for this call; nothing was sent. */
  static final class NoToken extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient ChatOutcome<String> why;

    NoToken(ChatOutcome<String> why) {
      super("no token for this call");
      this.why = why;
    }

    ChatOutcome<String> why() {
      return why;
    }
  }
}

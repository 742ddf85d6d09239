// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Fetches the bot's own token for one audience by client credentials and keeps it until five
 * minutes before it ends. One thread fetches at a time, the others wait for its result; when a
 * renewal fails, the token in hand is used to its last second. Thread-safe.
 */
public final class TokenSource {

  /** Renewed this long before its end, so that no call leaves with a token about to expire. */
  private static final Duration EARLY = Duration.ofMinutes(5);

  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final String WHAT = "Signing in as the app";

  private final OkHttpClient http;
  private final InstantSource clock;
  private final App app;
  private final String scope;
  private Token current = new Token("", Instant.EPOCH);
  private Instant notBefore = Instant.EPOCH;

  /**
   * Who signs in, and where.
   *
   * @param loginUrl ends with a slash
   * @param tenant the tenant's id
   * @param id the app's id; blank means that nothing is signed at all
   * @param password its secret
   */
  public record App(String loginUrl, String tenant, String id, Secret password) {}

  private record Token(String value, Instant ends) {}

  /** Creates a source; fetches nothing. {@code scope} names the audience. */
  public TokenSource(OkHttpClient http, InstantSource clock, App app, String scope) {
    this.http = http;
    this.clock = clock;
    this.app = app;
    this.scope = scope;
  }

  /** Returns whether calls go out without a token, as in an anonymous trial. */
  public boolean isAnonymous() {
    return app.id().isBlank() || app.password().isBlank();
  }

  /** Returns the token, fetched if need be; blocks for at most the client's own limit. */
  public synchronized ChatOutcome<String> token() {
    Instant now = clock.instant();
    if (isAnonymous()) {
      return new ChatOutcome.Done<>("");
    }
    if (now.isBefore(current.ends().minus(EARLY))) {
      return new ChatOutcome.Done<>(current.value());
    }
    boolean usable = now.isBefore(current.ends());
    if (usable && now.isBefore(notBefore)) {
      return new ChatOutcome.Done<>(current.value());
    }
    ChatOutcome<Token> fetched = fetch(now);
    if (fetched instanceof ChatOutcome.Done<Token> done) {
      current = done.value();
    } else if (usable) {
      notBefore = now.plus(PAUSE);
      return new ChatOutcome.Done<>(current.value());
    }
    return fetched.map(Token::value);
  }

  /** Forgets the token, because the other side refused it or the consent changed. */
  public synchronized void drop() {
    current = new Token("", Instant.EPOCH);
    notBefore = Instant.EPOCH;
  }

  private ChatOutcome<Token> fetch(Instant now) {
    Request request =
        new Request.Builder()
            .url(app.loginUrl() + app.tenant() + "/oauth2/v2.0/token")
            .post(
                new FormBody.Builder()
                    .add("grant_type", "client_credentials")
                    .add("client_id", app.id())
                    .add("client_secret", app.password().reveal())
                    .add("scope", scope)
                    .build())
            .build();
    try (Response response = http.newCall(request).execute();
        ResponseBody body = response.body()) {
      if (response.code() == 400 || response.code() == 401) {
        return new ChatOutcome.Refused<>(
            "The sign-in service does not accept the app. Check app-id, app-password and"
                + " tenant-id under platforms.teams.",
            ChatOutcome.Cause.CREDENTIALS);
      }
      if (!response.isSuccessful()) {
        return Failure.status(
            WHAT, Failure.Kind.READ, response.code(), Headers.retryAfter(response));
      }
      return read(Json.read(body.bytes()), now);
    } catch (IOException e) {
      return Failure.connection(WHAT, Failure.Kind.READ, e);
    }
  }

  private static ChatOutcome<Token> read(JsonNode answer, Instant now) {
    String value = answer.path("access_token").asText("");
    long seconds = answer.path("expires_in").asLong(0);
    return value.isEmpty()
        ? Failure.unreadable(WHAT, Failure.Kind.READ)
        : new ChatOutcome.Done<>(new Token(value, now.plusSeconds(seconds)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.spi.ChatOutcome;
import java.io.IOException;
import java.util.Set;
import java.util.function.Predicate;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Sends requests that carry the bot's token. A request leaves once; only a 401, which says that
 * nothing was done, is sent a second time with a fresh token. The address is checked before the
 * token is attached. Thread-safe; calls block.
 */
final class SignedCalls {

  private static final int UNAUTHORIZED = 401;

  private final OkHttpClient http;
  private final TokenSource tokens;
  private final Predicate<HttpUrl> mayHaveToken;

  SignedCalls(OkHttpClient http, TokenSource tokens, Predicate<HttpUrl> mayHaveToken) {
    this.http = http;
    this.tokens = tokens;
    this.mayHaveToken = mayHaveToken;
  }

  /**
   * An answer that the caller understands.
   *
   * @param status a success, or one of those the caller asked for
   * @param body an empty object when there was none
   */
  record Sent(int status, JsonNode body) {}

  private record Raw(int status, String token, ChatOutcome<Sent> outcome) {}

  /** Sends; success and the statuses in {@code understood} come back as done. */
  ChatOutcome<Sent> send(String what, Failure.Kind kind, Request request, Set<Integer> understood) {
    if (!mayHaveToken.test(request.url())) {
      return new ChatOutcome.Refused<>(
          what
              + " would leave the allowed hosts. Add the host to service-url-hosts if it is ours.");
    }
    Raw first = once(what, kind, request, understood);
    if (first.status() != UNAUTHORIZED || tokens.isAnonymous()) {
      return first.outcome();
    }
    tokens.drop(first.token());
    return once(what, kind, request, understood).outcome();
  }

  private Raw once(String what, Failure.Kind kind, Request request, Set<Integer> understood) {
    ChatOutcome<String> token = tokens.token();
    if (!(token instanceof ChatOutcome.Done<String> done)) {
      return new Raw(0, "", token.map(unused -> new Sent(0, Json.object())));
    }
    Request signed =
        done.value().isEmpty()
            ? request
            : request.newBuilder().header("Authorization", "Bearer " + done.value()).build();
    try (Response response = http.newCall(signed).execute();
        ResponseBody body = response.body()) {
      return new Raw(response.code(), done.value(), read(what, kind, response, body, understood));
    } catch (IOException e) {
      return new Raw(0, done.value(), Failure.connection(what, kind, e));
    }
  }

  private static ChatOutcome<Sent> read(
      String what, Failure.Kind kind, Response response, ResponseBody body, Set<Integer> understood)
      throws IOException {
    int status = response.code();
    if (!response.isSuccessful() && !understood.contains(status)) {
      return Failure.status(what, kind, status, Headers.retryAfter(response));
    }
    byte[] bytes = body.bytes();
    try {
      return new ChatOutcome.Done<>(
          new Sent(status, bytes.length == 0 ? Json.object() : Json.read(bytes)));
    } catch (IOException e) {
      return Failure.unreadable(what, kind);
    }
  }
}

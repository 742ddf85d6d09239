// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.spi.ChatOutcome;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Sends requests that carry the bot's token. A request leaves once; only what says that nothing was
 * done for want of a good token, 401, or of a consent, is sent a second time with a fresh token.
 * The address is checked before the token is attached. Thread-safe; calls block.
 */
final class SignedCalls {

  private static final int UNAUTHORIZED = 401;

  private final OkHttpClient http;
  private final TokenSource tokens;
  private final Predicate<HttpUrl> mayHaveToken;
  private final Optional<Consent> consent;

  /** {@code consent} learns what was granted, where calls need permissions. */
  SignedCalls(
      OkHttpClient http,
      TokenSource tokens,
      Predicate<HttpUrl> mayHaveToken,
      Optional<Consent> consent) {
    this.http = http;
    this.tokens = tokens;
    this.mayHaveToken = mayHaveToken;
    this.consent = consent;
  }

  /**
   * An answer that the caller understands.
   *
   * @param status a success, or one of those the caller asked for
   * @param body an empty object when there was none
   */
  record Sent(int status, JsonNode body) {}

  private record Raw(int status, String token, Optional<Scope> lacking, ChatOutcome<Sent> outcome) {

    static Raw unsent(String token, ChatOutcome<Sent> outcome) {
      return new Raw(0, token, Optional.empty(), outcome);
    }
  }

  /** Sends; success and the statuses in {@code understood} come back as done. */
  ChatOutcome<Sent> send(String what, Failure.Kind kind, Request request, Set<Integer> understood) {
    if (!mayHaveToken.test(request.url())) {
      return new ChatOutcome.Refused<>(
          what
              + " would leave the allowed hosts. Add the host to service-url-hosts if it is ours.");
    }
    Raw raw = once(what, kind, request, understood);
    if (isWorthAnotherToken(raw)) {
      raw = once(what, kind, request, understood);
    }
    Raw last = raw;
    consent.ifPresent(seen -> seen.seen(request, last.status(), last.lacking()));
    return last.lacking()
        .<ChatOutcome<Sent>>map(
            scope ->
                new ChatOutcome.Refused<>(
                    what + " is not permitted. " + scope.mend(), ChatOutcome.Cause.PERMISSION))
        .orElse(last.outcome());
  }

  /** Neither did anything: a token that is not taken, and one from before a consent. */
  private boolean isWorthAnotherToken(Raw raw) {
    if (tokens.isAnonymous()) {
      return false;
    }
    if (raw.status() == UNAUTHORIZED) {
      tokens.drop(raw.token());
      return true;
    }
    return raw.lacking().isPresent() && tokens.dropForConsent(raw.token());
  }

  private Raw once(String what, Failure.Kind kind, Request request, Set<Integer> understood) {
    ChatOutcome<String> token = tokens.token();
    if (!(token instanceof ChatOutcome.Done<String> done)) {
      return Raw.unsent("", token.map(unused -> new Sent(0, Json.object())));
    }
    Request signed =
        done.value().isEmpty()
            ? request
            : request.newBuilder().header("Authorization", "Bearer " + done.value()).build();
    try (Response response = http.newCall(signed).execute();
        ResponseBody body = response.body()) {
      byte[] bytes = body.bytes();
      Optional<Scope> lacking =
          consent.flatMap(seen -> seen.lacking(request, response.code(), bytes));
      ChatOutcome<Sent> outcome = read(what, kind, response, bytes, understood);
      return new Raw(response.code(), done.value(), lacking, outcome);
    } catch (IOException e) {
      return Raw.unsent(done.value(), Failure.connection(what, kind, e));
    }
  }

  private static ChatOutcome<Sent> read(
      String what, Failure.Kind kind, Response response, byte[] bytes, Set<Integer> understood) {
    int status = response.code();
    if (!response.isSuccessful() && !understood.contains(status)) {
      return Failure.status(
          what, kind, status, Headers.retryAfter(response), said(response, bytes));
    }
    try {
      return new ChatOutcome.Done<>(
          new Sent(status, bytes.length == 0 ? Json.object() : Json.read(bytes)));
    } catch (IOException e) {
      return Failure.unreadable(what, kind);
    }
  }

  private static Optional<ErrorClass> said(Response response, byte[] bytes) {
    String code = Json.readOrEmpty(bytes).path("error").path("code").asText("");
    return ErrorClass.of(code)
        .or(
            () ->
                response.code() == 404
                    ? ErrorClass.notFound(response.request().url().pathSegments())
                    : Optional.empty());
  }
}

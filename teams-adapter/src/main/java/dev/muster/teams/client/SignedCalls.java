// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.teams.pace.Ask;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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
  private final Turns turns;
  private volatile Optional<Instant> theirTime = Optional.empty();

  /** {@code consent} learns what was granted, where calls need permissions. */
  SignedCalls(
      OkHttpClient http,
      TokenSource tokens,
      Turns turns,
      Predicate<HttpUrl> mayHaveToken,
      Optional<Consent> consent) {
    this.http = http;
    this.tokens = tokens;
    this.turns = turns;
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

  /**
   * When a call may be made.
   *
   * @param ask what it counts against
   * @param tries a question that changes nothing, to find out whether the other side is back
   */
  record Turn(Ask ask, Request tries) {}

  private static final int NEVER_LEFT = -1;

  private record Raw(int status, String token, Optional<Scope> lacking, ChatOutcome<Sent> outcome) {

    static Raw without(int status, String token, ChatOutcome<Sent> outcome) {
      return new Raw(status, token, Optional.empty(), outcome);
    }
  }

  /**
   * Sends when its turn has come; success and the statuses in {@code understood} come back as done.
   */
  ChatOutcome<Sent> send(
      String what, Failure.Kind kind, Turn turn, Request request, Set<Integer> understood) {
    if (!mayHaveToken.test(request.url())) {
      return new ChatOutcome.Refused<>(
          what
              + " would leave the allowed hosts. Add the host to service-url-hosts if it is ours.");
    }
    Ask ask = turn.ask();
    Optional<Duration> wait = turns.wait(ask, () -> tries(turn));
    return wait.isPresent()
        ? Turns.held(what, wait.get())
        : turns.counted(ask, sent(new Sending(what, kind, ask, understood), request));
  }

  /** Returns the other side's time as of its last answer; empty before the first. */
  Optional<Instant> theirTime() {
    return theirTime;
  }

  private record Sending(String what, Failure.Kind kind, Ask ask, Set<Integer> understood) {}

  /** Asks something that changes nothing; what is answered does not matter, only that it is. */
  void tries(Turn turn) {
    once(new Sending("Asking", Failure.Kind.READ, turn.ask(), Set.of()), turn.tries());
  }

  private ChatOutcome<Sent> sent(Sending sending, Request request) {
    Raw raw = once(sending, request);
    if (isWorthAnotherToken(raw)) {
      raw = once(sending, request);
    }
    Raw last = raw;
    consent.ifPresent(seen -> seen.seen(request, last.status(), last.lacking()));
    String what = sending.what();
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

  private Raw once(Sending sending, Request request) {
    ChatOutcome<String> token = tokens.token();
    if (!(token instanceof ChatOutcome.Done<String> done)) {
      return Raw.without(NEVER_LEFT, "", token.map(unused -> new Sent(0, Json.object())));
    }
    Request signed =
        done.value().isEmpty()
            ? request
            : request.newBuilder().header("Authorization", "Bearer " + done.value()).build();
    try (Response response = http.newCall(signed).execute();
        ResponseBody body = response.body()) {
      byte[] bytes = body.bytes();
      Headers.date(response).ifPresent(told -> theirTime = Optional.of(told));
      turns.answered(sending.ask(), response.code());
      Optional<Scope> lacking =
          consent.flatMap(seen -> seen.lacking(request, response.code(), bytes));
      ChatOutcome<Sent> outcome = read(sending, response, bytes);
      return new Raw(response.code(), done.value(), lacking, outcome);
    } catch (IOException e) {
      turns.answered(sending.ask(), 0);
      return Raw.without(0, done.value(), Failure.connection(sending.what(), sending.kind(), e));
    }
  }

  private ChatOutcome<Sent> read(Sending sending, Response response, byte[] bytes) {
    int status = response.code();
    if (!response.isSuccessful() && !sending.understood().contains(status)) {
      Duration after = turns.refused(sending.ask(), status, response.header("Retry-After"));
      return Failure.status(sending.what(), sending.kind(), status, after, said(response, bytes));
    }
    boolean asked = sending.kind() == Failure.Kind.READ && response.isSuccessful();
    if (asked && bytes.length == 0) {
      return Failure.unreadable(sending.what(), sending.kind());
    }
    try {
      return new ChatOutcome.Done<>(
          new Sent(status, bytes.length == 0 ? Json.object() : Json.read(bytes)));
    } catch (IOException e) {
      return Failure.unreadable(sending.what(), sending.kind());
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

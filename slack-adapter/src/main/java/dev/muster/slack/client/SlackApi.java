// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.google.gson.JsonParseException;
import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.util.http.SlackHttpClient;
import dev.muster.chat.spi.Secret;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;

/**
 * Calls Slack's Web API through the SDK and says what became of each call. Sends each call once;
 * after Slack asked to slow down, calls of that method alone are held back until the time it named.
 * Any thread may call; nothing is connected before the first call.
 */
public final class SlackApi implements AutoCloseable {

  /** Slack names seconds; anything longer than this is taken for a mistake. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  /** Used when Slack says "too many" without a readable time. */
  private static final Duration BLIND_WAIT = Duration.ofSeconds(30);

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,59}");
  private static final Pattern SCOPES = Pattern.compile("[a-z.:,_ ]{1,120}");

  private final OkHttpClient http;
  private final Slack sdk;
  private final MethodsClient methods;
  private final InstantSource clock;
  private final Telemetry telemetry;
  private final Map<String, Instant> heldUntil = new ConcurrentHashMap<>();

  /**
   * Creates a client for one workspace.
   *
   * @param shared the application's client, whose limits and guards are kept
   * @param apiUrl where the Web API lies, with a trailing slash
   * @param token the bot token
   * @param executorName unique in the process
   */
  public SlackApi(
      OkHttpClient shared,
      String apiUrl,
      Secret token,
      String executorName,
      InstantSource clock,
      Telemetry telemetry) {
    this.http = WebApiClients.http(shared);
    this.sdk = WebApiClients.slack(http, apiUrl, executorName);
    this.methods = sdk.methods(token.reveal());
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /**
   * One typed call of the SDK.
   *
   * @param <R> the SDK's answer
   */
  @FunctionalInterface
  public interface Call<R> {

    /**
     * Sends the request.
     *
     * @throws IOException when the connection breaks
     * @throws SlackApiException when the answer is not a 2xx
     */
    R send(MethodsClient client) throws IOException, SlackApiException;
  }

  /** Calls a method that changes nothing. */
  public <R extends SlackApiTextResponse> Reply<R> read(String method, Call<R> call) {
    return counted(method, call(method, call, false));
  }

  /** Calls a method that changes something; a broken answer leaves it unknown. */
  public <R extends SlackApiTextResponse> Reply<R> write(String method, Call<R> call) {
    return counted(method, call(method, call, true));
  }

  /** Returns the SDK's HTTP client for addresses that Slack hands out, such as reply handles. */
  public SlackHttpClient plainHttp() {
    return sdk.getHttpClient();
  }

  /** Returns the SDK object, without a token in it. */
  public Slack sdk() {
    return sdk;
  }

  /** Closes the sockets and ends what the SDK began; the shared client stays open. */
  @Override
  public void close() {
    http.connectionPool().evictAll();
    try {
      sdk.getConfig().close();
    } catch (Exception e) {
      throw new IllegalStateException("the Slack SDK did not close", e);
    }
  }

  private <R> Reply<R> counted(String method, Reply<R> reply) {
    String result =
        reply.match(body -> "ok", failure -> failure.kind().name().toLowerCase(Locale.ROOT));
    telemetry.count("muster_slack_calls_total", "method", method, "result", result);
    return reply;
  }

  private <R extends SlackApiTextResponse> Reply<R> call(
      String method, Call<R> call, boolean changes) {
    Instant held = heldUntil.getOrDefault(method, Instant.MIN);
    Instant now = clock.instant();
    if (now.isBefore(held)) {
      return failed(
          ErrorClass.THROTTLED, method, "held_back", Duration.between(now, held), changes);
    }
    try {
      R body = call.send(methods);
      if (body == null) {
        return failed(ErrorClass.TRANSIENT, method, "empty_answer", Duration.ZERO, changes);
      }
      return body.isOk() ? new Reply.Got<>(body) : refused(method, body, changes);
    } catch (SlackApiException e) {
      return failedStatus(method, e, changes);
    } catch (ConnectException | UnknownHostException | NoRouteToHostException e) {
      return failed(ErrorClass.UNREACHED, method, "no_connection", Duration.ZERO, changes);
    } catch (IOException e) {
      return failed(ErrorClass.TRANSIENT, method, "connection_broke", Duration.ZERO, changes);
    } catch (JsonParseException | IllegalStateException e) {
      return failed(ErrorClass.TRANSIENT, method, "unreadable_answer", Duration.ZERO, changes);
    }
  }

  private <R extends SlackApiTextResponse> Reply<R> refused(
      String method, R body, boolean changes) {
    String code = code(body.getError());
    ErrorClass kind = ErrorClass.of(code);
    String needed = body.getNeeded() == null ? "" : body.getNeeded();
    Duration after = kind == ErrorClass.THROTTLED ? hold(method, null) : Duration.ZERO;
    return new Reply.Failed<>(
        new Failure(
            kind, method, code, after, SCOPES.matcher(needed).matches() ? needed : "", changes));
  }

  private <R> Reply<R> failedStatus(String method, SlackApiException e, boolean changes) {
    int status = e.getResponse().code();
    ErrorClass kind = status / 100 == 2 ? ErrorClass.TRANSIENT : ErrorClass.ofStatus(status);
    Duration after =
        kind == ErrorClass.THROTTLED
            ? hold(method, e.getResponse().header("Retry-After"))
            : Duration.ZERO;
    return failed(kind, method, "http_" + status, after, changes);
  }

  private static <R> Reply<R> failed(
      ErrorClass kind, String method, String code, Duration after, boolean changes) {
    return new Reply.Failed<>(new Failure(kind, method, code, after, "", changes));
  }

  /** Holds back this method alone and returns for how long. */
  private Duration hold(String method, String retryAfter) {
    Duration wait = seconds(retryAfter);
    heldUntil.put(method, clock.instant().plus(wait));
    return wait;
  }

  private static Duration seconds(String retryAfter) {
    if (retryAfter == null || !retryAfter.trim().matches("[0-9]{1,9}")) {
      return BLIND_WAIT;
    }
    Duration wait = Duration.ofSeconds(Math.max(1, Long.parseLong(retryAfter.trim())));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private static String code(String error) {
    return error != null && CODE.matcher(error).matches() ? error : "unreadable_error";
  }
}

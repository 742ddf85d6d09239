// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.util.http.SlackHttpClient;
import com.slack.api.util.json.GsonFactory;
import dev.muster.chat.spi.Secret;
import dev.muster.slack.pace.Ask;
import dev.muster.slack.pace.Budget;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import okhttp3.FormBody;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Calls Slack's Web API through the SDK and says what became of each call. Sends each call once,
 * and only when its turn has come by the {@link Budget}; else says when it comes. Any thread may
 * call; nothing is connected before the first call.
 */
public final class SlackApi implements AutoCloseable {

  /** The code with which Slack refuses posts of the whole workspace. */
  private static final String WORKSPACE_IS_FULL = "message_limit_exceeded";

  private static final String MISSING = "missing_scope";
  private static final String GRANTED = "x-oauth-scopes";

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,59}");
  private static final Pattern SCOPES = Pattern.compile("[a-z.:,_ ]{1,120}");

  private final OkHttpClient http;
  private final Slack sdk;
  private final Gson reader;
  private final Supplier<Secret> token;
  private final Telemetry telemetry;
  private final Budget budget;
  private final Grants grants = new Grants();

  /**
   * Creates a client for one workspace.
   *
   * @param shared the application's client, whose limits and guards are kept
   * @param apiUrl where the Web API lies, with a trailing slash
   * @param token the bot token, asked for at each call because an operator may put in a new one
   * @param executorName unique in the process
   */
  public SlackApi(
      OkHttpClient shared,
      String apiUrl,
      Supplier<Secret> token,
      String executorName,
      InstantSource clock,
      Telemetry telemetry) {
    this.token = token;
    this.http = SdkClients.http(shared).newBuilder().addInterceptor(this::listening).build();
    this.sdk = SdkClients.slack(http, apiUrl, executorName);
    this.reader = GsonFactory.createSnakeCase(sdk.getConfig());
    this.telemetry = telemetry;
    this.budget =
        new Budget(clock, telemetry, new SplittableRandom(executorName.hashCode())::nextDouble);
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
    return read(Ask.of(method), call);
  }

  /** Calls a method that changes nothing, when its turn has come. */
  public <R extends SlackApiTextResponse> Reply<R> read(Ask ask, Call<R> call) {
    return counted(ask.method(), call(ask, call, false));
  }

  /** Calls a method that changes nothing, of whose answer the SDK's own class leaves parts out. */
  public <R extends SlackApiTextResponse> Reply<R> read(
      Ask ask, FormBody.Builder form, Class<R> answer) {
    return read(
        ask,
        client ->
            client.postFormWithTokenAndParseResponse(
                any -> form, ask.method(), token.get().reveal(), answer));
  }

  /** Calls a method that changes something; a broken answer leaves it unknown. */
  public <R extends SlackApiTextResponse> Reply<R> write(String method, Call<R> call) {
    return write(Ask.of(method), call);
  }

  /** Calls a method that changes something, when its turn has come. */
  public <R extends SlackApiTextResponse> Reply<R> write(Ask ask, Call<R> call) {
    return counted(ask.method(), call(ask, call, true));
  }

  /** Notes what Slack says is granted; the app-level token and an older one have other scopes. */
  private Response listening(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    String ours = "Bearer " + token.get().reveal();
    if (ours.equals(chain.request().header("Authorization"))) {
      grants.listed(Grants.words(String.join(",", response.headers(GRANTED))));
    }
    return response;
  }

  /** Returns what the workspace granted, as far as Slack has said. */
  public Grants grants() {
    return grants;
  }

  /** Returns what the workspace takes. */
  public Budget budget() {
    return budget;
  }

  /** Returns the SDK's HTTP client for addresses that Slack hands out, such as reply handles. */
  public SlackHttpClient plainHttp() {
    return sdk.getHttpClient();
  }

  /** Returns what reads the answers to calls. */
  Gson reader() {
    return reader;
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

  private <R extends SlackApiTextResponse> Reply<R> call(Ask ask, Call<R> call, boolean changes) {
    Optional<Duration> turn = budget.hold(ask);
    if (turn.isEmpty() && budget.isToTry(ask)) {
      turn = tryWhetherSlackIsBack(ask);
    }
    if (turn.isPresent()) {
      return failed(ErrorClass.THROTTLED, ask.method(), "held_back", turn.get(), changes);
    }
    return noted(send(ask, call, changes));
  }

  /** Tries with a call that changes nothing, so that no order becomes unknown by trying. */
  private Optional<Duration> tryWhetherSlackIsBack(Ask ask) {
    noted(send(Ask.of("auth.test"), client -> client.authTest(r -> r), false));
    return budget.isToTry(ask) ? budget.hold(ask) : Optional.empty();
  }

  private <R> Reply<R> noted(Reply<R> reply) {
    ErrorClass kind = reply.failure().map(Failure::kind).orElse(ErrorClass.CONVERGED);
    if (kind == ErrorClass.TRANSIENT || kind == ErrorClass.UNREACHED) {
      budget.broke();
    } else {
      budget.answered();
    }
    return reply;
  }

  private <R extends SlackApiTextResponse> Reply<R> send(Ask ask, Call<R> call, boolean changes) {
    String method = ask.method();
    try {
      R body = call.send(new SlackMethods(sdk, reader, token.get().reveal()));
      if (body == null) {
        return failed(ErrorClass.TRANSIENT, method, "empty_answer", Duration.ZERO, changes);
      }
      return body.isOk() ? new Reply.Got<>(body) : refused(ask, body, changes);
    } catch (SlackApiException e) {
      return failedStatus(ask, e, changes);
    } catch (ConnectException | UnknownHostException | NoRouteToHostException e) {
      return failed(ErrorClass.UNREACHED, method, "no_connection", Duration.ZERO, changes);
    } catch (IOException e) {
      return failed(ErrorClass.TRANSIENT, method, "connection_broke", Duration.ZERO, changes);
    } catch (JsonParseException | IllegalStateException e) {
      return failed(ErrorClass.TRANSIENT, method, "unreadable_answer", Duration.ZERO, changes);
    }
  }

  private <R extends SlackApiTextResponse> Reply<R> refused(Ask ask, R body, boolean changes) {
    String code = code(body.getError());
    ErrorClass kind = ErrorClass.of(code);
    String needed = body.getNeeded() == null ? "" : body.getNeeded();
    if (code.equals(MISSING)) {
      grants.refused(Grants.words(needed));
    }
    boolean everywhere = code.equals(WORKSPACE_IS_FULL);
    Duration after =
        kind == ErrorClass.THROTTLED ? budget.refused(ask, null, everywhere) : Duration.ZERO;
    String scopes = SCOPES.matcher(needed).matches() ? needed : "";
    return new Reply.Failed<>(new Failure(kind, ask.method(), code, after, scopes, changes));
  }

  private <R> Reply<R> failedStatus(Ask ask, SlackApiException e, boolean changes) {
    int status = e.getResponse().code();
    ErrorClass kind = status / 100 == 2 ? ErrorClass.TRANSIENT : ErrorClass.ofStatus(status);
    Duration after =
        kind == ErrorClass.THROTTLED
            ? budget.refused(ask, e.getResponse().header("Retry-After"), false)
            : Duration.ZERO;
    return failed(kind, ask.method(), "http_" + status, after, changes);
  }

  private static <R> Reply<R> failed(
      ErrorClass kind, String method, String code, Duration after, boolean changes) {
    return new Reply.Failed<>(new Failure(kind, method, code, after, "", changes));
  }

  private static String code(String error) {
    return error != null && CODE.matcher(error).matches() ? error : "unreadable_error";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import dev.muster.webhook.WebhookClient;
import dev.muster.webhook.WebhookRequest;
import dev.muster.webhook.WebhookResult;
import dev.muster.webhook.WebhookResult.Answered;
import dev.muster.webhook.WebhookResult.Failed;
import dev.muster.webhook.WebhookResult.Reason;
import dev.muster.webhook.WebhookResult.Unknown;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/**
 * Calls the targets of runbooks. Until the first byte of a request may have left, every trouble is
 * a failure; from then on it is an unknown outcome.
 */
final class OkHttpWebhooks implements WebhookClient {

  /** What is read and judged of an answer; the rest is left unread. */
  static final int MOST_READ = 1024 * 1024;

  /** What people see of an answer. */
  private static final int MOST_SHOWN = 2_000;

  private final OkHttpClient client;
  private final Supplier<AllowList> allow;
  private final SecretSource secrets;

  OkHttpWebhooks(OkHttpClient client, Supplier<AllowList> allow, SecretSource secrets) {
    this.client = client;
    this.allow = allow;
    this.secrets = secrets;
  }

  @Override
  public WebhookResult call(WebhookRequest request) {
    HttpUrl url = HttpUrl.parse(request.url());
    if (url == null || !url.username().isEmpty() || !url.password().isEmpty()) {
      return new Failed(
          Reason.BAD_ADDRESS,
          "The address cannot be called. It begins with https:// and has no user in it.");
    }
    if (!allow.get().allows(url)) {
      return new Failed(
          Reason.HOST_NOT_ALLOWED,
          origin(url) + " is not in outbound.allow. Add it there if runbooks may call it.");
    }
    SecretFilling filling = new SecretFilling(secrets);
    SentMark mark = new SentMark();
    try {
      return send(request, filled(request, url, filling, mark), filling);
    } catch (SecretFilling.Unusable e) {
      return new Failed(Reason.SECRET_UNUSABLE, e.getMessage());
    } catch (IllegalArgumentException e) {
      // The client refuses malformed methods and headers while the request is built.
      return new Failed(Reason.BAD_ADDRESS, "The request has a malformed method or header.");
    } catch (IOException e) {
      return mark.maybeSent() ? unknown(url, e) : failed(url, e);
    }
  }

  @Override
  public UnaryOperator<String> masking(Collection<String> written) {
    SecretFilling filling = new SecretFilling(secrets);
    written.forEach(filling::remember);
    return filling::masked;
  }

  private static Request filled(
      WebhookRequest request, HttpUrl url, SecretFilling filling, SentMark mark)
      throws SecretFilling.Unusable {
    Request.Builder builder = new Request.Builder().url(url).tag(SentMark.class, mark);
    filling.headers(request).forEach(builder::header);
    boolean bodiless = request.method().equals("GET") || request.method().equals("HEAD");
    byte[] bytes = filling.body(request).getBytes(StandardCharsets.UTF_8);
    return builder
        .header("Connection", "close")
        .method(request.method(), bodiless ? null : RequestBody.create(bytes))
        .build();
  }

  private WebhookResult send(WebhookRequest asked, Request request, SecretFilling filling)
      throws IOException {
    Call call = client.newCall(request);
    call.timeout().timeout(asked.timeout().toMillis(), TimeUnit.MILLISECONDS);
    try (Response response = call.execute()) {
      if (response.isRedirect()) {
        return redirected(request.url(), response);
      }
      BufferedSource source = response.body().source();
      boolean cut = source.request(MOST_READ + 1L);
      Buffer read = new Buffer();
      source.getBuffer().copyTo(read, 0, Math.min(source.getBuffer().size(), MOST_READ));
      String body = read.readString(charset(response));
      return answered(asked, response.code(), body, cut, filling);
    }
  }

  private static WebhookResult answered(
      WebhookRequest asked, int status, String read, boolean cut, SecretFilling filling) {
    JsonAnswer json = JsonAnswer.read(read);
    Map<String, String> outputs = new TreeMap<>(json.outputs(filling::masked));
    outputs.put("status", String.valueOf(status));
    String body = filling.masked(read);
    String shown = body.length() > MOST_SHOWN ? body.substring(0, MOST_SHOWN) + "…" : body;
    return new Answered(status, shown, cut, json.matches(asked.wantedJson()), outputs);
  }

  private static Charset charset(Response response) {
    return Optional.ofNullable(response.body().contentType())
        .map(type -> type.charset(StandardCharsets.UTF_8))
        .orElse(StandardCharsets.UTF_8);
  }

  private static WebhookResult redirected(HttpUrl url, Response response) {
    HttpUrl to = url.resolve(response.header("Location", ""));
    return new Failed(
        Reason.REDIRECTED,
        url.host()
            + " answered with a redirect"
            + (to == null ? "" : " to " + to.host())
            + ", which is not followed. Write the final address into the runbook.");
  }

  private static WebhookResult unknown(HttpUrl url, IOException e) {
    boolean late = e instanceof InterruptedIOException;
    return new Unknown(
        late ? Reason.TIMED_OUT : Reason.CONNECTION_LOST,
        late
            ? "The request went to " + url.host() + " and no answer came in time."
            : "The request went to " + url.host() + " and the connection broke before the answer.");
  }

  private static WebhookResult failed(HttpUrl url, IOException e) {
    String where = origin(url);
    if (e instanceof GuardedDns.Refused || e instanceof GuardedSockets.Refused) {
      return new Failed(
          Reason.ADDRESS_NOT_ALLOWED,
          where
              + " leads to an internal address. If runbooks may call it, add the address itself to"
              + " outbound.allow, for example http://10.1.2.3:8080.");
    }
    if (e instanceof UnknownHostException) {
      return new Failed(
          Reason.NAME_NOT_FOUND, "The name " + url.host() + " is not known. Nothing was sent.");
    }
    return new Failed(
        e instanceof InterruptedIOException ? Reason.TIMED_OUT : Reason.NOT_CONNECTED,
        "No connection to " + where + " could be made. Nothing was sent.");
  }

  private static String origin(HttpUrl url) {
    return url.scheme() + "://" + url.host() + ":" + url.port();
  }
}

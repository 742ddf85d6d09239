// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A browser as far as signing in needs one: it keeps cookies and follows nothing by itself. */
final class SignInBrowser {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final Map<String, String> cookies = new LinkedHashMap<>();
  final List<String> set = new ArrayList<>();
  private final int port;

  SignInBrowser(int port) {
    this.port = port;
  }

  String address() {
    return "http://localhost:" + port;
  }

  HttpResponse<String> get(String where, String... headers) {
    return send("GET", where, "", withPage(headers));
  }

  private static String[] withPage(String... headers) {
    return headers.length > 0 ? headers : new String[] {"Accept", "text/html"};
  }

  HttpResponse<String> send(String method, String where, String body, String... headers) {
    URI address = URI.create(where.startsWith("http") ? where : address() + where);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (address.getPort() == port && !cookies.isEmpty()) {
      List<String> pairs = new ArrayList<>();
      cookies.forEach((name, value) -> pairs.add(name + "=" + value));
      request.header("Cookie", String.join("; ", pairs));
    }
    try {
      HttpResponse<String> answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (address.getPort() == port) {
        answer.headers().allValues("Set-Cookie").forEach(this::keep);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void keep(String line) {
    set.add(line);
    String pair = line.split(";", 2)[0];
    String name = pair.substring(0, pair.indexOf('='));
    if (line.contains("Max-Age=0;")) {
      cookies.remove(name);
    } else {
      cookies.put(name, pair.substring(name.length() + 1));
    }
  }

  static String to(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  /** Goes to the provider and returns the address it sends the browser back to. */
  String throughProvider(String to) {
    HttpResponse<String> off =
        get("/sign-in/start?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8));
    return to(get(to(off)));
  }

  /** Signs in and returns the last answer. */
  HttpResponse<String> signIn() {
    return get(throughProvider("/incidents"));
  }

  JsonNode me() {
    return BotHttp.parse(get("/api/v1/me", "Accept", "application/json").body());
  }

  /** Sends JSON as a script of our pages does. */
  HttpResponse<String> write(String method, String where, Object body) {
    return send(
        method,
        where,
        BotHttp.write(body),
        "Content-Type",
        "application/json",
        "Origin",
        address(),
        "X-CSRF-Token",
        me().path("csrf").asText());
  }

  /** Sends a form as our pages do. */
  HttpResponse<String> form(String where, Map<String, String> fields) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.putIfAbsent("csrf", me().path("csrf").asText());
    List<String> pairs = new ArrayList<>();
    all.forEach(
        (name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return send(
        "POST",
        where,
        String.join("&", pairs),
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Origin",
        address(),
        "Accept",
        "text/html");
  }
}

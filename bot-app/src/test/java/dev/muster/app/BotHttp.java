// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Calls the bot over HTTP as a stranger would, and waits by asking again until a deadline. */
final class BotHttp {

  /** Long enough for a machine under load; an idle one needs a fraction of a second. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Leaves the processor to the bot; some questions cost nothing. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

  /** Opens pages and API where a test has written {@link #TOKENS} into the configuration. */
  static final String TOKEN = "token-of-the-tests";

  /** The value of {@code server.auth} that knows {@link #TOKEN}. */
  static final String TOKENS =
      "{ tokens: [ { name: tests, role: admin, sha256: "
          + "7b1b98835d2b9475bb5c2f28a0a212b839d44a6fcb28ecfcb46d9c63ab76d6f2 } ] }";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  BotHttp(int port) {
    this.port = port;
  }

  /** An answer. */
  record Answered(int status, String body, HttpResponse<String> raw) {

    JsonNode json() {
      return parse(body);
    }

    String id() {
      return json().path("id").asText();
    }

    String error() {
      return json().path("error").asText();
    }

    Optional<String> header(String name) {
      return raw.headers().firstValue(name);
    }
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  Answered get(String path, String... headers) {
    return send("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
  }

  Answered post(String path, Object body, String... headers) {
    return json("POST", path, body, headers);
  }

  Answered json(String method, String path, Object body, String... headers) {
    String text = body instanceof String given ? given : write(body);
    List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
    all.addAll(List.of(headers));
    return send(
        method, path, HttpRequest.BodyPublishers.ofString(text), all.toArray(String[]::new));
  }

  Answered send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, body)
            .timeout(PATIENCE);
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (path.startsWith("/api/v1/") && !List.of(headers).contains("Authorization")) {
      request.header("Authorization", "Bearer " + TOKEN);
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answered(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends a request with headers of its own, as {@code Host}, and returns the answer's status. */
  int statusOf(String method, String path, String... headerLines) {
    String head = method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", headerLines) + "\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks again until the answer is there. */
  <T> T await(String what, Supplier<Optional<T>> question) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Optional<T> found = question.get();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    throw new AssertionError("not within " + PATIENCE + ": " + what);
  }

  /** Asks again until it is so. */
  void until(String what, BooleanSupplier question) {
    await(what, () -> question.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** Says something and returns the message's id. */
  String say(String user, String channel, String text) {
    Answered answered =
        post("/api/v1/chat/messages", Map.of("user", user, "channel", channel, "text", text));
    assertEquals(202, answered.status(), answered.body());
    return answered.id();
  }

  /** Gives a command and returns what the person is told privately. */
  JsonNode ask(String user, String channel, String text) {
    return told(user, channel, say(user, channel, text));
  }

  /** Returns the private answer to a command or press. */
  JsonNode told(String user, String channel, String id) {
    return message(
        user, channel, "an answer to " + id, said -> said.path("inReplyTo").asText().equals(id));
  }

  /** What a message must be like. */
  interface Wanted {
    boolean fits(JsonNode message);
  }

  /** Returns the first message that fits, once it is there. */
  JsonNode message(String user, String channel, String what, Wanted wanted) {
    try {
      return await(
          what + " in #" + channel + " for " + user,
          () -> messages(user, channel).stream().filter(wanted::fits).findFirst());
    } catch (AssertionError late) {
      throw new AssertionError(late.getMessage() + "; there is " + shown(user, channel), late);
    }
  }

  private String shown(String user, String channel) {
    StringBuilder all = new StringBuilder();
    messages(user, channel).forEach(said -> all.append("\n- ").append(words(said)));
    return all.toString();
  }

  /** Returns the first message whose words contain {@code part}. */
  JsonNode message(String user, String channel, String part) {
    return message(user, channel, part, said -> words(said).contains(part));
  }

  /** Returns everything a message shows, as text. */
  static String words(JsonNode message) {
    StringBuilder all = new StringBuilder(message.path("text").asText());
    JsonNode card = message.path("card");
    all.append('\n').append(card.path("title").asText());
    card.path("facts")
        .forEach(
            f ->
                all.append('\n').append(f.path("name").asText() + ": " + f.path("value").asText()));
    card.path("sections")
        .forEach(
            s ->
                all.append('\n')
                    .append(s.path("heading").asText() + "\n" + s.path("text").asText()));
    return all.toString();
  }

  /** Returns the messages of a channel that {@code user} sees; all pages. */
  List<JsonNode> messages(String user, String channel) {
    List<JsonNode> found = new ArrayList<>();
    String after = "";
    while (after != null) {
      JsonNode page =
          get("/api/v1/chat/channels/" + channel + "/messages?as=" + user + "&after=" + after)
              .json();
      page.path("items").forEach(found::add);
      after = page.path("next").isTextual() ? page.path("next").asText() : null;
    }
    return found;
  }

  /** Presses the newest button with that action and returns the press's id. */
  String press(String user, String channel, String action) {
    return pressToken(user, button(user, channel, action).path("token").asText());
  }

  String pressToken(String user, String token) {
    Answered answered = post("/api/v1/chat/presses", Map.of("user", user, "token", token));
    assertEquals(202, answered.status(), answered.body());
    return answered.id();
  }

  /** Returns the newest button with that action, once there is one. */
  JsonNode button(String user, String channel, String action) {
    return await("button " + action + " in #" + channel, () -> newest(user, channel, action));
  }

  Optional<JsonNode> newest(String user, String channel, String action) {
    JsonNode found = null;
    for (JsonNode message : messages(user, channel)) {
      for (JsonNode button : message.path("card").path("buttons")) {
        found = button.path("action").asText().equals(action) ? button : found;
      }
    }
    return Optional.ofNullable(found);
  }

  Answered submit(String user, String token, Map<String, ?> values) {
    return post("/api/v1/chat/forms", Map.of("user", user, "token", token, "values", values));
  }

  JsonNode incident(String id, String user) {
    return get("/api/v1/incidents/" + id + "?as=" + user).json();
  }

  /** Returns the incident's channel, once it is open. */
  String channelOf(String id, String user) {
    return await(
        "the channel of " + id,
        () ->
            Optional.ofNullable(
                incident(id, user).path("channels").path(0).path("name").textValue()));
  }

  /** Returns the whole timeline, page by page. */
  List<JsonNode> timeline(String id, String user) {
    List<JsonNode> found = new ArrayList<>();
    String after = "0";
    while (after != null) {
      JsonNode page =
          get("/api/v1/incidents/" + id + "/timeline?as=" + user + "&limit=500&after=" + after)
              .json();
      page.path("items").forEach(found::add);
      after = page.path("next").isNull() ? null : page.path("next").asText();
    }
    return found;
  }

  /** Returns the entries of one kind. */
  List<JsonNode> entries(String id, String user, String kind) {
    return timeline(id, user).stream()
        .filter(entry -> entry.path("kind").asText().equals(kind))
        .toList();
  }

  /** Waits for an entry of a kind, and returns it. */
  JsonNode entry(String id, String user, String kind) {
    return await(kind + " of " + id, () -> entries(id, user, kind).stream().reduce((a, b) -> b));
  }
}

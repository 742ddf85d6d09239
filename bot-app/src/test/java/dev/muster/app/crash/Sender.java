// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Talks to the bot like people and monitoring do: what gets no answer is sent again under the same
 * key until it is acknowledged. Any thread may call.
 */
final class Sender {

  /** What {@code server.auth} says where another platform than the built-in one is on. */
  static final String TOKENS =
      "{ tokens: [ { name: trial, role: admin, sha256: "
          + "cf5f03a1b16d36e908666433cdf53db7ca79c950d40e76e74241988ea221cc3f } ] }";

  private static final String TOKEN = "token-of-the-trial";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  private final Bot bot;
  private final AtomicInteger repeats = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  Sender(Bot bot) {
    this.bot = bot;
  }

  /** Sends the next delivery once more when it was acknowledged, as those do who missed that. */
  void repeatNext() {
    repeats.incrementAndGet();
  }

  /** Sends until it is acknowledged with 202, and returns the acknowledgement. */
  JsonNode deliver(String path, Map<String, ?> body, String key) {
    JsonNode answer = untilTaken(path, body, key);
    if (repeats.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      untilTaken(path, body, key);
    }
    return answer;
  }

  private JsonNode untilTaken(String path, Map<String, ?> body, String key) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CrashBot.DOWN_SECONDS);
    String trouble = "nothing was tried";
    while (System.nanoTime() < end) {
      try {
        HttpResponse<String> answer = send(path, body, key);
        if (answer.statusCode() == 202) {
          return JSON.readTree(answer.body());
        }
        if (answer.statusCode() < 500) {
          throw new AssertionError(path + " " + body + " was refused: " + answer.body());
        }
        trouble = answer.body();
      } catch (IOException e) {
        trouble = e.toString();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      unanswered.incrementAndGet();
    }
    throw new AssertionError(path + " was never acknowledged: " + trouble);
  }

  /** Returns how often something was sent and not acknowledged. */
  int unanswered() {
    return unanswered.get();
  }

  /** Sends once. */
  HttpResponse<String> send(String path, Map<String, ?> body, String key)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bot.port() + path))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .timeout(ANSWER_WITHIN)
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Reads once, as somebody without a token. */
  HttpResponse<String> read(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bot.port() + path))
            .timeout(ANSWER_WITHIN)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Reads; asks again when the bot dies meanwhile. */
  JsonNode get(String path) {
    return await(path, CrashBot.DOWN_SECONDS, () -> tryGet(path));
  }

  private Optional<JsonNode> tryGet(String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bot.port() + path))
              .header("Authorization", "Bearer " + TOKEN)
              .timeout(ANSWER_WITHIN)
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? Optional.of(JSON.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Reads all pages of a list. */
  List<JsonNode> all(String path, String pageParameter) {
    List<JsonNode> found = new ArrayList<>();
    String next = "";
    while (next != null) {
      String more = next.isEmpty() ? "" : "&" + pageParameter + "=" + next;
      JsonNode page = get(path + more);
      page.path("items").forEach(found::add);
      next = page.path("next").isNull() ? null : page.path("next").asText(null);
    }
    return found;
  }

  /** Returns something as soon as a condition holds. */
  static Optional<Boolean> when(boolean holds) {
    return holds ? Optional.of(true) : Optional.empty();
  }

  /** Asks again until the answer is there. */
  static <T> T await(String what, long seconds, Supplier<Optional<T>> question) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      Optional<T> found = question.get();
      if (found.isPresent()) {
        return found.get();
      }
      breathe();
    }
    throw new AssertionError("not within " + seconds + " seconds: " + what);
  }

  /** Asking without a pause would take the processor from the one who is asked. */
  private static void breathe() {
    try {
      boolean never = new Semaphore(0).tryAcquire(60, TimeUnit.MILLISECONDS);
      assert !never;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until everything stored has been handled and carried out. */
  void settle() {
    await(
        "nothing is pending",
        CrashBot.DOWN_SECONDS,
        () -> isIdle() ? Optional.of(true) : Optional.empty());
  }

  /** Returns how often it noticed that the clock of its machine was set. */
  int clockSteps() {
    return all("/api/v1/journal?limit=500&kind=clock_stepped", "after").size();
  }

  /** Returns whether it answers and nothing is pending. */
  boolean isIdle() {
    Optional<JsonNode> health = tryGet("/api/v1/health");
    return health.map(now -> now.path("inboxBacklog").asLong(-1)).orElse(-1L) == 0
        && health.map(now -> now.path("effectBacklog").asLong(-1)).orElse(-1L) == 0;
  }
}

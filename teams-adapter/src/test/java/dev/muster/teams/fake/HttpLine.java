// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.teams.client.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;

/** Delivers activities as requests to the bot's messaging endpoint. Thread-safe. */
public final class HttpLine implements PushLine {

  /** Longer than Teams waits: a test machine under load is not what is tested. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Supplier<URI> bot;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Creates a line.
   *
   * @param bot where the bot's server is now, asked for each activity; without a path
   */
  public HttpLine(Supplier<URI> bot) {
    this.bot = bot;
  }

  @Override
  public Pushed push(ObjectNode activity, String authorization) {
    HttpRequest request =
        HttpRequest.newBuilder(bot.get().resolve("/api/messages"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Authorization", authorization)
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(activity)))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Pushed(answer.statusCode(), answer.body());
    } catch (IOException e) {
      return Pushed.NOBODY;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Pushed.NOBODY;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import dev.muster.testkit.TestRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Delivers pushes as signed requests to a server, as Slack does in HTTP mode. Thread-safe. */
public final class HttpLine implements PushLine {

  /** Longer than Slack waits: a test machine under load is not what is tested. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Supplier<URI> app;
  private final InstantSource clock;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Creates a line.
   *
   * @param app where the app's server is now, asked for each push; without a path
   * @param clock what Slack signs with
   */
  public HttpLine(Supplier<URI> app, InstantSource clock) {
    this.app = app;
    this.clock = clock;
  }

  @Override
  public Pushed push(Push push) {
    return send(Signed.request(push, clock.instant()));
  }

  /** Sends a request as it is. */
  public Pushed send(TestRequest signed) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(app.get().resolve(signed.path()))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(signed.content()));
    signed.headers().forEach(request::header);
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Pushed(answer.statusCode(), answer.body());
    } catch (IOException e) {
      return Pushed.NOBODY;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Pushed.NOBODY;
    }
  }
}

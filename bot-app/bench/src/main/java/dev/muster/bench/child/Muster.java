// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.child;

import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.Signed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The packaged program in a process of its own, on a Slack that stands in for the real one. */
public final class Muster implements AutoCloseable {

  private static final String CONFIG =
      """
      server: { port: 0, auth: { tokens: [ { name: bench, role: admin, sha256: "%s" } ] } }
      store: { url: "jdbc:sqlite:data/muster.db" }
      alerts: { sources: [ { name: bench, kind: alertmanager } ]%s }
      platforms:
        web: { enabled: false }
        slack:
          enabled: true
          bot-token: "%s"
          signing-secret: "%s"
          api-url: "%s"
      """;

  /** The token of the API, and what the configuration knows of it. */
  private static final String TOKEN = "token-of-the-bench";

  private static final String TOKEN_SHA256 =
      "079ed12a750ffc2eaa1d4c30710a6f96e0660189657d54c731e4205daa3e8754";

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Child child;
  private final URI address;

  /**
   * Starts it and waits until it listens.
   *
   * @param jar the packaged program
   * @param folder where its configuration and store lie; empty
   * @param rules what the configuration says of alerts beside their source; may be empty
   */
  public Muster(Path jar, Path folder, FakeSlack slack, String rules) {
    try {
      Files.createDirectories(folder);
      String config =
          CONFIG.formatted(TOKEN_SHA256, rules, FakeSlack.BOT_TOKEN, Signed.SECRET, slack.apiUrl());
      Files.writeString(folder.resolve("bot.yaml"), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    child = Child.ofJar(jar, folder, "run", "--config", "bot.yaml");
    address = URI.create(child.await("Muster is ready at "));
  }

  /** Returns the port it listens on. */
  public int port() {
    return address.getPort();
  }

  /** Returns its address without a path. */
  public URI address() {
    return address;
  }

  /** Returns the processor time it has used so far, in seconds. */
  public double cpuSeconds() {
    return child.cpuSeconds();
  }

  /** Returns the body of a GET of its API or its metrics. */
  public String get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + " answers " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns the sum of a metric over all its labels. */
  public double metric(String name) {
    return get("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Waits until what was stored has been handled, so that the next round is not charged for it. */
  public void settle() {
    long end = System.nanoTime() + PATIENCE;
    double units = -1;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      double now = metric("muster_store_units_total");
      if (now - units < 100 && metric("muster_store_waiting") < 10) {
        return;
      }
      units = now;
    }
    throw new IllegalStateException("Muster has not come to rest");
  }

  @Override
  public void close() {
    child.close();
  }
}

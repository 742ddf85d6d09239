// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.child;

import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.Signed;
import dev.muster.teams.fake.BotYaml;
import dev.muster.teams.fake.FakeTeams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The packaged program in a process of its own, on a Slack or Teams that stands in for the real
 * one.
 */
public final class Muster implements AutoCloseable {

  private static final String CONFIG =
      """
      server: { port: 0, auth: { tokens: [ { name: bench, role: admin, sha256: "%s" } ] } }
      store: { url: "jdbc:sqlite:data/muster.db" }
      alerts: { sources: %s }
      platforms:
        web: { enabled: false }
      """;

  private static final String SLACK =
      """
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

  private static final List<String> ONE_SOURCE = List.of("bench");
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

  private final Child child;
  private final URI address;
  private final Reading reading;

  /**
   * Starts it on Slack and waits until it listens.
   *
   * @param program the packaged program, or the start script beside it
   * @param folder where its configuration and, in {@code data}, its store lie
   * @param rules what the configuration says of alerts beside their source; may be empty
   */
  public Muster(Path program, Path folder, FakeSlack slack, String rules) {
    this(program, folder, slack, ONE_SOURCE, rules);
  }

  /** The same, with sources of these names. */
  public Muster(Path program, Path folder, FakeSlack slack, List<String> sources, String rules) {
    this(program, folder, alerts(sources, rules), onSlack(slack));
  }

  /** Starts it on Microsoft Teams and waits until it listens. */
  public Muster(Path program, Path folder, FakeTeams teams) {
    this(program, folder, alerts(ONE_SOURCE, ""), BotYaml.of(teams));
  }

  private static String alerts(List<String> sources, String rules) {
    return sources.stream()
            .map(name -> "{ name: " + name + ", kind: alertmanager }")
            .collect(Collectors.joining(", ", "[ ", " ]"))
        + rules;
  }

  private static String onSlack(FakeSlack slack) {
    return SLACK.formatted(FakeSlack.BOT_TOKEN, Signed.SECRET, slack.apiUrl());
  }

  private Muster(Path program, Path folder, String alerts, String platform) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("bot.yaml"), CONFIG.formatted(TOKEN_SHA256, alerts) + platform);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean jar = program.toString().endsWith(".jar");
    child =
        jar
            ? Child.ofJar(program, folder, "run", "--config", "bot.yaml")
            : Child.ofProgram(program, folder, "run", "--config", "bot.yaml");
    address = URI.create(child.await("Muster is ready at "));
    reading = new Reading(address, Optional.of(TOKEN));
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
    return reading.get(path);
  }

  /** Returns the sum of a metric over all its labels. */
  public double metric(String name) {
    return get("/metrics")
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /**
   * Asks it to end and waits until it has.
   *
   * @return how many seconds that took
   */
  public double end() {
    return child.end();
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

// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the operator of a bot under trial wrote. */
final class CrashConfig {

  /** How many sources of alerts there are; they are called source0, source1 and so on. */
  static final int SOURCES = 100;

  private static final String CONFIG =
      """
      server: { port: 0, auth: %s }
      store: { url: "jdbc:sqlite:%s" }
      alerts:
        sources:
      %s
      services: [ { name: checkout, runbooks: [rollback-checkout] } ]
      oncall:
        policies:
          - name: default
            levels:
              - { notify: ["person:li"], after: 0s }
              - { notify: ["person:ada"], after: 30m }
      outbound: { allow: ["%s"] }
      %s
      """;

  private static final String RUNBOOK =
      """
      name: rollback-checkout
      rollback: true
      parameters: [ { name: version, required: true } ]
      steps:
        - id: call-deployer
          kind: webhook
          approval: required
          method: POST
          url: %s/rollback
          headers: { Content-Type: application/json }
          body: '{ "version": "{{version}}", "incident": "{{incident.id}}" }'
          success: { status: [200] }
          timeout: 20s
          idempotent: false
      """;

  private CrashConfig() {}

  /**
   * Returns {@code bot.yaml}.
   *
   * @param store where the database is
   * @param target where the runbook calls
   * @param platforms what it says of chat platforms; empty for the built-in one
   */
  static String of(Path store, String target, String platforms) {
    return CONFIG.formatted(
        platforms.isEmpty() ? "{ tokens: [] }" : Sender.TOKENS,
        store,
        sources(),
        target,
        platforms);
  }

  /** Writes all of it into a folder. */
  static void write(Path folder, Path store, String target, String platforms) {
    try {
      Files.createDirectories(folder.resolve("runbooks"));
      Files.writeString(folder.resolve("bot.yaml"), of(store, target, platforms));
      Files.writeString(folder.resolve("runbooks/rollback-checkout.yaml"), runbook(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves only so many sources of alerts in the configuration of a folder: each is read. */
  static void keepSources(Path folder, int count) {
    change(
        folder,
        config ->
            config
                .lines()
                .filter(line -> !line.contains("name: source") || number(line) < count)
                .collect(Collectors.joining("\n", "", "\n")));
  }

  private static int number(String source) {
    return Integer.parseInt(source.replaceAll("\\D", ""));
  }

  /** Says in the configuration of a folder who is asked first when an alert comes, and who then. */
  static void onCall(Path folder, String first, String second) {
    change(
        folder,
        config ->
            config
                .replace("person:li", "person:" + first)
                .replace("person:ada", "person:" + second));
  }

  private static void change(Path folder, UnaryOperator<String> change) {
    Path file = folder.resolve("bot.yaml");
    try {
      Files.writeString(file, change.apply(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the runbook, which calls there. */
  static String runbook(String target) {
    return RUNBOOK.formatted(target);
  }

  /** Every alert comes from a source of its own, so that no storm joins them into one incident. */
  private static String sources() {
    return IntStream.range(0, SOURCES)
        .mapToObj(number -> "    - { name: source" + number + ", kind: generic }")
        .collect(Collectors.joining("\n"));
  }
}

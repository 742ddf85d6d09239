// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.config.ConfigProblem;
import dev.muster.testkit.Garble;
import dev.muster.testkit.GeneratedCases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in the files of an operator, reading them answers with all problems. */
class ConfigGeneratedTest {

  private static final Path SHIPPED = Path.of(System.getProperty("muster.root", ".."), "config");

  /** Every part a reader of its own takes: people on call, rules, severities, access. */
  private static final String PARTS =
      """
      alerts:
        sources:
          - { name: any, kind: generic, token: "abcdefghijklmnopqrstuvwxyz", fields: { title: /t } }
        rules:
          - { match: { severity: critical }, group-by: [alertname], severity: SEV2, do: declare }
      severities: { SEV1: { update-every: 30m, ack-within: 5m, policy: default } }
      services: [ { name: checkout, owner: payments, on-call: payments } ]
      oncall:
        schedules:
          - { name: payments, zone: Europe/Berlin, people: [ada, li], rotate-every: 7d,
              start: "2026-01-05T09:00" }
        policies:
          - { name: default, levels: [ { notify: ["schedule:payments"], after: 0s },
              { notify: ["person:ada"], after: 5m } ] }
      access: { default: responder, groups: { sre: [ada, li] }, approvers: [sre], admins: [] }
      outbound: { allow: ["http://127.0.0.1:9099"] }
      """;

  @TempDir Path folder;

  @Test
  void files_someGenerated_areReadOrRefused() throws IOException {
    Trial trial = new Trial();
    GeneratedCases.some("configuration", 80, trial::files);
  }

  @Test
  @Tag("proof")
  void files_generatedForLong_areReadOrRefused() throws IOException {
    Trial trial = new Trial();
    GeneratedCases.forLong("configuration", 351_722_387_947L, 10_000, trial::files);
  }

  private final class Trial {

    private final Configs configs = new Configs(folder);
    private final String main =
        Files.readString(SHIPPED.resolve("bot.yaml")).replaceAll("(?m)^ *#.*\n", "");
    private final String runbook =
        Files.readString(SHIPPED.resolve("runbooks/rollback-checkout.yaml"))
            .replaceAll("(?m)^ *#.*\n", "");

    Trial() throws IOException {}

    void files(Garble garble) {
      configs.write("bot.yaml", bytes(garble, garble.onceIn(2) ? main : PARTS));
      configs.write("runbooks/a.yaml", bytes(garble, runbook));
      List<ConfigProblem> problems =
          configs
              .read()
              .match(
                  loaded -> loaded.warnings(),
                  refused -> {
                    assertFalse(refused.problems().isEmpty());
                    return refused.problems();
                  });
      for (ConfigProblem problem : problems) {
        assertFalse(problem.what().isBlank());
        assertTrue(problem.toString().length() < 5_000, "an endless sentence");
      }
    }

    private byte[] bytes(Garble garble, String honest) {
      String spoiled = garble.spoiled(honest);
      return garble.onceIn(8)
          ? garble.spoiled(spoiled.getBytes(StandardCharsets.UTF_8))
          : spoiled.getBytes(StandardCharsets.UTF_8);
    }
  }
}

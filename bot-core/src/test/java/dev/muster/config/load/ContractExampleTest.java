// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.config.BotConfig;
import dev.muster.config.ConfigResult;
import dev.muster.incident.Severity;
import dev.muster.oncall.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys that strangers rely on, as they are promised to them. */
class ContractExampleTest {

  @TempDir Path folder;

  private BotConfig example() throws IOException {
    Configs configs = new Configs(folder);
    try (InputStream example = getClass().getResourceAsStream("/config/promised.yaml")) {
      configs.write("bot.yaml", new String(example.readAllBytes(), StandardCharsets.UTF_8));
    }
    configs.write(
        "runbooks/rollback.yaml",
        """
        name: rollback-checkout
        rollback: true
        when: { service: checkout, severity: SEV2 }
        parameters: [ { name: version, required: true, choices: ["1.10", "2.0"] } ]
        steps: [ { id: ask, kind: manual, approval: none, body: "Roll back to {{version}}" } ]
        """);
    return new ConfigLoader(Map.<String, String>of()::get, Map.of())
        .load(Optional.of(folder.resolve("bot.yaml")))
        .match(
            ConfigResult.Loaded::config,
            refused -> {
              throw new AssertionError(refused.problems().toString());
            });
  }

  @Test
  void promisedKeys_withEmptyEnvironment_areUnderstood() throws IOException {
    BotConfig config = example();

    assertEquals(List.of("web"), config.incidentPlatforms());
    assertFalse(config.platforms().get("teams").enabled());
    assertEquals(List.of("alertname", "cluster"), config.alerts().rules().get(0).groupBy());
    assertEquals(Optional.of(Severity.SEV2), config.alerts().rules().get(0).severity());
    assertEquals(Optional.of("default"), config.severities().get(Severity.SEV1).policy());
    assertEquals(Optional.of("payments"), config.services().get(0).onCall());
    assertEquals(List.of("sre"), config.access().approvers());
    assertTrue(config.outbound().allow().isEmpty());
    assertEquals(List.of("1.10", "2.0"), config.runbooks().get(0).parameters().get(0).choices());
  }

  @Test
  void promisedPolicy_isReadInOrder() throws IOException {
    var levels = example().oncall().policy("default").orElseThrow().levels();

    assertEquals(List.of(new Target(Target.Kind.SCHEDULE, "payments")), levels.get(0).targets());
    assertEquals(Duration.ofMinutes(5), levels.get(1).after());
  }
}

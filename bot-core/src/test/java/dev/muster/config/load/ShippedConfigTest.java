// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.config.BotConfig;
import dev.muster.config.ConfigProblem;
import dev.muster.config.ConfigResult;
import dev.muster.incident.Severity;
import dev.muster.runbook.Runbook;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The configuration that ships says exactly what holds without it, apart from its examples. */
class ShippedConfigTest {

  private static final Path FOLDER = Path.of(System.getProperty("muster.root", ".."), "config");

  private static ConfigResult.Loaded shipped() {
    return new ConfigLoader(name -> null, Map.of())
        .load(Optional.of(FOLDER.resolve("bot.yaml")))
        .match(
            loaded -> loaded,
            refused -> {
              throw new AssertionError(refused.problems().toString());
            });
  }

  @Test
  void shippedConfig_emptyEnvironment_loadsWithoutWarning() {
    assertEquals(List.of(), shipped().warnings());
  }

  @Test
  void shippedConfig_everyDefaultWritten_equalsTheEmbeddedOne() {
    BotConfig shipped = shipped().config();
    BotConfig embedded =
        new ConfigLoader(name -> null, Map.of())
            .load(Optional.empty())
            .match(ConfigResult.Loaded::config, refused -> null);

    assertEquals(embedded.server(), shipped.server());
    assertEquals(embedded.store(), shipped.store());
    assertEquals(embedded.incidents(), shipped.incidents());
    assertEquals(embedded.platforms().get("web"), shipped.platforms().get("web"));
    assertEquals(embedded.alerts(), shipped.alerts());
    assertEquals(embedded.access(), shipped.access());
    assertEquals(FOLDER.resolve("runbooks"), shipped.runbooksFolder());
    assertEquals(embedded.incidentPlatforms(), shipped.incidentPlatforms());
    for (Severity severity : Severity.values()) {
      assertEquals(
          embedded.severities().get(severity).updateEvery(),
          shipped.severities().get(severity).updateEvery());
      assertEquals(
          embedded.severities().get(severity).ackWithin(),
          shipped.severities().get(severity).ackWithin());
      assertEquals(
          embedded.severities().get(severity).silentAfter(),
          shipped.severities().get(severity).silentAfter());
    }
  }

  @Test
  void shippedConfig_examples_letAStrangerTryARollback() {
    BotConfig shipped = shipped().config();

    Runbook runbook = shipped.runbook("rollback-checkout").orElseThrow();
    assertTrue(runbook.rollback());
    assertTrue(runbook.steps().get(0).needsApproval());
    assertEquals(
        List.of("rollback-checkout"), shipped.service("checkout").orElseThrow().runbooks());
    assertEquals(
        List.of("ada", "li"),
        shipped.oncall().schedule("payments").orElseThrow().rotation().people());
    assertTrue(shipped.runbook("switch-payment-provider").isPresent());
  }

  @Test
  void shippedConfig_everyKeyThatExists_isWrittenOrExplained() throws IOException {
    String text =
        Files.readString(FOLDER.resolve("bot.yaml"))
            + Files.readString(FOLDER.resolve("runbooks/rollback-checkout.yaml"));

    Set<String> missing = new TreeSet<>(keysOf(BotFile.class));
    missing.addAll(keysOf(BotFile.PlatformKeys.class));
    missing.addAll(keysOf(RunbookFile.class));
    missing.removeIf(key -> text.contains(key + ":"));

    assertEquals(Set.of(), missing);
  }

  @Test
  void manifests_asShipped_areWellFormed() {
    for (String name : List.of("slack/manifest.yaml", "teams/manifest.json")) {
      assertEquals(List.<ConfigProblem>of(), ManifestFiles.check(FOLDER.resolve(name)));
    }
  }

  private static Set<String> keysOf(Class<?> type) {
    Set<String> keys = new TreeSet<>();
    for (RecordShape.Slot slot : RecordShape.of(type).slots()) {
      keys.add(slot.key());
      recordsIn(slot.type()).forEach(inner -> keys.addAll(keysOf(inner)));
    }
    return keys;
  }

  private static List<Class<?>> recordsIn(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return recordsIn(arguments[arguments.length - 1]);
    }
    Class<?> plain = (Class<?>) type;
    return plain.isRecord() && !Scalars.reads(plain) ? List.of(plain) : List.of();
  }
}

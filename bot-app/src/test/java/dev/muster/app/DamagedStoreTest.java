// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages of the database are overwritten under the running program: alerts are kept aside, a backup
 * is put back, and the next start takes the alerts in.
 */
@Tag("proof")
final class DamagedStoreTest {

  private static final String CONFIG =
      """
      server: { port: 0 }
      store: { url: "jdbc:sqlite:%s" }
      alerts:
        sources:
          - { name: prom, kind: alertmanager, token: "let-me-in" }
          - { name: generic, kind: generic, token: "me-too" }
        rules: [{ match: {}, group-by: [alertname], severity: SEV3, do: declare }]
      """;

  private static final String FROM_PROM =
      """
      { "version": "4", "groupKey": "g%1$s", "status": "firing", "receiver": "r", "alerts": [
        { "status": "firing", "labels": { "alertname": "Prom%1$s" }, "annotations": {},
          "startsAt": "2026-11-20T11:59:00Z", "fingerprint": "prom-%1$s" } ] }
      """;

  private static final int EACH = 10;
  private static final int STORE_EXIT = 4;
  private static final String READY = "Muster is ready at ";

  @TempDir private Path folder;
  private Path store;
  private Path spool;
  private String config;

  private void configure() throws IOException {
    store = folder.resolve("data/muster.db");
    spool = folder.resolve("data/muster.spool");
    config = folder.resolve("bot.yaml").toString();
    Files.writeString(Path.of(config), CONFIG.formatted(store));
  }

  /** The program in a process of its own. */
  private final class Running implements AutoCloseable {
    private final Process process;
    private final BotHttp http;

    Running() throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Dfile.encoding=UTF-8",
                  "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  Main.class.getName(),
                  "--config",
                  config)
              .redirectError(folder.resolve("said").toFile())
              .start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      String ready = out.lines().filter(line -> line.startsWith(READY)).findFirst().orElse("");
      assertFalse(ready.isEmpty(), DamagedStoreTest.this::said);
      http = new BotHttp(Integer.parseInt(ready.replaceFirst(".*:", "")));
    }

    /** Asks it to end and returns its exit code. */
    int stop() throws InterruptedException {
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      return process.exitValue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("said"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static BotHttp.Answered prom(BotHttp http, String name, String token) {
    return http.post("/alerts/prom", FROM_PROM.formatted(name), "Authorization", "Bearer " + token);
  }

  private static BotHttp.Answered generic(BotHttp http, String name) {
    Map<String, Object> alert =
        Map.of("key", "generic-" + name, "title", "Generic" + name, "status", "firing");
    return http.post("/alerts/generic", alert, "Authorization", "Bearer me-too");
  }

  private Path backUp() throws Exception {
    try (Running before = new Running()) {
      assertEquals(202, prom(before.http, "Before", "let-me-in").status());
      assertEquals(0, before.stop(), this::said);
    }
    Path backup = folder.resolve("backup.db");
    Shell.Ended made = Shell.run("backup", backup.toString(), "--config", config);
    assertEquals(0, made.code(), made.err());
    return backup;
  }

  private void keepAside(BotHttp http) {
    for (int i = 0; i < EACH; i++) {
      assertEquals(202, prom(http, "N" + i, "let-me-in").status());
      assertEquals(202, generic(http, "N" + i).status());
    }
    assertEquals(401, prom(http, "Forged", "guess").status());
    assertEquals(503, prom(http, "Made", "muster_0123456789ab_" + "x".repeat(43)).status());
    assertEquals(
        400, http.post("/alerts/generic", "[1", "Authorization", "Bearer me-too").status());
  }

  private static void assertOthersAreTold(BotHttp http) {
    BotHttp.Answered ready = http.get("/readyz");
    assertEquals("store_damaged", ready.error());
    assertTrue(ready.body().contains("Alerts are kept aside until"), ready.body());
    assertEquals("5", ready.header("Retry-After").orElse(""));
    BotHttp.Answered said =
        http.post(
            "/api/v1/chat/messages",
            Map.of("user", "ada", "channel", "incidents", "text", "/incident list"));
    assertEquals(503, said.status());
    assertTrue(said.body().contains("nothing can be stored"), said.body());
    assertEquals(200, http.get("/livez").status());
  }

  private static Map<String, JsonNode> alerts(BotHttp http) {
    Map<String, JsonNode> known = new TreeMap<>();
    http.get("/api/v1/alerts?limit=200")
        .json()
        .path("items")
        .forEach(alert -> known.put(alert.path("title").asText(), alert));
    return known;
  }

  @Test
  void store_damagedUnderTheRunningProgram_losesNoAlertThatCameMeanwhile() throws Exception {
    configure();
    Path backup = backUp();
    try (Running running = new Running()) {
      DamagedPages.overwrite(store);
      running.http.until(
          "the damage is known",
          () -> {
            running.http.get("/api/v1/incidents");
            return running.http.get("/readyz").status() == 503;
          });
      running.http.until(
          "alerts are kept aside", () -> running.http.get("/readyz").error().startsWith("store_"));
      assertOthersAreTold(running.http);
      keepAside(running.http);

      assertEquals(STORE_EXIT, running.stop(), this::said);
    }
    String told = said();
    assertTrue(told.contains("java -jar muster.jar restore " + backup), told);
    assertTrue(told.contains("The alerts of 20 calls are kept in " + spool), told);
    byte[] kept = Files.readAllBytes(spool);

    Shell.Ended refused = Shell.run("run", "--config", config);
    assertEquals(STORE_EXIT, refused.code(), refused.err());
    assertTrue(refused.err().contains(store + " is damaged"), refused.err());
    assertTrue(Arrays.equals(kept, Files.readAllBytes(spool)), "a start that fails takes nothing");

    Shell.Ended restored = Shell.run("restore", backup.toString(), "--config", config);
    assertEquals(0, restored.code(), restored.err());
    try (Running after = new Running()) {
      assertAllAreThereOnce(after.http);
      assertTrue(prom(after.http, "N3", "let-me-in").json().path("duplicate").asBoolean());
      assertTrue(generic(after.http, "N9").json().path("duplicate").asBoolean());
      assertAllAreThereOnce(after.http);
      assertEquals(0, after.stop(), this::said);
    }
  }

  private void assertAllAreThereOnce(BotHttp http) {
    assertFalse(Files.exists(spool));
    Map<String, JsonNode> known = alerts(http);
    assertEquals(2 * EACH + 1, known.size(), known.keySet()::toString);
    for (String name : IntStream.range(0, EACH).mapToObj(i -> "N" + i).toList()) {
      for (JsonNode alert :
          new JsonNode[] {known.get("Prom" + name), known.get("Generic" + name)}) {
        assertEquals(1, alert.path("statements").asInt(), name);
        assertTrue(alert.path("incident").isTextual(), alert.toString());
      }
    }
    assertEquals(200, http.get("/readyz").status());
  }
}

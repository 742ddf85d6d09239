// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.store.spool.SpoolFile;
import dev.muster.store.spool.SpoolRecord;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a start makes of a spool: every alert once, whatever became of the file and of the start.
 */
final class SpooledAlertsTest {

  private static final String RULES =
      """
      alerts:
        sources: [{ name: generic, kind: generic }]
        rules: [{ match: {}, group-by: [alertname], severity: SEV3, do: declare }]
      """;

  private final ManualClock clock = ManualClock.atNoon();
  @TempDir private Path folder;
  private Path spool;
  private Path backup;
  private BotHarness bot;

  @BeforeEach
  void stopABot() {
    bot = BotHarness.start(folder, clock, RULES);
    bot.stop();
    spool = folder.resolve("data/muster.spool");
    backup = folder.resolve("copy.spool");
  }

  private static String body(String name, String status) {
    return "{\"key\": \"%s\", \"title\": \"%s\", \"status\": \"%s\"}".formatted(name, name, status);
  }

  private void keep(String source, String key, String body) throws IOException {
    try (SpoolFile file = SpoolFile.open(spool).orElseThrow()) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      file.add(new SpoolRecord(clock.instant(), source, key, "hash of " + body, bytes));
    }
  }

  /** Starts the bot and returns how often each alert was stated. */
  private Map<String, Integer> started() {
    bot.startAgain();
    bot.settle();
    Map<String, Integer> stated = new TreeMap<>();
    bot.http()
        .get("/api/v1/alerts?limit=200")
        .json()
        .path("items")
        .forEach(
            alert ->
                stated.put(
                    alert.path("title").asText() + " " + alert.path("status").asText(),
                    alert.path("statements").asInt()));
    return stated;
  }

  private int incidents() {
    return bot.http().get("/api/v1/incidents").json().path("items").size();
  }

  private JsonNode notices() {
    return bot.http().get("/api/v1/health").json().path("notices");
  }

  @Test
  void start_killedBetweenTheCommitAndTheEndOfTheFile_takesNothingTwice() throws IOException {
    keep("generic", "k1", body("a", "firing"));
    keep("generic", "k2", body("a", "firing"));
    keep("generic", "k3", body("a", "resolved"));
    keep("generic", "k4", body("b", "firing"));
    Files.copy(spool, backup);
    Map<String, Integer> once = Map.of("a resolved", 2, "b firing", 1);

    assertEquals(once, started(), "k2 repeats k1");
    assertFalse(Files.exists(spool));
    int declared = incidents();
    for (int time = 0; time < 2; time++) {
      bot.stop();
      Files.copy(backup, spool);

      assertEquals(once, started());
      assertFalse(Files.exists(spool));
      assertEquals(declared, incidents());
    }
    bot.close();
  }

  @Test
  void start_killedInTheMidst_takesTheRest() throws IOException {
    keep("generic", "k1", body("a", "firing"));
    long first = Files.size(spool);
    keep("generic", "k2", body("b", "firing"));
    Files.copy(spool, backup);
    Files.write(spool, Arrays.copyOf(Files.readAllBytes(backup), (int) first));
    assertEquals(Map.of("a firing", 1), started());
    bot.stop();
    Files.copy(backup, spool);

    assertEquals(Map.of("a firing", 1, "b firing", 1), started());
    bot.close();
  }

  @Test
  void start_onMoreThanIsTakenAtOnce_killedInTheMidst_takesEachOnce() throws IOException {
    long half = 0;
    for (int i = 0; i < 300; i++) {
      keep("generic", "k" + i, body("a" + i % 75, i < 225 ? "firing" : "resolved"));
      half = i == 260 ? Files.size(spool) : half;
    }
    Files.copy(spool, backup);
    Files.write(spool, Arrays.copyOf(Files.readAllBytes(backup), (int) half));
    started();
    bot.stop();
    Files.copy(backup, spool);

    Map<String, Integer> stated = started();

    assertFalse(Files.exists(spool));
    assertEquals(75, stated.size(), stated.toString());
    assertTrue(stated.keySet().stream().allMatch(each -> each.endsWith(" resolved")));
    assertEquals(Set.of(2), Set.copyOf(stated.values()), "what repeats in between says no more");
    bot.stop();
    Files.copy(backup, spool);
    assertEquals(stated, started());
    bot.close();
  }

  @Test
  void start_onADamagedRecord_takesTheOthersAndTellsUntilTheFileIsGone() throws IOException {
    keep("generic", "k1", body("a", "firing"));
    long first = Files.size(spool);
    keep("generic", "k2", body("b", "firing"));
    keep("generic", "k3", body("c", "firing"));
    byte[] bytes = Files.readAllBytes(spool);
    bytes[(int) first + 40] ^= 1;
    Files.write(spool, bytes);

    assertEquals(Map.of("a firing", 1, "c firing", 1), started());

    Path aside = folder.resolve("data/muster.spool.damaged-1");
    assertEquals(1, notices().size());
    String told = notices().get(0).path("message").asText();
    assertTrue(told.contains("(1; bytes " + first + " to "), told);
    assertTrue(told.contains("The other 2 calls were"), told);
    assertTrue(told.endsWith("rm " + aside), told);
    assertEquals(bytes.length, Files.size(aside));
    bot.restart();
    assertEquals(1, notices().size(), "the file is still there");
    Files.delete(aside);
    bot.restart();
    assertEquals(0, notices().size());
    bot.close();
  }

  @Test
  void start_withoutTheSource_keepsItsAlertsForALaterOne() throws IOException {
    keep("generic", "k1", body("a", "firing"));
    keep("grafana", "k2", body("b", "firing"));

    assertEquals(Map.of("a firing", 1), started());

    Path aside = folder.resolve("data/muster.spool.damaged-1");
    String told = notices().get(0).path("message").asText();
    assertTrue(told.contains("1 calls are of sources that are not, or otherwise"), told);
    assertTrue(told.contains("[grafana]"), told);
    bot.stop();
    Files.move(aside, spool);
    bot.configure(
        RULES.replace("[{ name: generic", "[{ name: grafana, kind: generic }, { name: generic"));

    assertEquals(Map.of("a firing", 1, "b firing", 1), started());
    assertEquals(0, notices().size());
    bot.close();
  }

  @Test
  void start_besideOneThatStillTakesAlerts_isRefused() throws IOException {
    keep("generic", "k1", body("a", "firing"));
    String config = folder.resolve("bot.yaml").toString();
    try (SpoolFile other = SpoolFile.open(spool).orElseThrow()) {
      Shell.Ended refused = Shell.run("run", "--config", config);

      assertEquals(4, refused.code(), refused.err());
      assertTrue(refused.err().contains("still keeps alerts aside in " + other.path()));
    }
    assertEquals(Map.of("a firing", 1), started());
    bot.close();
  }
}

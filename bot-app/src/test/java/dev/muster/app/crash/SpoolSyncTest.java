// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.app.DamagedPages;
import dev.muster.app.crash.DiskWindow.Order;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While there is no store, an alert is on the disk before its sender is told so. */
@Tag("proof")
final class SpoolSyncTest {

  private static final String READY = "Muster is ready at ";
  private static final int STORE_EXIT = 4;
  private static final int CALLS = 5;

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private String address;

  @Test
  void alert_keptAside_isSyncedFirst_andRefusedWhenThatFails() throws Exception {
    Path data = folder.resolve("data");
    DiskWindow disk = new DiskWindow(data, folder.resolve("disk"));
    Path said = folder.resolve("stderr.log");
    makeStore(disk, data, said);
    Process program = start(disk, data, said);
    try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
      String ready = out.lines().filter(line -> line.startsWith(READY)).findFirst().orElse("");
      assertFalse(ready.isEmpty(), () -> Sinks.text(said));
      address = ready.substring(READY.length());
      DamagedPages.overwrite(data.resolve("muster.db"));
      Sender.await("it is noticed", CrashBot.PATIENCE_SECONDS, this::isNoticed);
      for (int call = 0; call < CALLS; call++) {
        long before = disk.get(Order.SYNCS);
        assertEquals(202, post(call));
        assertTrue(disk.get(Order.SYNCS) > before, "told before it was on the disk");
      }
      disk.set(Order.SYNC_FAILS_AT, disk.get(Order.SYNCS) + 1);

      assertEquals(503, post(CALLS));

      assertTrue(program.waitFor(CrashBot.PATIENCE_SECONDS, TimeUnit.SECONDS));
      assertEquals(STORE_EXIT, program.exitValue());
      String told = Files.readString(said);
      assertTrue(told.contains("The alerts of " + CALLS + " calls are kept in " + data), told);
      assertTrue(Files.size(data.resolve("muster.spool")) > 0);
    } finally {
      program.destroyForcibly();
    }
  }

  /** Starts and stops it, so that everything stands in the file and not in the log beside it. */
  private void makeStore(DiskWindow disk, Path data, Path said) throws Exception {
    Process program = start(disk, data, said);
    try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
      assertTrue(out.lines().anyMatch(line -> line.startsWith(READY)), () -> Sinks.text(said));
      program.destroy();
      assertTrue(program.waitFor(CrashBot.PATIENCE_SECONDS, TimeUnit.SECONDS));
    } finally {
      program.destroyForcibly();
    }
  }

  private Process start(DiskWindow disk, Path data, Path said) throws IOException {
    Path config = folder.resolve("bot.yaml");
    Files.writeString(
        config,
        """
        server: { port: 0 }
        store: { url: "jdbc:sqlite:%s" }
        alerts: { sources: [{ name: generic, kind: generic }] }
        """
            .formatted(data.resolve("muster.db")));
    List<String> command = new ArrayList<>(SharedClasses.JVM);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.muster.app.Main"));
    command.addAll(List.of("--config", config.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(said.toFile());
    builder.environment().putAll(disk.failing());
    return builder.start();
  }

  private Optional<Boolean> isNoticed() {
    get("/api/v1/incidents");
    return Optional.of(true).filter(yes -> get("/readyz").contains("store_damaged"));
  }

  private String get(String path) {
    return sent(HttpRequest.newBuilder(URI.create(address + path)).build()).body();
  }

  private int post(int number) {
    String body = "{\"key\": \"a%d\", \"title\": \"A\", \"status\": \"firing\"}".formatted(number);
    return sent(HttpRequest.newBuilder(URI.create(address + "/alerts/generic"))
            .timeout(Duration.ofSeconds(CrashBot.PATIENCE_SECONDS))
            .POST(BodyPublishers.ofString(body))
            .build())
        .statusCode();
  }

  private HttpResponse<String> sent(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

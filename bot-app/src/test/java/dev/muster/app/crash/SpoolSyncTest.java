// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.app.DamagedPages;
import dev.muster.app.crash.DiskWindow.Order;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While there is no store, an alert is on the disk before its sender is told so. */
@Tag("proof")
final class SpoolSyncTest {

  private static final String SOURCE = "alerts: { sources: [{ name: generic, kind: generic }] }\n";

  private static final int STORE_EXIT = 4;
  private static final int CALLS = 5;

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private String address;

  @Test
  void alert_keptAside_isSyncedFirst_andRefusedWhenThatFails() throws Exception {
    Path data = folder.resolve("data");
    DiskWindow disk = new DiskWindow(data, folder.resolve("disk"));
    makeStore(disk);
    try (TerminalBot program = new TerminalBot(folder, disk, SOURCE)) {
      address = program.address();
      DamagedPages.overwrite(data.resolve("muster.db"));
      Sender.await("it is noticed", CrashBot.PATIENCE_SECONDS, this::isNoticed);
      for (int call = 0; call < CALLS; call++) {
        long before = disk.get(Order.SYNCS);
        assertEquals(202, post(call));
        assertTrue(disk.get(Order.SYNCS) > before, "told before it was on the disk");
      }
      disk.set(Order.SYNC_FAILS_AT, disk.get(Order.SYNCS) + 1);

      assertEquals(503, post(CALLS));

      assertEquals(STORE_EXIT, program.exitCode());
      String told = program.said();
      assertTrue(told.contains("The alerts of " + CALLS + " calls are kept in " + data), told);
      assertTrue(Files.size(data.resolve("muster.spool")) > 0);
    }
  }

  /** Starts and stops it, so that everything stands in the file and not in the log beside it. */
  private void makeStore(DiskWindow disk) throws Exception {
    try (TerminalBot program = new TerminalBot(folder, disk, SOURCE)) {
      assertEquals(0, program.stop());
    }
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

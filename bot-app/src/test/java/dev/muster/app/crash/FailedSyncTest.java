// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.app.crash.DiskWindow.Order;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody at a terminal sees when the disk fails under the program. */
@Tag("proof")
final class FailedSyncTest {

  private static final int STORE_EXIT = 4;

  /** So many syncs later one fails; the program may be syncing while that is said. */
  private static final int SOON = 10;

  private static final int MOST_TAKEN = 100;

  @TempDir private Path folder;

  @Test
  void program_syncFails_endsWithCodeFourAndSaysWhatToDo() throws Exception {
    DiskWindow disk = new DiskWindow(folder.resolve("data"), folder.resolve("disk"));
    try (TerminalBot program = new TerminalBot(folder, disk, "")) {
      disk.set(Order.SYNC_FAILS_AT, disk.get(Order.SYNCS) + SOON);
      int taken = 0;
      while (taken < MOST_TAKEN && isTaken(program.address())) {
        taken++;
      }

      assertTrue(taken < MOST_TAKEN, "it goes on");
      assertEquals(STORE_EXIT, program.exitCode());
      String told = program.said();
      assertTrue(told.contains("everything it acknowledged was stored"), told);
      assertTrue(told.contains("java -jar muster.jar doctor"), told);
    }
  }

  /** Says something; returns whether it was acknowledged. */
  private static boolean isTaken(String address) throws InterruptedException {
    String body = "{\"user\":\"ada\",\"channel\":\"incidents\",\"text\":\"hello\"}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/api/v1/chat/messages"))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(CrashBot.PATIENCE_SECONDS))
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()
          == 202;
    } catch (IOException e) {
      return false;
    }
  }
}

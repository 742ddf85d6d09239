// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.app.crash.DiskWindow.Order;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody at a terminal sees when the disk fails under the program. */
@Tag("proof")
final class FailedSyncTest {

  private static final String READY = "Muster is ready at ";
  private static final int STORE_EXIT = 4;

  /** So many syncs later one fails; the program may be syncing while that is said. */
  private static final int SOON = 10;

  private static final int MOST_TAKEN = 100;

  @TempDir private Path folder;

  @Test
  void program_syncFails_endsWithCodeFourAndSaysWhatToDo() throws Exception {
    Path data = folder.resolve("data");
    DiskWindow disk = new DiskWindow(data, folder.resolve("disk"));
    Path said = folder.resolve("stderr.log");
    Process program = start(disk, data, said);
    try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null && !line.startsWith(READY)) {
        line = out.readLine();
      }
      assertTrue(line != null, "it did not start: " + Files.readString(said));
      String address = line.substring(READY.length());
      disk.set(Order.SYNC_FAILS_AT, disk.get(Order.SYNCS) + SOON);
      int taken = 0;
      while (taken < MOST_TAKEN && isTaken(address)) {
        taken++;
      }

      assertTrue(taken < MOST_TAKEN, "it goes on");
      assertTrue(program.waitFor(CrashBot.PATIENCE_SECONDS, TimeUnit.SECONDS));
      assertEquals(STORE_EXIT, program.exitValue());
      String told = Files.readString(said);
      assertTrue(told.contains("everything it acknowledged was stored"), told);
      assertTrue(told.contains("java -jar muster.jar doctor"), told);
    } finally {
      program.destroyForcibly();
    }
  }

  private Process start(DiskWindow disk, Path data, Path said) throws IOException {
    Path config = folder.resolve("bot.yaml");
    Files.writeString(
        config,
        "server: { port: 0 }\nstore: { url: \"jdbc:sqlite:" + data.resolve("muster.db") + "\" }\n");
    List<String> command = new ArrayList<>(SharedClasses.JVM);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.muster.app.Main"));
    command.addAll(List.of("--config", config.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(said.toFile());
    builder.environment().putAll(disk.failing());
    return builder.start();
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

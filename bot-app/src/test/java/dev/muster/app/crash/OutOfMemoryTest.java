// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A storm of large bodies takes more memory than there is, while people work: the process ends as
 * {@code tools/muster} tells it to, and the next one loses and doubles nothing.
 */
@Tag("proof")
final class OutOfMemoryTest {

  private static final String ENDS = "-XX:+ExitOnOutOfMemoryError";
  private static final int EXIT = 3;
  private static final int BODIES = 60;
  private static final int BODY_BYTES = 4_000_000;

  @TempDir private Path folder;

  @Test
  void bot_withoutMemory_endsAndTheNextOneLosesNothing() throws Exception {
    Path launcher = Path.of(System.getProperty("muster.root"), "tools/muster");
    assertTrue(Files.readString(launcher).contains(ENDS), "the launcher says so too");
    try (CrashTrial trial = new CrashTrial(folder, "memory", null)) {
      trial.bot().start();
      Actions.Place place = trial.actions().placeOf(trial.actions().declare("ada"));
      trial.bot().kill();
      trial.bot().launchBy(OutOfMemoryTest::withLittleMemory);
      trial.bot().start();
      AtomicBoolean ended = new AtomicBoolean();
      List<CompletableFuture<Void>> workers = new ArrayList<>();
      for (int worker = 0; worker < 3; worker++) {
        Random own = new Random(worker);
        workers.add(CrashTrial.meanwhile(() -> work(trial.actions(), place, own, ended)));
      }
      List<Socket> storm = storm(trial.bot().port());
      int exit = Sender.await("it ends", CrashBot.PATIENCE_SECONDS, trial.bot()::exitCode);
      assertEquals(EXIT, exit);
      for (Socket each : storm) {
        each.close();
      }

      ended.set(true);
      trial.bot().launchBy(usual -> usual);
      trial.bot().start();
      workers.forEach(CrashTrial::finish);
      trial.check();
      assertTrue(trial.ledger().size() > 3, "people worked meanwhile");
    }
  }

  private static List<String> withLittleMemory(List<String> usual) {
    List<String> command = new ArrayList<>(usual);
    command.addAll(usual.indexOf("-cp"), List.of("-Xmx64m", ENDS));
    return command;
  }

  private static void work(
      Actions actions, Actions.Place place, Random random, AtomicBoolean ended) {
    while (!ended.get()) {
      switch (random.nextInt(10)) {
        case 0 -> actions.declare("u" + random.nextInt(30));
        case 1 -> actions.rollBack("ada", place);
        default -> actions.say("u" + random.nextInt(30), place);
      }
    }
  }

  /** Each says that it sends a large body, and keeps the last byte back. */
  private static List<Socket> storm(int port) throws IOException {
    List<Socket> all = new ArrayList<>();
    String head =
        "POST /alerts/source0 HTTP/1.1\r\nHost: bot\r\nContent-Length: " + BODY_BYTES + "\r\n\r\n";
    byte[] most = " ".repeat(BODY_BYTES - 1).getBytes(StandardCharsets.UTF_8);
    for (int body = 0; body < BODIES; body++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      all.add(socket);
      CrashTrial.meanwhile(() -> send(socket, head.getBytes(StandardCharsets.UTF_8), most));
    }
    return all;
  }

  private static void send(Socket socket, byte[] head, byte[] body) {
    try {
      socket.getOutputStream().write(head);
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // The process is gone, which is what this is for.
      assertTrue(socket.isConnected());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hundreds of connections hang in the door of a bot that may open few files, or none too few: it
 * says at once that it lives and takes writes, people are heard, and afterwards all is as before.
 */
@Tag("proof")
final class HangingConnectionsTest {

  private static final int HANGING = 500;
  private static final int ROUNDS = 10;

  /** What a supervisor asks is answered within a second; a loaded machine is given a few. */
  private static final long ANSWERED_WITHIN_SECONDS = 5;

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @ParameterizedTest(name = "{0} handles")
  @ValueSource(ints = {256, 4096})
  void bot_inWhoseDoorHundredsHang_answersAndHears(int handles) throws Exception {
    try (CrashTrial trial = new CrashTrial(folder, "hang", null)) {
      trial.bot().launchBy(usual -> withHandles(handles, usual));
      trial.bot().start();
      Actions.Place place = trial.actions().placeOf(trial.actions().declare("ada"));
      List<SocketChannel> hanging = new ArrayList<>();
      long slowest = 0;
      for (int round = 0; round < ROUNDS; round++) {
        hang(hanging, trial.bot().port(), HANGING / ROUNDS);
        slowest = Math.max(slowest, millis(trial.bot().address() + "/livez"));
        slowest = Math.max(slowest, millis(trial.bot().address() + "/readyz"));
        trial.actions().say("ada", place);
      }
      trial.actions().rollBack("ada", place);
      trial.actions().press("li", place, "approve");
      for (SocketChannel each : hanging) {
        each.close();
      }
      trial.actions().declare("li");
      trial.check();
      assertEquals(0, trial.sender().unanswered());
      System.out.printf("%d handles: slowest answer %d ms%n", handles, slowest);
      assertTrue(slowest < TimeUnit.SECONDS.toMillis(ANSWERED_WITHIN_SECONDS), slowest + " ms");
    }
  }

  private static List<String> withHandles(int handles, List<String> usual) {
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", "ulimit -n " + handles + "; exec \"$@\"", "bot"));
    command.addAll(usual);
    return command;
  }

  /** Every other one says half of a request, the others say nothing. */
  private static void hang(List<SocketChannel> all, int port, int more) throws IOException {
    InetSocketAddress there = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    String half = "POST /alerts/source0 HTTP/1.1\r\nHost: bot\r\nContent-Length: 100\r\n\r\n{";
    for (int number = 0; number < more; number++) {
      SocketChannel channel = SocketChannel.open(there);
      all.add(channel);
      if (number % 2 == 0) {
        channel.write(ByteBuffer.wrap(half.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private long millis(String address) throws Exception {
    long began = System.nanoTime();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(Duration.ofSeconds(CrashBot.PATIENCE_SECONDS))
            .build();
    assertEquals(200, client.send(request, BodyHandlers.ofString()).statusCode(), address);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.Secret;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/**
 * The HTTP client under the SDK sends a post again when a kept connection dies before the answer:
 * done, reply lost, done again. A raw socket is needed to be that server.
 */
class SilentRepeatTest {

  /** Carries out every post; answers the first on a connection and hangs up on the second. */
  private static final class HangsUpOnTheSecond implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final AtomicInteger carriedOut = new AtomicInteger();
    private final Thread thread = new Thread(this::serve, "hangs-up");

    HangsUpOnTheSecond() throws IOException {
      thread.start();
    }

    String api() {
      return "http://127.0.0.1:" + server.getLocalPort() + "/api/";
    }

    private void serve() {
      while (!server.isClosed()) {
        try (Socket socket = server.accept()) {
          serve(socket);
        } catch (IOException e) {
          // The client hung up, or the test is over.
        }
      }
    }

    private void serve(Socket socket) throws IOException {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      if (!read(in)) {
        return;
      }
      carriedOut.incrementAndGet();
      String body = "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"1.000001\"}";
      String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
      String answer = head + body.length() + "\r\n\r\n" + body;
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      if (read(in)) {
        carriedOut.incrementAndGet();
      }
    }

    private static boolean read(BufferedReader in) throws IOException {
      int length = -1;
      String line = in.readLine();
      if (line == null) {
        return false;
      }
      while (!line.isEmpty()) {
        if (line.toLowerCase().startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).trim());
        }
        line = in.readLine();
      }
      for (int i = 0; i < length; i++) {
        in.read();
      }
      return true;
    }

    @Override
    public void close() throws IOException, InterruptedException {
      server.close();
      thread.join(5_000);
    }
  }

  private static Reply<?> post(SlackApi api) {
    return api.write(
        "chat.postMessage", client -> client.chatPostMessage(r -> r.channel("C1").text("x")));
  }

  @Test
  void post_doneButReplyLostOnAKeptConnection_isSentOnceAndUnknown()
      throws IOException, InterruptedException {
    try (var server = new HangsUpOnTheSecond();
        var api =
            new SlackApi(
                // Even when the application hands out a careless client.
                new OkHttpClient.Builder().retryOnConnectionFailure(true).build(),
                server.api(),
                () -> Secret.of("xoxb-1"),
                "silent-repeat",
                ManualClock.atNoon(),
                new Telemetry())) {
      assertInstanceOf(Reply.Got.class, post(api));
      Reply<?> second = post(api);
      assertEquals(2, server.carriedOut.get());
      assertTrue(second.failure().orElseThrow().kind() == ErrorClass.TRANSIENT);
    }
  }
}

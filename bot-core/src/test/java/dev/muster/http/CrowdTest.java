// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

/** How many connections there may be, and how many may come at once. */
class CrowdTest {

  /** More than there is room for by default, and no more than any system allows. */
  private static final int AT_ONCE = 100;

  private static final int PATIENCE_MILLIS = 20_000;

  /** A server whose acceptor does not get its turn. */
  private static final class Kept extends ServerConnector {
    private final CountDownLatch turn;

    Kept(Server server, CountDownLatch turn) {
      super(server, 1, 1);
      this.turn = turn;
    }

    @Override
    public void accept(int acceptor) throws IOException {
      try {
        turn.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
      super.accept(acceptor);
    }
  }

  /** As fifty stand there by default, all others would have to knock again a second later. */
  @Test
  void manyWhoComeAtOnce_areConnectedThoughNobodyOpensYet() throws Exception {
    CountDownLatch turn = new CountDownLatch(1);
    Server server = new Server();
    Crowd.prepare(server);
    Kept connector = new Kept(server, turn);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    List<Socket> sockets = new ArrayList<>();
    try {
      server.start();
      for (int i = 0; i < AT_ONCE; i++) {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.connect(
            new InetSocketAddress("127.0.0.1", connector.getLocalPort()), PATIENCE_MILLIS);
      }
      assertEquals(0, connector.getConnectedEndPoints().size());
    } finally {
      turn.countDown();
      for (Socket socket : sockets) {
        socket.close();
      }
      server.stop();
    }
  }

  @Test
  void most_leavesHandlesForEverythingElse_andHasAnEnd() {
    assertEquals(1024 - 100 - Crowd.KEPT_BACK, Crowd.most(1024, 100));
    assertEquals(16, Crowd.most(128, 120));
    assertEquals(8_192, Crowd.most(1_048_576, 100));
    assertEquals(8_192, Crowd.most(Long.MAX_VALUE, 100));
  }
}

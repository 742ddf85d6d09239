// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * Asks a server on several connections, each on a thread of its own, until it is gone, and
 * remembers which requests it answered with 2xx. Whatever was refused or cut off is not sent again.
 */
public final class UntilGone {

  private static final int LARGEST = 256 * 1024;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final String LENGTH = "content-length:";

  private final List<CompletableFuture<List<Long>>> connections = new ArrayList<>();

  /**
   * Begins.
   *
   * @param port on the loopback interface
   * @param connections how many
   * @param shots what each connection sends; none may share what it is known by
   */
  public UntilGone(int port, int connections, IntFunction<Shots> shots) {
    for (int i = 0; i < connections; i++) {
      Shots own = shots.apply(i);
      CompletableFuture<List<Long>> done = new CompletableFuture<>();
      Thread thread = new Thread(() -> done.complete(asked(port, own)), "until-gone-" + i);
      thread.setDaemon(true);
      thread.start();
      this.connections.add(done);
    }
  }

  /**
   * Waits until the server is gone.
   *
   * @return for each connection which of its requests, counted from 0, were answered with 2xx
   */
  public List<List<Long>> answered() {
    return connections.stream().map(CompletableFuture::join).toList();
  }

  private static List<Long> asked(int port, Shots shots) {
    List<Long> answered = new ArrayList<>();
    ByteBuffer request = ByteBuffer.allocate(LARGEST);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (long number = 0; ; number++) {
        request.clear();
        shots.next(request);
        socket.getOutputStream().write(request.array(), 0, request.position());
        if (status(in) / 100 == 2) {
          answered.add(number);
        }
      }
    } catch (IOException gone) {
      return answered;
    }
  }

  /** Reads an answer to its end. */
  private static int status(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).split(" ")[1]);
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).trim());
      }
    }
    in.skipNBytes(length);
    return status;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server is gone");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }
}

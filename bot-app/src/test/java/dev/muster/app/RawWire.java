// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection that is kept while the server keeps it, and carries any bytes. */
final class RawWire implements AutoCloseable {

  private static final int PATIENCE_MS = 30_000;

  private final int port;
  private Socket socket;
  private InputStream in;

  RawWire(int port) {
    this.port = port;
  }

  /** What came back. */
  record Answered(int status, String head, String body) {}

  /** Sends bytes and waits for one answer. */
  Answered send(byte[] bytes) {
    try {
      write(bytes);
      return answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends bytes without waiting for anything. */
  void write(byte[] bytes) throws IOException {
    if (socket == null) {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MS);
      in = new BufferedInputStream(socket.getInputStream());
    }
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Waits for an answer; afterwards the connection is as the server left it. */
  Answered answer() throws IOException {
    String head = head();
    String lower = head.toLowerCase(Locale.ROOT);
    int length = 0;
    for (String line : lower.split("\r\n")) {
      if (line.startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).strip());
      }
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (lower.contains("connection: close")) {
      close();
    }
    return new Answered(Integer.parseInt(head.split(" ", 3)[1]), head, body);
  }

  private String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no answer but: " + head.toString(StandardCharsets.ISO_8859_1));
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    socket = null;
  }
}

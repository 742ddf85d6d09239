// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept-alive connection that carries one request at a time. */
final class Wire implements AutoCloseable {

  private static final int LARGEST = 256 * 1024;
  private static final String LENGTH = "\r\ncontent-length:";

  private final SocketChannel channel;
  private final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST);
  private final ByteBuffer in = ByteBuffer.allocate(LARGEST);
  private long due;
  private int whole;

  Wire(InetSocketAddress address, Selector selector) throws IOException {
    channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** When the request under way was due. */
  long due() {
    return due;
  }

  void send(Shots shots, long dueAt) throws IOException {
    due = dueAt;
    whole = 0;
    in.clear();
    out.clear();
    shots.next(out);
    out.flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  /** Reads what there is; returns the status once the answer is whole, else 0. */
  int read() throws IOException {
    if (channel.read(in) < 0) {
      throw new IOException("the server closed the connection");
    }
    if (whole == 0) {
      whole = wholeLength();
    }
    return whole > 0 && in.position() >= whole ? status() : 0;
  }

  private int status() {
    return (in.get(9) - '0') * 100 + (in.get(10) - '0') * 10 + in.get(11) - '0';
  }

  /** Returns how long the whole answer is; 0 while its headers are not all there. */
  private int wholeLength() {
    byte[] bytes = in.array();
    for (int i = 3; i < in.position(); i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        String head = new String(bytes, 0, i + 1, StandardCharsets.ISO_8859_1);
        return i + 1 + contentLength(head.toLowerCase(Locale.ROOT));
      }
    }
    return 0;
  }

  private static int contentLength(String head) {
    int at = head.indexOf(LENGTH);
    if (at < 0) {
      throw new IllegalStateException("an answer without Content-Length: " + head);
    }
    int end = head.indexOf('\r', at + LENGTH.length());
    return Integer.parseInt(head.substring(at + LENGTH.length(), end).trim());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

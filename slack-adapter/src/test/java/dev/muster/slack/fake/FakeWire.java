// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** The server's side of one WebSocket (RFC 6455), with the ways in which a connection breaks. */
final class FakeWire implements AutoCloseable {

  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private volatile boolean frozen;
  private volatile boolean mute;

  FakeWire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  void shakeHands() throws IOException {
    String key = "";
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key:")) {
        key = line.substring(line.indexOf(':') + 1).trim();
      }
    }
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept(key)
            + "\r\n\r\n";
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String accept(String key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("ended in the handshake");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** Returns the next text; empty when the other side closed. */
  Optional<String> read() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    while (true) {
      int head = in.readUnsignedByte();
      byte[] payload = payload();
      if (frozen) {
        awaitEnd();
      }
      int kind = head & 0x0F;
      if (kind == CLOSE) {
        send(CLOSE, payload);
        return Optional.empty();
      }
      if (kind == PING) {
        send(PONG, payload);
      } else if (kind != PONG) {
        message.write(payload);
        if ((head & 0x80) != 0) {
          return Optional.of(message.toString(StandardCharsets.UTF_8));
        }
      }
    }
  }

  private byte[] payload() throws IOException {
    int second = in.readUnsignedByte();
    long length = second & 0x7F;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] mask = new byte[4];
    if ((second & 0x80) != 0) {
      in.readFully(mask);
    }
    byte[] payload = in.readNBytes((int) length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return payload;
  }

  private void awaitEnd() throws IOException {
    while (in.read() >= 0) {
      // Swallowed without an answer.
    }
    throw new IOException("frozen until its end");
  }

  void write(String text) throws IOException {
    send(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  void sayGoodbye() throws IOException {
    send(CLOSE, new byte[] {0x03, (byte) 0xE8});
  }

  private synchronized void send(int kind, byte[] payload) throws IOException {
    if (frozen) {
      return;
    }
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x80 | kind);
    if (payload.length < 126) {
      frame.write(payload.length);
    } else if (payload.length < 65_536) {
      frame.write(126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    } else {
      frame.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >> shift));
      }
    }
    frame.write(payload);
    out.write(frame.toByteArray());
    out.flush();
  }

  void freeze() {
    frozen = true;
  }

  FakeWire mute() {
    mute = true;
    return this;
  }

  boolean isMute() {
    return mute;
  }

  boolean isOver() {
    return socket.isClosed();
  }

  /** Breaks the connection without a word; the other side may just have ended it. */
  void cut() {
    try {
      socket.setSoLinger(true, 0);
      close();
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

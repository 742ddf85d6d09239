// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a process did to its files and said over its sockets, in order. */
final class DiskLog {

  private static final int HEADER = 16;

  private DiskLog() {}

  /** What was done. */
  enum Kind {
    WRITE('W'),
    /** {@code at} is the new length. */
    TRUNCATE('T'),
    SYNC('Y'),
    CREATE('N'),
    UNLINK('U'),
    /** {@code data} is the new name. */
    RENAME('R'),
    /** Left the process: an answer with 202, or a request. */
    SAID('S');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    private static Kind of(int letter) {
      for (Kind kind : values()) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      throw new IllegalArgumentException("the log has a line of kind " + letter);
    }
  }

  /**
   * One call.
   *
   * @param path the file, below the folder that is watched
   * @param at where in the file
   */
  record Line(Kind kind, String path, long at, byte[] data) {

    /** What was said or named, byte by byte. */
    String text() {
      return new String(data, StandardCharsets.ISO_8859_1);
    }
  }

  /** Reads a log; a line that the end of the process cut off is left out. */
  static List<Line> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    List<Line> lines = new ArrayList<>();
    while (bytes.remaining() >= HEADER) {
      Kind kind = Kind.of(bytes.get());
      bytes.get();
      byte[] path = new byte[Short.toUnsignedInt(bytes.getShort())];
      int length = bytes.getInt();
      long at = bytes.getLong();
      if (bytes.remaining() < path.length + length) {
        break;
      }
      byte[] data = new byte[length];
      bytes.get(path).get(data);
      lines.add(new Line(kind, new String(path, StandardCharsets.UTF_8), at, data));
    }
    return lines;
  }
}

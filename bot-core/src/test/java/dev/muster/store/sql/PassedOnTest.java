// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is handed to another thread arrives whole, and its failures come back. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class PassedOnTest {

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  @Test
  void everything_inPiecesOfAnySize_arrivesInOrderBeforeCloseReturns() throws IOException {
    byte[] noise = noise(40 * PassedOn.PIECE + 17);
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    try (PassedOn out = new PassedOn(taken, "taker")) {
      out.write(noise[0]);
      int at = 1;
      for (int size = 1; at < noise.length; size = size * 3 % 99_991 + 1) {
        int some = Math.min(size, noise.length - at);
        out.write(noise, at, some);
        at += some;
      }
    }
    assertArrayEquals(noise, taken.toByteArray());
  }

  @Test
  void nothing_closedTwice_endsWell() throws IOException {
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    PassedOn out = new PassedOn(taken, "taker");
    out.close();
    out.close();
    assertEquals(0, taken.size());
  }

  @Test
  void failureOfTheTaker_comesBackAndNobodyWaitsForEver() {
    PassedOn out = new PassedOn(new FullDisk(), "taker");
    byte[] noise = noise(100 * PassedOn.PIECE);

    IOException full = assertThrows(IOException.class, () -> out.write(noise, 0, noise.length));

    assertEquals("no space left", full.getMessage());
    assertThrows(IOException.class, out::close);
  }

  @Test
  void failureWithTheLastPiece_comesBackWhenClosing() throws IOException {
    PassedOn out = new PassedOn(new FullDisk(), "taker");
    out.write(1);
    assertEquals("no space left", assertThrows(IOException.class, out::close).getMessage());
  }

  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      throw new IOException("no space left");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Hands what is written to a thread of its own, in large pieces, so that who writes does not wait
 * for what is done with it; at most a few pieces lie between the two. Closing waits until the last
 * one was taken. What fails over there fails here, at the next piece or when closing. One thread
 * writes.
 */
final class PassedOn extends OutputStream {

  static final int PIECE = 1 << 16;
  private static final int MOST_WAITING = 8;
  private static final long LOOK_MILLIS = 100;
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(MOST_WAITING);
  private final FutureTask<Void> taker;
  private byte[] piece = new byte[PIECE];
  private int filled;
  private boolean closed;

  /** Begins to hand over to a stream, which stays open and is used by the other thread alone. */
  PassedOn(OutputStream to, String threadName) {
    taker =
        new FutureTask<>(
            () -> {
              for (byte[] next = pieces.take(); next != END; next = pieces.take()) {
                to.write(next);
              }
              return null;
            });
    Thread thread = new Thread(taker, threadName);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int at = from;
    int left = length;
    while (left > 0) {
      int some = Math.min(left, PIECE - filled);
      System.arraycopy(bytes, at, piece, filled, some);
      filled += some;
      at += some;
      left -= some;
      if (filled == PIECE) {
        hand(piece);
        piece = new byte[PIECE];
        filled = 0;
      }
    }
  }

  private void hand(byte[] full) throws IOException {
    try {
      while (!taker.isDone() && !pieces.offer(full, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        // It has not come so far yet.
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    if (taker.isDone()) {
      await();
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (filled > 0) {
      hand(Arrays.copyOf(piece, filled));
    }
    hand(END);
    await();
  }

  private void await() throws IOException {
    try {
      taker.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }

  private InterruptedIOException interrupted(InterruptedException e) {
    taker.cancel(true);
    Thread.currentThread().interrupt();
    InterruptedIOException stopped = new InterruptedIOException("interrupted while writing");
    stopped.initCause(e);
    return stopped;
  }
}

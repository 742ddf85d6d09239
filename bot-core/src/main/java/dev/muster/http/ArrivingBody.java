// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The small body of a request, taken in as it arrives: no thread waits for its sender, however many
 * senders are slow. It is whole when it is handed on, or it is known why not.
 */
final class ArrivingBody implements Invocable.Task {

  private final Request request;
  private final Callback callback;
  private final Runnable there;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private IOException failure;
  private Scheduler.Task deadline;
  private boolean ended;

  /**
   * @param callback fails when nobody is left to go on
   * @param there goes on, on a thread that may block, when not all was there at once
   */
  ArrivingBody(Request request, Callback callback, Runnable there) {
    this.request = request;
    this.callback = callback;
    this.there = there;
  }

  /** Takes what has come; returns whether that is all. Otherwise the rest has so long to come. */
  boolean isThere(Duration patience) {
    if (isTaken()) {
      return true;
    }
    Scheduler scheduler = request.getComponents().getScheduler();
    deadline = scheduler.schedule(this::tooLate, patience.toMillis(), TimeUnit.MILLISECONDS);
    request.demand(this);
    return false;
  }

  /** Returns the whole body. */
  byte[] bytes() throws IOException {
    if (failure != null) {
      throw failure;
    }
    return bytes.toByteArray();
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  /** More has come, or nothing more will. */
  @Override
  public void run() {
    if (!isTaken()) {
      request.demand(this);
      return;
    }
    end();
    try {
      request.getContext().execute(there);
    } catch (RejectedExecutionException e) {
      callback.failed(e);
    }
  }

  private boolean isTaken() {
    Content.Chunk chunk = request.read();
    while (chunk != null) {
      if (Content.Chunk.isFailure(chunk)) {
        failure = broken(chunk.getFailure());
        return true;
      }
      ByteBuffer part = chunk.getByteBuffer();
      byte[] copy = new byte[part.remaining()];
      part.get(copy);
      bytes.writeBytes(copy);
      chunk.release();
      if (chunk.isLast()) {
        return true;
      }
      chunk = request.read();
    }
    return false;
  }

  private static IOException broken(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return new SlowSender();
    }
    return cause instanceof IOException broken ? broken : new IOException(cause);
  }

  private synchronized void end() {
    ended = true;
    deadline.cancel();
  }

  /** The request is there while this is told, because it goes on only after {@link #end}. */
  private synchronized void tooLate() {
    if (!ended) {
      request.fail(new SlowSender());
    }
  }
}

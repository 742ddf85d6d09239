// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.Answer;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * An inbox that remembers: it stores each delivery once by its key, together with what lies
 * alongside, and answers as it was told. Thread-safe.
 */
public final class RecordingInbox implements ChatInbox {

  private final Memory memory;
  private final List<Delivery> deliveries = new ArrayList<>();
  private final Map<String, Receipt.Stored> receipts = new HashMap<>();
  private Function<ChatEvent, Answer> answers = event -> new Answer.Accepted();
  private Optional<Function<ChatEvent, CompletableFuture<Answer>>> later = Optional.empty();
  private boolean blocked;
  private boolean broken;
  private int repeats;
  private final AtomicReference<Duration> longestWait = new AtomicReference<>(Duration.ZERO);

  /** Creates an inbox that writes what lies alongside a delivery to {@code memory}. */
  public RecordingInbox(Memory memory) {
    this.memory = memory;
  }

  @Override
  public synchronized Receipt accept(Delivery delivery) {
    if (broken) {
      return new Receipt.NotStored("disk_full");
    }
    Receipt.Stored before = receipts.get(delivery.key());
    if (before != null) {
      repeats++;
      return new Receipt.Stored(before.delivery(), true, before.answer());
    }
    memory.put(delivery.alongside());
    deliveries.add(delivery);
    CompletableFuture<Answer> answer =
        later.map(futures -> futures.apply(delivery.event())).orElseGet(Waited::new);
    if (later.isEmpty() && !blocked) {
      answer.complete(answers.apply(delivery.event()));
    }
    Receipt.Stored receipt = new Receipt.Stored("d" + deliveries.size(), false, answer);
    receipts.put(delivery.key(), receipt);
    return receipt;
  }

  /** Sets what is answered to deliveries from now on. */
  public synchronized void answerWith(Function<ChatEvent, Answer> other) {
    answers = other;
  }

  /** Stores deliveries from now on but leaves their answers open, as a busy engine would. */
  public synchronized void block() {
    blocked = true;
  }

  /** Answers deliveries from now on with what {@code futures} hands out for them, when it comes. */
  public synchronized void answerLater(Function<ChatEvent, CompletableFuture<Answer>> futures) {
    later = Optional.of(futures);
  }

  /**
   * Returns the longest time for which an adapter was ready to wait for an answer that was left
   * open; a machine under load takes longer, but that is not for the adapter to say.
   */
  public Duration longestWait() {
    return longestWait.get();
  }

  /** Returns an answer that is left open and counts for {@link #longestWait}. */
  public CompletableFuture<Answer> open() {
    return new Waited();
  }

  /** An answer that notes how long somebody is ready to wait for it. */
  private final class Waited extends CompletableFuture<Answer> {
    @Override
    public Answer get(long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      if (!isDone()) {
        Duration wait = Duration.of(timeout, unit.toChronoUnit());
        longestWait.updateAndGet(before -> before.compareTo(wait) > 0 ? before : wait);
      }
      return super.get(timeout, unit);
    }
  }

  /** Refuses to store from now on, as a full disk would. */
  public synchronized void breakDisk() {
    broken = true;
  }

  /** Returns the distinct deliveries so far, in order. */
  public synchronized List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  /** Returns the distinct events of one kind so far, in order. */
  public synchronized <E extends ChatEvent> List<E> heard(Class<E> kind) {
    return deliveries.stream()
        .map(Delivery::event)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** Returns how many deliveries came again. */
  public synchronized int repeats() {
    return repeats;
  }
}

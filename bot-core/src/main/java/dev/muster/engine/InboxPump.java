// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Answer;
import dev.muster.effect.WorkLoop;
import dev.muster.incident.Actor;
import dev.muster.store.Inbound;
import dev.muster.store.Inbox;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.telemetry.Telemetry;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles stored deliveries, each in one transaction with the mark that it was handled. What throws
 * is tried again, and set aside with an alarm after a few tries.
 */
final class InboxPump implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(InboxPump.class);
  private static final int MAX_TRIES = 5;
  private static final int BATCH = 200;

  /** So many are kept in the order they came in while something waits. */
  private static final int LONGEST_LINE = 1_000;

  /** So many may stand before a person's command in the writer's queue. */
  private static final int AT_ONCE = 16;

  /** What is done with a delivery inside its transaction. */
  interface Handling {
    Answer handle(Moment moment, Inbound body);
  }

  private final UnitOfWork store;
  private final InstantSource clock;
  private final Supplier<Settings> settings;
  private final Handling handling;
  private final Runnable afterwards;
  private final Notices notices;
  private final Telemetry telemetry;
  private final Map<String, CompletableFuture<Answer>> underWay = new ConcurrentHashMap<>();
  private final WorkLoop recovery;
  private final AtomicInteger linedUp = new AtomicInteger();
  private volatile boolean behind;

  InboxPump(
      UnitOfWork store,
      InstantSource clock,
      Supplier<Settings> settings,
      Handling handling,
      Runnable afterwards,
      Notices notices,
      Telemetry telemetry) {
    this.store = store;
    this.clock = clock;
    this.settings = settings;
    this.handling = handling;
    this.afterwards = afterwards;
    this.notices = notices;
    this.telemetry = telemetry;
    this.recovery = new WorkLoop("inbox-recovery", clock, this::takeWaiting);
  }

  void start() {
    behind = !store.read(tx -> tx.inbox().waiting(clock.instant(), 1)).isEmpty();
    recovery.start();
  }

  Instant lastLoop() {
    return recovery.lastRound();
  }

  /** Asks for stored deliveries to be handled soon. Never blocks. */
  void recover() {
    recovery.wake();
  }

  /** Returns the answer of a delivery that is being handled. */
  CompletableFuture<Answer> underWay(String id) {
    CompletableFuture<Answer> known = underWay.get(id);
    if (known != null) {
      return known;
    }
    recover();
    return CompletableFuture.completedFuture(new Answer.Accepted());
  }

  /** Handles a delivery; the future completes after the commit. */
  CompletableFuture<Answer> handle(String id, Inbound body, int tries) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    if (underWay.putIfAbsent(id, answer) != null) {
      return underWay(id);
    }
    submit(id, body)
        .whenComplete(
            (done, error) -> {
              underWay.remove(id);
              if (error == null) {
                afterwards.run();
                answer.complete(done);
              } else {
                failed(id, tries + 1, error);
                answer.completeExceptionally(error);
              }
            });
    return answer;
  }

  /** Does what a delivery asks for within the transaction that stores it. */
  Answer handle(Tx tx, String id, Inbound body) {
    return handling.handle(new Moment(tx, clock.instant(), settings.get(), id), body);
  }

  /** Sets off what follows deliveries that were handled. */
  void handled() {
    afterwards.run();
  }

  /** Something is about to wait; what comes after it lines up. */
  void fallBehind() {
    behind = true;
  }

  /**
   * Returns whether a delivery has to wait until those before it were handled. What waits for
   * another try holds nobody up, and a long line is handled as it comes.
   */
  boolean isToLineUp() {
    return behind && linedUp.get() < LONGEST_LINE;
  }

  /** A delivery was stored behind others that wait. */
  CompletableFuture<Answer> lineUp() {
    linedUp.incrementAndGet();
    recover();
    return CompletableFuture.completedFuture(new Answer.Accepted());
  }

  /** Notes that a delivery could not be handled as it came; it is stored and tried again. */
  void failedAtOnce(String id, Throwable error) {
    LOG.error("delivery_failed id={} tries={}", id, 1, error);
    telemetry.count("muster_deliveries_failed_total");
  }

  /** Notes within the transaction that stores a delivery that it threw as it was handled. */
  void tryAgain(Tx tx, String id, Throwable error) {
    note(tx, id, 1, error.getClass().getSimpleName());
  }

  private CompletableFuture<Answer> submit(String id, Inbound body) {
    try {
      UnitOfWork door = body instanceof Inbound.Alerts ? store.forMachines() : store;
      return door.submit(tx -> handleOnce(tx, id, body));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Whoever read the waiting deliveries a moment ago may bring one that was handled since. */
  private Answer handleOnce(Tx tx, String id, Inbound body) {
    Optional<Answer> before = tx.inbox().answerOf(id);
    if (before.isPresent()) {
      return before.get();
    }
    Answer answer = handle(tx, id, body);
    tx.inbox().handled(id, answer);
    return answer;
  }

  private void failed(String id, int tries, Throwable error) {
    LOG.error("delivery_failed id={} tries={}", id, tries, error);
    telemetry.count("muster_deliveries_failed_total");
    String what = error.getClass().getSimpleName();
    try {
      store
          .submit(
              tx -> {
                note(tx, id, tries, what);
                return null;
              })
          .exceptionally(
              broken -> {
                LOG.error("delivery_failure_not_noted id={}", id, broken);
                return null;
              });
    } catch (RuntimeException e) {
      LOG.error("delivery_failure_not_noted id={}", id, e);
    }
  }

  private void note(Tx tx, String id, int tries, String what) {
    if (tries < MAX_TRIES) {
      tx.inbox().retry(id, clock.instant().plusSeconds(1L << tries), what);
      return;
    }
    park(
        tx, id, what, "A delivery could not be handled " + MAX_TRIES + " times and was set aside.");
  }

  private void park(Tx tx, String id, String why, String words) {
    tx.inbox().park(id, why);
    tx.afterCommit(() -> telemetry.count("muster_deliveries_parked_total"));
    Facts.journal(
        new Moment(tx, clock.instant(), settings.get()),
        NewEntry.of(clock.instant(), EntryKind.DELIVERY_PARKED, new Actor.Bot(), words)
            .about(id)
            .because(why));
  }

  /** Goes round once; returns when there is more to do. */
  Optional<Instant> takeWaiting() {
    List<Inbox.Waiting> waiting = store.read(tx -> tx.inbox().waiting(clock.instant(), BATCH));
    waiting.stream().filter(delivery -> delivery.body().isEmpty()).forEach(this::setAside);
    List<Inbox.Waiting> readable =
        waiting.stream().filter(delivery -> delivery.body().isPresent()).toList();
    for (int i = 0; i < readable.size(); i += AT_ONCE) {
      handleTogether(readable.subList(i, Math.min(i + AT_ONCE, readable.size())));
    }
    boolean more = waiting.size() == BATCH || behind && !isCaughtUp();
    return more && !isStuck(readable) ? WorkLoop.MORE : Optional.empty();
  }

  /**
   * Returns whether something that was just tried waits as before, because it could not even be
   * noted that it failed. On a full disk nothing is gained by trying again without a nap.
   */
  private boolean isStuck(List<Inbox.Waiting> tried) {
    Set<String> ids = tried.stream().map(Inbox.Waiting::id).collect(Collectors.toSet());
    return store.run(
        tx ->
            tx.inbox().waiting(clock.instant(), BATCH).stream()
                .anyMatch(delivery -> ids.contains(delivery.id())));
  }

  /** Looked at by the writer, so that nothing lines up meanwhile. */
  private boolean isCaughtUp() {
    return store.run(
        tx -> {
          behind =
              tx.inbox().waiting(clock.instant(), BATCH).stream()
                  .anyMatch(delivery -> !underWay.containsKey(delivery.id()));
          if (!behind) {
            linedUp.set(0);
          }
          return !behind;
        });
  }

  /** Between two such groups the writer takes what people did meanwhile. */
  private void handleTogether(List<Inbox.Waiting> some) {
    CompletableFuture<?>[] all =
        some.stream()
            .filter(delivery -> !underWay.containsKey(delivery.id()))
            .map(
                delivery ->
                    handle(delivery.id(), delivery.body().get(), delivery.attempts())
                        .exceptionally(failed -> new Answer.Accepted()))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(all).join();
  }

  private void setAside(Inbox.Waiting delivery) {
    LOG.error("delivery_unreadable id={}", delivery.id());
    store.run(
        tx -> {
          park(tx, delivery.id(), "cannot be read", "A delivery cannot be read and was set aside.");
          notices.unreadable(new Moment(tx, clock.instant(), settings.get()), "delivery");
          return null;
        });
    afterwards.run();
  }

  /** Stops taking deliveries; what is not handled waits for the next start. */
  @Override
  public void close() {
    recovery.close();
  }
}

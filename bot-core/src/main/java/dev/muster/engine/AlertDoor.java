// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.store.Inbound;
import dev.muster.store.Inbox;
import dev.muster.store.PackedBody;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.telemetry.Telemetry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where bodies of alerts come in: handled in the transaction that stores them, and then answered.
 */
final class AlertDoor {

  private static final Logger LOG = LoggerFactory.getLogger(AlertDoor.class);
  private static final byte[] NO_RAW = {};

  private final UnitOfWork store;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final InboxPump pump;
  private final DoorCounts counts;
  private final RecentBodies bodies = new RecentBodies();
  private final WaitingBodies waiting = new WaitingBodies();

  AlertDoor(
      UnitOfWork store,
      InstantSource clock,
      Supplier<String> ids,
      InboxPump pump,
      Telemetry telemetry) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.pump = pump;
    counts = new DoorCounts(telemetry);
  }

  /**
   * Stores a body of alerts together with what follows from it. When that cannot be worked out, the
   * body is stored alone and tried again, as any delivery.
   */
  AlertReceipt accept(PushedAlerts pushed) {
    ComingBody body = coming(pushed);
    return receipt(
        body,
        () -> {
          screen(body);
          stored(body);
        });
  }

  /**
   * Stores bodies that came one after the other and wait together, as {@link #accept} would each of
   * them. They are queued at once, so that the writer takes as many of them into one commit as it
   * does of senders that come at the same time.
   *
   * @param pushed in the order they came; few enough to wait in memory
   * @return what became of each
   */
  List<AlertReceipt> acceptAll(List<PushedAlerts> pushed) {
    List<ComingBody> all = pushed.stream().map(this::coming).toList();
    try {
      List<CompletableFuture<ComingBody>> joined = all.stream().map(this::joined).toList();
      List<CompletableFuture<ComingBody>> queued =
          joined.stream().map(turn -> turn.thenCompose(this::queued)).toList();
      List<AlertReceipt> receipts = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        ComingBody body = all.get(i);
        CompletableFuture<ComingBody> turn = queued.get(i);
        receipts.add(receipt(body, () -> settled(body, () -> ended(turn))));
      }
      return receipts;
    } finally {
      all.forEach(waiting::leave);
    }
  }

  private ComingBody coming(PushedAlerts pushed) {
    ComingBody body =
        new ComingBody(
            pushed.acknowledged().orElseGet(ids),
            new RawBody(pushed.fresh(), pushed.unseen()),
            pushed.hash(),
            new Inbound.Alerts(pushed.source(), pushed.alerts(), pushed.omitted()));
    if (pushed.acknowledged().isPresent()) {
      body.wasAcknowledged();
    }
    return body;
  }

  private void screen(ComingBody body) {
    if (!bodies.isKnown(body.alerts(), body.hash(), now())) {
      body.kept();
    }
  }

  private AlertReceipt receipt(ComingBody body, Runnable storing) {
    try {
      storing.run();
      Optional<Long> place = body.place();
      place.ifPresent(order -> counts.secrets(body.screening()));
      counts.stored(body.source(), place.isEmpty());
      place.ifPresent(order -> bodies.stored(order, body.hash()));
      return new AlertReceipt.Stored(body.id(), body.alerts().size(), place.isEmpty());
    } catch (RuntimeException e) {
      String error = e.getClass().getSimpleName();
      LOG.error("alerts_not_stored source={} error={}", body.source(), error);
      counts.refused(body.source());
      return new AlertReceipt.NotStored("store");
    }
  }

  /** Screens a body; one with which that fails takes no other along. */
  private CompletableFuture<ComingBody> joined(ComingBody body) {
    try {
      screen(body);
      waiting.join(body);
      return CompletableFuture.completedFuture(body);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<ComingBody> queued(ComingBody body) {
    return store
        .forMachines()
        .submit(tx -> together(tx, body), (tx, error) -> handled(tx, List.of(body)));
  }

  /** Waits for a turn; what it threw is thrown on. */
  private static void ended(CompletableFuture<ComingBody> turn) {
    try {
      turn.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void stored(ComingBody body) {
    waiting.join(body);
    try {
      settled(
          body,
          () ->
              store
                  .forMachines()
                  .run(tx -> together(tx, body), (tx, error) -> handled(tx, List.of(body))));
    } finally {
      waiting.leave(body);
    }
  }

  private void settled(ComingBody body, Runnable turn) {
    try {
      turn.run();
      if (body.hasOrdered()) {
        pump.handled();
      }
    } catch (NotHandled e) {
      pump.failedAtOnce(body.id(), e.getCause());
      store.forMachines().run(tx -> put(tx, body));
      pump.recover();
    }
  }

  /**
   * Handles a body and some of those that wait behind it. One that was taken along is looked for,
   * because what took it may have been undone. When it throws nobody knows through which of them,
   * so each is handled alone.
   */
  private ComingBody together(Tx tx, ComingBody body) {
    if (!body.isTaken()) {
      return handled(tx, waiting.with(body));
    }
    boolean had = tx.inbox().answerOf(body.delivery()).isPresent();
    return had ? body : handled(tx, List.of(body));
  }

  private ComingBody handled(Tx tx, List<ComingBody> some) {
    List<Alert> alerts = new ArrayList<>();
    Map<String, Long> places = new HashMap<>();
    String delivery = "";
    for (ComingBody each : some) {
      each.take();
      boolean repeat =
          bodies.isRepeat(tx, each.source(), each.alerts(), each.hash(), now(), places);
      Optional<String> stored =
          repeat && !each.isAcknowledged() ? Optional.empty() : put(tx, each, repeat, now());
      if (stored.isPresent() && !repeat) {
        delivery = stored.get();
        long place = stating(tx, each);
        each.stored(delivery, place);
        places.put(each.hash(), place);
        alerts.addAll(each.alerts());
      } else {
        each.repeats(delivery);
      }
    }
    ComingBody first = some.get(0);
    if (!delivery.isEmpty()) {
      int omitted = first.body().omitted();
      handle(tx, delivery, new Inbound.Alerts(first.source(), alerts, omitted));
    }
    first.hasOrdered(tx.hasOrdered());
    return first;
  }

  /**
   * Stores a body as handled. What it says is in its bytes and in what follows from it.
   *
   * @param repeat whether nothing follows; then no more than its key is kept
   * @return the delivery; empty when that key is known
   */
  private static Optional<String> put(Tx tx, ComingBody body, boolean repeat, Instant now) {
    Inbound.Alerts said = new Inbound.Alerts(body.source(), List.of(), body.body().omitted());
    byte[] raw = repeat ? NO_RAW : body.kept();
    Inbox.Stored stored =
        tx.inbox().putHandled(name(body), body.id(), raw, PackedBody.of(said), now);
    return stored.repeat() ? Optional.empty() : Optional.of(stored.id());
  }

  private void handle(Tx tx, String delivery, Inbound.Alerts body) {
    try {
      pump.handle(tx, delivery, body);
    } catch (RuntimeException | Error e) {
      throw new NotHandled(e);
    }
  }

  private ComingBody put(Tx tx, ComingBody body) {
    Inbox.Stored stored = tx.inbox().put(name(body), body.id(), body.kept(), body.body(), now());
    body.stored(stored.id(), stating(tx, body));
    return body;
  }

  private long stating(Tx tx, ComingBody body) {
    return bodies.stating(tx, body.source(), body.alerts(), body.hash(), now());
  }

  private static String name(ComingBody body) {
    return "alerts/" + body.source();
  }

  /** The handling threw, so nothing of it is to be stored. */
  private static final class NotHandled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NotHandled(Throwable cause) {
      super(cause);
    }
  }

  private Instant now() {
    return clock.instant();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.chat.Answer;
import dev.muster.store.Inbound;
import dev.muster.store.Inbox;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body of alerts is handled as it is stored, kept when that fails, and known when it repeats. */
class AlertDoorTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  private final List<String> handled = new ArrayList<>();
  private final Telemetry counts = telemetry();
  private volatile Runnable onTurn = () -> {};
  private final List<List<String>> calls = new ArrayList<>();
  private boolean broken;
  private String unwanted = "";
  private SqlStore store;
  private AlertDoor doors;
  @TempDir Path folder;

  @BeforeEach
  void open() {
    StoreOpening opening =
        SqlStore.open("jdbc:sqlite:" + folder.resolve("muster.db"), clock, this::id, telemetry());
    store = ((StoreOpening.Opened) opening).store();
    doors = started();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String id() {
    return "id-" + ids.incrementAndGet();
  }

  private static Telemetry telemetry() {
    return new Telemetry();
  }

  /** As after a start: nothing is remembered but what is stored. */
  private AlertDoor started() {
    InboxPump pump =
        new InboxPump(
            store,
            clock,
            () -> null,
            (m, body) -> handle(m.tx(), body),
            () -> {},
            null,
            telemetry());
    return new AlertDoor(new Queue(), clock, this::id, pump, counts);
  }

  /** Runs something as a unit of work gets its turn, which may be long after it came. */
  private final class Queue implements UnitOfWork {
    @Override
    public <T> CompletableFuture<T> submit(Function<Tx, T> work) {
      return store.submit(work);
    }

    @Override
    public <T> T run(Function<Tx, T> work) {
      onTurn.run();
      return store.run(work);
    }

    @Override
    public <T> T run(Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
      onTurn.run();
      return store.run(work, instead);
    }

    @Override
    public <T> T read(Function<Tx, T> reading) {
      return store.read(reading);
    }
  }

  private Answer handle(Tx tx, Inbound body) {
    if (broken) {
      throw new IllegalStateException("on purpose");
    }
    List<String> keys =
        ((Inbound.Alerts) body).alerts().stream().map(alert -> alert.key().fingerprint()).toList();
    calls.add(keys);
    handled.addAll(keys);
    for (String key : keys) {
      String note = "handled " + key;
      tx.keepNote(note, "" + (1 + tx.note(note).map(Integer::parseInt).orElse(0)));
      if (key.equals(unwanted)) {
        throw new IllegalStateException("on purpose");
      }
    }
    return new Answer.Accepted();
  }

  /** Returns whether the body was taken for a repeat. */
  private boolean repeats(String... fingerprints) {
    return repeatsBody(String.join("-", fingerprints), fingerprints);
  }

  private boolean repeatsBody(String hash, String... fingerprints) {
    List<Alert> alerts = Arrays.stream(fingerprints).map(this::alert).toList();
    AlertReceipt receipt = accept("prom", body((byte) 1), hash, alerts, 0);
    return ((AlertReceipt.Stored) receipt).duplicate();
  }

  private AlertReceipt accept(
      String source, byte[] body, String hash, List<Alert> alerts, int omitted) {
    return doors.accept(
        new PushedAlerts(source, body, body, hash, alerts, omitted, Optional.empty()));
  }

  /** Takes what was acknowledged before, under its key; returns whether something followed. */
  private boolean isTakenIn(String key, String hash, String... fingerprints) {
    byte[] body = body((byte) 1);
    List<Alert> alerts = Arrays.stream(fingerprints).map(this::alert).toList();
    AlertReceipt receipt =
        doors.accept(new PushedAlerts("prom", body, body, hash, alerts, 0, Optional.of(key)));
    return !((AlertReceipt.Stored) receipt).duplicate();
  }

  private static byte[] body(byte... bytes) {
    return bytes;
  }

  private Alert alert(String fingerprint) {
    return new Alert(
        new AlertKey("prom", fingerprint),
        Alert.Status.FIRING,
        "Latency",
        "critical",
        Map.of(),
        Map.of(),
        clock.instant(),
        Optional.empty(),
        "",
        List.of());
  }

  @Test
  void body_isHandledBeforeTheAnswer_andNeverAgain() {
    assertFalse(repeats("a", "b"));

    assertEquals(List.of("a", "b"), handled);
    assertEquals(0L, (long) store.read(tx -> tx.inbox().backlog()));
  }

  @Test
  void body_whoseHandlingThrows_isStoredAndWaits() {
    broken = true;

    assertFalse(repeats("a"));

    List<Inbox.Waiting> waiting = store.read(tx -> tx.inbox().waiting(clock.instant(), 10));
    assertEquals(1, waiting.size());
    Inbound.Alerts body = (Inbound.Alerts) waiting.get(0).body().orElseThrow();
    assertEquals(List.of(alert("a")), body.alerts());
    assertTrue(repeats("a"), "it is stored, so it need not come again");
  }

  /** The writer never looks for secrets: when it comes to a body there is nothing left to find. */
  @Test
  void body_withASecret_isLookedAtBeforeTheWriterAndCountedOnce() {
    byte[] raw = "{\"x\": \"password=hunter22\"}".getBytes(StandardCharsets.UTF_8);
    onTurn = () -> Arrays.fill(raw, (byte) 'x');
    broken = true;

    accept("prom", body(raw), "hash", List.of(alert("a")), 0);
    accept("prom", body(raw), "hash", List.of(alert("a")), 0);

    assertEquals(1, counts.counted("muster_secrets_redacted_total", "kind", "password"));
  }

  @Test
  void body_thatComesTwice_repeatsUnlessItsAlertsWereStatedBetween() {
    repeats("a", "b");
    repeats("c");
    assertTrue(repeats("a", "b"), "nobody has stated a or b since");

    repeats("b");
    assertFalse(repeats("a", "b"), "b was stated since");
    assertEquals(List.of("a", "b", "c", "b", "a", "b"), handled);
  }

  @Test
  void body_minutesLater_isNews() {
    repeats("a");
    clock.advance(Duration.ofMinutes(6));

    assertFalse(repeats("a"));
  }

  @Test
  void body_afterARestart_repeatsOnlyIfItWasTheLast() {
    repeats("a");
    doors = started();
    assertTrue(repeats("a"));

    repeats("b");
    doors = started();
    assertFalse(repeats("a"), "b's body may have been followed by anything");
  }

  @Test
  void bodies_acknowledgedBefore_areTakenOnceUnderTheirKeys_howeverOftenTheyAreRead() {
    for (int reading = 0; reading < 2; reading++) {
      isTakenIn("k1", "a fires", "a");
      isTakenIn("k2", "a fires", "a");
      isTakenIn("k3", "a is over", "a");
      doors = started();
    }

    assertEquals(List.of("a", "a"), handled, "the second reading hands on nothing, in no order");
    assertFalse(isTakenIn("k2", "a fires", "a"), "a repeat keeps its key as well");
    assertTrue(repeatsBody("a is over", "a"), "its sender's repeat is known by the body");
  }

  /** Each has joined the others before the first of them is queued. */
  private List<AlertReceipt> atOnce(String... fingerprints) throws InterruptedException {
    CountDownLatch joined = new CountDownLatch(fingerprints.length);
    onTurn =
        () -> {
          joined.countDown();
          awaited(joined);
        };
    ConcurrentMap<String, AlertReceipt> receipts = new ConcurrentHashMap<>();
    List<Thread> senders =
        Arrays.stream(fingerprints)
            .map(
                each ->
                    new Thread(
                        () ->
                            receipts.put(
                                each,
                                accept("prom", body((byte) 1), each, List.of(alert(each)), 0))))
            .toList();
    senders.forEach(Thread::start);
    for (Thread sender : senders) {
      sender.join();
    }
    onTurn = () -> {};
    return Arrays.stream(fingerprints).map(receipts::get).toList();
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertTrue(latch.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void bodies_thatWaitTogether_areHandledOnce_asOne() throws InterruptedException {
    List<AlertReceipt> receipts = atOnce("a", "b", "c");

    assertEquals(1, calls.size(), "whoever came first took the others along");
    assertEquals(List.of("a", "b", "c"), calls.get(0).stream().sorted().toList());
    for (AlertReceipt receipt : receipts) {
      assertFalse(((AlertReceipt.Stored) receipt).duplicate());
    }
    assertEquals(3, counts.counted("muster_deliveries_total", "source", "prom", "repeat", "false"));
    assertTrue(repeats("b"), "each is known by itself");
  }

  @Test
  void body_whoseHandlingThrowsAmongOthers_waitsAlone() throws InterruptedException {
    unwanted = "b";

    List<AlertReceipt> receipts = atOnce("a", "b", "c");

    receipts.forEach(receipt -> assertTrue(receipt instanceof AlertReceipt.Stored));
    assertEquals("1", store.read(tx -> tx.note("handled a")).orElse("0"));
    assertEquals("1", store.read(tx -> tx.note("handled c")).orElse("0"));
    assertEquals("0", store.read(tx -> tx.note("handled b")).orElse("0"));
    List<Inbox.Waiting> waiting = store.read(tx -> tx.inbox().waiting(clock.instant(), 10));
    assertEquals(1, waiting.size());
    Inbound.Alerts body = (Inbound.Alerts) waiting.get(0).body().orElseThrow();
    assertEquals(List.of(alert("b")), body.alerts());
  }

  /** There are no bytes to look for secrets in. */
  @Test
  void body_thatCannotBeScreened_leavesThoseStoredThatCameWithIt() {
    List<AlertReceipt> receipts =
        doors.acceptAll(
            List.of(pushed("a", body((byte) 1)), pushed("b", null), pushed("c", body((byte) 1))));

    assertEquals(
        List.of(true, false, true),
        receipts.stream().map(AlertReceipt.Stored.class::isInstance).toList());
    assertEquals(List.of("a", "c"), handled.stream().sorted().toList());
    assertEquals(
        1, counts.counted("muster_deliveries_refused_total", "source", "prom", "reason", "store"));
  }

  private PushedAlerts pushed(String fingerprint, byte[] body) {
    return new PushedAlerts(
        "prom", body, body, fingerprint, List.of(alert(fingerprint)), 0, Optional.empty());
  }

  @Test
  void bodies_thatLeftAlertsOut_areHandledAlone() throws InterruptedException {
    CountDownLatch joined = new CountDownLatch(2);
    onTurn =
        () -> {
          joined.countDown();
          awaited(joined);
        };
    Thread left = new Thread(() -> accept("prom", body((byte) 1), "a", List.of(alert("a")), 2));
    left.start();
    accept("prom", body((byte) 1), "b", List.of(alert("b")), 0);
    left.join();

    assertEquals(2, calls.size(), "what a call left out is told of that call");
  }
}

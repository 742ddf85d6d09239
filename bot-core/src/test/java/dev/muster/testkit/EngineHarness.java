// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static dev.muster.webhook.WebhookResult.Reason.NOT_CONNECTED;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.access.AccessRules;
import dev.muster.access.Level;
import dev.muster.alert.Alert;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Memory;
import dev.muster.engine.AlertReceipt;
import dev.muster.engine.Engine;
import dev.muster.engine.Platforms;
import dev.muster.engine.PushedAlerts;
import dev.muster.engine.Settings;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.readmodel.OperatorNotices;
import dev.muster.store.IncidentIndex;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import dev.muster.webhook.WebhookClient;
import dev.muster.webhook.WebhookResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The real engine over a real store in a folder, with a clock that a test moves. Adapters are put
 * in from outside; what is asked of the outside goes to them alone.
 */
public final class EngineHarness implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TURN = Duration.ofSeconds(5);
  private static final int ALL = 500;

  private final ManualClock clock;
  private final AtomicLong ids;
  private final AtomicReference<Settings> settings;
  private final AtomicReference<WebhookClient> outside =
      new AtomicReference<>(
          request -> new WebhookResult.Failed(NOT_CONNECTED, "Nothing is called here."));
  private final Platforms platforms = new Platforms();
  private final Telemetry telemetry = new Telemetry();
  private final SqlStore store;
  private final Engine engine;

  /** Opens the store in {@code folder}; nothing runs before {@link #start}. */
  public EngineHarness(ManualClock clock, Path folder) {
    this(clock, folder, ids(clock));
  }

  /** Opens the store once more; identifiers go on where an earlier one's ended. */
  public EngineHarness(ManualClock clock, Path folder, AtomicLong ids) {
    this(clock, folder, ids, opened -> opened);
  }

  private static AtomicLong ids(ManualClock clock) {
    return new AtomicLong(clock.instant().toEpochMilli() * 1_000);
  }

  /**
   * Makes one whose engine does everything in one order and says it in the same words each time:
   * orders are carried out one after another, and names that are drawn by lot are given.
   *
   * @param mayGoOn whether an order may be carried out now
   * @param pace is called whenever the engine turns to the store, and may take its time
   */
  static EngineHarness inTurn(
      ManualClock clock, Path folder, BooleanSupplier mayGoOn, Runnable pace) {
    return new EngineHarness(
        clock,
        folder,
        ids(clock),
        opened -> {
          byte[] key = "one key for every rehearsal, here".substring(0, 32).getBytes(UTF_8);
          String text = Base64.getEncoder().encodeToString(key);
          opened.run(
              tx -> {
                tx.keepNote("token-key", text);
                return null;
              });
          return new InTurn(opened, clock, mayGoOn, pace);
        });
  }

  /** Makes one that sees the store through what {@code before} makes of it. */
  public EngineHarness(
      ManualClock clock, Path folder, AtomicLong ids, UnaryOperator<UnitOfWork> before) {
    this.clock = clock;
    this.ids = ids;
    this.settings =
        new AtomicReference<>(PlainSettings.with(AccessRules.everybody(Level.APPROVER)));
    StoreOpening opening =
        SqlStore.open("jdbc:sqlite:" + folder.resolve("engine.db"), clock, this::nextId, telemetry);
    store = ((StoreOpening.Opened) opening).store();
    engine =
        new Engine(
            new Engine.Parts(
                before.apply(store),
                clock,
                this::nextId,
                settings::get,
                platforms,
                request -> outside.get().call(request),
                telemetry));
  }

  private String nextId() {
    String number = Long.toString(ids.incrementAndGet());
    return "01HARNESS" + "0".repeat(17 - number.length()) + number;
  }

  /** Lets these people be admins, and everybody a responder; people are {@code platform:id}. */
  public void admins(String... people) {
    settings.set(
        PlainSettings.with(
            new AccessRules(Level.RESPONDER, Map.of(), List.of(), List.of(), List.of(people))));
  }

  /** Changes what the operator decided. */
  public void configure(UnaryOperator<Settings> change) {
    settings.updateAndGet(change);
  }

  /** Returns what the operator decided. */
  public Settings settings() {
    return settings.get();
  }

  /** Changes what answers the calls of runbooks. */
  public void outside(WebhookClient answers) {
    outside.set(answers);
  }

  /** Hands in alerts of one call, as the HTTP server would. */
  public void alerts(String source, List<Alert> alerts) {
    String body = nextId();
    accept(source, body.getBytes(UTF_8), body, alerts);
  }

  /** Returns where the platform of that name hands over what it hears. */
  public ChatInbox inboxOf(String platform) {
    return engine.inboxOf(platform);
  }

  /** Pushes the alerts of one call. */
  public void accept(String source, byte[] raw, String bodyHash, List<Alert> alerts) {
    engine.acceptAlerts(new PushedAlerts(source, raw, raw, bodyHash, alerts, 0, Optional.empty()));
  }

  /** Pushes the alerts of several calls together; returns whether all are stored. */
  public boolean acceptAll(List<PushedAlerts> calls) {
    return engine.acceptAlerts(calls).stream().allMatch(AlertReceipt.Stored.class::isInstance);
  }

  /** Returns an adapter's records in the store. */
  public Memory memory(String platform) {
    return store.memory(platform);
  }

  /** Begins, with these platforms; mostly one. */
  public void start(ChatPlatform... all) {
    List.of(all).forEach(platforms::add);
    engine.start();
    List.of(all).forEach(ChatPlatform::start);
  }

  /** Moves the clock and has the engine look at it. */
  public void advance(Duration step) {
    clock.advance(step);
    engine.wake();
  }

  /** Lets the machine's clock be put forward, or back when negative, as the program takes it. */
  public void clockSteps(Duration by) {
    clockSteps(by, () -> clock.advance(by));
  }

  /** The same where a test moves the clock, on the writer's thread. */
  public void clockSteps(Duration by, Runnable follow) {
    engine.clockStepped(by, follow);
    engine.wake();
  }

  /**
   * Waits until everything that was stored has been handled and carried out; moves the clock on to
   * the turn of orders that only wait for theirs.
   */
  public void settle() {
    until("nothing waits any more", this::hasSettled);
  }

  private boolean hasSettled() {
    Instant now = clock.instant();
    Look look = store.read(tx -> Look.at(tx, now));
    if (look.idle() && look.orders() > 0) {
      look.nextDue()
          .map(turn -> Duration.between(now, turn))
          .filter(wait -> wait.compareTo(TURN) <= 0)
          .ifPresent(this::advance);
    }
    return look.idle() && look.orders() == 0;
  }

  /** Waits until nothing more can be done at this moment; orders may wait for another. */
  public void calm() {
    until(
        "nothing more can be done now",
        () -> {
          Instant now = clock.instant();
          return store.read(tx -> isIdle(tx, now));
        });
  }

  /**
   * Returns whether nothing can happen before the clock is moved or somebody acts: every delivery
   * is handled, every timer has fired, and no order is under way or may be begun. What is soonest
   * found otherwise is asked first, for this is asked again and again.
   */
  private static boolean isIdle(Tx tx, Instant now) {
    return tx.effects().underWay() == 0
        && tx.effects().nextDue().map(now::isBefore).orElse(true)
        && tx.inbox().backlog() == 0
        && tx.timers().due(now, 1).isEmpty();
  }

  /**
   * What waits, as one state of the store holds it. Several readings would come from several
   * states: an order that is begun between them is neither under way nor next, and the clock would
   * be moved under it.
   *
   * @param orders how many orders are not finished, once nothing can happen now
   * @param nextDue when the next of those falls due that may be begun
   */
  private record Look(boolean idle, long orders, Optional<Instant> nextDue) {

    static Look at(Tx tx, Instant now) {
      return isIdle(tx, now)
          ? new Look(true, tx.effects().backlog(), tx.effects().nextDue())
          : new Look(false, 0, Optional.empty());
    }
  }

  /** Waits, bounded, until something is so. */
  public void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "not within " + PATIENCE.toSeconds() + " s: " + what + "; " + waiting());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  private String waiting() {
    return store.read(
        tx ->
            "now %s, deliveries %d, timers due %s, orders %s, under way %d, the next at %s"
                .formatted(
                    clock.instant(),
                    tx.inbox().backlog(),
                    tx.timers().due(clock.instant(), ALL),
                    tx.effects().backlogByPriority(),
                    tx.effects().underWay(),
                    tx.effects().nextDue()));
  }

  /** Stores alerts as if a monitoring system had sent them in one call. */
  public void alerts(String source, Alert... alerts) {
    String body = source + " " + nextId();
    accept(source, body.getBytes(UTF_8), body, List.of(alerts));
  }

  /** Writes to the store and has the engine look at it. */
  public void write(Consumer<Tx> writing) {
    store.run(
        tx -> {
          writing.accept(tx);
          return null;
        });
    engine.wake();
  }

  /** Moves the clock on bit by bit, each time until nothing more can be done at that moment. */
  public void pass(Duration time, Duration step) {
    Instant end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      advance(step);
      calm();
    }
  }

  /** Returns what only an operator can mend now, as pages show it. */
  public List<OperatorNotices.Shown> notices() {
    return new OperatorNotices(store).open();
  }

  /** Returns what is counted. */
  public Telemetry telemetry() {
    return telemetry;
  }

  /** Lets the store have been restored from a backup that was made now. */
  public void restored() {
    write(tx -> tx.keepNote(Tx.RESTORED_FROM, clock.instant().toString()));
    engine.recover();
    engine.wake();
  }

  /** Has platforms asked who the people are whom the operator wrote down. */
  public void introducePeople() {
    engine.introducePeople();
  }

  /** Says what only an operator can mend about the store, or that it is mended. */
  public void storeNotice(String topic, Optional<String> sentence) {
    engine.storeNotice(topic, sentence);
  }

  /** Reads the store. */
  public <T> T read(Function<Tx, T> reading) {
    return store.read(reading);
  }

  /** Returns an incident as it is now. */
  public Incident incident(String id) {
    return read(tx -> tx.incidents().find(IncidentId.parse(id).orElseThrow())).orElseThrow();
  }

  /** Returns an incident's timeline, only these kinds when any are named, oldest first. */
  public List<TimelineEntry> entries(String id, EntryKind... kinds) {
    Stream stream = Stream.of(IncidentId.parse(id).orElseThrow());
    return read(tx -> tx.timeline().read(stream, 0, ALL, Set.of(kinds)));
  }

  /** Returns the texts of an incident's entries of these kinds, oldest first. */
  public List<String> texts(String id, EntryKind... kinds) {
    return entries(id, kinds).stream().map(TimelineEntry::text).toList();
  }

  /** Returns the facts that belong to no incident. */
  public List<TimelineEntry> journal(EntryKind... kinds) {
    return read(tx -> tx.timeline().read(Stream.JOURNAL, 0, ALL, Set.of(kinds)));
  }

  /** Returns how many incidents there are. */
  public int incidents() {
    return read(
        tx ->
            tx.incidents()
                .list(new IncidentIndex.Query(Set.of(), Set.of(), "", Optional.empty(), 0, ALL))
                .size());
  }

  @Override
  public void close() {
    engine.close();
    store.close();
  }
}

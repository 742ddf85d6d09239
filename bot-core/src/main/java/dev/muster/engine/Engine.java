// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Answer;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.effect.EffectRunner;
import dev.muster.effect.Priority;
import dev.muster.effect.UnitRoom;
import dev.muster.incident.Actor;
import dev.muster.runbook.RunbookRun;
import dev.muster.runbook.StepOutcome;
import dev.muster.store.Inbound;
import dev.muster.store.NoticeBoard;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.telemetry.Telemetry;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import dev.muster.webhook.WebhookClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The place where everything is decided and stored. Platforms and the HTTP server hand deliveries
 * in; orders go out by themselves. Making it connects nothing; {@link #start()} begins.
 */
public final class Engine implements AutoCloseable {

  private static final Duration STALLED = Duration.ofSeconds(30);
  private static final String STORE = "store";

  private final UnitOfWork store;
  private final InstantSource clock;
  private final EffectRunner effects;
  private final TimerRunner timers;
  private final Tidying tidying;
  private final HookIds hooks;
  private final WebhookClient webhooks;
  private final Ground ground;
  private final Recovery recovery;
  private final Notices notices;
  private final InboxPump pump;
  private final ChatDoor chatDoor;
  private final AlertDoor alertDoor;
  private final HookDoor hookDoor;

  /**
   * What the engine stands on.
   *
   * @param store the store
   * @param clock the clock
   * @param ids unguessable, time-ordered identifiers
   * @param settings the operator's decisions, the newest at each call
   * @param platforms the chat platforms; may still be empty
   * @param webhooks calls of runbooks
   * @param telemetry where counters go
   */
  public record Parts(
      UnitOfWork store,
      InstantSource clock,
      Supplier<String> ids,
      Supplier<Settings> settings,
      Platforms platforms,
      WebhookClient webhooks,
      Telemetry telemetry) {}

  /** Puts the engine together. */
  public Engine(Parts parts) {
    store = parts.store();
    clock = parts.clock();
    Tokens tokens = new Tokens(tokenKey(store));
    ground = new Ground(store, clock, parts.settings());
    Holds holds = new Holds(clock);
    notices = new Notices(holds, parts.telemetry());
    Desks desks = desks(parts, tokens, notices);
    AlertDesks alerts =
        AlertDesks.of(desks.lifecycle(), desks.declare(), tokens, parts.telemetry(), parts.ids());
    ChatIntake chat = chat(desks, alerts, tokens, notices);
    Claims claims = new Claims(clock, parts.settings(), notices);
    UnitOfWork prompt = new PromptStore(store, claims, this::roomForUnit);
    recovery = new Recovery(desks.runbooks());
    LateResults late = new LateResults(desks.runbooks(), new StepRecords(tokens));
    pump = pump(parts, prompt, (moment, body) -> handle(chat, alerts.desk(), late, moment, body));
    chatDoor = new ChatDoor(prompt, clock, pump, parts.telemetry());
    alertDoor = new AlertDoor(prompt, clock, parts.ids(), pump, parts.telemetry());
    hookDoor = new HookDoor(prompt, clock, pump, parts.telemetry());
    hooks = new HookIds(tokens);
    webhooks = parts.webhooks();
    PlatformGate gate = new PlatformGate(ground, holds, notices);
    Carriers carriers = carriers(parts, ground, tokens, gate, desks, chat);
    effects =
        new EffectRunner(
            new EffectCarrier(
                store, clock, parts.settings(), carriers, claims, notices, parts.telemetry()),
            clock);
    tidying = new Tidying(store, clock);
    timers =
        new TimerRunner(
            ground, desks, new Archiving(tokens), alerts.choices(), notices, this::wake);
  }

  private InboxPump pump(Parts parts, UnitOfWork prompt, InboxPump.Handling handling) {
    showWaiting(parts.telemetry());
    return new InboxPump(
        prompt, clock, parts.settings(), handling, this::wake, notices, parts.telemetry());
  }

  private UnitRoom roomForUnit() {
    return effects.roomForUnit();
  }

  private void showWaiting(Telemetry telemetry) {
    for (Priority priority : Priority.values()) {
      telemetry.gauge(
          "muster_effects_waiting",
          () -> store.read(tx -> tx.effects().backlogByPriority()).get(priority),
          "priority",
          priority.name().toLowerCase(Locale.ROOT));
    }
  }

  private static Desks desks(Parts parts, Tokens tokens, Notices notices) {
    Escalations escalations = new Escalations(tokens);
    FirstSteps steps = new FirstSteps(parts.platforms(), tokens);
    StatusUpdates updates = new StatusUpdates(new Forms(tokens), steps);
    HomeDesk homes = new HomeDesk(parts.platforms(), tokens);
    Postmortems postmortems = new Postmortems(tokens);
    RoomReading reading = new RoomReading(parts.platforms(), postmortems);
    IncidentLifecycle lifecycle =
        new IncidentLifecycle(
            new ReactionDesk(tokens, escalations, updates, reading, homes, steps));
    NotesDesk notes = new NotesDesk(homes);
    TaskDesk tasks = new TaskDesk(lifecycle, tokens);
    Merging merging = new Merging(lifecycle, notes, tasks, tokens);
    HandoverDesk handovers = new HandoverDesk(lifecycle, tokens);
    ChangeDesk change = new ChangeDesk(lifecycle, handovers, merging, tokens, steps);
    return new Desks(
        new Gate(),
        lifecycle,
        new DeclareDesk(lifecycle, new SimilarIncidents(), tokens, steps),
        change,
        new MergeDesk(change, tokens),
        new QueryDesk(parts.platforms(), tokens),
        notes,
        tasks,
        new LinksDesk(lifecycle),
        updates,
        escalations,
        new RunbookRunner(tokens, new Gate()),
        homes,
        new Conversations(lifecycle, new Marks(notes, tasks, new Gate())),
        new Quarters(parts.platforms(), lifecycle, notices, tokens),
        new PrivacyDesk(parts.platforms(), lifecycle, tokens),
        new SpaceDesk(parts.platforms(), lifecycle, tokens),
        new IdentityDesk(lifecycle, tokens),
        new PostmortemDesk(postmortems, lifecycle, tokens),
        new CommandWatch(tokens),
        reading,
        new Lateness(parts.platforms()));
  }

  private static ChatIntake chat(Desks desks, AlertDesks alerts, Tokens tokens, Notices notices) {
    Forms forms = new Forms(tokens);
    Offers offers = new Offers(tokens);
    ShortcutDesk shortcuts = new ShortcutDesk(desks.gate(), forms, offers);
    CommandDesk commands = new CommandDesk(desks, shortcuts, offers, new AskDesk(tokens));
    return new ChatIntake(
        commands,
        new Presses(desks, alerts.choices(), commands, forms),
        new FormDesk(desks, commands, offers, forms),
        desks.conversations(),
        new Surroundings(
            new Rooms(desks.lifecycle(), desks.watch()),
            new RoomChanges(desks.lifecycle(), desks.quarters(), notices),
            new Absences(desks.lifecycle(), desks.watch()),
            notices),
        alerts.channels(),
        desks.homes());
  }

  private Carriers carriers(
      Parts parts,
      Ground ground,
      Tokens tokens,
      PlatformGate gate,
      Desks desks,
      ChatIntake intake) {
    Documents documents = new Documents(store, parts.settings());
    Places places = new Places(store, parts.platforms(), documents);
    LateLines lateLines = new LateLines(store, clock, parts.telemetry());
    return new Carriers(
        new ChatCarrier(ground, places, tokens, gate),
        new RoomCarrier(
            store,
            places,
            documents,
            desks.quarters(),
            new MemberLook(ground, this::inboxOf),
            new EarlyWords(pump::fallBehind, pump::recover)),
        new MessageCarrier(
            ground, places, documents, lateLines, desks.quarters(), desks.escalations()),
        new HistoryReader(
            this::inboxOf,
            new CaughtUp(desks.conversations().marks()),
            clock,
            desks.reading()::read),
        new StepCarrier(store, clock, parts.settings(), parts.webhooks(), desks.runbooks(), tokens),
        new ScreenCarrier(ground, parts.platforms(), desks.homes(), desks.conversations(), gate),
        new PersonFinder(parts.platforms(), intake::resume));
  }

  private static byte[] tokenKey(UnitOfWork store) {
    String kept =
        store.run(
            tx ->
                tx.note("token-key")
                    .orElseGet(
                        () -> {
                          byte[] key = new byte[32];
                          new SecureRandom().nextBytes(key);
                          String text = Base64.getEncoder().encodeToString(key);
                          tx.keepNote("token-key", text);
                          return text;
                        }));
    return Base64.getDecoder().decode(kept);
  }

  private static Answer handle(
      ChatIntake chat, AlertDesk alerts, LateResults late, Moment moment, Inbound body) {
    if (body instanceof Inbound.Chat event) {
      return chat.handle(moment, event.platform(), event.event());
    }
    if (body instanceof Inbound.LateResult result) {
      late.take(moment, result);
    } else {
      alerts.handle(moment, (Inbound.Alerts) body);
    }
    return new Answer.Accepted();
  }

  /** Finishes what a restore from a backup began; {@link #start} does so first. */
  public void recover() {
    if (store.read(tx -> tx.note(Tx.RESTORED_FROM)).isPresent()) {
      ground.write(recovery::ifRestored);
    }
  }

  /**
   * Says what only an operator can mend about the store, or that it is mended.
   *
   * @param topic what it is about, a short stable word
   * @param sentence what is wrong and how to mend it; empty when nothing is
   */
  public void storeNotice(String topic, Optional<String> sentence) {
    if (sentence.isPresent()) {
      ground.write(moment -> notices.raise(moment, STORE, topic, sentence.get()));
    } else if (store.read(tx -> new NoticeBoard(tx).find(STORE, topic)).isPresent()) {
      ground.write(moment -> notices.over(moment, STORE, topic));
    }
  }

  /**
   * The machine's clock was put forward while the program runs, or back if negative: what waits
   * keeps its distance. Stored before this returns.
   *
   * @param follow has the engine's clock take the step; run before anything else is written
   */
  public void clockStepped(Duration by, Runnable follow) {
    ground.write(
        moment -> {
          ClockSteps.taken(moment, by);
          follow.run();
        });
    wake();
  }

  /** Begins: what was under way when the last process ended becomes unknown, then all goes on. */
  public void start() {
    recover();
    int abandoned = store.run(tx -> tx.effects().abandonAttempts(clock.instant()));
    NewEntry entry =
        NewEntry.of(clock.instant(), EntryKind.STARTED, new Actor.Bot(), "Muster started.")
            .with(Map.of("abandonedAttempts", abandoned));
    journal(entry);
    effects.start();
    timers.start();
    pump.start();
    tidying.start();
  }

  /**
   * Has platforms asked who the people are whom the operator wrote down and nobody has met; after a
   * start, and whenever the configuration changed. Stores the orders and returns.
   */
  public void introducePeople() {
    ground.write(Introductions::everywhere);
  }

  /** Returns where a platform hands over what it heard. */
  public ChatInbox inboxOf(String platform) {
    return chatDoor.of(platform);
  }

  /** Stores the alerts of one call, with what follows from them. */
  public AlertReceipt acceptAlerts(PushedAlerts pushed) {
    return alertDoor.accept(pushed);
  }

  /** Stores the alerts of several calls, in their order and many in one commit. */
  public List<AlertReceipt> acceptAlerts(List<PushedAlerts> pushed) {
    return alertDoor.acceptAll(pushed);
  }

  /**
   * Returns whether a target was given this address to report under; costs nothing, reads nothing.
   *
   * @param id the part behind {@code /hooks/}
   */
  public boolean isHook(String id) {
    return hooks.isOurs(id);
  }

  /**
   * Returns what puts stars in the place of secrets that the calls of a run took along.
   *
   * @param id the part behind {@code /hooks/}
   */
  public UnaryOperator<String> maskingOf(String id) {
    return webhooks.masking(
        store.read(
            tx ->
                hooks
                    .run(id)
                    .flatMap(run -> tx.all(RunbookRun.class).find(run))
                    .map(LateResults::written)
                    .orElse(List.of())));
  }

  /**
   * Stores what a target reports of a call after its answer, or without one; the first report of a
   * call counts.
   *
   * @param id the part behind {@code /hooks/}
   * @param outcome what became of the call
   */
  public HookReceipt acceptLateResult(String id, StepOutcome outcome) {
    return hooks.report(id, outcome).map(hookDoor::accept).orElseGet(HookReceipt.Unknown::new);
  }

  /** Writes a fact that belongs to no incident. */
  public void journal(NewEntry entry) {
    store.run(
        tx -> {
          tx.timeline().append(Stream.JOURNAL, entry, clock.instant());
          return null;
        });
  }

  /** Looks for work at once, after the clock was moved by hand. */
  public void wake() {
    effects.wake();
    timers.wake();
  }

  /** Returns whether all loops went round in the last thirty seconds. */
  public boolean isAlive() {
    Instant since = clock.instant().minus(STALLED);
    return effects.lastLoop().isAfter(since)
        && timers.lastLoop().isAfter(since)
        && pump.lastLoop().isAfter(since);
  }

  /** Returns how many orders to the outside are not finished. */
  public long ordersWaiting() {
    return store.read(tx -> tx.effects().backlog());
  }

  /** Stops: nothing new is begun, calls under way get ten seconds, the rest is found out later. */
  @Override
  public void close() {
    tidying.close();
    pump.close();
    timers.close();
    effects.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.app.doctor.Doctor;
import dev.muster.app.warm.WarmThreads;
import dev.muster.app.warm.WarmUp;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.config.BotConfig;
import dev.muster.config.ConfigResult;
import dev.muster.config.LiveConfig;
import dev.muster.config.PlatformSettings;
import dev.muster.engine.Engine;
import dev.muster.engine.Platforms;
import dev.muster.http.AlertsAside;
import dev.muster.http.Gatekeeper;
import dev.muster.http.HttpRoutes;
import dev.muster.http.HttpServer;
import dev.muster.http.SignIn;
import dev.muster.http.SpooledAlerts;
import dev.muster.http.spi.PagesFactory;
import dev.muster.incident.Actor;
import dev.muster.readmodel.IncidentViews;
import dev.muster.readmodel.OperatorNotices;
import dev.muster.signin.ApiTokens;
import dev.muster.signin.Dice;
import dev.muster.store.spool.SpoolFile;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.webhook.SecretRef;
import dev.muster.webhook.http.OutboundHttp;
import dev.muster.webhook.http.SecretSource;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one class that wires everything: one method per layer, each returns what it made. */
public final class Assembly {

  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);
  private static final int CONFIG_EXIT = 3;
  private static final int STORE_EXIT = 4;
  private static final int ADDRESS_EXIT = 6;

  private final LiveConfig config;
  private final Function<String, String> env;
  private final InstantSource clock;
  private final Optional<SteadyClock> machine;
  private final Supplier<String> ids;
  private final Telemetry telemetry = new Telemetry();
  private final AtomicInteger port = new AtomicInteger();
  private final Platforms platforms = new Platforms();
  private final CompletableFuture<String> broken = new CompletableFuture<>();

  /** Wires with the machine's clock and dice. */
  public Assembly(LiveConfig config, Function<String, String> env) {
    this(config, env, SteadyClock.over(InstantSource.system()));
  }

  /** Wires with a clock that is watched for steps. */
  Assembly(LiveConfig config, Function<String, String> env, SteadyClock clock) {
    this(config, env, Optional.of(clock), clock, new Ulids(clock, new SecureRandom()));
  }

  /**
   * The machine's clock. The store keeps microseconds; a finer clock would give one fact two times.
   */
  static Instant now() {
    return InstantSource.system().instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Identifiers by the machine's clock and dice, for commands that work without a bot. */
  static Supplier<String> ids() {
    return new Ulids(Assembly::now, new SecureRandom());
  }

  /** Wires with a given clock and identifiers, for tests. */
  public Assembly(
      LiveConfig config, Function<String, String> env, InstantSource clock, Supplier<String> ids) {
    this(config, env, Optional.empty(), clock, ids);
  }

  private Assembly(
      LiveConfig config,
      Function<String, String> env,
      Optional<SteadyClock> machine,
      InstantSource clock,
      Supplier<String> ids) {
    this.config = config;
    this.env = env;
    this.machine = machine;
    this.clock = clock;
    this.ids = ids;
    this.port.set(config.current().server().port());
  }

  /**
   * Examines what a start with this configuration would find, and prints it; returns whether
   * nothing is wrong.
   */
  public static boolean examine(ConfigResult read, PrintStream out) {
    ScheduledExecutorService executor = executor();
    try {
      return new Doctor(Assembly::now, ids(), executor, out).examine(read);
    } finally {
      executor.shutdownNow();
    }
  }

  /** Opens the store, wires all layers and begins to listen. */
  public StartOutcome start() {
    DiskRoom.beforeOpening(folder().toFile());
    StoreOpening opening = SqlStore.open(config.current().store().url(), clock, ids, telemetry);
    if (opening instanceof StoreOpening.Refused refused) {
      return new StartOutcome.NotRunning(STORE_EXIT, refused.reason());
    }
    return start(((StoreOpening.Opened) opening).store());
  }

  private StartOutcome start(SqlStore store) {
    store.onBroken(cause -> broken.complete(StoreLoss.sentence(storeFile(), cause)));
    OutboundHttp outbound = new OutboundHttp();
    ScheduledExecutorService executor = executor();
    SignInLayer people = new SignInLayer(config.current().server(), store);
    Engine engine = engine(store, outbound, people);
    Dice dice = new Dice(new SecureRandom()::nextBytes);
    Optional<SignIn> signIn = people.signIn(outbound.forPlatforms(), clock, dice, engine::journal);
    ApiTokens tokens = new ApiTokens(store, clock, dice, engine::journal);
    Gatekeeper.Accepted accepted = new Gatekeeper.Accepted(signIn, Optional.of(tokens));
    AlertsAside aside = new AlertsAside(clock, ids, telemetry);
    HttpServer server = server(store, engine, executor, accepted, aside);
    telemetry.gauge(
        "muster_log_lines_lost",
        () -> LogToStandardError.lostBy(LoggerFactory.getILoggerFactory()));
    StoreWatch watch = watch(store, engine);
    List<AutoCloseable> idle = new ArrayList<>(List.of(watch, engine));
    machine.map(steady -> clockWatch(steady, engine)).ifPresent(each -> idle.add(0, each));
    StoreLoss loss = loss(server, aside);
    List<AutoCloseable> closing = new ArrayList<>(List.of(server, loss));
    closing.addAll(idle);
    closing.addAll(List.of(executor::shutdownNow, outbound, store));
    List<ChatPlatform> made;
    try {
      made = adapters(store, engine, outbound, executor, server);
    } catch (IllegalArgumentException refused) {
      return notRunning(
          running(List.of(), closing, engine, Optional.empty()), CONFIG_EXIT, refused.getMessage());
    }
    closing.addAll(0, made);
    idle.addAll(0, made);
    watch.start();
    StartOutcome outcome = listen(server, engine, made, closing);
    loss.watch(store, idle);
    return outcome;
  }

  private BotApp.Running running(
      List<ChatPlatform> made,
      List<AutoCloseable> closing,
      Engine engine,
      Optional<WarmUp> warmUp) {
    return new BotApp.Running(made, closing, engine::wake, () -> reload(engine), broken, warmUp);
  }

  private StoreLoss loss(HttpServer server, AlertsAside aside) {
    return new StoreLoss(
        new StoreLoss.Surroundings(storeFile(), server, aside, clock, broken),
        Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "store-loss")));
  }

  private StoreWatch watch(SqlStore store, Engine engine) {
    BotConfig.Store now = config.current().store();
    return new StoreWatch(
        new StoreWatch.Surroundings(
            now.url(),
            folder(),
            now.backups(),
            (long) now.reserveMb() << 20,
            store,
            clock,
            engine::storeNotice),
        Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "store-watch")),
        Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "disk-room")),
        telemetry);
  }

  private ClockWatch clockWatch(SteadyClock steady, Engine engine) {
    ClockWatch made =
        new ClockWatch(
            steady,
            engine::clockStepped,
            engine::storeNotice,
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "clock-watch")),
            telemetry);
    made.start();
    return made;
  }

  private StartOutcome listen(
      HttpServer server, Engine engine, List<ChatPlatform> made, List<AutoCloseable> closing) {
    BotConfig now = config.current();
    WarmUp warmUp = warmUp(made);
    closing.add(0, warmUp);
    BotApp.Running running = running(made, closing, engine, Optional.of(warmUp));
    SpooledAlerts spooled =
        new SpooledAlerts(SpoolFile.beside(storeFile()), engine, now.alerts().sources());
    spooled.shutIfAny(server);
    Optional<Integer> listening = server.start(now.server().host(), now.server().port());
    if (listening.isEmpty()) {
      return notRunning(
          running,
          ADDRESS_EXIT,
          ListeningTrouble.sentence(now.server().host(), now.server().port()));
    }
    port.set(listening.get());
    engine.start();
    Optional<String> trouble = spooled.takeIn();
    if (trouble.isPresent()) {
      return notRunning(running, STORE_EXIT, trouble.get());
    }
    server.open();
    made.forEach(ChatPlatform::start);
    engine.introducePeople();
    String address = now.server().publicUrl(port.get()).toString();
    LOG.info("started address={} platforms={}", address, made.size());
    return new StartOutcome.Running(new BotApp(port.get(), address, running));
  }

  private WarmUp warmUp(List<ChatPlatform> made) {
    return new WarmUp(
        new WarmUp.Surroundings(
            config.current().store().url(),
            clock,
            ids(),
            made,
            () -> telemetry.counted("muster_store_units_total"),
            () -> ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO)),
        task -> new Thread(new WarmThreads(), task, "warm-up"));
  }

  private static StartOutcome notRunning(BotApp.Running running, int exit, String sentence) {
    new BotApp(0, "", running).close();
    return new StartOutcome.NotRunning(exit, sentence);
  }

  private static ScheduledExecutorService executor() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newScheduledThreadPool(
        4, task -> new Thread(task, "shared-" + number.incrementAndGet()));
  }

  private Engine engine(SqlStore store, OutboundHttp outbound, SignInLayer people) {
    return new Engine(
        new Engine.Parts(
            store,
            clock,
            ids,
            new LiveSettings(
                config,
                port::get,
                new Vouched(people::levelOf, config.current().server().auth().oidc().isEmpty())),
            platforms,
            outbound.forRunbooks(() -> allowed(config.current()), this::secret),
            telemetry));
  }

  /** Paths of secrets in a runbook are relative to the runbook. */
  private Optional<String> secret(SecretRef ref) {
    return SecretSource.of(env, config.current().runbooksFolder()).find(ref);
  }

  private static List<String> allowed(BotConfig config) {
    return config.outbound().allow().stream().map(Object::toString).toList();
  }

  private HttpServer server(
      SqlStore store,
      Engine engine,
      ScheduledExecutorService executor,
      Gatekeeper.Accepted accepted,
      AlertsAside aside) {
    BotConfig now = config.current();
    Gatekeeper gatekeeper = SignInLayer.gatekeeper(now, accepted);
    HttpServer server = new HttpServer(gatekeeper, executor, telemetry);
    HttpRoutes.Parts parts =
        new HttpRoutes.Parts(
            engine,
            store,
            config,
            () -> reload(engine),
            clock,
            telemetry,
            platforms,
            accepted.signIn(),
            accepted.made().orElseThrow(),
            aside);
    HttpRoutes routes = new HttpRoutes(parts, gatekeeper);
    routes.contribute(server, () -> now.server().publicUrl(port.get()).toString());
    PagesFactory.Site site =
        new PagesFactory.Site(
            new IncidentViews(store),
            new OperatorNotices(store),
            gatekeeper::viewer,
            routes.accounts(),
            server);
    ServiceLoader.load(PagesFactory.class).forEach(pages -> pages.contribute(site));
    return server;
  }

  private ConfigResult reload(Engine engine) {
    ConfigResult result = config.reload();
    String text =
        result.match(
            loaded -> "The configuration was taken over.",
            refused ->
                "The changed configuration has "
                    + refused.problems().size()
                    + " problems; the old one stays: "
                    + refused.problems().get(0));
    String reason = result.match(loaded -> "taken_over", refused -> "refused");
    telemetry.count("muster_config_reloads_total", "outcome", reason);
    engine.journal(
        NewEntry.of(clock.instant(), EntryKind.CONFIG_RELOADED, new Actor.Bot(), text)
            .because(reason));
    if (result instanceof ConfigResult.Loaded) {
      engine.introducePeople();
    }
    LOG.info("config_reload outcome={}", reason);
    result
        .match(ConfigResult.Loaded::warnings, ConfigResult.Refused::problems)
        .forEach(problem -> LOG.warn("config_reload_said {}", problem));
    return result;
  }

  private List<ChatPlatform> adapters(
      SqlStore store,
      Engine engine,
      OutboundHttp outbound,
      ScheduledExecutorService executor,
      HttpServer server) {
    List<ChatPlatform> made =
        Adapters.make(
            config.current(),
            engine::inboxOf,
            name ->
                new PlatformParts(
                    clock,
                    ids,
                    executor,
                    telemetry,
                    outbound.forPlatforms(),
                    store.memory(name),
                    files().resolve(name),
                    () -> config.current().server().publicUrl(port.get()).toString(),
                    config.current().server().isLoopback(),
                    () -> config.current().platform(name).flatMap(PlatformSettings::own),
                    server));
    made.forEach(platforms::add);
    return made;
  }

  /** Uploads lie beside the store, so that one folder is the backup. */
  private Path files() {
    return folder().resolve("files");
  }

  private Path folder() {
    return storeFile().getParent();
  }

  private Path storeFile() {
    String file =
        config
            .current()
            .store()
            .url()
            .replaceFirst("^jdbc:sqlite:(file:)?", "")
            .replaceFirst("\\?.*$", "");
    return Path.of(file).toAbsolutePath().normalize();
  }
}

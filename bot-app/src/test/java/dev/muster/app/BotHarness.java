// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.fail;

import dev.muster.config.ConfigResult;
import dev.muster.config.LiveConfig;
import dev.muster.config.load.ConfigLoader;
import dev.muster.http.HttpServer;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The whole bot on a free port, over a folder of its own, with a clock that a test moves and
 * identifiers that count upwards. What a test does to it goes through HTTP; see {@link #http()}.
 */
final class BotHarness implements AutoCloseable {

  /** Long enough for a machine under load. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What does not come to rest by itself this long may wait for the clock. */
  private static final Duration RESTLESS = Duration.ofSeconds(10);

  /** An order that is put off waits for some of these. */
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final AtomicLong ids = new AtomicLong();
  private Path folder;
  private BotApp app;
  private BotHttp http;

  private BotHarness(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Starts the bot.
   *
   * @param folder where configuration and store lie
   * @param clock the bot's clock
   * @param yaml what {@code bot.yaml} says besides server and store
   */
  static BotHarness start(Path folder, InstantSource clock, String yaml) {
    BotHarness harness = new BotHarness(folder, clock);
    harness.configure(yaml);
    harness.begin();
    return harness;
  }

  /** Writes {@code bot.yaml} anew; the running bot does not know of it yet. */
  void configure(String yaml) {
    String server = yaml.contains("server:") ? "" : "server: { port: 0 }\n";
    write("bot.yaml", server + "store: { url: \"" + storeUrl() + "\" }\n" + yaml);
  }

  private String storeUrl() {
    return "jdbc:sqlite:" + folder.resolve("data/muster.db");
  }

  /** Writes a file of the configuration. */
  void write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void begin() {
    StartOutcome outcome = tryStart();
    if (outcome instanceof StartOutcome.NotRunning not) {
      fail(not.sentence());
    }
    app = ((StartOutcome.Running) outcome).app();
    http = new BotHttp(app.port());
  }

  private StartOutcome tryStart() {
    ConfigLoader loader = Adapters.loader(name -> null);
    Path file = folder.resolve("bot.yaml");
    ConfigResult.Loaded loaded =
        loader
            .load(Optional.of(file))
            .match(fine -> fine, refused -> fail(refused.problems().toString()));
    LiveConfig live = new LiveConfig(loaded, () -> loader.load(Optional.of(file)));
    return new Assembly(live, name -> null, clock, this::nextId).start();
  }

  private String nextId() {
    return String.format("01TEST%020d", ids.incrementAndGet());
  }

  /** Returns what completes when its store can no longer be used. */
  CompletableFuture<String> broken() {
    return app.broken();
  }

  /** Returns every route it serves. */
  List<HttpServer.Known> routes() {
    return app.routes();
  }

  /** Returns how to talk to it. */
  BotHttp http() {
    return http;
  }

  /** Moves the clock, where a test moves it, and has the bot look at it. */
  void advance(Duration step) {
    if (clock instanceof ManualClock moved) {
      moved.advance(step);
    }
    app.wake();
  }

  /**
   * Looks until it is there and lets time pass meanwhile, whatever the pace of the machine: the
   * clock moves by {@code step} only when the bot has done all it could do by then and what is
   * looked for is still not there.
   *
   * @param outside whether everybody else has come to rest too
   */
  <T> T inTime(String what, Duration step, BooleanSupplier outside, Supplier<Optional<T>> look) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long moved = System.nanoTime();
    while (true) {
      boolean rests = outside.getAsBoolean() && isAtRest();
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      long now = System.nanoTime();
      if (now > end) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      if (rests || now - moved > RESTLESS.toNanos()) {
        advance(step);
        moved = now;
      } else {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
    }
  }

  /** Returns whether there is nothing to do for the bot until the clock moves. */
  boolean isAtRest() {
    return Rest.isAt(storeUrl(), clock.instant());
  }

  /** Stops the bot in order, and starts it again on the same folder. */
  void restart() {
    stop();
    startAgain();
  }

  /** Stops the bot in order. */
  void stop() {
    app.close();
  }

  /** Starts it on the same folder after {@link #stop}. */
  void startAgain() {
    begin();
  }

  /**
   * Kills it: what {@link #startAgain()} finds in {@code other} are the files as they lay there,
   * without any farewell of the process that wrote them. To be called when the bot rests, or what
   * it does between the two would happen outside and be unknown inside.
   */
  void kill(Path other) {
    copyTo(other);
    String written = read("bot.yaml");
    app.close();
    String before = storeUrl();
    folder = other;
    write("bot.yaml", written.replace(before, storeUrl()));
  }

  private String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing is written meanwhile, or the files would not be of one moment. */
  private void copyTo(Path other) {
    try (Connection connection = DriverManager.getConnection(storeUrl() + "?busy_timeout=5000");
        Statement lock = connection.createStatement();
        Stream<Path> files = Files.walk(folder)) {
      lock.execute("BEGIN IMMEDIATE");
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = other.resolve(folder.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
      lock.execute("ROLLBACK");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("the store cannot be held still", e);
    }
  }

  /**
   * Waits until everything that was stored has been handled and carried out; a clock of the test
   * moves on where an order waits for its time.
   */
  void settle() {
    inTime("all is done", A_MOMENT, () -> true, () -> Optional.of(true).filter(y -> isDone()));
  }

  /** Returns whether a search finds every fact there is. */
  boolean isSearchable() {
    return Rest.isSearchable(storeUrl(), clock.instant());
  }

  /** Returns whether everything that was stored, or fell due by now, is handled and carried out. */
  boolean isDone() {
    return Rest.isDone(storeUrl(), clock.instant());
  }

  @Override
  public void close() {
    app.close();
  }
}

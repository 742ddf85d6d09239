// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.chat.spi.Memory;
import dev.muster.store.Inbound;
import dev.muster.store.PackedBody;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * The store in one SQLite file: one writer, a few readers beside it. What is acknowledged is on the
 * disk. Any thread may call; one process has the file to itself.
 *
 * <p>Futures of {@link #submit} complete on a thread of the store in the order of the commits; what
 * follows them there must be short and must not wait for another future of {@link #submit}.
 */
public final class SqlStore implements UnitOfWork, AutoCloseable {

  private final Opened opened;
  private final Aftermath aftermath;
  private final Writer writer;
  private final Follower follower;
  private final FileCheck check;
  private final LogCopier copier;
  private final ObjectMapper json = StoreJson.mapper();
  private final Object breaking = new Object();
  private Consumer<StoreFailure> onBroken = cause -> {};
  private StoreFailure brokenBecause;
  private boolean closed;

  /**
   * What opening left in our hands.
   *
   * @param lock the right to write the file
   * @param place where the file lies
   * @param connection the one that writes
   * @param readers the connections beside it
   * @param checkpoints signs heads of chains
   * @param checked whether the file was looked through for damage
   */
  record Opened(
      StoreLock lock,
      StorePlace place,
      Connection connection,
      Readers readers,
      Checkpoints checkpoints,
      boolean checked) {}

  SqlStore(Opened opened, InstantSource clock, Supplier<String> ids, Telemetry telemetry) {
    this.opened = opened;
    check = new FileCheck(this, clock, opened.checked(), this::foundTrouble);
    follower = new Follower(this, opened.checkpoints(), check, clock);
    aftermath = new Aftermath(follower::grown);
    copier = new LogCopier(opened.place().url(), this::foundTrouble);
    ChainHeads heads = ChainHeads.ofWriter();
    Ports ports = new Ports(Jdbi.create(opened.connection()).open(), json, ids, heads);
    writer = new Writer(ports, opened.place(), copier, aftermath, telemetry, this::broke);
  }

  /**
   * Opens the store, makes its file and folder when they are missing, and brings its tables up to
   * date.
   *
   * @param jdbcUrl as in {@code jdbc:sqlite:data/muster.db}
   * @param clock the time of locks and checkpoints
   * @param ids unique identifiers, ordered by time so that indexes stay quick
   */
  public static StoreOpening open(
      String jdbcUrl, InstantSource clock, Supplier<String> ids, Telemetry telemetry) {
    return new Opener(clock, ids, telemetry).open(jdbcUrl);
  }

  /** Reads before any thread begins: a store that cannot be read is given up, and leaves none. */
  void start() {
    Map<Long, Long> behind = read(tx -> SearchFeed.behind(((SqlTx) tx).statements()));
    writer.start();
    copier.start();
    check.start();
    follower.start(behind);
  }

  @Override
  public <T> CompletableFuture<T> submit(Function<Tx, T> work) {
    return submit(new Job<>(work, false));
  }

  @Override
  public <T> T run(Function<Tx, T> work) {
    return run(new Job<>(work, true));
  }

  @Override
  public <T> T run(Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
    return run(new Job<>(work, true).or(instead));
  }

  @Override
  public <T> CompletableFuture<T> submit(
      Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
    return submit(new Job<>(work, false).or(instead));
  }

  @Override
  public PackedBody pack(Inbound body) {
    return new PackedBody(body, Optional.of(StoreJson.write(json, body)));
  }

  @Override
  public UnitOfWork forMachines() {
    return new Patient();
  }

  private <T> CompletableFuture<T> submit(Job<T> job) {
    writer.refuseInside("submit");
    return writer.add(job).future();
  }

  private <T> T run(Job<T> job) {
    writer.refuseInside("run");
    try {
      return writer.add(job).future().join();
    } catch (CompletionException e) {
      throw unwrapped(e);
    }
  }

  /** The same store; its units let those of others go first. */
  private final class Patient implements UnitOfWork {

    @Override
    public <T> CompletableFuture<T> submit(Function<Tx, T> work) {
      return SqlStore.this.submit(new Job<>(work, false, true));
    }

    @Override
    public <T> CompletableFuture<T> submit(
        Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
      return SqlStore.this.submit(new Job<>(work, false, true).or(instead));
    }

    @Override
    public <T> T run(Function<Tx, T> work) {
      return SqlStore.this.run(new Job<>(work, true, true));
    }

    @Override
    public <T> T run(Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
      return SqlStore.this.run(new Job<>(work, true, true).or(instead));
    }

    @Override
    public PackedBody pack(Inbound body) {
      return SqlStore.this.pack(body);
    }

    @Override
    public UnitOfWork forMachines() {
      return this;
    }

    @Override
    public <T> T read(Function<Tx, T> reading) {
      return SqlStore.this.read(reading);
    }
  }

  /** Reads by a connection that remembers nothing. */
  <T> T readAnew(Function<Tx, T> reading) {
    return opened.readers().readAnew(reading);
  }

  @Override
  public <T> T read(Function<Tx, T> reading) {
    writer.refuseInside("read");
    try {
      return opened.readers().read(reading);
    } catch (StoreFailure e) {
      if (e.damaged()) {
        foundTrouble(e);
      }
      throw e;
    }
  }

  /** Returns the records of one platform's adapter. */
  public Memory memory(String platform) {
    return new SqlMemory(this, platform);
  }

  /**
   * Names who is told, once, why nothing can be stored any more: the disk failed, or the file is
   * damaged or gone. Whoever waits for a commit is told after that. The program should end; the
   * next start checks the file.
   *
   * @param listener must be quick, and never throw
   */
  public void onBroken(Consumer<StoreFailure> listener) {
    synchronized (breaking) {
      onBroken = listener;
      if (brokenBecause != null) {
        listener.accept(brokenBecause);
      }
    }
  }

  /** Waits until search knows everything that was committed before this call. */
  public void settle() throws InterruptedException {
    follower.settle();
  }

  /** Commits what waits, ends the store's threads and frees the file. Calling again is harmless. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      follower.close();
      check.close();
      writer.close();
      copier.close();
      aftermath.close();
      opened.readers().close();
      opened.connection().close();
      opened.lock().close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("the store did not close cleanly", e);
    }
  }

  /** Returns whether nothing waits to be written. */
  boolean isIdle() {
    return writer.isIdle();
  }

  /**
   * Trouble that was met beside the writer, who commits nothing more and tells why: it knows
   * whether the file is still where it was. Any thread; never waits.
   */
  void foundTrouble(StoreFailure cause) {
    writer.stop(cause);
  }

  private void broke(StoreFailure cause) {
    synchronized (breaking) {
      if (brokenBecause == null) {
        brokenBecause = cause;
        onBroken.accept(cause);
      }
    }
  }

  private static RuntimeException unwrapped(CompletionException e) {
    if (e.getCause() instanceof RuntimeException cause) {
      return cause;
    }
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.fill.FilledStores;
import dev.muster.bench.fill.StoreSize;
import dev.muster.bench.load.Load;
import dev.muster.bench.load.SignedShots;
import dev.muster.bench.load.Taken;
import dev.muster.readmodel.IncidentViews;
import dev.muster.readmodel.Viewer;
import dev.muster.store.sql.SqlStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/** A Muster that has been at work for so long, and a copy of its store in this process. */
final class Grown implements AutoCloseable {

  private static final int CONNECTIONS = 64;
  private static final int MOST = 20;

  private final Office office;
  private final SignedShots shots;
  private final SqlStore store;
  private final IncidentViews views;

  private Grown(Office office, SqlStore store) {
    this.office = office;
    this.store = store;
    this.views = new IncidentViews(store);
    this.shots = office.messages(office.declare("Growth"), 0);
  }

  /**
   * Starts one.
   *
   * @param name of its folder
   * @param size what it has to begin with; of incidents on a chat that is off, so that it has
   *     nothing to do there
   */
  static Grown started(Plan plan, String name, StoreSize size)
      throws IOException, InterruptedException {
    Path folder = plan.work().resolve(name);
    plan.stores("web").copy(size, folder.resolve("data"));
    String copy = plan.stores("web").copy(size, folder.resolve("searched"));
    return new Grown(new Office(plan, name), FilledStores.open(copy));
  }

  /** Loads it with messages, and waits until all that follows from them is done. */
  Taken loaded(Function<Load, Taken> how) {
    Taken taken = how.apply(new Load(office.muster().port(), CONNECTIONS, shots));
    office.muster().settle();
    return taken;
  }

  /** Reads pages so many times, so that it comes up to speed. */
  void read(Set<String> paths, int times) {
    for (int i = 0; i < times; i++) {
      paths.forEach(office.muster()::get);
    }
  }

  /** Reads a page for a while; returns a percentile of its milliseconds. */
  double page(Duration time, String path, double percentile) {
    return Stopwatch.ms(Stopwatch.during(time, () -> office.muster().get(path)), percentile);
  }

  /** Searches for a while; returns the median of the milliseconds. */
  double search(Duration time, String words) {
    return Stopwatch.ms(
        Stopwatch.during(time, () -> views.search(words, Viewer.ANYBODY, MOST)), 50);
  }

  @Override
  public void close() {
    store.close();
    office.close();
  }
}

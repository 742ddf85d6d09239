// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.testkit.EngineHarness;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The store of an engine, for what may look at it and write nothing. */
class ReadAlone implements UnitOfWork {

  private final EngineHarness engine;

  ReadAlone(EngineHarness engine) {
    this.engine = engine;
  }

  EngineHarness engine() {
    return engine;
  }

  @Override
  public <T> T read(Function<Tx, T> reading) {
    return engine.read(reading);
  }

  @Override
  public <T> CompletableFuture<T> submit(Function<Tx, T> work) {
    throw new AssertionError("nothing is to be written");
  }

  @Override
  public <T> T run(Function<Tx, T> work) {
    throw new AssertionError("nothing is to be written");
  }

  @Override
  public <T> T run(Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
    throw new AssertionError("nothing is to be written");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.effect.EffectQueue;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A store that hands out one order at a time, and none while deliveries or timers wait to be
 * handled, so that what the engine does and says comes in one order on every machine.
 */
final class InTurn implements UnitOfWork {

  private final UnitOfWork store;
  private final InstantSource clock;
  private final BooleanSupplier mayGoOn;
  private final Runnable pace;

  /**
   * Puts itself before a store.
   *
   * @param mayGoOn whether an order may be handed out now
   * @param pace is called before and after every use of the store, and may take its time
   */
  InTurn(UnitOfWork store, InstantSource clock, BooleanSupplier mayGoOn, Runnable pace) {
    this.store = store;
    this.clock = clock;
    this.mayGoOn = mayGoOn;
    this.pace = pace;
  }

  @Override
  public <T> CompletableFuture<T> submit(Function<Tx, T> work) {
    pace.run();
    return store.submit(tx -> work.apply(ordered(tx)));
  }

  @Override
  public <T> T run(Function<Tx, T> work) {
    return paced(() -> store.run(tx -> work.apply(ordered(tx))));
  }

  @Override
  public <T> T run(Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
    return paced(
        () ->
            store.run(
                tx -> work.apply(ordered(tx)), (tx, error) -> instead.apply(ordered(tx), error)));
  }

  @Override
  public <T> T read(Function<Tx, T> reading) {
    return paced(() -> store.read(reading));
  }

  private <T> T paced(Supplier<T> use) {
    pace.run();
    try {
      return use.get();
    } finally {
      pace.run();
    }
  }

  private Tx ordered(Tx tx) {
    return proxy(
        Tx.class,
        (method, given) ->
            method.getName().equals("effects")
                ? ordered(tx, tx.effects())
                : call(tx, method, given));
  }

  private EffectQueue ordered(Tx tx, EffectQueue queue) {
    return proxy(
        EffectQueue.class,
        (method, given) -> {
          if (method.getName().equals("claimOwn")) {
            return List.of();
          }
          if (!method.getName().equals("claim")) {
            return call(queue, method, given);
          }
          if (!mayGoOn.getAsBoolean() || isBusy(tx)) {
            return List.of();
          }
          given[1] = 1;
          return call(queue, method, given);
        });
  }

  private boolean isBusy(Tx tx) {
    Instant now = clock.instant();
    return tx.effects().underWay() > 0
        || tx.inbox().backlog() > 0
        || !tx.timers().due(now, 1).isEmpty();
  }

  private interface Call {
    Object answer(Method method, Object[] given) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, given) -> call.answer(method, given)));
  }

  private static Object call(Object real, Method method, Object[] given) throws Throwable {
    try {
      return method.invoke(real, given);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}

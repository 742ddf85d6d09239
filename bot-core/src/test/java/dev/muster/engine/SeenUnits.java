// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChatEvent;
import dev.muster.effect.Effect;
import dev.muster.effect.EffectQueue;
import dev.muster.effect.NewEffect;
import dev.muster.effect.QueuedEffect;
import dev.muster.store.Inbound;
import dev.muster.store.Inbox;
import dev.muster.store.PackedBody;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A store that remembers which steps of commands and orders each unit of work was made of. */
final class SeenUnits implements UnitOfWork {

  private final UnitOfWork store;
  private final List<List<String>> units = new CopyOnWriteArrayList<>();
  private final Map<String, String> names = new ConcurrentHashMap<>();

  SeenUnits(UnitOfWork store) {
    this.store = store;
  }

  /** Returns the number of the first unit that took this step, or -1. */
  int unitOf(String step) {
    for (int number = 0; number < units.size(); number++) {
      if (units.get(number).contains(step)) {
        return number;
      }
    }
    return -1;
  }

  @Override
  public <T> CompletableFuture<T> submit(Function<Tx, T> work) {
    return store.submit(seen(work));
  }

  @Override
  public <T> T run(Function<Tx, T> work) {
    return store.run(seen(work));
  }

  @Override
  public <T> T run(Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
    return store.run(seen(work), instead);
  }

  @Override
  public <T> T read(Function<Tx, T> reading) {
    return store.read(reading);
  }

  private <T> Function<Tx, T> seen(Function<Tx, T> work) {
    return tx -> {
      List<String> steps = new ArrayList<>();
      Map<String, Object> parts =
          Map.of(
              "effects",
              watched(
                  EffectQueue.class, tx.effects(), (call, result) -> order(steps, call, result)),
              "inbox",
              watched(Inbox.class, tx.inbox(), (call, result) -> delivery(steps, call)));
      T result =
          work.apply(
              proxy(
                  Tx.class,
                  (method, given) ->
                      parts.containsKey(method.getName())
                          ? parts.get(method.getName())
                          : call(tx, method, given)));
      units.add(steps);
      return result;
    };
  }

  private void order(List<String> steps, Call call, Object result) {
    switch (call.method()) {
      case "add" -> {
        String name = name(((NewEffect) call.given()[0]).effect());
        names.put((String) result, name);
        steps.add("wrote " + name);
      }
      case "claim", "claimOwn" -> {
        for (Object claimed : (List<?>) result) {
          steps.add("claimed " + name(((QueuedEffect) claimed).effect()));
        }
      }
      case "done" -> steps.add("ended " + names.get((String) call.given()[0]));
      default -> {
        // The rest is no step of an order that goes well.
      }
    }
  }

  private static void delivery(List<String> steps, Call call) {
    boolean stores = call.method().startsWith("put");
    if (stores
        && call.given()[3] instanceof PackedBody packed
        && packed.body() instanceof Inbound.Chat chat
        && chat.event() instanceof ChatEvent.CommandInvoked) {
      steps.add("stored the command");
    }
  }

  private static String name(Effect effect) {
    return effect instanceof Effect.ShowMessage show
        ? "message " + show.slot()
        : effect.getClass().getSimpleName();
  }

  private record Call(String method, Object[] given) {}

  private interface Answer {
    Object to(Method method, Object[] given) throws Throwable;
  }

  private static <T> T watched(Class<T> type, T real, BiConsumer<Call, Object> seen) {
    return proxy(
        type,
        (method, given) -> {
          Object result = call(real, method, given);
          seen.accept(new Call(method.getName(), given), result);
          return result;
        });
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, given) -> answer.to(method, given)));
  }

  private static Object call(Object real, Method method, Object[] given) throws Throwable {
    try {
      return method.invoke(real, given);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.effect.UnitRoom;
import dev.muster.store.Inbound;
import dev.muster.store.PackedBody;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A store whose units of work claim in the same transaction what they have ordered, as far as there
 * is room, so that a call to the outside goes out right after the commit that decided it.
 */
final class PromptStore implements UnitOfWork {

  private final UnitOfWork store;
  private final Claims claims;
  private final Supplier<UnitRoom> rooms;

  /**
   * @param rooms asked once for each unit
   */
  PromptStore(UnitOfWork store, Claims claims, Supplier<UnitRoom> rooms) {
    this.store = store;
    this.claims = claims;
    this.rooms = rooms;
  }

  @Override
  public <T> CompletableFuture<T> submit(Function<Tx, T> work) {
    UnitRoom room = rooms.get();
    return ended(store.submit(claiming(work, room)), room);
  }

  @Override
  public <T> T run(Function<Tx, T> work) {
    UnitRoom room = rooms.get();
    return begun(room, () -> store.run(claiming(work, room)));
  }

  @Override
  public <T> T run(Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
    UnitRoom room = rooms.get();
    return begun(
        room,
        () ->
            store.run(
                claiming(work, room),
                (tx, error) -> claiming(again -> instead.apply(again, error), room).apply(tx)));
  }

  @Override
  public <T> CompletableFuture<T> submit(
      Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
    UnitRoom room = rooms.get();
    return ended(
        store.submit(
            claiming(work, room),
            (tx, error) -> claiming(again -> instead.apply(again, error), room).apply(tx)),
        room);
  }

  private static <T> CompletableFuture<T> ended(CompletableFuture<T> unit, UnitRoom room) {
    return unit.whenComplete(
        (done, error) -> {
          if (error == null) {
            room.begin();
          } else {
            room.free();
          }
        });
  }

  private static <T> T begun(UnitRoom room, Supplier<T> unit) {
    T done;
    try {
      done = unit.get();
    } catch (RuntimeException | Error e) {
      room.free();
      throw e;
    }
    room.begin();
    return done;
  }

  /** Work may be undone and carried out once more; what was claimed before is not any longer. */
  private <T> Function<Tx, T> claiming(Function<Tx, T> work, UnitRoom room) {
    return tx -> {
      room.free();
      T done = work.apply(tx);
      claims.own(tx, room);
      return done;
    };
  }

  @Override
  public PackedBody pack(Inbound body) {
    return store.pack(body);
  }

  @Override
  public UnitOfWork forMachines() {
    return new PromptStore(store.forMachines(), claims, rooms);
  }

  @Override
  public <T> T read(Function<Tx, T> reading) {
    return store.read(reading);
  }
}

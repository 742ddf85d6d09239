// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.chat.spi.Memory;
import dev.muster.effect.EffectQueue;
import dev.muster.store.ActionStore;
import dev.muster.store.Aggregates;
import dev.muster.store.AlertPostings;
import dev.muster.store.AlertStore;
import dev.muster.store.Directory;
import dev.muster.store.Inbox;
import dev.muster.store.IncidentIndex;
import dev.muster.store.MessageSlots;
import dev.muster.store.TimelineStore;
import dev.muster.store.Timers;
import dev.muster.store.Tx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** One unit of work on one connection; useless once the unit has ended. */
final class SqlTx implements Tx {

  private final Ports ports;
  private final long orderedBefore;
  private List<Runnable> afterwards = List.of();
  private boolean ended;

  SqlTx(Ports ports) {
    this.ports = ports;
    this.orderedBefore = ordered(ports);
    ports.effects.beginUnit();
  }

  private static long ordered(Ports ports) {
    return ports.effects.added + ports.timers.set();
  }

  /** Ends the unit; whoever kept the transaction gets an exception from now on. */
  List<Runnable> end() {
    ended = true;
    return afterwards;
  }

  @Override
  public Inbox inbox() {
    return live().inbox;
  }

  @Override
  public TimelineStore timeline() {
    return live().timeline;
  }

  @Override
  public IncidentIndex incidents() {
    return live().incidents;
  }

  @Override
  public AlertStore alerts() {
    return live().alerts;
  }

  @Override
  public AlertPostings postings() {
    return live().postings;
  }

  @Override
  public EffectQueue effects() {
    return live().effects;
  }

  @Override
  public Timers timers() {
    return live().timers;
  }

  @Override
  public ActionStore actions() {
    return live().actions;
  }

  @Override
  public Directory people() {
    return live().people;
  }

  @Override
  public MessageSlots slots() {
    return live().slots;
  }

  @Override
  public <T extends Record> Aggregates<T> all(Class<T> kind) {
    return new SqlAggregates<>(live().statements, ports.json, kind);
  }

  @Override
  public Optional<String> note(String name) {
    return live().notes.get(name);
  }

  @Override
  public void keepNote(String name, String value) {
    live().notes.keep(name, value);
  }

  @Override
  public SortedMap<String, String> notes(String after, int limit) {
    return live().notes.page(after, limit);
  }

  @Override
  public void dropNote(String name) {
    live().notes.drop(name);
  }

  @Override
  public void remember(String platform, List<Memory.Write> writes) {
    live().memory.put(platform, writes);
  }

  @Override
  public void keepDistance(Duration by) {
    Waiting.move(live().statements, by);
    ports.forget();
  }

  @Override
  public boolean hasOrdered() {
    return ordered(live()) != orderedBefore;
  }

  @Override
  public void afterCommit(Runnable action) {
    live();
    if (afterwards.isEmpty()) {
      afterwards = new ArrayList<>(2);
    }
    afterwards.add(action);
  }

  MemoryRows memory() {
    return live().memory;
  }

  Statements statements() {
    return live().statements;
  }

  private Ports live() {
    if (ended) {
      throw new IllegalStateException("this transaction has ended; ask for a new unit of work");
    }
    return ports;
  }
}

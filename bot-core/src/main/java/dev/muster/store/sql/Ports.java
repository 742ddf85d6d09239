// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Everything that works on one connection. One thread at a time. */
final class Ports {

  final Statements statements;
  final ObjectMapper json;
  final SqlInbox inbox;
  final SqlTimeline timeline;
  final SqlIncidents incidents;
  final SqlAlerts alerts;
  final SqlAlertPostings postings;
  final SqlEffects effects;
  final SqlTimers timers;
  final SqlActions actions;
  final SqlDirectory people;
  final SqlSlots slots;
  final MemoryRows memory;
  final NoteRows notes;
  final ChainHeads heads;
  private final AlertMemory alertMemory;

  Ports(Handle handle, ObjectMapper json, Supplier<String> ids, ChainHeads heads) {
    this.json = json;
    statements = new Statements(handle.getConnection());
    inbox = new SqlInbox(statements, json, ids);
    timeline = new SqlTimeline(statements, json, heads);
    alertMemory = new AlertMemory(heads.remembers());
    incidents =
        new SqlIncidents(
            handle, statements, json, heads.remembers(), alertMemory::incidentsChanged);
    alerts = new SqlAlerts(statements, json, alertMemory);
    postings = new SqlAlertPostings(statements, json, alerts, heads.remembers());
    effects = new SqlEffects(statements, json, ids);
    timers = new SqlTimers(statements, json);
    actions = new SqlActions(statements, json);
    people = new SqlDirectory(statements, json, heads.remembers());
    slots = new SqlSlots(statements);
    memory = new MemoryRows(statements);
    notes = new NoteRows(statements, heads.remembers());
    this.heads = heads;
  }

  /** Forgets what was remembered of rows, because some were rolled back. */
  void forget() {
    heads.forget();
    incidents.forget();
    people.forget();
    notes.forget();
    alertMemory.forget();
  }
}

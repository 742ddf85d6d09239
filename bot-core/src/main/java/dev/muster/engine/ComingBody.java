// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.store.Inbound;
import java.util.List;
import java.util.Optional;

/**
 * A body of alerts on its way into the store, and what became of it. It belongs to the thread that
 * brings it, and while that waits for its unit of work, to the writer.
 */
final class ComingBody {

  private final String id;
  private final RawBody raw;
  private final String hash;
  private final Inbound.Alerts body;
  private final Screening screening = new Screening();
  private byte[] kept;
  private boolean acknowledged;
  private boolean taken;
  private String delivery = "";
  private Optional<Long> place = Optional.empty();
  private boolean ordered;

  /**
   * @param id by which it is known outside
   * @param hash by which a repetition is known
   */
  ComingBody(String id, RawBody raw, String hash, Inbound.Alerts body) {
    this.id = id;
    this.raw = raw;
    this.hash = hash;
    this.body = body;
  }

  String id() {
    return id;
  }

  String hash() {
    return hash;
  }

  Inbound.Alerts body() {
    return body;
  }

  String source() {
    return body.source();
  }

  List<Alert> alerts() {
    return body.alerts();
  }

  Screening screening() {
    return screening;
  }

  /**
   * Returns what may be kept of it. Looking takes long for a large body, so it is done by the
   * thread that brings it, before the body has the writer; and once, however often it is stored.
   * The writer asks for the first time only when a known repeat turned out to be news.
   */
  byte[] kept() {
    if (kept == null) {
      screening.alerts(alerts());
      kept = screening.raw(raw.fresh(), raw.unseen());
    }
    return kept;
  }

  /** Its sender was told before that it is durable, so its key is kept even if it repeats. */
  void wasAcknowledged() {
    acknowledged = true;
  }

  boolean isAcknowledged() {
    return acknowledged;
  }

  /** Its turn has come, in its own unit of work or in that of another. */
  void take() {
    taken = true;
  }

  boolean isTaken() {
    return taken;
  }

  /**
   * It came before, so there is nothing to store.
   *
   * @param known a delivery that is durable exactly when this is decided; empty for none
   */
  void repeats(String known) {
    delivery = known;
    place = Optional.empty();
  }

  /**
   * It is stored, if this transaction becomes durable.
   *
   * @param stored the delivery
   * @param order its place among all
   */
  void stored(String stored, long order) {
    delivery = stored;
    place = Optional.of(order);
  }

  /** Returns the delivery that tells whether its turn was undone; empty for none. */
  String delivery() {
    return delivery;
  }

  /** Returns its place among all; empty when it had come before. */
  Optional<Long> place() {
    return place;
  }

  /** Its unit of work has written orders or timers. */
  void hasOrdered(boolean something) {
    ordered = something;
  }

  boolean hasOrdered() {
    return ordered;
  }
}

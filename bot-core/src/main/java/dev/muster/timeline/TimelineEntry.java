// SPDX-License-Identifier: Apache-2.0
package dev.muster.timeline;

import java.time.Instant;
import java.util.Map;

/**
 * One fact on a timeline, as stored; never changed afterwards.
 *
 * @param stream where it belongs
 * @param seq its place, from 1 without gaps
 * @param at when it was recorded
 * @param occurredAt when it happened
 * @param kind what kind of fact
 * @param actor who caused it
 * @param text what people read; empty after a redaction
 * @param reason why; empty for none
 * @param ref what it is about; empty for none
 * @param data further values
 * @param hash the SHA-256 of this entry in the chain, 64 hex digits
 * @param prev the hash of the entry before; 64 zeros for the first
 */
public record TimelineEntry(
    Stream stream,
    long seq,
    Instant at,
    Instant occurredAt,
    EntryKind kind,
    Who actor,
    String text,
    String reason,
    String ref,
    Map<String, Object> data,
    String hash,
    String prev) {

  /**
   * Who caused a fact, as recorded.
   *
   * @param type {@code person}, {@code alert}, {@code schedule} or {@code bot}
   * @param id stable identifier
   * @param name the name at that time
   */
  public record Who(String type, String id, String name) {}
}

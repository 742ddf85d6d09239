// SPDX-License-Identifier: Apache-2.0
package dev.muster.timeline;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One message of an incident's channels as it stands now.
 *
 * @param place platform and channel, apart from other messages with the same identifier
 * @param ref the platform's identifier of the message
 * @param by who wrote it
 * @param text the newest words; empty when they are not known
 * @param at when it was written, or when it was first heard of
 * @param thread the root of its thread, if it is a reply
 * @param known whether the message itself was heard, and not only something about it
 * @param editedAt when its words were last changed
 * @param removedAt when it was deleted
 * @param reactions who reacted, by the reaction's name
 * @param highlighted whether it is marked as important
 * @param files the names of what was attached
 */
public record Remark(
    String place,
    String ref,
    TimelineEntry.Who by,
    String text,
    Instant at,
    Optional<String> thread,
    boolean known,
    Optional<Instant> editedAt,
    Optional<Instant> removedAt,
    Map<String, Set<String>> reactions,
    boolean highlighted,
    Set<String> files) {}

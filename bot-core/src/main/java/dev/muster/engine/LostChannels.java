// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Space;
import java.util.Optional;

/**
 * Remembers channels that incidents lost, so that an incident moves back when its channel turns up
 * again, under the same identifier or another.
 */
final class LostChannels {

  private final Moment moment;

  LostChannels(Moment moment) {
    this.moment = moment;
  }

  /**
   * A channel that was lost.
   *
   * @param incident whose
   * @param name its name, as far as it was kept
   * @param url where it was read, as far as it was kept
   * @param whose {@code private} or {@code public}, as the incident was; empty when not kept
   */
  record Lost(IncidentId incident, String name, String url, String whose) {

    /** Returns whether whoever reads that channel may read the incident as it is now. */
    boolean suits(Incident now) {
      return whose.isEmpty() || whose.equals(word(now));
    }
  }

  private static String word(Incident incident) {
    return incident.isPrivate() ? "private" : "public";
  }

  /** Remembers that an incident lost its channel. */
  void keep(Incident incident, Space space) {
    String text = String.join("\n", "" + incident.id(), space.name(), space.url(), word(incident));
    moment.tx().keepNote(note(space.channel()), text);
  }

  /** Forgets it: the channel is there again. */
  void forget(ChannelRef channel) {
    if (find(channel).isPresent()) {
      moment.tx().keepNote(note(channel), "");
    }
  }

  /** Returns who lost this channel. */
  Optional<Lost> find(ChannelRef channel) {
    return moment
        .tx()
        .note(note(channel))
        .map(text -> text.split("\n", -1))
        .flatMap(
            parts ->
                IncidentId.parse(parts[0])
                    .map(id -> new Lost(id, part(parts, 1), part(parts, 2), part(parts, 3))));
  }

  /** Returns whether this incident lost this channel. */
  boolean has(IncidentId incident, ChannelRef channel) {
    return find(channel).filter(lost -> lost.incident().equals(incident)).isPresent();
  }

  /** Earlier notes hold less. */
  private static String part(String[] parts, int index) {
    return index < parts.length ? parts[index] : "";
  }

  private static String note(ChannelRef channel) {
    return "lost/" + channel;
  }
}

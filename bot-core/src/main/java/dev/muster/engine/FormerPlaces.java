// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Space;
import java.time.Instant;
import java.util.Optional;

/**
 * Where incidents lived before they moved to be private or public. What was said there before the
 * move belongs to the incident even when it is heard afterwards; what is said later does not.
 */
final class FormerPlaces {

  /** Followed by the place; holds whose it was, and until when. */
  static final String NOTE = "former/";

  private FormerPlaces() {}

  /** Remembers that an incident leaves a place now. */
  static void left(Moment moment, Incident incident, Space space) {
    moment.tx().keepNote(NOTE + space.place(), incident.id() + "\n" + moment.now());
  }

  /** Returns the incident that still lived in this channel, or thread of it, when it was said. */
  static Optional<Incident> of(
      Moment moment, ChannelRef channel, Optional<String> thread, Instant said) {
    return thread
        .flatMap(root -> of(moment, Space.placeOf(channel, root), said))
        .or(() -> of(moment, channel, said));
  }

  private static Optional<Incident> of(Moment moment, ChannelRef place, Instant said) {
    return moment
        .tx()
        .note(NOTE + place)
        .map(note -> note.split("\n", 2))
        .filter(parts -> parts.length == 2 && said.isBefore(Instant.parse(parts[1])))
        .flatMap(parts -> IncidentId.parse(parts[0]))
        .flatMap(id -> moment.tx().incidents().find(id));
  }
}

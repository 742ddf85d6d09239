// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChatEvent;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Milestone;
import dev.muster.incident.Space;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Orders what was missed to be read: the channels of incidents that go on or ended within a day,
 * worst severity first and one after the other, so that a platform that lets us read little lets us
 * read what matters.
 */
final class Gaps {

  private static final Duration STILL_OF_INTEREST = Duration.ofDays(1);

  /** Orders the channels of a platform to be read. */
  void ended(Moment moment, ChatEvent.ConnectionGap event) {
    Instant earliest = event.since().minus(STILL_OF_INTEREST);
    List<Incident> concerned = new ArrayList<>(Census.unclosed(moment));
    concerned.addAll(
        Census.closed(
            moment,
            incident -> incident.reached(Milestone.CLOSED).filter(earliest::isBefore).isPresent()));
    Comparator<Incident> worstFirst =
        Comparator.comparing((Incident incident) -> !incident.status().isOpen())
            .thenComparing(Incident::severity)
            .thenComparing(incident -> -incident.id().number());
    concerned.stream()
        .sorted(worstFirst)
        .forEach(
            incident ->
                incident
                    .spaceOn(event.platform())
                    .map(Space::channel)
                    .ifPresent(
                        c ->
                            new Orders(moment)
                                .readHistory(Optional.of(incident.id()), c, event.since())));
  }

  /** Orders one channel to be read. */
  void detected(Moment moment, ChatEvent.GapDetected event) {
    Optional<IncidentId> incident =
        moment.tx().incidents().livingIn(event.channel()).map(Incident::id);
    new Orders(moment).readHistory(incident, event.channel(), event.since());
  }
}

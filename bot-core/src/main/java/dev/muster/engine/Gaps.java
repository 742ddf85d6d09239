// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.incident.Space;
import dev.muster.store.IncidentIndex;
import java.time.Duration;
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

  /** One channel that is to be read. */
  private record Wanted(IncidentId id, IncidentStatus status, Severity severity, ChannelRef where) {

    private static final Comparator<Wanted> WORST_FIRST =
        Comparator.comparing((Wanted wanted) -> !wanted.status().isOpen())
            .thenComparing(Wanted::severity)
            .thenComparing(wanted -> -wanted.id().number());
  }

  /** Orders the channels of a platform to be read. */
  void ended(Moment moment, ChatEvent.ConnectionGap event) {
    List<Wanted> all = new ArrayList<>();
    for (IncidentIndex.Dwelling each : moment.tx().incidents().unclosedOn(event.platform())) {
      all.add(new Wanted(each.incident(), each.status(), each.severity(), channel(moment, each)));
    }
    for (Incident closed : LatelyClosed.since(moment, event.since().minus(STILL_OF_INTEREST))) {
      closed
          .spaceOn(event.platform())
          .map(Space::channel)
          .ifPresent(c -> all.add(new Wanted(closed.id(), closed.status(), closed.severity(), c)));
    }
    all.sort(Wanted.WORST_FIRST);
    Orders orders = new Orders(moment);
    all.forEach(
        wanted -> orders.readHistory(Optional.of(wanted.id()), wanted.where(), event.since()));
  }

  /** Of an incident that lives in a thread the whole channel is read. */
  private static ChannelRef channel(Moment moment, IncidentIndex.Dwelling each) {
    return each.isChannel()
        ? each.place()
        : moment
            .tx()
            .incidents()
            .find(each.incident())
            .flatMap(incident -> incident.spaceOn(each.place().platform()))
            .map(Space::channel)
            .orElse(each.place());
  }

  /** Orders one channel to be read. */
  void detected(Moment moment, ChatEvent.GapDetected event) {
    Optional<IncidentId> incident =
        moment.tx().incidents().livingIn(event.channel()).map(Incident::id);
    new Orders(moment).readHistory(incident, event.channel(), event.since());
  }
}

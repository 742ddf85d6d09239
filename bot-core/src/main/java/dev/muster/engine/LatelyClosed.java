// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Milestone;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which incidents were closed lately, noted day by day, so that nobody has to look through all that
 * ever were. What was closed before anything was noted is looked up once.
 */
final class LatelyClosed {

  /** How the notes begin; the day follows. */
  static final String DAY = "closed-on/";

  private static final String NOTED = "closed-noted";

  /** Nobody asks for what is older. */
  static final Duration LONGEST = Duration.ofDays(9);

  private LatelyClosed() {}

  /** Notes an incident that was just closed. */
  static void note(Moment moment, Incident closed) {
    if (moment.tx().note(NOTED).isPresent()) {
      note(moment, moment.now(), closed.id());
    }
  }

  private static void note(Moment moment, Instant at, IncidentId id) {
    String note = DAY + day(at);
    Set<String> those = new LinkedHashSet<>(on(moment, note));
    if (those.add(String.valueOf(id.number()))) {
      moment.tx().keepNote(note, String.join(" ", those));
    }
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  private static List<String> on(Moment moment, String note) {
    return moment.tx().note(note).map(those -> List.of(those.split(" "))).orElse(List.of());
  }

  /**
   * Returns the incidents that were closed after an instant and still are.
   *
   * @param earliest at most nine days ago
   */
  static List<Incident> since(Moment moment, Instant earliest) {
    if (moment.tx().note(NOTED).isEmpty()) {
      begin(moment);
    }
    Set<String> numbers = new LinkedHashSet<>();
    LocalDate last = day(moment.now());
    for (LocalDate day = day(earliest); !day.isAfter(last); day = day.plusDays(1)) {
      numbers.addAll(on(moment, DAY + day));
    }
    List<Incident> found = new ArrayList<>();
    for (String number : numbers) {
      moment
          .tx()
          .incidents()
          .find(new IncidentId(Long.parseLong(number)))
          .filter(incident -> closedAt(incident).filter(earliest::isBefore).isPresent())
          .ifPresent(found::add);
    }
    return found;
  }

  private static Optional<Instant> closedAt(Incident incident) {
    return incident.status() == IncidentStatus.CLOSED
        ? incident.reached(Milestone.CLOSED)
        : Optional.empty();
  }

  private static void begin(Moment moment) {
    Instant oldest = moment.now().minus(LONGEST);
    moment.tx().keepNote(NOTED, moment.now().toString());
    Census.closed(moment, incident -> closedAt(incident).filter(oldest::isBefore).isPresent())
        .forEach(incident -> note(moment, closedAt(incident).orElseThrow(), incident.id()));
  }
}

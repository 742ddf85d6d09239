// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.incident.Milestone;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When an incident reached what, and how long that took; what is not known says so. */
final class MilestonesPart {

  private MilestonesPart() {}

  static Tag of(Incident incident) {
    Tag list = Tag.of("ol", "milestones");
    for (Milestone milestone : Milestone.values()) {
      Optional<Instant> at = incident.reached(milestone);
      list.add(
          Tag.of("li", at.isPresent() ? "reached" : "not-reached")
              .add(
                  Tag.of("span").text(Parts.capital(milestone.word())),
                  at.map(Parts::time).orElseGet(() -> Parts.muted(gap(incident, milestone)))));
    }
    Tag durations =
        Tag.of("dl", "facts")
            .add(
                duration(incident, "Time to detect", Milestone.STARTED, Milestone.DETECTED),
                duration(
                    incident, "Time to acknowledge", Milestone.DETECTED, Milestone.ACKNOWLEDGED),
                duration(incident, "Time to mitigate", Milestone.DETECTED, Milestone.MITIGATED),
                duration(incident, "Time to resolve", Milestone.DETECTED, Milestone.RESOLVED));
    return Tag.of("section", "part").add(Tag.of("h2").text("Milestones"), list, durations);
  }

  /** A milestone before the one that was reached last is missing; a later one may still come. */
  private static String gap(Incident incident, Milestone milestone) {
    boolean passed =
        incident.milestones().keySet().stream()
            .anyMatch(reached -> reached.ordinal() > milestone.ordinal());
    return passed ? "not known" : "not yet";
  }

  private static Tag duration(Incident incident, String name, Milestone from, Milestone to) {
    Optional<Duration> length =
        incident
            .reached(from)
            .flatMap(begin -> incident.reached(to).map(end -> Duration.between(begin, end)));
    return Parts.fact(
        name,
        length
            .map(known -> Tag.of("span", "num").text(UtcText.duration(known)))
            .orElseGet(() -> Parts.muted("not known")));
  }
}

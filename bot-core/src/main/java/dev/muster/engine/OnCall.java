// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Person;
import dev.muster.incident.Severity;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Roster;
import dev.muster.oncall.Schedule;
import dev.muster.oncall.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says who keeps watch now, and whom a declaration would notify. */
final class OnCall {

  private final Moment moment;
  private final String platform;

  /** People without a platform of their own are looked for on this one. */
  OnCall(Moment moment, String platform) {
    this.moment = moment;
    this.platform = platform;
  }

  private List<Person> people(List<Target> targets) {
    return new Roster(moment.settings().schedules(), moment.settings().groups())
        .find(targets, moment.now()).people().stream()
            .map(written -> People.configured(moment, platform, written))
            .toList();
  }

  /** Returns who is on call for a service; empty when no schedule is known for it. */
  Optional<Person> ofService(String service) {
    return moment.settings().services().stream()
        .filter(entry -> entry.name().equalsIgnoreCase(service))
        .map(Settings.ServiceEntry::onCall)
        .filter(schedule -> !schedule.isEmpty())
        .findFirst()
        .flatMap(this::ofSchedule);
  }

  private Optional<Person> ofSchedule(String schedule) {
    return people(List.of(new Target(Target.Kind.SCHEDULE, schedule))).stream().findFirst();
  }

  /** Returns who would be put in command: of the service, or of the only schedule there is. */
  Optional<Person> toCommand(List<String> services) {
    List<Schedule> schedules = moment.settings().schedules();
    return services.stream()
        .map(this::ofService)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> schedules.size() == 1 ? ofSchedule(schedules.get(0).name()) : Optional.empty());
  }

  /** Returns who is on call for what a declare form names, when it asks for them. */
  static Optional<Person> chosen(Exchange exchange, Map<String, String> values) {
    String service = values.getOrDefault("service", "").strip();
    return DeclareForm.isTicked(values, FormShapes.ON_CALL)
        ? new OnCall(exchange.moment(), exchange.by().person().ref().platform())
            .toCommand(service.isEmpty() ? List.of() : List.of(service))
        : Optional.empty();
  }

  /** Returns for example {@code Notifies ada for SEV1, SEV2; li for SEV3.} */
  String notified() {
    Map<String, List<String>> severities = new LinkedHashMap<>();
    for (Severity severity : Severity.values()) {
      moment
          .settings()
          .policy(severity)
          .map(this::first)
          .ifPresent(
              who -> severities.computeIfAbsent(who, w -> new ArrayList<>()).add(severity.name()));
    }
    if (severities.isEmpty()) {
      return "Nobody is paged.";
    }
    List<String> parts = new ArrayList<>();
    severities.forEach((who, which) -> parts.add(who + " for " + String.join(", ", which)));
    return "Notifies " + String.join("; ", parts) + ".";
  }

  private String first(EscalationPolicy policy) {
    List<Person> people = people(policy.levels().get(0).targets());
    return people.isEmpty()
        ? "nobody at first, since nobody is on call in policy " + policy.name() + ","
        : String.join(", ", people.stream().map(Person::name).toList());
  }
}

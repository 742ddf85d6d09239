// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Person;
import dev.muster.command.EscalationTarget;
import dev.muster.command.Outward;
import dev.muster.command.PersonRef;
import dev.muster.incident.Incident;
import dev.muster.incident.Rejection;
import dev.muster.oncall.Schedule;
import dev.muster.oncall.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds whom a page asks: one person, or whoever stands behind a name at this moment. */
final class Pages {

  private final HelpCalls calls;

  Pages(HelpCalls calls) {
    this.calls = calls;
  }

  /** Has the people come that the wish names, or says why nobody can be asked. */
  void page(Exchange exchange, Incident incident, Outward.Page wish) {
    if (HelpCalls.isOver(exchange, incident)) {
      return;
    }
    String message = wish.message().orElse("");
    Optional<Target> listed = listed(exchange, wish.target());
    if (listed.isPresent()) {
      behind(exchange, incident, listed.get(), message);
      return;
    }
    People.Found found = People.find(exchange, person(wish.target()));
    found.rejection().ifPresent(why -> exchange.refuse(withWay(exchange, why)));
    found.person().ifPresent(who -> calls.page(exchange, incident, only(who), message));
  }

  private void behind(Exchange exchange, Incident incident, Target target, String message) {
    Callees callees = Callees.of(exchange.moment(), incident, List.of(target));
    if (callees.people().isEmpty() && callees.absent().isEmpty()) {
      exchange.refuse(
          new Rejection(
              "nobody",
              target.kind() == Target.Kind.SCHEDULE
                  ? "Nobody is on call in " + target.name() + " now; nobody was asked."
                  : "Nobody is in " + target.name() + "; nobody was asked.",
              way(exchange)));
      return;
    }
    calls.page(exchange, incident, callees, message);
  }

  private static Callees only(Person person) {
    return new Callees(List.of(person), List.of());
  }

  private static PersonRef person(EscalationTarget target) {
    return target instanceof EscalationTarget.Someone someone
        ? someone.person()
        : new PersonRef.Named(((EscalationTarget.Perhaps) target).name());
  }

  /** A word is a schedule or a group if one has that name, and otherwise a person. */
  private static Optional<Target> listed(Exchange exchange, EscalationTarget target) {
    if (!(target instanceof EscalationTarget.Perhaps word)) {
      return Optional.empty();
    }
    Settings settings = exchange.moment().settings();
    if (settings.schedules().stream().anyMatch(s -> s.name().equals(word.name()))) {
      return Optional.of(new Target(Target.Kind.SCHEDULE, word.name()));
    }
    return settings.groups().containsKey(word.name())
        ? Optional.of(new Target(Target.Kind.GROUP, word.name()))
        : Optional.empty();
  }

  private static Rejection withWay(Exchange exchange, Rejection why) {
    return new Rejection(why.reason(), why.sentence(), way(exchange));
  }

  private static String way(Exchange exchange) {
    String schedules =
        exchange.moment().settings().schedules().stream()
            .map(Schedule::name)
            .limit(5)
            .collect(Collectors.joining(", "));
    return "Name a person, for example: /incident page @li"
        + (schedules.isEmpty() ? "" : ", or a schedule: " + schedules);
  }
}

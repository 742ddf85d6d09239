// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Person;
import dev.muster.command.EscalationTarget;
import dev.muster.incident.Incident;
import dev.muster.incident.Rejection;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Roster;
import dev.muster.oncall.Target;
import java.util.List;
import java.util.Optional;

/**
 * Whom a person names when they escalate.
 *
 * @param people those who are asked; empty when nobody in particular was named
 * @param rejection why nobody can be asked
 */
record NamedTargets(List<Person> people, Optional<Rejection> rejection) {

  private static final NamedTargets NEXT_LEVEL = new NamedTargets(List.of(), Optional.empty());

  /** Returns who is meant. */
  static NamedTargets of(Exchange exchange, Incident incident, EscalationTarget target) {
    if (target instanceof EscalationTarget.Someone someone) {
      People.Found found = People.find(exchange, someone.person());
      return new NamedTargets(found.person().stream().toList(), found.rejection());
    }
    if (target instanceof EscalationTarget.Level level) {
      return level(exchange, incident, level.number());
    }
    return target instanceof EscalationTarget.Perhaps word
        ? word(exchange, word.name())
        : NEXT_LEVEL;
  }

  private static NamedTargets level(Exchange exchange, Incident incident, int number) {
    List<EscalationPolicy.Level> levels =
        exchange
            .moment()
            .settings()
            .policy(incident.severity())
            .map(EscalationPolicy::levels)
            .orElse(List.of());
    if (number < 1 || number > levels.size()) {
      String sentence =
          "The policy of " + incident.severity() + " has " + levels.size() + " levels.";
      return refused("no_level", sentence, "For example: /incident escalate");
    }
    return people(exchange, levels.get(number - 1).targets());
  }

  /** A word is a schedule or a group if one has that name; otherwise it begins the reason. */
  private static NamedTargets word(Exchange exchange, String name) {
    Settings settings = exchange.moment().settings();
    boolean schedule = settings.schedules().stream().anyMatch(s -> s.name().equals(name));
    if (schedule) {
      return people(exchange, List.of(new Target(Target.Kind.SCHEDULE, name)));
    }
    return settings.groups().containsKey(name)
        ? people(exchange, List.of(new Target(Target.Kind.GROUP, name)))
        : NEXT_LEVEL;
  }

  private static NamedTargets people(Exchange exchange, List<Target> targets) {
    Settings settings = exchange.moment().settings();
    Roster roster = new Roster(settings.schedules(), settings.groups());
    String platform = exchange.by().person().ref().platform();
    List<Person> people =
        roster.find(targets, exchange.moment().now()).people().stream()
            .map(id -> People.configured(exchange.moment(), platform, id))
            .toList();
    return people.isEmpty()
        ? refused("nobody", "Nobody stands behind " + targets + " now.", "Name a person.")
        : new NamedTargets(people, Optional.empty());
  }

  private static NamedTargets refused(String reason, String sentence, String hint) {
    return new NamedTargets(List.of(), Optional.of(new Rejection(reason, sentence, hint)));
  }
}

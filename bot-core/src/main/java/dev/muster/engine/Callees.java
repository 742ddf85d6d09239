// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.incident.Incident;
import dev.muster.oncall.Roster;
import dev.muster.oncall.Target;
import dev.muster.store.Directory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who stands behind the targets of an escalation at a moment.
 *
 * @param people those who can be asked
 * @param absent those who cannot, each with the reason
 */
record Callees(List<Person> people, List<Absent> absent) {

  /**
   * Somebody whom to ask would be to ask nobody.
   *
   * @param person who
   * @param why in words that follow the name
   */
  record Absent(Person person, String why) {

    /** Returns the person and the reason, as people read it. */
    String words() {
      return "@" + person.name() + " (" + why + ")";
    }
  }

  /** Finds the people behind targets, on every platform the incident lives on. */
  static Callees of(Moment moment, Incident incident, List<Target> targets) {
    Roster roster = new Roster(moment.settings().schedules(), moment.settings().groups());
    Set<Person> people = new LinkedHashSet<>();
    List<Absent> absent = new ArrayList<>();
    for (String id : roster.find(targets, moment.now()).people()) {
      for (String platform : ReactionDesk.platformsOf(moment, incident)) {
        Person person = reachable(moment, incident, People.configured(moment, platform, id));
        whyNot(moment, person)
            .ifPresentOrElse(why -> absent.add(new Absent(person, why)), () -> people.add(person));
      }
    }
    return new Callees(List.copyOf(people), absent.stream().distinct().toList());
  }

  /** Somebody who is not where the incident lives is asked there under another identity. */
  private static Person reachable(Moment moment, Incident incident, Person person) {
    List<String> platforms = ReactionDesk.platformsOf(moment, incident);
    return platforms.contains(person.ref().platform())
        ? person
        : platforms.stream()
            .flatMap(platform -> Identities.on(moment.tx(), person.ref(), platform).stream())
            .findFirst()
            .map(ref -> People.known(moment, ref))
            .orElse(person);
  }

  /** Returns why nobody would answer; empty when somebody may. */
  private static Optional<String> whyNot(Moment moment, Person person) {
    return moment.tx().people().find(person.ref()).map(Directory.Known::profile).map(Callees::gone);
  }

  private static String gone(Profile profile) {
    if (!profile.active()) {
      return "deactivated";
    }
    return profile.external() ? "a guest, who may not take it on" : null;
  }

  /** Returns the absent as one list of names and reasons. */
  static String words(List<Absent> absent) {
    return absent.stream().map(Absent::words).collect(Collectors.joining(", "));
  }

  /** Returns why nobody is behind these targets, as people read it. */
  static String nobodyBehind(List<Target> targets) {
    return targets.stream()
            .map(
                target ->
                    switch (target.kind()) {
                      case SCHEDULE -> "nobody is on call in " + target.name();
                      case GROUP -> "nobody is in the group " + target.name();
                      case PERSON -> "nobody is known as " + target.name();
                    })
            .collect(Collectors.joining(", and "))
        + ".";
  }
}

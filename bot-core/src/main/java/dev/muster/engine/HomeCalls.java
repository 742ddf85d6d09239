// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a person is asked and has not answered: to take an incident on, or its command. A call
 * stands from when the person is asked, by the policy or by name, until it is settled; whoever is
 * on call by then does not matter to it.
 */
final class HomeCalls {

  private static final String CALLED = "called/";

  private HomeCalls() {}

  /**
   * Something that waits for an answer.
   *
   * @param words what
   * @param toTakeOn the incident to take on; empty when the answer is given elsewhere
   */
  record Waiting(String words, Optional<IncidentId> toTakeOn) {}

  /** Returns what waits for a person, in the order of the incidents. */
  static List<Waiting> waiting(Moment moment, UserRef user, List<Incident> visible) {
    List<Waiting> all = new ArrayList<>();
    for (Incident incident : visible) {
      String which = incident.id() + " “" + cut(incident.title()) + "”. ";
      HandoverDesk.offeredTo(moment, incident, user)
          .map(
              until ->
                  "You are asked to take command, until "
                      + UtcText.clock(until)
                      + ". Answer in your messages.")
          .ifPresent(what -> all.add(new Waiting(which + what, Optional.empty())));
      if (isCalled(moment, incident, user)) {
        all.add(new Waiting(which + taking(incident), Optional.of(incident.id())));
      }
    }
    return all;
  }

  private static String taking(Incident incident) {
    return "You are asked to take it on. Press "
        + label(incident.id())
        + ", or type /incident ack "
        + incident.id()
        + ".";
  }

  /** Returns what is written on the button that takes an incident on. */
  static String label(IncidentId incident) {
    return "Acknowledge " + incident;
  }

  private static boolean isCalled(Moment moment, Incident incident, UserRef user) {
    Set<String> selves =
        Identities.of(moment.tx(), user).stream()
            .map(UserRef::toString)
            .collect(Collectors.toSet());
    return Stream.of(true, false)
        .flatMap(byHand -> called(moment, incident, byHand).stream())
        .anyMatch(selves::contains);
  }

  private static List<String> called(Moment moment, Incident incident, boolean byHand) {
    return moment.tx().note(note(incident, byHand)).stream().flatMap(String::lines).toList();
  }

  /** Remembers that a person is asked: by the policy, or by somebody who named them. */
  static void begin(Moment moment, Incident incident, UserRef person, boolean byHand) {
    String all =
        Stream.concat(called(moment, incident, byHand).stream(), Stream.of(person.toString()))
            .distinct()
            .collect(Collectors.joining("\n"));
    moment.tx().keepNote(note(incident, byHand), all);
    HomeDesk.changedFor(moment, person);
  }

  /** Nobody is asked any more, by the policy or by name. */
  static void settle(Moment moment, Incident incident, boolean byHand) {
    moment.tx().keepNote(note(incident, byHand), "");
    HomeDesk.changedForAll(moment);
  }

  private static String note(Incident incident, boolean byHand) {
    return CALLED + (byHand ? "name/" : "policy/") + incident.id();
  }

  private static String cut(String title) {
    return title.length() <= 80 ? title : title.substring(0, 80) + "…";
  }
}

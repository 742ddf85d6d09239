// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.oncall.Escalation;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a person is asked and has not answered: to take an incident on, or its command. */
final class HomeCalls {

  private HomeCalls() {}

  /** Returns a line for each, in the order of the incidents. */
  static List<String> waiting(Moment moment, UserRef user, List<Incident> visible) {
    List<String> lines = new ArrayList<>();
    for (Incident incident : visible) {
      Stream.concat(
              HandoverDesk.offeredTo(moment, incident, user)
                  .map(
                      until ->
                          " You are asked to take command, until "
                              + UtcText.clock(until)
                              + ". Answer in your messages.")
                  .stream(),
              isCalled(moment, incident, user)
                  ? Stream.of(" You are asked to take it on: /incident " + incident.id() + " ack")
                  : Stream.empty())
          .map(what -> incident.id() + " “" + cut(incident.title()) + "”." + what)
          .forEach(lines::add);
    }
    return lines;
  }

  private static boolean isCalled(Moment moment, Incident incident, UserRef user) {
    return moment
        .tx()
        .all(Escalation.class)
        .find(incident.id().toString())
        .filter(Escalation::isActive)
        .filter(
            escalation ->
                Callees.of(moment, incident, asked(escalation)).people().stream()
                    .anyMatch(person -> person.ref().equals(user)))
        .isPresent();
  }

  private static List<Target> asked(Escalation escalation) {
    List<EscalationPolicy.Level> levels = escalation.policy().levels();
    return levels.subList(0, Math.min(escalation.levelsAsked(), levels.size())).stream()
        .flatMap(level -> level.targets().stream())
        .toList();
  }

  private static String cut(String title) {
    return title.length() <= 80 ? title : title.substring(0, 80) + "…";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Button;
import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.store.ActionStore.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** How what waits is answered. */
  private interface Answer {
    List<Button> buttons(ButtonMint mint);
  }

  /**
   * Something that waits for an answer.
   *
   * @param words what
   * @param incident in which incident
   * @param answer the buttons that answer it
   */
  record Waiting(String words, IncidentId incident, Answer answer) {

    /** Returns the buttons that answer it, each of which says for which incident. */
    List<Button> buttons(Moment moment, Tokens tokens, String slot) {
      return answer.buttons(new ButtonMint(moment, tokens, slot, Optional.of(incident)));
    }
  }

  /** Returns what waits for a person, in the order of the incidents. */
  static List<Waiting> waiting(Moment moment, UserRef user, List<Incident> visible) {
    List<Waiting> all = new ArrayList<>();
    for (Incident incident : visible) {
      HandoverDesk.offeredTo(moment, incident, user)
          .map(offer -> offered(incident, offer))
          .ifPresent(all::add);
      if (isCalled(moment, incident, user)) {
        IncidentId id = incident.id();
        Answer ack = mint -> List.of(mint.primary(label(id), Press.ACK, Use.REPEATEDLY, Map.of()));
        all.add(new Waiting(which(incident) + taking(incident), id, ack));
      }
    }
    return all;
  }

  private static Waiting offered(Incident incident, HandoverDesk.Standing offer) {
    String what =
        "You are asked to take command, until "
            + UtcText.clock(offer.until())
            + ". Answer here, or in your messages.";
    String about = " of " + incident.id();
    return new Waiting(
        which(incident) + what,
        incident.id(),
        mint -> HandoverDesk.answers(mint, offer.arguments(), about));
  }

  private static String which(Incident incident) {
    return incident.id() + " “" + cut(incident.title()) + "”. ";
  }

  private static String taking(Incident incident) {
    return "You are asked to take it on. Press "
        + label(incident.id())
        + ", or type /incident ack "
        + incident.id()
        + ".";
  }

  /** Returns what is written on the button that takes an incident on. */
  private static String label(IncidentId incident) {
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

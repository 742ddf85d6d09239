// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.spi.Capability;
import dev.muster.effect.Priority;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentDecisions;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Rejection;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the checklist of an incident's first steps true: reads from the timeline what is done, and
 * edits the message only when it says something else than before.
 */
final class FirstSteps {

  private static final int READ_AT_MOST = 500;

  private final Platforms platforms;
  private final Tokens tokens;

  FirstSteps(Platforms platforms, Tokens tokens) {
    this.platforms = platforms;
    this.tokens = tokens;
  }

  /** Brings the checklist up to date. */
  void refresh(Moment moment, Incident incident) {
    Checklist list = new Checklist(incident, known(moment, incident));
    String page = moment.settings().publicUrl() + "/incidents/" + incident.id();
    ButtonMint mint = new ButtonMint(moment, tokens, Checklist.SLOT, Optional.of(incident.id()));
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      BotMessage message =
          list.message(mint, page, platforms.addressing(platform), allHeard(platform));
      String note = shownNote(incident.id(), platform);
      String print = tokens.mint(note, message.toString());
      if (moment.tx().note(note).filter(print::equals).isEmpty()) {
        moment.tx().keepNote(note, print);
        new Orders(moment)
            .showUnderHeadline(
                incident.id(), platform, Checklist.SLOT, Priority.BACKGROUND, message);
      }
    }
  }

  private static String shownNote(IncidentId incident, String platform) {
    return Checklist.SLOT + "/" + incident + "/" + platform;
  }

  /** Forgets what the checklist says: it is shown anew, in another place. */
  static void forget(Moment moment, IncidentId incident, String platform) {
    moment.tx().keepNote(shownNote(incident, platform), "");
  }

  /** A platform that nobody knows is taken to be able. */
  private boolean allHeard(String platform) {
    return platforms
        .find(platform)
        .filter(found -> !found.capabilities().contains(Capability.ALL_MESSAGES_HEARD))
        .isEmpty();
  }

  /** Returns what the timeline knows of the first steps. */
  static Checklist.Known known(Moment moment, Incident incident) {
    Stream stream = Stream.of(incident.id());
    boolean severity =
        moment.tx().note(severityNote(incident)).isPresent()
            || moment
                .tx()
                .timeline()
                .read(
                    stream,
                    0,
                    READ_AT_MOST,
                    Set.of(EntryKind.SEVERITY_CHANGED, EntryKind.SEVERITY_CONFIRMED))
                .stream()
                .anyMatch(entry -> entry.actor().type().equals("person"));
    return new Checklist.Known(
        severity,
        moment.tx().timeline().latest(stream, EntryKind.STATUS_UPDATE_POSTED, "").isPresent(),
        moment
            .tx()
            .timeline()
            .latest(stream, EntryKind.COMMUNICATIONS_SETTLED, "")
            .map(TimelineEntry::actor)
            .map(TimelineEntry.Who::name));
  }

  private static String severityNote(Incident incident) {
    return "severity-set/" + incident.id();
  }

  /** Notes that whoever declared the incident set its severity by hand. */
  void severitySet(Moment moment, Incident incident) {
    moment.tx().keepNote(severityNote(incident), "declared");
    refresh(moment, incident);
  }

  /** Writes down that a person finds the severity right. */
  void confirmSeverity(Exchange exchange, Incident incident) {
    String what = "Severity " + incident.severity() + " is right.";
    if (known(exchange.moment(), incident).severity()) {
      exchange.refuse(already(incident, incident.severity() + " was set or confirmed already."));
    } else if (wrote(exchange, incident, EntryKind.SEVERITY_CONFIRMED, what)) {
      exchange.tell(incident.id() + " is already " + incident.severity() + ". You confirmed it.");
    }
  }

  /** Writes down that nobody has to tell people outside. */
  void settleCommunications(Exchange exchange, Incident incident) {
    String what = "Nobody has to tell people outside.";
    Optional<String> who = known(exchange.moment(), incident).noComms();
    if (who.isPresent()) {
      exchange.refuse(already(incident, who.get() + " settled this already."));
    } else if (wrote(exchange, incident, EntryKind.COMMUNICATIONS_SETTLED, what)) {
      exchange.tell(
          "Noted: nobody has to tell people outside of "
              + incident.id()
              + ". To change that: /incident role comms @name");
    }
  }

  private static Rejection already(Incident incident, String what) {
    return Rejection.of("done_already", incident.id() + ": " + what + " Nothing was done.");
  }

  private boolean wrote(Exchange exchange, Incident incident, EntryKind kind, String text) {
    Optional<Rejection> closed = IncidentDecisions.closed(incident);
    closed.ifPresent(exchange::refuse);
    if (closed.isEmpty()) {
      exchange.write(incident.id(), exchange.fact(kind, text));
      refresh(exchange.moment(), incident);
    }
    return closed.isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Answer;
import dev.muster.chat.UtcText;
import dev.muster.command.Requirement;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentDecisions;
import dev.muster.incident.IncidentEvent.Field;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Rejection;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the forms that end an incident: resolve and close. Impact and what was done are asked for,
 * not required. What somebody else changed while the form stood open is shown once before anything
 * is overwritten.
 */
final class EndForms {

  private static final int READ_AT_MOST = 500;
  private static final String IMPACT = "impact";
  private static final String TEXT = "text";
  private static final String SEQ = "seq";

  /** The impact as it was, while the field may hold what was typed into a form that came late. */
  private static final String WAS = "was";

  private final Desks desks;
  private final Drafts drafts;

  EndForms(Desks desks, Drafts drafts) {
    this.desks = desks;
    this.drafts = drafts;
  }

  /** Returns what a form remembers of the incident as it is now. */
  static Map<String, String> holds(Moment moment, Incident incident) {
    return Map.of(
        IMPACT,
        incident.impact(),
        WAS,
        incident.impact(),
        SEQ,
        String.valueOf(moment.tx().timeline().lastSeq(Stream.of(incident.id()))));
  }

  /** Takes the form that says that the service is normal again. */
  Answer resolve(
      Exchange exchange, Incident incident, ButtonAction form, Map<String, String> values) {
    Optional<Answer> stopped = stopped(exchange, incident, form, values);
    if (stopped.isPresent()) {
      return stopped.get();
    }
    FormDesk.use(exchange, form);
    Incident described = describe(exchange, incident, form, values);
    desks.change().advance(exchange, described, IncidentStatus.RESOLVED, done(exchange, values));
    return new Answer.Accepted();
  }

  /** Takes the form that ends the paperwork. */
  Answer close(
      Exchange exchange, Incident incident, ButtonAction form, Map<String, String> values) {
    Optional<Closing> closing = closing(values);
    if (closing.isEmpty()) {
      return new Answer.FieldErrors(
          Map.of("original", "Say of which incident this is a duplicate, for example INC-2."));
    }
    Optional<Answer> stopped = stopped(exchange, incident, form, values);
    if (stopped.isPresent()) {
      return stopped.get();
    }
    Optional<Rejection> refusal =
        desks
            .gate()
            .refusal(
                exchange.moment(),
                exchange.by(),
                Requirement.COMMANDER,
                Optional.of(incident),
                "form close");
    if (refusal.isPresent()) {
      return new Answer.Notice(refusal.get().text());
    }
    Optional<Rejection> notYet = desks.change().closingRefused(exchange, incident, closing.get());
    if (notYet.isPresent()) {
      return new Answer.FieldErrors(Map.of("reason", notYet.get().text()));
    }
    FormDesk.use(exchange, form);
    Incident described = describe(exchange, incident, form, values);
    desks.change().close(exchange, described, closing.get(), done(exchange, values));
    return new Answer.Accepted();
  }

  private static Optional<Closing> closing(Map<String, String> values) {
    String reason = values.getOrDefault("reason", "").strip();
    if (reason.equals(Closing.Reason.FALSE_ALARM.word())) {
      return Optional.of(Closing.as(Closing.Reason.FALSE_ALARM));
    }
    if (!reason.equals(Closing.Reason.DUPLICATE.word())) {
      return Optional.of(Closing.as(Closing.Reason.COMPLETED));
    }
    return IncidentId.parse(values.getOrDefault("original", "").strip())
        .map(original -> new Closing(Closing.Reason.DUPLICATE, Optional.of(original)));
  }

  private Optional<Answer> stopped(
      Exchange exchange, Incident incident, ButtonAction form, Map<String, String> values) {
    if (form.usedAt().isPresent()) {
      return Optional.of(new Answer.Notice("This was submitted already."));
    }
    boolean over =
        form.action().equals(Press.RESOLVE)
            ? !incident.status().isOpen()
            : IncidentDecisions.closed(incident).isPresent();
    if (over) {
      return Optional.of(drafts.keep(exchange, incident, typed(form, values)));
    }
    return meanwhile(exchange, incident, form)
        .filter(change -> Told.first(exchange.moment(), form))
        .map(change -> new Answer.FieldErrors(Map.of(changedField(change), sentence(change))));
  }

  /** What was typed by hand, the impact only when it is not what the form held at first. */
  private static String typed(ButtonAction form, Map<String, String> values) {
    String text = values.getOrDefault(TEXT, "").strip();
    String impact = values.getOrDefault(IMPACT, "").strip();
    boolean own = !impact.isEmpty() && !isAsShown(form.arguments().getOrDefault(WAS, ""), impact);
    return own ? (text.isEmpty() ? "" : text + " ") + "Impact: " + impact : text;
  }

  private static Optional<TimelineEntry> meanwhile(
      Exchange exchange, Incident incident, ButtonAction form) {
    long opened = Long.parseLong(form.arguments().getOrDefault(SEQ, "0"));
    return exchange
        .moment()
        .tx()
        .timeline()
        .read(
            Stream.of(incident.id()),
            opened,
            READ_AT_MOST,
            Set.of(EntryKind.FIELD_CHANGED, EntryKind.STATUS_CHANGED, EntryKind.SEVERITY_CHANGED))
        .stream()
        .filter(entry -> !entry.actor().id().equals(exchange.by().person().ref().toString()))
        .filter(entry -> entry.kind() != EntryKind.FIELD_CHANGED || isImpact(entry))
        .reduce((before, after) -> after);
  }

  private static boolean isImpact(TimelineEntry entry) {
    return Field.IMPACT.name().equalsIgnoreCase(String.valueOf(entry.data().get("field")));
  }

  private static String changedField(TimelineEntry change) {
    return change.kind() == EntryKind.FIELD_CHANGED ? IMPACT : TEXT;
  }

  private static String sentence(TimelineEntry change) {
    return change.actor().name()
        + " changed this at "
        + UtcText.clock(change.at())
        + ": “"
        + change.text()
        + "”. Nothing was done. Submit again if yours still holds.";
  }

  /** What nobody typed anew overwrites nothing. */
  private Incident describe(
      Exchange exchange, Incident incident, ButtonAction form, Map<String, String> values) {
    String impact = values.getOrDefault(IMPACT, "").strip();
    boolean untouched =
        impact.isEmpty()
            || isAsShown(form.arguments().getOrDefault(WAS, ""), impact)
            || isAsShown(incident.impact(), impact);
    if (untouched) {
      return incident;
    }
    desks.change().describe(exchange, incident, Field.IMPACT, impact);
    return Facts.fresh(exchange.moment(), incident);
  }

  /** A field takes less than what may be held, so that a held text comes back cut short. */
  private static boolean isAsShown(String held, String typed) {
    String whole = plain(held);
    String back = plain(typed);
    int most = EndShapes.LONG_TEXT;
    boolean cut = whole.length() > most && back.length() > most / 2 && whole.startsWith(back);
    return cut || whole.equals(back);
  }

  private static String plain(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n').strip();
  }

  private static String done(Exchange exchange, Map<String, String> values) {
    return People.readable(exchange.moment(), values.getOrDefault(TEXT, "").strip());
  }
}

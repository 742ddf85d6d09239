// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Milestone;
import dev.muster.incident.Severity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Small pieces that several pages show in the same way. */
final class Parts {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Parts() {}

  /** Severity as shape and word. */
  static Tag severity(Severity severity) {
    return Tag.of("span", "sev sev-" + (severity.ordinal() + 1)).text(severity.name());
  }

  /** Status as shape and word. */
  static Tag status(IncidentStatus status) {
    return Tag.of("span", "status status-" + status.word()).text(capital(status.word()));
  }

  /** What somebody outside wrote: kept apart from the reading direction around it. */
  static Tag foreign(String text) {
    return Tag.of("bdi").text(text);
  }

  /** An instant to the minute. */
  static Tag time(Instant at) {
    return when(at).text(UtcText.minute(at));
  }

  /** An instant of a day that is known, to the second. */
  static Tag second(Instant at) {
    return when(at).attr("title", UtcText.minute(at)).text(SECOND.format(at));
  }

  /** An instant beside which a browser with scripts says how long ago it was. */
  static Tag since(Instant at) {
    return time(at).flag("data-since");
  }

  /** An instant that should not pass; a browser with scripts says how far off it is. */
  static Tag due(Instant at) {
    return time(at).flag("data-due");
  }

  private static Tag when(Instant at) {
    return Tag.of("time", "num").attr("datetime", at.toString());
  }

  /** A name and a value of a list of facts. */
  static Tag fact(String name, Tag value) {
    return Tag.of("div").add(Tag.of("dt").text(name), Tag.of("dd").add(value));
  }

  static Tag muted(String text) {
    return Tag.of("span", "muted").text(text);
  }

  static Tag chip(String text) {
    return Tag.of("span", "chip").text(text);
  }

  /** A link that looks like a button. */
  static Tag button(String address, String text, String css) {
    return Tag.of("a", ("btn " + css).strip()).href(address).text(text);
  }

  /** Who decides, or that nobody does. */
  static Tag commander(Incident incident) {
    return incident
        .commander()
        .map(person -> foreign(person.name()))
        .orElseGet(() -> muted("nobody yet"));
  }

  /** When it was declared; every incident was. */
  static Optional<Instant> declared(Incident incident) {
    return incident.reached(Milestone.DECLARED);
  }

  static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1).replace('_', ' ');
  }
}

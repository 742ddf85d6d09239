// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offline;

import dev.muster.chat.Person;
import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.incident.Milestone;
import dev.muster.incident.Role;
import dev.muster.postmortem.Postmortem;
import dev.muster.timeline.TimelineEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An incident as one page that can be read from a disk in ten years: no script, nothing from a
 * network, every foreign word escaped. One thread.
 */
final class ArchivePage {

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>%s</title>
      <style>
      body { font: 16px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; }
      table { border-collapse: collapse; width: 100%%; }
      th, td { text-align: left; vertical-align: top; padding: .3em .8em .3em 0; border-bottom: 1px solid #ccc; }
      td.text { white-space: pre-wrap; overflow-wrap: anywhere; }
      .gone { color: #555; font-style: italic; }
      </style>
      </head>
      <body>
      """;

  private final Incident incident;
  private final Optional<Postmortem> postmortem;
  private final OutputStream out;
  private final StringBuilder row = new StringBuilder(1024);

  ArchivePage(Incident incident, Optional<Postmortem> postmortem, OutputStream out) {
    this.incident = incident;
    this.postmortem = postmortem;
    this.out = out;
  }

  /** Writes all that stands before the timeline. */
  void begin() throws IOException {
    String title = escaped(incident.id() + " " + incident.title());
    put(HEAD.formatted(title));
    put("<h1>" + title + "</h1>\n");
    put(notes());
    facts();
    if (postmortem.isPresent()) {
      postmortem(postmortem.get());
    }
    put("<h2>Timeline</h2>\n<p>Times are UTC.</p>\n<table>\n");
    put("<tr><th>#</th><th>When</th><th>What</th><th>Who</th><th>Text</th></tr>\n");
  }

  /** Writes the next entry of the timeline. */
  void entry(TimelineEntry entry) throws IOException {
    put(row(entry));
  }

  /** Writes what stands behind the timeline. */
  void end() throws IOException {
    put("</table>\n</body>\n</html>\n");
  }

  private String notes() {
    return (incident.drill() ? "<p><strong>This was a drill.</strong></p>\n" : "")
        + (incident.isPrivate()
            ? "<p><strong>This incident is private: only its members may read this.</strong></p>\n"
            : "");
  }

  private void facts() throws IOException {
    put("<table>\n");
    fact("Severity", incident.severity().name());
    fact("Status", incident.status().word());
    fact("Impact", incident.impact());
    fact("Services", String.join(", ", incident.services()));
    for (Role role : Role.values()) {
      fact(role.word(), incident.holder(role).map(Person::name).orElse(""));
    }
    for (Milestone milestone : Milestone.values()) {
      fact(milestone.word(), incident.reached(milestone).map(UtcText::minute).orElse(""));
    }
    put("</table>\n");
  }

  private void fact(String name, String value) throws IOException {
    if (!value.isBlank()) {
      put("<tr><th>" + escaped(name) + "</th><td>" + escaped(value) + "</td></tr>\n");
    }
  }

  private void postmortem(Postmortem draft) throws IOException {
    put("<h2>Postmortem</h2>\n");
    for (Postmortem.Part part : draft.sections()) {
      put("<h3>" + escaped(part.title()) + "</h3>\n");
      if (part.written().isPresent()) {
        put("<p>“" + escaped(part.written().get().text()) + "”</p>\n");
      }
      put("<ul>\n");
      for (Postmortem.Statement said : part.statements()) {
        put("<li>" + escaped(said.text()) + " " + cited(said.entries()) + "</li>\n");
      }
      put("</ul>\n");
      if (part.missing().isPresent()) {
        put("<p class=\"gone\">" + escaped(part.missing().get()) + "</p>\n");
      }
    }
  }

  private static String cited(List<Long> entries) {
    return entries.stream()
        .map(seq -> "<a href=\"#e" + seq + "\">#" + seq + "</a>")
        .collect(Collectors.joining(" "));
  }

  private String row(TimelineEntry entry) {
    row.setLength(0);
    row.append("<tr id=\"e").append(entry.seq()).append("\"><td>").append(entry.seq());
    row.append("</td><td>").append(UtcText.second(entry.occurredAt())).append("</td><td>");
    escape(entry.kind().word().replace('_', ' '), row);
    row.append("</td><td>");
    escape(entry.actor().name(), row);
    row.append("</td><td class=\"text\">");
    if (entry.text().isBlank()) {
      row.append("<span class=\"gone\">no text</span>");
    } else {
      escape(entry.text(), row);
    }
    if (!entry.reason().isBlank()) {
      row.append(" <small>(");
      escape(entry.reason(), row);
      row.append(")</small>");
    }
    return row.append("</td></tr>\n").toString();
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    escape(text, out);
    return out.toString();
  }

  /** Everything that could end a text or hide in it is written out; all between as it is. */
  private static void escape(String text, StringBuilder out) {
    int plain = 0;
    int point;
    for (int at = 0; at < text.length(); at += Character.charCount(point)) {
      point = text.codePointAt(at);
      if (!isPlain(point)) {
        out.append(text, plain, at).append(written(point));
        plain = at + Character.charCount(point);
      }
    }
    out.append(text, plain, text.length());
  }

  private static boolean isPlain(int point) {
    if (point < 0x7F) {
      boolean mark = point == '&' || point == '<' || point == '>' || point == '"' || point == '\'';
      return point >= ' ' ? !mark : point == '\n' || point == '\t';
    }
    return !isHidden(point);
  }

  private static String written(int point) {
    return switch (point) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      default -> "\\u%04X".formatted(point);
    };
  }

  /** From the last of ASCII on: control characters, and those that turn the direction of text. */
  private static boolean isHidden(int point) {
    boolean turning = point >= 0x202A && point <= 0x202E || point >= 0x2066 && point <= 0x2069;
    return point <= 0x9F || turning || point >= 0xD800 && point <= 0xDFFF;
  }

  private void put(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}

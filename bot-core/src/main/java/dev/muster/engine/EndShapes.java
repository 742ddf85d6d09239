// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Form;
import dev.muster.chat.PlainWords;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import java.util.List;
import java.util.Map;

/** What the forms ask that end an incident, and what they say is still open. */
final class EndShapes {

  /** How many characters a field of these takes. */
  static final int LONG_TEXT = 3000;

  private static final int LINE = 200;

  /** More than this is said as a number. */
  private static final int LISTED = 3;

  private static final int LONGEST = 60;

  private final Moment moment;
  private final Map<String, String> holds;

  EndShapes(Moment moment, Map<String, String> holds) {
    this.moment = moment;
    this.holds = holds;
  }

  private Form.Field text(String name, String label, String hint) {
    String held = holds.getOrDefault(name, "");
    return new Form.Field(name, label, Form.Kind.TEXT, false, hint, held, List.of(), LONG_TEXT);
  }

  private Form.Field impact() {
    return text("impact", "Impact", "Who felt it and how much: 12 % of payments in Europe failed.");
  }

  private Form.Field done() {
    return text("text", "What was done", "For example: deploy 4711 was rolled back.");
  }

  /** The form that says that the service is normal. */
  Form resolve(String token, Incident incident) {
    List<String> matters = ChangeDesk.openMatters(moment, incident);
    String open = matters.isEmpty() ? "" : "Not settled: " + String.join("; ", matters) + ". ";
    return new Form(
        token,
        "Resolve " + incident.id(),
        "Resolve",
        open + left(incident) + "The service is normal again. Summaries and escalation stop.",
        List.of(impact(), done()));
  }

  /** The form that ends the paperwork. */
  Form close(String token, Incident incident) {
    List<String> matters = ChangeDesk.openMatters(moment, incident);
    String open =
        matters.isEmpty()
            ? ""
            : "Cannot be closed yet: " + String.join("; ", matters) + ". Settle this first. ";
    List<Form.Option> reasons =
        List.of(
            new Form.Option(Closing.Reason.COMPLETED.word(), "Completed: it ran its course"),
            new Form.Option(Closing.Reason.FALSE_ALARM.word(), "False alarm: nothing was wrong"),
            new Form.Option(Closing.Reason.DUPLICATE.word(), "Duplicate of another incident"));
    Form.Field reason =
        new Form.Field(
            "reason",
            "Reason",
            Form.Kind.CHOICE,
            true,
            "",
            Closing.Reason.COMPLETED.word(),
            reasons,
            LINE);
    Form.Field original =
        new Form.Field(
            "original",
            "Duplicate of",
            Form.Kind.LINE,
            false,
            "Only for a duplicate, for example INC-2.",
            "",
            List.of(),
            LINE);
    return new Form(
        token,
        "Close " + incident.id(),
        "Close",
        open
            + left(incident)
            + "A postmortem draft is written from the timeline and posted in the channel.",
        List.of(reason, original, impact(), done()));
  }

  private String left(Incident incident) {
    return OpenTasks.named(moment, incident).map(open -> "Open tasks: " + open + ". ").orElse("")
        + actions(incident);
  }

  private String actions(Incident incident) {
    List<ActionItem> open =
        moment.tx().all(ActionItem.class).of(incident.id()).stream()
            .filter(item -> item.doneAt().isEmpty())
            .toList();
    if (open.isEmpty()) {
      return "";
    }
    List<String> lines =
        open.stream().limit(LISTED).map(item -> "#" + item.number() + " " + cut(item)).toList();
    int more = open.size() - lines.size();
    return "Open actions: "
        + String.join("; ", lines)
        + (more > 0 ? " and " + more + " more" : "")
        + ". ";
  }

  private static String cut(ActionItem item) {
    String line = item.text().replaceAll("\\s+", " ").strip();
    return PlainWords.shortened(line, LONGEST);
  }
}

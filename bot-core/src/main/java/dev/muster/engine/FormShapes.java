// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Form;
import dev.muster.chat.UserRef;
import dev.muster.command.Title;
import dev.muster.incident.Incident;
import dev.muster.incident.Role;
import dev.muster.incident.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What each form asks, holding at first what its token says. */
final class FormShapes {

  /** What a note can be tagged with, in the order of an incident. */
  static final List<String> TAGS =
      List.of("detection", "decision", "action", "communication", "recovery");

  /** The field that puts whoever is on call in command; only there when somebody can be. */
  static final String ON_CALL = "oncall";

  private static final int LINE = 200;
  private static final int LONG_TEXT = 3000;
  private static final int CHOICES = 50;

  private final Exchange exchange;
  private final Map<String, String> holds;

  FormShapes(Exchange exchange, Map<String, String> holds) {
    this.exchange = exchange;
    this.holds = holds;
  }

  private String held(String field) {
    return holds.getOrDefault(field, "");
  }

  private String held(String field, String otherwise) {
    return held(field).isEmpty() ? otherwise : held(field);
  }

  private Form.Field line(String name, String label, boolean required, String hint) {
    return new Form.Field(name, label, Form.Kind.LINE, required, hint, held(name), List.of(), LINE);
  }

  private Form.Field text(String name, String label, String hint) {
    return new Form.Field(
        name, label, Form.Kind.TEXT, true, hint, held(name), List.of(), LONG_TEXT);
  }

  private Form.Field person(String name, String label, boolean required, String hint) {
    return new Form.Field(
        name, label, Form.Kind.PERSON, required, hint, held(name), List.of(), LINE);
  }

  private Form.Field tick(String name, String label, String hint) {
    boolean ticked = held(name).equals("true");
    return new Form.Field(
        name, label, Form.Kind.TICK, false, hint, String.valueOf(ticked), List.of(), 5);
  }

  private Form.Field severity(boolean required, String hint, String initial) {
    return new Form.Field(
        "severity",
        "Severity",
        Form.Kind.CHOICE,
        required,
        hint,
        initial,
        SeverityWords.options(),
        4);
  }

  /** The form to declare an incident. */
  Form declare(String token) {
    Form.Field title =
        new Form.Field(
            "title",
            "Title",
            Form.Kind.LINE,
            true,
            "What is broken, for whom?",
            held("title"),
            List.of(),
            Title.LIMIT);
    String severity = held("severity", Severity.SEV3.name());
    List<Form.Field> fields =
        new ArrayList<>(
            List.of(
                title,
                severity(false, "Not sure? Take SEV3.", severity),
                service(),
                person("commander", "Commander", false, "Empty means you.")));
    if (!exchange.moment().settings().schedules().isEmpty()) {
      fields.add(tick(ON_CALL, "Assign on-call", "Whoever is on call takes command, not you."));
    }
    fields.add(
        tick("private", "Private incident", "Only invited people can see it. Not announced."));
    fields.add(tick("drill", "Drill", "Practice: marked everywhere, not counted."));
    return new Form(token, "Declare an incident", "Declare", whatDeclaringDoes(), fields);
  }

  private Form.Field service() {
    List<Form.Option> options =
        exchange.moment().settings().services().stream()
            .map(service -> new Form.Option(service.name(), service.name()))
            .toList();
    Form.Kind kind = options.isEmpty() ? Form.Kind.LINE : Form.Kind.CHOICE;
    return new Form.Field(
        "service",
        "Affected service",
        kind,
        false,
        "Leave empty if you do not know.",
        held("service"),
        options,
        LINE);
  }

  private String whatDeclaringDoes() {
    Settings settings = exchange.moment().settings();
    UserRef viewer = exchange.by().person().ref();
    String base =
        "Creates a channel and posts in #"
            + settings.announceChannel(viewer.platform())
            + ". "
            + new OnCall(exchange.moment(), viewer.platform()).notified();
    List<Incident> open = new SimilarIncidents().visibleOpen(exchange.moment(), viewer);
    if (open.isEmpty()) {
      return base;
    }
    Incident newest = open.get(0);
    return base
        + " Open now: "
        + newest.id()
        + " “"
        + newest.title()
        + "”"
        + (open.size() > 1 ? " and " + (open.size() - 1) + " more." : ".");
  }

  /** The form for a status update. */
  Form update(String token, Incident incident) {
    return new Form(
        token,
        "Status update",
        "Post update",
        "Goes to the incident's channel"
            + (incident.isPrivate() ? "." : " and to the announcements."),
        List.of(
            text("text", "What is known now", "Conditions, actions, needs. For people outside."),
            new Form.Field(
                "next",
                "Next update in",
                Form.Kind.LINE,
                false,
                "For example 30m",
                held("next"),
                List.of(),
                20)));
  }

  /** The form in which a person judges the impact anew. */
  Form severity(String token, Incident incident) {
    return new Form(
        token,
        "Change severity",
        "Change",
        "Everybody in the channel sees it.",
        List.of(
            severity(true, "", held("severity", incident.severity().name())),
            line("reason", "Why", false, "For example: payments are down")));
  }

  /** The form that gives a hat to a person. */
  Form role(String token, Incident incident) {
    List<Form.Option> roles =
        Arrays.stream(Role.values())
            .map(
                role ->
                    new Form.Option(
                        role.word(),
                        role.word()
                            + incident
                                .holder(role)
                                .map(holder -> ", now " + holder.name())
                                .orElse(", vacant")))
            .toList();
    return new Form(
        token,
        "Give a role",
        "Give role",
        "Everybody in the channel sees it.",
        List.of(
            new Form.Field("role", "Role", Form.Kind.CHOICE, true, "", held("role"), roles, LINE),
            person("person", "Person", true, "")));
  }

  /** The form in which whoever leaves looks over what was drafted. */
  Form handoverNote(String token) {
    return new Form(
        token,
        "Handover note",
        "Post note",
        "Goes to the incident's channel and its timeline.",
        List.of(text("text", "What the next commander must know", "")));
  }

  /** The form for a note on the timeline. */
  Form note(String token, Optional<Incident> incident) {
    List<Form.Option> tags = TAGS.stream().map(tag -> new Form.Option(tag, tag)).toList();
    Form.Field time =
        line("time", "When it happened", false, "For example -10m, 14:05 or 14:05 UTC.");
    Form.Field tag =
        new Form.Field("tag", "What it is", Form.Kind.CHOICE, false, "", held("tag"), tags, LINE);
    return new Form(
        token,
        "Add to timeline",
        "Add",
        "Everybody who can see the incident can read it.",
        withIncident(incident, List.of(text("text", "What happened", ""), time, tag)));
  }

  /** The form for a follow-up. */
  Form action(String token, Optional<Incident> incident) {
    return new Form(
        token,
        "Note a follow-up",
        "Note",
        "Stands in the incident's list of actions and in the postmortem.",
        withIncident(
            incident,
            List.of(
                new Form.Field(
                    "text",
                    "What is to be done",
                    Form.Kind.LINE,
                    true,
                    "For example: add an alert on the queue length",
                    held("text"),
                    List.of(),
                    LINE),
                person("owner", "Owner", false, ""),
                line("due", "Due", false, "For example friday, 3d or 2026-12-01."))));
  }

  /** Outside an incident's channel, the incident is asked for first. */
  private List<Form.Field> withIncident(Optional<Incident> known, List<Form.Field> fields) {
    if (known.isPresent()) {
      return fields;
    }
    List<Incident> open =
        new SimilarIncidents().visibleOpen(exchange.moment(), exchange.by().person().ref());
    List<Form.Option> options = new ArrayList<>();
    for (Incident incident : open.subList(0, Math.min(CHOICES, open.size()))) {
      options.add(
          new Form.Option(incident.id().toString(), incident.id() + " " + incident.title()));
    }
    String initial = open.size() == 1 ? open.get(0).id().toString() : held("incident");
    Form.Field which =
        new Form.Field("incident", "Incident", Form.Kind.CHOICE, true, "", initial, options, LINE);
    return Stream.concat(Stream.of(which), fields.stream()).toList();
  }
}

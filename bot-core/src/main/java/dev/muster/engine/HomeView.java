// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Phrase;
import dev.muster.chat.PlainWords;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UserRef;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentTask;
import dev.muster.incident.Role;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A person's own screen: their open incidents and tasks, their actions with what is overdue first,
 * who is on call, and how to begin. Pure.
 *
 * @param selves whose screen it is, with every identity
 * @param platform where it is shown
 * @param needed what they are asked to mend as an admin, a line each
 * @param waiting what they are asked and have not answered, a line each
 * @param mine their incidents that are not closed, newest first
 * @param others how many other open incidents they may see
 * @param tasks their open tasks of incidents that are not closed
 * @param actions their open actions
 * @param onCall who is on call now, by schedule
 * @param publicUrl where the pages are, without a trailing slash
 * @param today the day by which an action is overdue
 */
record HomeView(
    Set<UserRef> selves,
    String platform,
    List<String> needed,
    List<String> waiting,
    List<Incident> mine,
    int others,
    List<IncidentTask> tasks,
    List<ActionItem> actions,
    List<Watch> onCall,
    String publicUrl,
    LocalDate today) {

  /** More than this is on the page. */
  private static final int SHOWN = 10;

  private static final int LONGEST = 150;

  /**
   * Who keeps watch.
   *
   * @param schedule the schedule's name
   * @param who the person's name
   * @param me whether it is the person whose screen this is
   */
  record Watch(String schedule, String who, boolean me) {}

  /** Returns the screen with its buttons. */
  BotMessage render(List<Button> buttons) {
    List<Section> sections = new ArrayList<>();
    lines(sections, "Muster needs you", needed);
    lines(sections, "Waiting for you", waiting);
    incidents(sections);
    tasks(sections);
    actions(sections);
    watches(sections);
    sections.add(
        Section.of(
            "How to",
            "Declare an incident: the button here, or /incident declare checkout errors\n"
                + "See what you can do: /incident help\n"
                + "In an incident's channel: react with a pushpin to highlight a message."));
    sections.add(
        new Section(
            "",
            Phrase.of(new Span.Link("Open the dashboard", publicUrl + "/incidents")),
            Section.Style.NOTE));
    return BotMessage.card(sentence(), "Incidents").withSections(sections).withButtons(buttons);
  }

  private String sentence() {
    long watching = onCall.stream().filter(Watch::me).count();
    String incidents = counted(mine.size(), "incident");
    return Character.toUpperCase(incidents.charAt(0))
        + incidents.substring(1)
        + (tasks.isEmpty() ? "" : ", " + counted(tasks.size(), "task"))
        + " and "
        + counted(actions.size(), "action")
        + " of yours are open. "
        + (watching == 0 ? "You are not on call." : "You are on call.");
  }

  private static String counted(int count, String noun) {
    return (count == 0 ? "no" : String.valueOf(count)) + " " + noun + (count == 1 ? "" : "s");
  }

  private static void lines(List<Section> sections, String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      List<String> shown = lines.subList(0, Math.min(SHOWN, lines.size()));
      sections.add(Section.of(heading, String.join("\n", shown)));
    }
  }

  private void incidents(List<Section> sections) {
    if (mine.isEmpty() && others == 0) {
      sections.add(
          Section.of(
              "Your open incidents", "No incident is open. New ones appear here by themselves."));
      return;
    }
    if (mine.isEmpty()) {
      sections.add(Section.of("Your open incidents", "You are in no open incident."));
    }
    for (int i = 0; i < Math.min(SHOWN, mine.size()); i++) {
      String heading = i == 0 ? "Your open incidents" : "";
      sections.add(new Section(heading, line(mine.get(i)), Section.Style.PLAIN));
    }
    int more = Math.max(0, mine.size() - SHOWN) + others;
    if (more > 0) {
      String label = more == 1 ? "1 more incident is open" : more + " more incidents are open";
      sections.add(more(label, "/incidents"));
    }
  }

  private Phrase line(Incident incident) {
    List<Span> spans = new ArrayList<>();
    String page = publicUrl + "/incidents/" + incident.id();
    spans.add(new Span.Words(incident.severity().sign() + " " + incident.severity() + " "));
    spans.add(new Span.Link(incident.id().toString(), page));
    spans.add(
        new Span.Words(
            (incident.drill() ? " Drill:" : "")
                + " "
                + cut(incident.title())
                + " · "
                + Cards.capital(incident.status())
                + hat(incident)));
    incident
        .spaceOn(platform)
        .ifPresent(
            space -> {
              spans.add(new Span.Words(" · "));
              spans.add(new Span.Room(space.channel(), space.name()));
            });
    return new Phrase(spans);
  }

  private String hat(Incident incident) {
    for (Role role : Role.values()) {
      if (incident.holder(role).filter(person -> selves.contains(person.ref())).isPresent()) {
        return " · you are " + role.word();
      }
    }
    return incident.commander().isEmpty() ? " · nobody is in command" : "";
  }

  /** What is to be done now stands before what can wait. */
  private void tasks(List<Section> sections) {
    for (int i = 0; i < Math.min(SHOWN, tasks.size()); i++) {
      IncidentTask task = tasks.get(i);
      String page = publicUrl + "/incidents/" + task.incident();
      Phrase line =
          new Phrase(
              List.of(
                  new Span.Link(task.incident() + " task #" + task.number(), page),
                  new Span.Words(" " + cut(task.text()))));
      sections.add(new Section(i == 0 ? "Your tasks" : "", line, Section.Style.PLAIN));
    }
    if (tasks.size() > SHOWN) {
      int left = tasks.size() - SHOWN;
      sections.add(more(left == 1 ? "1 more task" : left + " more tasks", "/incidents"));
    }
  }

  private void actions(List<Section> sections) {
    if (actions.isEmpty()) {
      sections.add(Section.of("Your actions", "You have no open actions."));
      return;
    }
    List<ActionItem> sorted = new ArrayList<>(actions);
    sorted.sort(
        Comparator.comparing(
                (ActionItem item) -> item.due(),
                Comparator.comparing((Optional<LocalDate> due) -> due.orElse(LocalDate.MAX)))
            .thenComparing(item -> item.incident().number())
            .thenComparing(ActionItem::number));
    for (int i = 0; i < Math.min(SHOWN, sorted.size()); i++) {
      String heading = i == 0 ? "Your actions" : "";
      sections.add(new Section(heading, line(sorted.get(i)), Section.Style.PLAIN));
    }
    if (sorted.size() > SHOWN) {
      int left = sorted.size() - SHOWN;
      String label = left == 1 ? "1 more action" : left + " more actions";
      sections.add(more(label, "/incidents"));
    }
  }

  private Phrase line(ActionItem item) {
    Optional<LocalDate> due = item.due();
    boolean overdue = due.filter(day -> day.isBefore(today)).isPresent();
    List<Span> spans = new ArrayList<>();
    if (overdue) {
      spans.add(new Span.Strong("Overdue: "));
    }
    String page = publicUrl + "/incidents/" + item.incident();
    spans.add(new Span.Link(item.incident() + " #" + item.number(), page));
    spans.add(
        new Span.Words(
            " " + cut(item.text()) + due.map(day -> " · due " + day).orElse(" · no date")));
    return new Phrase(spans);
  }

  private void watches(List<Section> sections) {
    if (onCall.isEmpty()) {
      sections.add(Section.of("On call now", "No on-call schedule is set up."));
      return;
    }
    List<String> lines = new ArrayList<>();
    for (Watch watch : onCall.subList(0, Math.min(SHOWN, onCall.size()))) {
      lines.add(watch.schedule() + ": " + watch.who() + (watch.me() ? " – that is you" : ""));
    }
    if (onCall.size() > SHOWN) {
      lines.add("and " + (onCall.size() - SHOWN) + " more schedules");
    }
    sections.add(Section.of("On call now", String.join("\n", lines)));
  }

  private Section more(String label, String path) {
    return new Section("", Phrase.of(new Span.Link(label, publicUrl + path)), Section.Style.NOTE);
  }

  private static String cut(String words) {
    String line = words.replaceAll("\\s+", " ").strip();
    return PlainWords.shortened(line, LONGEST);
  }
}

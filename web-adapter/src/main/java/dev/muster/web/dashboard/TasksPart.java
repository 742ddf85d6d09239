// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.incident.IncidentTask;
import java.util.List;

/** What is to be done while an incident lasts, what is done last. */
final class TasksPart {

  /** More tasks than this are counted, not listed. */
  private static final int MOST = 50;

  private TasksPart() {}

  static List<Tag> of(List<IncidentTask> tasks) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    List<IncidentTask> open = tasks.stream().filter(IncidentTask::open).toList();
    List<IncidentTask> done = tasks.stream().filter(task -> !task.open()).toList();
    Tag list = Tag.of("ul", "alerts");
    open.stream().limit(MOST).forEach(task -> list.add(item(task)));
    done.stream().limit(Math.max(0, MOST - open.size())).forEach(task -> list.add(item(task)));
    Tag part = Tag.of("section", "part");
    part.add(Tag.of("h2").text("Tasks (" + open.size() + " of " + tasks.size() + " open)"));
    part.add(list);
    if (tasks.size() > MOST) {
      part.add(Tag.of("p", "muted").text("And " + (tasks.size() - MOST) + " more."));
    }
    return List.of(part);
  }

  private static Tag item(IncidentTask task) {
    Tag owner =
        task.owner()
            .map(person -> Parts.foreign(person.name()))
            .orElseGet(() -> Parts.muted("nobody yet"));
    return Tag.of("li")
        .add(
            Tag.of("p")
                .add(
                    task.open()
                        ? Tag.of("strong").text("Open")
                        : Tag.of("span", "calm").text("Done"))
                .text(" #" + task.number() + " ")
                .add(Parts.foreign(task.text())),
            Tag.of("p", "muted small").add(owner));
  }
}

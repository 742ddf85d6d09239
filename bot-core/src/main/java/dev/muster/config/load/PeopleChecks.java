// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.access.Level;
import dev.muster.config.AccessSettings;
import dev.muster.config.BotConfig;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Schedule;
import dev.muster.oncall.Target;
import dev.muster.runbook.Runbook;
import dev.muster.runbook.Step;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that whoever is asked or must approve is somebody. */
final class PeopleChecks {

  private final BotConfig config;
  private final Problems problems;

  PeopleChecks(BotConfig config, Problems problems) {
    this.config = config;
    this.problems = problems;
  }

  void run() {
    groups();
    listed("access.responders", config.access().responders());
    listed("access.approvers", config.access().approvers());
    listed("access.admins", config.access().admins());
    approvals();
    schedules();
    policies();
  }

  private void groups() {
    Map<String, List<String>> groups = config.access().groups();
    groups.forEach(
        (name, members) -> {
          String path = "access.groups." + name;
          if (name.equals(AccessSettings.EVERYONE)) {
            problems.at(path, "The name everyone is taken", "Choose another name");
          }
          for (int i = 0; i < members.size(); i++) {
            member(name, members.get(i), Paths.item(path, i));
          }
        });
  }

  private void member(String group, String member, String path) {
    boolean isGroup = config.access().groups().containsKey(member);
    if (isGroup || member.equals(AccessSettings.EVERYONE)) {
      String way = group.equals(member) ? group + " → " + member : group + " → " + member + " → …";
      problems.at(path, "A group holds people, not groups (" + way + ")", "Name the people");
    }
  }

  private void listed(String list, List<String> names) {
    Map<String, List<String>> groups = config.access().groups();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String path = Paths.item(list, i);
      boolean everyone = name.equals(AccessSettings.EVERYONE);
      if (everyone && !list.endsWith("approvers")) {
        problems.at(path, "The word everyone stands in approvers only", "Name groups or people");
      } else if (groups.containsKey(name) && groups.get(name).isEmpty()) {
        problems.at(path, "The group " + name + " has no people", "Add somebody to the group");
      } else if (!everyone && !groups.containsKey(name) && !isPerson(name)) {
        misspelt(path, name);
      }
    }
  }

  /** A name that is no group is a person, unless it looks very much like a group. */
  private void misspelt(String path, String name) {
    Set<String> known = new HashSet<>(config.access().groups().keySet());
    known.add(AccessSettings.EVERYONE);
    String hint = Nearest.suggestion(name, known);
    if (!hint.isEmpty()) {
      problems.at(path, "There is no group " + name + ", and no such person elsewhere", hint);
    }
  }

  private boolean isPerson(String name) {
    boolean inGroup = config.access().groups().values().stream().anyMatch(m -> m.contains(name));
    return inGroup
        || config.oncall().schedules().stream()
            .anyMatch(schedule -> schedule.rotation().people().contains(name));
  }

  /** A step that needs a second person needs one who may say yes, and another who may ask. */
  private void approvals() {
    AccessSettings access = config.access();
    boolean needed =
        config.runbooks().stream()
            .map(Runbook::steps)
            .flatMap(List::stream)
            .anyMatch(Step::needsApproval);
    boolean anybody =
        access.everyoneApproves() && access.defaultLevel().reaches(Level.RESPONDER)
            || access.defaultLevel().reaches(Level.APPROVER);
    if (!needed || anybody) {
      return;
    }
    Set<String> approvers = access.people(access.approvers());
    approvers.addAll(access.people(access.admins()));
    Set<String> askers = access.people(access.responders());
    if (access.everyoneApproves()) {
      approvers.addAll(askers);
    }
    askers.addAll(approvers);
    boolean othersMayAsk = access.defaultLevel().reaches(Level.RESPONDER) || askers.size() > 1;
    if (approvers.isEmpty()) {
      refuseApproval("nobody may approve");
    } else if (approvers.size() == 1 && !othersMayAsk) {
      refuseApproval("only one person may ask and approve, and must not do both");
    }
  }

  private void refuseApproval(String why) {
    problems.at(
        "access.approvers",
        "A runbook has a step that needs approval, but " + why,
        "Name a group of two or more, or everyone");
  }

  private void schedules() {
    List<Schedule> schedules = config.oncall().schedules();
    for (int i = 0; i < schedules.size(); i++) {
      schedule(schedules.get(i), Paths.item("oncall.schedules", i));
    }
  }

  private void schedule(Schedule schedule, String path) {
    ZoneId zone = schedule.zone();
    if (Zones.isFixedOffset(zone)) {
      problems.warnAt(
          Paths.key(path, "zone"),
          "This zone never changes its clocks",
          "Name a place, such as Europe/Berlin, if people live by its clock");
    }
    List<String> people = schedule.rotation().people();
    if (new HashSet<>(people).size() < people.size()) {
      problems.warnAt(
          Paths.key(path, "people"), "Somebody stands here twice", "That gives them two turns");
    }
    LocalDateTime start = schedule.rotation().start();
    if (zone.getRules().getValidOffsets(start).isEmpty()) {
      var gap = zone.getRules().getTransition(start);
      problems.warnAt(
          Paths.key(path, "start"),
          start + " does not exist in " + zone,
          "The turn begins at " + gap.getDateTimeAfter());
    }
  }

  private void policies() {
    List<EscalationPolicy> policies = config.oncall().policies();
    for (int i = 0; i < policies.size(); i++) {
      List<EscalationPolicy.Level> levels = policies.get(i).levels();
      for (int j = 0; j < levels.size(); j++) {
        String path = Paths.item(Paths.item("oncall.policies", i) + ".levels", j) + ".notify";
        targets(levels.get(j).targets(), path);
      }
    }
  }

  private void targets(List<Target> targets, String path) {
    Map<String, List<String>> groups = config.access().groups();
    List<String> schedules = config.oncall().schedules().stream().map(Schedule::name).toList();
    for (int i = 0; i < targets.size(); i++) {
      Target target = targets.get(i);
      String at = Paths.item(path, i);
      boolean toSchedule = target.kind() == Target.Kind.SCHEDULE;
      boolean toGroup = target.kind() == Target.Kind.GROUP;
      if (toSchedule && !schedules.contains(target.name())) {
        problems.at(
            at, "There is no schedule " + target.name(), Nearest.hint(target.name(), schedules));
      } else if (toGroup && groups.getOrDefault(target.name(), List.of()).isEmpty()) {
        group(target.name(), at);
      }
    }
  }

  private void group(String name, String path) {
    Map<String, List<String>> groups = config.access().groups();
    if (groups.containsKey(name)) {
      problems.at(path, "The group " + name + " has no people", "Add somebody to the group");
    } else {
      problems.at(path, "There is no group " + name, Nearest.hint(name, groups.keySet()));
    }
  }
}

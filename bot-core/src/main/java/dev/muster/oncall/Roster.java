// SPDX-License-Identifier: Apache-2.0
package dev.muster.oncall;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns targets into people at an instant.
 *
 * @param schedules every configured schedule
 * @param groups identifiers of people by name of group
 */
public record Roster(List<Schedule> schedules, Map<String, List<String>> groups) {

  /** Copies both. */
  public Roster {
    schedules = List.copyOf(schedules);
    groups = Map.copyOf(groups);
  }

  /**
   * Who stands behind some targets.
   *
   * @param people identifiers, each once, in the order of the targets
   * @param nobody targets behind which there is nobody; to be told, never passed over in silence
   */
  public record Found(List<String> people, List<Target> nobody) {
    /** Copies both. */
    public Found {
      people = List.copyOf(people);
      nobody = List.copyOf(nobody);
    }
  }

  /** Returns the schedule of this name; empty when there is none. */
  public Optional<Schedule> schedule(String name) {
    return schedules.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** Returns who stands behind the targets at an instant. */
  public Found find(List<Target> targets, Instant at) {
    Set<String> people = new LinkedHashSet<>();
    List<Target> nobody = new ArrayList<>();
    for (Target target : targets) {
      List<String> behind = behind(target, at);
      people.addAll(behind);
      if (behind.isEmpty()) {
        nobody.add(target);
      }
    }
    return new Found(List.copyOf(people), nobody);
  }

  private List<String> behind(Target target, Instant at) {
    return switch (target.kind()) {
      case PERSON -> List.of(target.name());
      case GROUP -> groups.getOrDefault(target.name(), List.of());
      case SCHEDULE -> schedule(target.name()).map(each -> each.onCallAt(at)).stream().toList();
    };
  }
}

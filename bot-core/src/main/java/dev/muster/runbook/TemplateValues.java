// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What names in a template stand for: facts of the incident, the parameters of the run, and what
 * earlier steps answered ({@code steps.ID.status}, {@code steps.ID.some.field}).
 *
 * <p>A fact of the incident is written {@code incident.title}; the short form {@code title} works
 * as well unless a parameter has that name.
 *
 * @param values text by name; never null values
 */
public record TemplateValues(Map<String, String> values) {

  /** The facts of an incident that templates may use, without their prefix. */
  static final Set<String> INCIDENT_NAMES =
      Collections.unmodifiableSet(
          new TreeSet<>(Set.of("id", "number", "title", "severity", "status", "service")));

  private static final String INCIDENT = "incident";

  /** Copies the map. */
  public TemplateValues {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** Returns values for an incident, to which a run adds its parameters and outputs. */
  public static TemplateValues ofIncident(
      IncidentId id,
      String title,
      Severity severity,
      IncidentStatus status,
      List<String> services) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("id", id.toString());
    facts.put("number", String.valueOf(id.number()));
    facts.put("title", title);
    facts.put("severity", severity.name());
    facts.put("status", status.word());
    facts.put("service", services.isEmpty() ? "" : services.get(0));
    Map<String, String> all = new TreeMap<>(facts);
    facts.forEach((name, value) -> all.put(INCIDENT + "." + name, value));
    all.put(INCIDENT, id.toString());
    return new TemplateValues(all);
  }

  /** Returns these values with others on top, which win. */
  TemplateValues with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(values);
    all.putAll(more);
    return new TemplateValues(all);
  }

  /** Returns the value of a name; empty when the name is not known. */
  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Returns the names a step's template may use, given the parameters and the steps before it. */
  static boolean isKnown(String name, Set<String> parameters, Set<String> earlierSteps) {
    String bare = name.startsWith(INCIDENT + ".") ? name.substring(9) : name;
    if (INCIDENT_NAMES.contains(bare) || name.equals(INCIDENT) || parameters.contains(name)) {
      return true;
    }
    return earlierSteps.stream().anyMatch(step -> name.startsWith("steps." + step + "."));
  }

  /** Returns the list of known names for a sentence. */
  static String known(Set<String> parameters, Set<String> earlierSteps) {
    Set<String> names = new TreeSet<>(parameters);
    INCIDENT_NAMES.forEach(name -> names.add(INCIDENT + "." + name));
    earlierSteps.forEach(step -> names.add("steps." + step + ".status"));
    return String.join(", ", names);
  }
}

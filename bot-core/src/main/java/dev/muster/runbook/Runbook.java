// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import dev.muster.incident.Severity;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A named list of steps that an operator wrote down before the incident.
 *
 * @param name what people type; lower-case letters, digits, dash and underscore, at most 64
 * @param rollback whether {@code rollback} may choose this runbook
 * @param when which incidents it is meant for; null means all
 * @param parameters what a person must or may give; null means none
 * @param steps what is done, in order; 1 to {@value #MAX_STEPS}
 * @param contentHash fingerprint of the file it was read from; an approval is bound to it, so a
 *     changed file voids what was approved before
 */
public record Runbook(
    String name,
    boolean rollback,
    When when,
    List<Parameter> parameters,
    List<Step> steps,
    String contentHash) {

  /** More steps than this are several runbooks. */
  public static final int MAX_STEPS = 50;

  static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  /**
   * Refuses bad names, no or too many steps, names used twice, and templates that cannot be filled.
   */
  public Runbook {
    when = when == null ? When.ALWAYS : when;
    parameters = parameters == null ? List.of() : List.copyOf(parameters);
    steps = steps == null ? List.of() : List.copyOf(steps);
    contentHash = contentHash == null ? "" : contentHash;
    require(
        name != null && NAME.matcher(name).matches(),
        "a runbook's name has lower-case letters, digits, '-' and '_', for example"
            + " rollback-checkout, not "
            + name);
    require(!steps.isEmpty(), "runbook " + name + " has no steps; give it at least one");
    require(
        steps.size() <= MAX_STEPS,
        "runbook " + name + " has " + steps.size() + " steps; at most " + MAX_STEPS);
    requireUnique(name, "step", steps.stream().map(Step::id).toList());
    requireUnique(name, "parameter", parameters.stream().map(Parameter::name).toList());
    requireKnownNames(name, parameters, steps);
  }

  /** Returns the step with this id; empty when there is none. */
  public Optional<Step> step(String id) {
    return steps.stream().filter(step -> step.id().equals(id)).findFirst();
  }

  /** Returns the parameter with this name; empty when there is none. */
  public Optional<Parameter> parameter(String wanted) {
    return parameters.stream().filter(parameter -> parameter.name().equals(wanted)).findFirst();
  }

  /**
   * Which incidents a runbook is meant for.
   *
   * @param service the service it belongs to; null or empty means any
   * @param severity the mildest severity it is meant for; null means any
   */
  public record When(String service, Severity severity) {
    /** Meant for every incident. */
    public static final When ALWAYS = new When("", null);

    /** Takes a missing service as any. */
    public When {
      service = service == null ? "" : service.strip();
    }

    /** Returns whether the runbook is meant for this severity: as bad as named, or worse. */
    public boolean coversSeverity(Severity actual) {
      return severity == null || severity == actual || actual.isWorseThan(severity);
    }

    /** Returns whether the runbook belongs to this very service, in any case. */
    public boolean isFor(String actual) {
      return !service.isEmpty() && service.equalsIgnoreCase(actual.strip());
    }
  }

  private static void requireUnique(String runbook, String what, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String each : names) {
      require(seen.add(each), "runbook " + runbook + " has the " + what + " " + each + " twice");
    }
  }

  private static void requireKnownNames(
      String runbook, List<Parameter> parameters, List<Step> steps) {
    Set<String> given = new HashSet<>();
    parameters.forEach(parameter -> given.add(parameter.name()));
    Set<String> earlier = new HashSet<>();
    for (Step step : steps) {
      for (String used : RequestTemplate.names(step)) {
        require(
            TemplateValues.isKnown(used, given, earlier),
            "runbook "
                + runbook
                + ", step "
                + step.id()
                + " uses {{"
                + used
                + "}}, which is not"
                + " known; known are "
                + TemplateValues.known(given, earlier));
      }
      earlier.add(step.id());
    }
  }

  static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import dev.muster.incident.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is to be done with alerts of a kind; the first rule that matches decides.
 *
 * @param match labels and the values they must have, in any case; {@code severity} is compared by
 *     {@link SeverityWord}, {@code source} with the source unless a label has that name; an empty
 *     map matches every alert
 * @param groupBy labels whose equal values put alerts into one incident; empty means each alert has
 *     its own
 * @param severity of the incident; empty means what the alert's own word stands for
 * @param service the affected service as a template over {@code {{labels.NAME}}}, {@code
 *     {{annotations.NAME}}} and {@code {{source}}}; may be empty
 * @param action what to do
 */
public record AlertRule(
    Map<String, String> match,
    List<String> groupBy,
    Optional<Severity> severity,
    String service,
    Action action) {

  /** What a rule does with a firing alert. */
  public enum Action {
    /** Declare an incident, or attach to the unclosed one of the group. */
    DECLARE,
    /** Attach to the unclosed incident of the group; without one, store it. */
    ATTACH,
    /** Store and list it, and say in the journal that a rule wanted it ignored. */
    IGNORE,
    /** Store and list it. */
    STORE;

    /** Returns the action as written in the configuration, in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String SEVERITY = "severity";
  private static final String SOURCE = "source";

  /** Keeps unmodifiable copies. */
  public AlertRule {
    match = Map.copyOf(match);
    groupBy = List.copyOf(groupBy);
  }

  /** Returns the rules that hold where none are configured: critical and page declare SEV2. */
  public static List<AlertRule> defaults() {
    return List.of(declaring("critical"), declaring("page"));
  }

  private static AlertRule declaring(String severity) {
    return new AlertRule(
        Map.of(SEVERITY, severity),
        List.of(),
        Optional.of(Severity.SEV2),
        "{{labels.service}}",
        Action.DECLARE);
  }

  /** Returns whether this rule is about the alert. */
  public boolean matches(Alert alert) {
    return match.entrySet().stream().allMatch(want -> has(alert, want.getKey(), want.getValue()));
  }

  private static boolean has(Alert alert, String name, String wanted) {
    String label = alert.labels().get(name);
    if (name.equals(SEVERITY)) {
      return isSameSeverity(label == null ? alert.severity() : label, wanted);
    }
    String value = label == null && name.equals(SOURCE) ? alert.key().source() : label;
    return value != null && value.strip().equalsIgnoreCase(wanted.strip());
  }

  private static boolean isSameSeverity(String value, String wanted) {
    SeverityWord word = SeverityWord.of(value);
    return value.strip().equalsIgnoreCase(wanted.strip())
        || word != SeverityWord.UNKNOWN && word == SeverityWord.of(wanted);
  }

  /** Returns the key of the alert's group under this rule. */
  public String groupKey(Alert alert) {
    if (groupBy.isEmpty()) {
      return "alert " + alert.key();
    }
    Map<String, String> values = new TreeMap<>();
    groupBy.forEach(name -> values.put(name, alert.labels().getOrDefault(name, "")));
    return "group " + AlertKey.ofLabels(alert.key().source(), values);
  }

  /** Returns the affected service, if the template gives a name. */
  public Optional<String> serviceOf(Alert alert) {
    String name = SafeText.line(AlertTemplate.fill(service, alert), 100);
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert.sender;

import dev.muster.alert.Alert;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The subject that Alertmanager and Grafana write by default: {@code [FIRING:2] values of the
 * group's labels (values of the other common labels)}. Both put the alert's name before the other
 * values, and both leave the names of labels out (template {@code __subject} of prometheus
 * alertmanager and of grafana alerting).
 *
 * @param status whether anything fires
 * @param count how many fire; 1 when the subject does not say
 * @param group the values of the group's labels, or the whole of a subject written by people
 * @param others the values of the other common labels; empty for none
 */
record Subject(Alert.Status status, int count, String group, String others) {

  private static final Pattern FORM =
      Pattern.compile(
          "^\\s*\\[(FIRING|RESOLVED)(?::([0-9]{1,6}))?(?:, ?RESOLVED:[0-9]{1,6})?\\]\\s*(.*)$",
          Pattern.CASE_INSENSITIVE);

  /** The words, strongest first. Others are too often something else. */
  private static final List<String> SEVERITIES =
      List.of("critical", "page", "fatal", "emergency", "error", "warning", "info");

  private static final Pattern ADDRESS_BEHIND = Pattern.compile("\\s+\\|\\s+https?://\\S*\\s*$");

  /** Reads a line as a subject. */
  static Optional<Subject> of(String line) {
    Matcher form = FORM.matcher(ADDRESS_BEHIND.matcher(line).replaceFirst(""));
    if (!form.matches()) {
      return Optional.empty();
    }
    boolean firing = form.group(1).equalsIgnoreCase("firing");
    int count = form.group(2) == null ? 1 : Integer.parseInt(form.group(2));
    String rest = form.group(3).strip();
    int open = opening(rest);
    return Optional.of(
        new Subject(
            firing ? Alert.Status.FIRING : Alert.Status.RESOLVED,
            Math.max(1, count),
            open < 0 ? rest : rest.substring(0, open).strip(),
            open < 0 ? "" : rest.substring(open + 1, rest.length() - 1).strip()));
  }

  /** Returns where the bracket begins that ends the line; -1 when none does. */
  private static int opening(String line) {
    if (!line.endsWith(")")) {
      return -1;
    }
    int depth = 0;
    for (int i = line.length() - 1; i >= 0; i--) {
      depth += line.charAt(i) == ')' ? 1 : line.charAt(i) == '(' ? -1 : 0;
      if (depth == 0) {
        return i == 0 || line.charAt(i - 1) == ' ' ? i : -1;
      }
    }
    return -1;
  }

  /** Returns all values. */
  String values() {
    return (group + " " + others).strip();
  }

  /** Returns the alert's name: the first value. */
  String name() {
    return List.of(values().split("\\s+", 2)).get(0);
  }

  /** Returns the first word among the values that senders use for a severity; empty for none. */
  String severity() {
    List<String> values = List.of(values().toLowerCase(Locale.ROOT).split("\\s+"));
    return SEVERITIES.stream().filter(values::contains).findFirst().orElse("");
  }
}

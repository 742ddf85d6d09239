// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import dev.muster.chat.spi.Default;
import dev.muster.incident.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may send alerts and what they lead to.
 *
 * @param sources who may send; each has its own address
 * @param rules what to do, first match wins; an alert that no rule matches is stored and listed;
 *     when none is written, {@link #USUAL_RULES} hold
 */
public record AlertSettings(
    @Default(DEFAULT_SOURCES) List<AlertSource> sources, List<AlertRule> rules) {

  static final String DEFAULT_SOURCES =
      """
      - { name: alertmanager, kind: alertmanager, token: "${ALERTMANAGER_TOKEN:-}" }
      - { name: generic, kind: generic, token: "${GENERIC_ALERT_TOKEN:-}" }
      """;

  /** Firing alerts whose label {@code severity} is critical or page declare SEV2. */
  public static final List<AlertRule> USUAL_RULES = List.of(declare("critical"), declare("page"));

  /** Puts in the usual rules when there are none. */
  public AlertSettings {
    rules = rules.isEmpty() ? USUAL_RULES : List.copyOf(rules);
  }

  /** Returns the source with this name. */
  public Optional<AlertSource> source(String name) {
    return sources.stream().filter(source -> source.name().equals(name)).findFirst();
  }

  private static AlertRule declare(String severity) {
    return new AlertRule(
        Map.of("severity", severity),
        List.of(),
        Severity.SEV2,
        "{{labels.service}}",
        AlertRule.Action.DECLARE);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import dev.muster.alert.AlertRule;
import java.util.List;
import java.util.Optional;

/**
 * Who may send alerts and what they lead to.
 *
 * @param sources who may send; each has its own address
 * @param rules what to do, first match wins; an alert that no rule matches is stored and listed.
 *     When none is written, {@link AlertRule#defaults()} hold
 */
public record AlertSettings(List<AlertSource> sources, List<AlertRule> rules) {

  /** Puts in the usual rules when there are none. */
  public AlertSettings {
    sources = List.copyOf(sources);
    rules = rules.isEmpty() ? AlertRule.defaults() : List.copyOf(rules);
  }

  /** Returns the source with this name. */
  public Optional<AlertSource> source(String name) {
    return sources.stream().filter(source -> source.name().equals(name)).findFirst();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import dev.muster.chat.spi.Default;
import dev.muster.chat.spi.Key;
import dev.muster.incident.Severity;
import java.util.List;
import java.util.Map;

/**
 * What to do with an alert; of a list of rules the first that matches wins.
 *
 * @param match labels and the values they must have; empty matches every alert
 * @param groupBy labels that make alerts belong to one incident; empty: the alert's own key does
 * @param severity of an incident that is declared
 * @param service template of the affected service, such as {@code {{labels.service}}}
 * @param action what to do
 */
public record AlertRule(
    Map<String, String> match,
    List<String> groupBy,
    @Default("SEV3") Severity severity,
    @Default("{{labels.service}}") String service,
    @Key("do") Action action) {

  /** What to do with an alert. */
  public enum Action {
    /** Open an incident, or attach to the open one of the same group. */
    DECLARE,
    /** Attach to an open incident of the same group; store it when there is none. */
    ATTACH,
    /** Note in the journal that it was ignored. */
    IGNORE,
    /** Store and list it. */
    STORE
  }
}

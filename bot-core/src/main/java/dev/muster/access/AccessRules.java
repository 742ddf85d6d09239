// SPDX-License-Identifier: Apache-2.0
package dev.muster.access;

import java.util.List;
import java.util.Map;

/**
 * Who has which level. People are written {@code platform:id}; a bare id is a user of the built-in
 * chat. The three lists hold people or names of groups. An empty list means nobody.
 *
 * @param everybody the level of every active person of the company
 * @param groups names of groups and their people
 * @param responders who may work on incidents, beyond {@code everybody}
 * @param approvers who may approve other people's requests
 * @param admins who may do everything
 */
public record AccessRules(
    Level everybody,
    Map<String, List<String>> groups,
    List<String> responders,
    List<String> approvers,
    List<String> admins) {

  /** Keeps unmodifiable copies. */
  public AccessRules {
    groups = Map.copyOf(groups);
    responders = List.copyOf(responders);
    approvers = List.copyOf(approvers);
    admins = List.copyOf(admins);
  }

  /** Returns rules by which everybody has one level and nobody has another. */
  public static AccessRules everybody(Level level) {
    return new AccessRules(level, Map.of(), List.of(), List.of(), List.of());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import java.util.List;
import java.util.Map;

/**
 * What a platform answered when it was asked who somebody is.
 *
 * @param asked whether it was asked at all
 * @param people profiles by what was asked for
 * @param groups members by the group's handle
 * @param silent what it gave no answer about
 */
record Lookups(
    boolean asked,
    Map<String, Profile> people,
    Map<String, List<Person>> groups,
    List<String> silent) {

  /** Nothing was asked yet. */
  static final Lookups NONE = new Lookups(false, Map.of(), Map.of(), List.of());

  Lookups {
    people = Map.copyOf(people);
    groups = Map.copyOf(groups);
    silent = List.copyOf(silent);
  }
}

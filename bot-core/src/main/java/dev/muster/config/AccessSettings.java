// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import dev.muster.access.AccessRules;
import dev.muster.access.Level;
import dev.muster.chat.spi.Default;
import dev.muster.chat.spi.Key;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may do what.
 *
 * @param defaultLevel what everybody else may do
 * @param groups names for lists of people
 * @param responders groups or people who may work on incidents, beyond the default
 * @param approvers groups or people who may approve; {@value #EVERYONE} means everybody who may
 *     respond
 * @param admins groups or people who may do everything, except approve an own request
 * @param linkByEmail whether people with one verified address on several platforms are one person
 */
public record AccessSettings(
    @Key("default") @Default("responder") Level defaultLevel,
    Map<String, List<String>> groups,
    List<String> responders,
    @Default("[" + EVERYONE + "]") List<String> approvers,
    List<String> admins,
    @Default("true") boolean linkByEmail) {

  /** Stands in {@code approvers} for everybody who may respond; no group may have this name. */
  public static final String EVERYONE = "everyone";

  /** Returns whether everybody who may respond may approve as well. */
  public boolean everyoneApproves() {
    return approvers.contains(EVERYONE);
  }

  /** Returns the people behind groups and names; {@link #EVERYONE} is nobody in particular. */
  public Set<String> people(List<String> groupsOrPeople) {
    Set<String> people = new LinkedHashSet<>();
    for (String name : groupsOrPeople) {
      if (!name.equals(EVERYONE)) {
        people.addAll(groups.getOrDefault(name, List.of(name)));
      }
    }
    return people;
  }

  /**
   * Returns the same as rules that decide: everyone who may respond may approve, if so configured.
   */
  public AccessRules rules() {
    boolean all = everyoneApproves() && defaultLevel == Level.RESPONDER;
    List<String> approving = new ArrayList<>(approvers);
    if (approving.remove(EVERYONE)) {
      approving.addAll(responders);
    }
    return new AccessRules(
        all ? Level.APPROVER : defaultLevel, groups, responders, approving, admins);
  }
}

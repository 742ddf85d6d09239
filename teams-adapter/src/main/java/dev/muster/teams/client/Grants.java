// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import dev.muster.chat.spi.Capability;
import dev.muster.chat.spi.CapabilityNeeds;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the tenant and the teams granted the app, as tokens, lists of consents and refused calls
 * show it, and what can be done with it. Asks nothing itself. Thread-safe.
 */
public final class Grants {

  /** What is not listed needs only what the product does not do its job without. */
  private static final CapabilityNeeds<Scope> NEEDS =
      new CapabilityNeeds<>(
          Map.of(
              Capability.PRIVATE_CHANNELS, List.of(Scope.CHAT_CREATE, Scope.CHAT_APP),
              Capability.ALL_MESSAGES_HEARD, List.of(Scope.CHANNEL_MESSAGES),
              Capability.HISTORY, List.of(Scope.CHANNEL_MESSAGES),
              Capability.ARCHIVE, List.of(Scope.CHANNEL_ARCHIVE)));

  private static final String EVERYWHERE = "";

  private final Set<Scope> wanted;
  private final Map<Scope, Set<String>> lacking = new EnumMap<>(Scope.class);

  /** Creates grants of which nothing is known yet. */
  public Grants(boolean privateChats) {
    wanted = EnumSet.allOf(Scope.class);
    if (!privateChats) {
      wanted.removeIf(scope -> scope.of() == Scope.Of.PRIVATE_CHATS);
      wanted.removeIf(scope -> scope.of() == Scope.Of.A_CHAT);
    }
  }

  /** Takes what a token lists: everything that was granted for the whole tenant. */
  public synchronized void ofTheTenant(Collection<String> roles) {
    for (Scope scope : wanted) {
      if (scope.isAmong(roles)) {
        lacking.remove(scope);
      } else if (scope.of() == Scope.Of.TENANT || scope.of() == Scope.Of.PRIVATE_CHATS) {
        lacking.put(scope, Set.of(EVERYWHERE));
      }
    }
  }

  /** Takes what a team consented to, beside what holds for the whole tenant. */
  public synchronized void ofTheTeam(
      String team, Collection<String> consented, Collection<String> roles) {
    for (Scope scope : wanted) {
      if (scope.of() == Scope.Of.TEAM) {
        note(scope, team, !scope.isAmong(consented) && !scope.isAmong(roles));
      }
    }
  }

  private void note(Scope scope, String team, boolean lacks) {
    Set<String> teams = new HashSet<>(lacking.getOrDefault(scope, Set.of()));
    boolean changed = lacks ? teams.add(team) : teams.remove(team);
    if (changed) {
      lacking.put(scope, Set.copyOf(teams));
    }
  }

  /**
   * Takes how a call ended that needs a permission.
   *
   * @param team the Entra group of the team it was about; empty for others
   * @param lacks whether it was refused for want of the permission
   */
  public synchronized void seen(Scope scope, String team, boolean lacks) {
    if (wanted.contains(scope)) {
      note(scope, team, lacks);
    }
  }

  /** Returns what is missing, the most needed first; nothing of what nobody knows. */
  public synchronized List<Scope> missing() {
    return Arrays.stream(Scope.values())
        .filter(scope -> !lacking.getOrDefault(scope, Set.of()).isEmpty())
        .sorted(Comparator.comparing(Scope::need))
        .toList();
  }

  /** Returns the permissions without which a capability is lost; none for what needs no more. */
  public static List<Scope> needs(Capability capability) {
    return NEEDS.of(capability);
  }

  /** Returns what can be done; everything of what nobody knows. */
  public Set<Capability> capabilities() {
    return NEEDS.without(missing());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import dev.muster.chat.spi.Capability;
import dev.muster.chat.spi.CapabilityNeeds;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the workspace granted the bot's token, as Slack says with every answer to it (Slack
 * documentation, authentication: header {@code x-oauth-scopes}), and what can be done with it. Asks
 * nothing itself. Thread-safe.
 */
public final class Grants {

  /** What is not listed needs only what the product does not do its job without. */
  private static final CapabilityNeeds<Scope> NEEDS =
      new CapabilityNeeds<>(
          Map.of(
              Capability.PINS, List.of(Scope.PINS_WRITE),
              Capability.BOOKMARKS, List.of(Scope.BOOKMARKS_READ, Scope.BOOKMARKS_WRITE),
              Capability.FILES, List.of(Scope.FILES_WRITE),
              Capability.REACTIONS_HEARD, List.of(Scope.REACTIONS_READ),
              Capability.PRIVATE_CHANNELS, List.of(Scope.GROUPS_WRITE),
              Capability.TOPIC, List.of(Scope.CHANNELS_MANAGE),
              Capability.INVITATIONS, List.of(Scope.CHANNELS_MANAGE),
              Capability.ARCHIVE, List.of(Scope.CHANNELS_MANAGE),
              Capability.HISTORY, List.of(Scope.CHANNELS_HISTORY),
              Capability.ALL_MESSAGES_HEARD, List.of(Scope.CHANNELS_HISTORY)));

  private Optional<Set<String>> granted = Optional.empty();
  private Set<Scope> refused = EnumSet.noneOf(Scope.class);

  /** Takes what Slack listed; nothing listed says nothing. */
  public synchronized void listed(Collection<String> words) {
    if (!words.isEmpty()) {
      granted = Optional.of(Set.copyOf(words));
      refused = EnumSet.noneOf(Scope.class);
    }
  }

  /** Takes the scopes that Slack named when it refused a call; a list of what is granted wins. */
  synchronized void refused(Collection<String> words) {
    if (granted.isEmpty()) {
      words.stream().flatMap(word -> Scope.of(word).stream()).forEach(refused::add);
    }
  }

  /** Reads a list as Slack writes it, such as {@code commands,chat:write}. */
  static Set<String> words(String list) {
    return Arrays.stream(list.split(","))
        .map(String::trim)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns what is missing, the most needed first; nothing while Slack has not said. */
  public synchronized List<Scope> missing() {
    return granted.map(Scope::missing).orElseGet(() -> List.copyOf(refused));
  }

  /** Returns the permissions without which a capability is lost; none for what needs no more. */
  public static List<Scope> needs(Capability capability) {
    return NEEDS.of(capability);
  }

  /** Returns what can be done; everything while Slack has not said. */
  public Set<Capability> capabilities() {
    return NEEDS.without(missing());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.teams.client.MessageIds;
import java.util.Optional;
import java.util.Set;

/**
 * The channels whose messages are read as alerts, by their ids. There a card was posted by a
 * program, also when a workflow posts it in the name of the person who made the workflow.
 * Thread-safe.
 */
public final class AlertPlaces {

  private volatile Set<String> channels = Set.of();

  /** Takes the ids of the channels. */
  public void are(Set<String> ids) {
    channels = Set.copyOf(ids);
  }

  /** Returns whether messages of that channel are read as alerts. */
  public boolean has(String channel) {
    return channels.contains(channel);
  }

  /** Returns who posted a message; the workflow, where a person did not type it. */
  Profile author(Profile by, String channel, boolean card) {
    if (by.bot() || !card || !has(channel)) {
      return by;
    }
    Person person = by.person();
    UserRef workflow = new UserRef(MessageIds.PLATFORM, "28:workflow-of-" + person.ref().id());
    return new Profile(
        new Person(workflow, person.name() + " (workflow)"),
        Optional.empty(),
        Optional.empty(),
        true,
        by.external(),
        true);
  }
}

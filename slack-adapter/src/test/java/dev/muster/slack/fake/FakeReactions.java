// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reactions as a message in the history shows them: each name once, with everybody who gave it, the
 * bot among them, and how many they are. Slack documentation, reactions.get. Callers lock.
 */
final class FakeReactions {

  private FakeReactions() {}

  /** Adds somebody's reaction to a message or takes it back; returns whether that was a change. */
  static boolean set(ObjectNode message, String user, String name, boolean there) {
    ArrayNode reactions = message.withArray("/reactions");
    for (int i = 0; i < reactions.size(); i++) {
      ObjectNode reaction = (ObjectNode) reactions.get(i);
      if (reaction.path("name").asText().equals(name)) {
        return change(reactions, i, user, there);
      }
    }
    if (there) {
      reactions.addObject().put("name", name).put("count", 1).putArray("users").add(user);
    }
    return there;
  }

  private static boolean change(ArrayNode reactions, int at, String user, boolean there) {
    ObjectNode reaction = (ObjectNode) reactions.get(at);
    ArrayNode users = (ArrayNode) reaction.path("users");
    int found = -1;
    for (int i = 0; i < users.size(); i++) {
      JsonNode one = users.get(i);
      found = one.asText().equals(user) ? i : found;
    }
    if (found >= 0 == there) {
      return false;
    }
    if (there) {
      users.add(user);
    } else {
      users.remove(found);
    }
    reaction.put("count", users.size());
    if (users.isEmpty()) {
      reactions.remove(at);
    }
    return true;
  }
}

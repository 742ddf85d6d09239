// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.slack.client.Identity;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What surrounds an event and tells where it belongs.
 *
 * @param team the workspace
 * @param app our app's id; empty when unknown
 * @param botUsers our bot's user in the installations that see the event
 * @param eventId Slack's id of the event; empty when it has none
 * @param whole the whole payload; empty for what was read from the history
 */
record Envelope(
    String team, String app, Set<String> botUsers, String eventId, Optional<JsonNode> whole) {

  Envelope {
    botUsers = Set.copyOf(botUsers);
  }

  /** Reads the envelope of a live event. */
  static Envelope of(JsonNode payload) {
    Set<String> bots = new HashSet<>();
    for (JsonNode seen : payload.path("authorizations")) {
      if (seen.path("is_bot").asBoolean(false)) {
        bots.add(StrictJson.text(seen, "user_id"));
      }
    }
    return new Envelope(
        StrictJson.text(payload, "team_id"),
        StrictJson.text(payload, "api_app_id"),
        bots,
        StrictJson.text(payload, "event_id"),
        Optional.of(payload));
  }

  /** Returns whether the event is for this installation; a shared channel tells several. */
  boolean isFor(Identity.Self self) {
    return team.equals(self.teamId()) || botUsers.contains(self.userId());
  }

  /** Returns whether people of another organisation are in the channel it happened in. */
  boolean isShared() {
    return whole.filter(w -> w.path("is_ext_shared_channel").asBoolean(false)).isPresent();
  }

  /** Returns the envelope of what we read ourselves. */
  static Envelope ofHistory(Identity.Self self) {
    return new Envelope(self.teamId(), "", Set.of(self.userId()), "", Optional.empty());
  }
}

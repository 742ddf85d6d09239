// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UserRef;
import dev.muster.incident.IncidentId;

/**
 * That somebody wants the news of an incident as direct messages.
 *
 * @param incident of which incident
 * @param user who
 */
record Subscription(IncidentId incident, UserRef user) {

  /** Returns the name under which it is kept. */
  String key() {
    return incident + "/" + user;
  }
}

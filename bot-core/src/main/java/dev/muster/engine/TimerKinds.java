// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.incident.IncidentId;
import dev.muster.store.Timers.Timer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The kinds of timers there are. */
final class TimerKinds {
  static final String SUMMARY = "summary";
  static final String ESCALATION = "escalation";
  static final String APPROVAL = "approval_expiry";
  static final String ARCHIVE = "archive";
  static final String HANDOVER = "handover";

  /** The commander may have been silent for too long. */
  static final String COMMAND_WATCH = "command_watch";

  /** What was said lately is read once more. */
  static final String ROOM_READ = "room_read";

  /** The postmortem is drafted, once what was said has been read to the end. */
  static final String DRAFT = "draft";

  /** Who is in a private channel is compared with the members. */
  static final String ROOM_WATCH = "room_watch";

  /** A person's screen changed; its subject is the person. */
  static final String HOME = "home";

  /** The end of an alert's snooze. */
  static final String SNOOZE = "snooze";

  private TimerKinds() {}

  /** Returns a timer about an incident as a whole. */
  static Timer timer(String kind, IncidentId incident, Instant due) {
    return new Timer(kind, incident.toString(), Optional.of(incident), due, Map.of());
  }
}

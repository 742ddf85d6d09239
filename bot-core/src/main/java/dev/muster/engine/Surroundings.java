// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChatEvent;

/** Takes what happens around the conversations: to channels, to people, to the platform itself. */
final class Surroundings {

  private final Rooms rooms;
  private final RoomChanges changes;
  private final Absences absences;
  private final Notices notices;

  Surroundings(Rooms rooms, RoomChanges changes, Absences absences, Notices notices) {
    this.rooms = rooms;
    this.changes = changes;
    this.absences = absences;
    this.notices = notices;
  }

  /** Handles one event; what is none of our business leaves no trace. */
  void handle(Moment moment, ChatEvent event) {
    if (event instanceof ChatEvent.MemberJoined e) {
      rooms.joined(moment, e);
    } else if (event instanceof ChatEvent.MemberLeft e) {
      rooms.left(moment, e);
    } else if (event instanceof ChatEvent.ChannelChanged e) {
      changes.changed(moment, e);
    } else if (event instanceof ChatEvent.ChannelMoved e) {
      changes.moved(moment, e);
    } else if (event instanceof ChatEvent.PersonChanged e) {
      absences.changed(moment, e);
    } else if (event instanceof ChatEvent.OperatorNotice e) {
      notices.heard(moment, e);
    }
  }
}

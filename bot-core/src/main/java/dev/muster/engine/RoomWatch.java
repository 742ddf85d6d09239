// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.Profile;
import dev.muster.effect.Priority;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.Space;
import dev.muster.store.Timers.Timer;
import dev.muster.timeline.EntryKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Looks from time to time who is in the private channel of an open incident: whoever is there reads
 * it, whether the incident counts them in or not; every ten minutes and at each arrival, and each
 * person is told of once.
 */
final class RoomWatch {

  /** How often the people in a private channel are compared with the members. */
  static final Duration EVERY = Duration.ofMinutes(10);

  private RoomWatch() {}

  /** Plans the next look, while there is something to watch. */
  static void plan(Moment moment, Incident incident) {
    if (incident.isPrivate() && incident.status().isOpen()) {
      moment
          .tx()
          .timers()
          .set(TimerKinds.timer(TimerKinds.ROOM_WATCH, incident.id(), moment.now().plus(EVERY)));
    }
  }

  /** Orders a look at every channel of the incident, and plans the next. */
  static void due(Moment moment, Timer timer) {
    Optional<Incident> found = timer.incident().flatMap(id -> moment.tx().incidents().find(id));
    if (found.isEmpty() || !found.get().status().isOpen() || !found.get().isPrivate()) {
      return;
    }
    for (Space space : found.get().spaces()) {
      if (space.thread().isEmpty()) {
        new Orders(moment).checkMembers(found.get().id(), space.platform());
      }
    }
    plan(moment, found.get());
  }

  /**
   * Somebody whom the incident does not count in is in its private channel. A colleague was let in
   * by a member and is counted in; nobody else ever is.
   */
  static void stranger(Moment moment, Incident incident, ChannelRef channel, Profile who) {
    boolean colleague = who.active() && !who.external() && !who.bot();
    if (colleague) {
      Facts.write(
          moment,
          incident,
          new IncidentEvent.MemberAdded(who.person()),
          new Actor.Human(who.person()),
          "joined the channel");
      HomeDesk.changedFor(moment, who.person().ref());
    }
    String note = "stranger/" + incident.id() + "/" + who.person().ref();
    if (moment.tx().note(note).isPresent()) {
      return;
    }
    moment.tx().keepNote(note, moment.now().toString());
    String name = who.person().name().isBlank() ? who.person().ref().id() : who.person().name();
    String text =
        colleague
            ? name
                + " is in the private channel of "
                + incident.id()
                + ", brought in by hand, and can read all of it."
            : name
                + ", "
                + kind(who)
                + ", is in the private channel of "
                + incident.id()
                + " and is no member of it.";
    Facts.bot(
        moment,
        incident.id(),
        EntryKind.CHANNEL_CHANGED,
        text,
        Map.of("platform", channel.platform(), "to", "stranger", "user", "" + who.person().ref()));
    alarm(moment, incident, channel, who, text + " If that is not meant, take them out.");
  }

  private static String kind(Profile who) {
    if (who.bot()) {
      return "a program";
    }
    return who.external() ? "a guest or somebody of another organisation" : "deactivated";
  }

  private static void alarm(
      Moment moment, Incident incident, ChannelRef channel, Profile who, String text) {
    Entrance.tellSomebody(
        moment,
        incident.id(),
        channel.platform(),
        "stranger/" + incident.id() + "/" + who.person().ref(),
        text);
    if (who.external() || who.bot()) {
      new Orders(moment)
          .show(
              incident.id(),
              channel.platform(),
              "stranger/" + who.person().ref(),
              Priority.PAGING,
              BotMessage.line(text).withTone(Tone.URGENT));
    }
  }
}

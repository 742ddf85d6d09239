// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.Space;
import dev.muster.timeline.EntryKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows what happens to incident channels behind the bot's back. */
final class RoomChanges {

  private final IncidentLifecycle lifecycle;
  private final Quarters quarters;
  private final Notices notices;

  RoomChanges(IncidentLifecycle lifecycle, Quarters quarters, Notices notices) {
    this.lifecycle = lifecycle;
    this.quarters = quarters;
    this.notices = notices;
  }

  /** Follows a change of a channel. */
  void changed(Moment moment, ChatEvent.ChannelChanged event) {
    switch (event.change()) {
      case SHARED -> new SharedChannels(moment.tx()).note(event.channel(), moment.now());
      case UNSHARED -> new SharedChannels(moment.tx()).forget(event.channel());
      default -> {}
    }
    Optional<Incident> found = moment.tx().incidents().livingIn(event.channel());
    if (found.isEmpty()) {
      if (event.change() == ChatEvent.ChannelChanged.Change.UNARCHIVED) {
        quarters.found(moment, event.channel(), event.name());
      }
      return;
    }
    Incident incident = found.get();
    Space space = incident.spaceOn(event.channel().platform()).orElseThrow();
    switch (event.change()) {
      case RENAMED -> renamed(moment, incident, space, event.name());
      case ARCHIVED -> quarters.lost(moment, incident, space, "archived");
      case DELETED -> quarters.lost(moment, incident, space, "deleted");
      case UNARCHIVED -> {
        new LostChannels(moment).forget(event.channel());
        note(moment, incident, space, "was unarchived", "unarchived");
      }
      case SHARED -> shared(moment, incident, space);
      case UNSHARED -> {
        note(moment, incident, space, "is for this organisation alone again", "unshared");
        quarters.covered(moment, incident, space);
      }
      case BOT_REMOVED -> Entrance.botRemoved(moment, incident, space, event.at());
      case BOT_ADDED -> Entrance.back(moment, incident.id(), event.channel());
    }
  }

  private static void note(
      Moment moment, Incident incident, Space space, String what, String word) {
    Facts.bot(
        moment,
        incident.id(),
        EntryKind.CHANNEL_CHANGED,
        "Channel #" + space.name() + " " + what + ".",
        Map.of("platform", space.platform(), "to", word));
  }

  /** A name that people chose stays; it is shown everywhere from now on. */
  private void renamed(Moment moment, Incident incident, Space before, String name) {
    Space now = new Space(before.channel(), name, before.url(), before.thread());
    if (!name.isBlank() && !now.equals(before)) {
      change(moment, incident, now);
    }
  }

  private void change(Moment moment, Incident incident, Space now) {
    lifecycle.record(
        moment, incident, List.of(new IncidentEvent.SpaceChanged(now)), new Actor.Bot(), "");
  }

  /** People outside can read along: everybody in the channel is warned, at a private one loudly. */
  private void shared(Moment moment, Incident incident, Space space) {
    if (!incident.isPrivate()) {
      note(moment, incident, space, "was shared with another organisation", "shared");
    }
    String words =
        incident.isPrivate()
            ? "People of another organisation can read #"
                + space.name()
                + " from now on. Stop writing here. The bot says nothing more here until the"
                + " sharing has ended."
            : "People of another organisation can read #"
                + space.name()
                + " from now on. They may read, and press no button.";
    BotMessage warning = BotMessage.line(words).withTone(Tone.URGENT);
    String slot = "shared/" + moment.now();
    if (incident.isPrivate()) {
      Target here = new Target.InChannel(space.channel());
      new Orders(moment).show(here, slot, "", Priority.PAGING, warning);
      quarters.exposed(moment, incident, space);
      notices.raise(
          moment,
          space.platform(),
          "shared/" + space.channel().id(),
          "A private channel of Muster's was shared with another organisation. Whoever is in it was"
              + " warned. End the sharing in the channel's settings.");
    } else {
      new Orders(moment).show(incident.id(), space.platform(), slot, Priority.PAGING, warning);
    }
  }

  /** The platform gave the channel another identifier: everything follows in one step. */
  void moved(Moment moment, ChatEvent.ChannelMoved event) {
    moment.tx().slots().moved(event.from(), event.to());
    for (Incident incident : moment.tx().incidents().unclosedInThreadsOf(event.from())) {
      incident
          .spaceOn(event.from().platform())
          .filter(space -> space.channel().equals(event.from()))
          .ifPresent(space -> change(moment, incident, at(space, event.to())));
    }
    moment
        .tx()
        .incidents()
        .livingIn(event.from())
        .flatMap(
            incident -> incident.spaceOn(event.from().platform()).map(s -> Map.entry(incident, s)))
        .ifPresent(closed -> change(moment, closed.getKey(), at(closed.getValue(), event.to())));
    quarters.moved(moment, event.from(), event.to());
    if (isNamed(moment, event.from())) {
      notices.raise(
          moment,
          event.from().platform(),
          "channel-id",
          "The channel "
              + event.from().id()
              + " of the configuration is known as "
              + event.to().id()
              + " now. Write the new identifier into bot.yaml and reload it.");
    }
  }

  private static Space at(Space space, ChannelRef channel) {
    String url = space.url().replace(space.channel().id(), channel.id());
    return new Space(channel, space.name(), url, space.thread());
  }

  private static boolean isNamed(Moment moment, ChannelRef channel) {
    String platform = channel.platform();
    return moment.settings().announceChannel(platform).equals(channel.id())
        || moment
            .settings()
            .alertChannels()
            .getOrDefault(platform, Set.of())
            .contains(channel.id());
  }
}

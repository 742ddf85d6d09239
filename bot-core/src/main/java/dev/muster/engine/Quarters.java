// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Button;
import dev.muster.chat.ChannelRef;
import dev.muster.effect.Effect;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Space;
import dev.muster.store.ActionStore.Use;
import dev.muster.timeline.EntryKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where an incident lives on a platform: its channel; the thread of its announcement when there can
 * be no channel or it was lost; its page alone when there is not even that.
 */
final class Quarters {

  /** The notice that no channel can be opened; the next one that is ends it. */
  private static final String NO_CHANNELS = "channels";

  private final Platforms platforms;
  private final IncidentLifecycle lifecycle;
  private final Notices notices;
  private final Tokens tokens;

  Quarters(Platforms platforms, IncidentLifecycle lifecycle, Notices notices, Tokens tokens) {
    this.platforms = platforms;
    this.lifecycle = lifecycle;
    this.notices = notices;
    this.tokens = tokens;
  }

  /**
   * Takes over the channel that was ordered, unless other people see the incident by now.
   *
   * @param described whether topic and purpose stand there; else they are set beside everything
   */
  void opened(Moment moment, Effect.OpenChannel order, Space space, boolean described) {
    if (!isStillWanted(moment, order)) {
      Withdrawal.abandon(moment, order, space);
      return;
    }
    opened(moment, order.incident(), space, ChannelHead.of(moment, order, described));
  }

  /** Returns whether the incident is to be read by whoever can read the channel ordered. */
  private static boolean isStillWanted(Moment moment, Effect.OpenChannel order) {
    return moment
        .tx()
        .incidents()
        .find(order.incident())
        .filter(incident -> incident.isPrivate() != order.spec().isPrivate())
        .isEmpty();
  }

  /** Takes a place over; what stood in the place before is shown anew in this one. */
  void opened(Moment moment, IncidentId id, Space space, String topic) {
    Optional<Incident> found = moment.tx().incidents().find(id);
    if (found.isEmpty()) {
      return;
    }
    Incident incident = found.get();
    Optional<Space> before = incident.spaceOn(space.platform());
    if (before.isPresent()) {
      Target target = new Target.InIncident(id, space.platform());
      moment.tx().slots().removeAll(EffectCarrier.slotKey(target));
      FirstSteps.forget(moment, id, space.platform());
      before.get().thread().ifPresent(root -> sayMovedOn(moment, id, before.get(), space));
    }
    if (space.thread().isEmpty()) {
      notices.over(moment, space.platform(), NO_CHANNELS);
    }
    ChannelWish.granted(moment, id, space);
    moment.tx().keepNote(ChannelHead.topicNote(id, space.platform()), topic);
    lifecycle.record(
        moment, incident, List.of(new IncidentEvent.SpaceOpened(space)), new Actor.Bot(), "");
    if (space.thread().isPresent()) {
      sayHowThreadsWork(moment, id, space);
    }
  }

  private static void sayMovedOn(Moment moment, IncidentId id, Space before, Space now) {
    if (now.thread().isEmpty()) {
      new Orders(moment)
          .show(
              new Target.InChannel(before.channel()),
              "moved-on/" + id + "/" + now.channel().id(),
              "#" + before.thread().orElseThrow(),
              Priority.CARDS,
              BotMessage.line(id + " goes on in #" + now.name() + "."));
    }
  }

  private void sayHowThreadsWork(Moment moment, IncidentId id, Space space) {
    new Orders(moment)
        .show(
            id,
            space.platform(),
            "in-thread",
            Priority.CARDS,
            BotMessage.line(
                id
                    + " goes on in this thread: it has no channel of its own. Messages here become"
                    + " its timeline. Give commands here like this: "
                    + platforms.addressing(space.platform()).inThreads()
                    + "status"));
  }

  /** The channel could not be opened: go on in the thread, and tell who can mend it. */
  void notOpened(Moment moment, Effect.OpenChannel order, String reason) {
    if (!isStillWanted(moment, order)) {
      return;
    }
    notices.raise(moment, order.platform(), NO_CHANNELS, reason);
    moment
        .tx()
        .incidents()
        .find(order.incident())
        .ifPresent(incident -> ChannelWish.refused(moment, incident, order.platform(), reason));
    moment
        .tx()
        .incidents()
        .find(order.incident())
        .filter(incident -> incident.spaceOn(order.platform()).isEmpty())
        .ifPresent(incident -> takeShelter(moment, incident, order.platform()));
  }

  /** A private incident never goes where everybody reads. */
  private void takeShelter(Moment moment, Incident incident, String platform) {
    if (incident.isPrivate()) {
      nowhere(moment, incident.id(), platform);
    } else {
      new Orders(moment).openThread(incident.id(), platform);
    }
  }

  /** There is no place to talk: the people in it learn where the incident goes on. */
  void nowhere(Moment moment, IncidentId id, String platform) {
    Optional<Incident> found = moment.tx().incidents().find(id);
    if (found.isEmpty()) {
      return;
    }
    String page = moment.settings().publicUrl() + "/incidents/" + id;
    Facts.bot(
        moment,
        id,
        EntryKind.CHANNEL_CHANGED,
        "There is no channel on " + platform + ". The incident goes on at its page.",
        Map.of("platform", platform));
    found.get().members().stream()
        .filter(member -> member.platform().equals(platform))
        .forEach(
            member ->
                new Orders(moment)
                    .show(
                        new Target.Direct(member),
                        "nowhere/" + id,
                        "",
                        Priority.PEOPLE,
                        BotMessage.line(id + " has no channel. It goes on at its page: " + page)));
  }

  /** People of another organisation read the channel: a private incident is not told there. */
  void exposed(Moment moment, Incident incident, Space space) {
    if (!new LostChannels(moment).has(incident.id(), space.channel())) {
      lost(moment, incident, space, "shared with another organisation");
    }
  }

  /** A private incident is told in its channel again. */
  void covered(Moment moment, Incident incident, Space space) {
    if (new LostChannels(moment).has(incident.id(), space.channel())) {
      new LostChannels(moment).forget(space.channel());
      FirstSteps.forget(moment, incident.id(), space.platform());
      lifecycle.record(
          moment, incident, List.of(new IncidentEvent.SpaceChanged(space)), new Actor.Bot(), "");
    }
  }

  /** The channel was closed or deleted behind our back while the incident is not done. */
  void lost(Moment moment, Incident incident, Space space, String what) {
    if (incident.status() == IncidentStatus.CLOSED
        || Places.isOpening(moment.tx(), incident.id(), space.platform())
        || new LostChannels(moment).has(incident.id(), space.channel())) {
      return;
    }
    new LostChannels(moment).keep(incident, space);
    Facts.bot(
        moment,
        incident.id(),
        EntryKind.CHANNEL_CHANGED,
        "Channel #" + space.name() + " was " + what + " by somebody. The incident stays open.",
        Map.of("platform", space.platform(), "channel", space.channel().id(), "to", what));
    takeShelter(moment, incident, space.platform());
    offerNewChannel(moment, incident, space, what);
  }

  private void offerNewChannel(Moment moment, Incident incident, Space space, String what) {
    String slot = "lost/" + space.channel().id();
    ButtonMint mint = new ButtonMint(moment, tokens, slot, Optional.of(incident.id()));
    Button button =
        mint.button(
            "Open a new channel",
            Press.NEW_CHANNEL,
            Use.ONCE,
            Map.of("platform", space.platform()));
    BotMessage offer =
        BotMessage.card(
                "#"
                    + space.name()
                    + " was "
                    + what
                    + ", and "
                    + incident.id()
                    + " is still "
                    + incident.status().word()
                    + ".",
                incident.id() + " has lost its channel")
            .withButtons(List.of(button))
            .withTone(Tone.WARNING);
    if (!incident.isPrivate()) {
      new Orders(moment).show(incident.id(), space.platform(), slot, Priority.CARDS, offer);
    }
    incident
        .commander()
        .filter(commander -> commander.ref().platform().equals(space.platform()))
        .ifPresent(
            commander ->
                new Orders(moment)
                    .show(
                        new Target.Direct(commander.ref()),
                        slot + "/" + incident.id(),
                        "",
                        Priority.PEOPLE,
                        offer));
  }

  /** A channel that was lost can be posted to again: the incident moves back. */
  void found(Moment moment, ChannelRef channel, String name) {
    new LostChannels(moment)
        .find(channel)
        .ifPresent(lost -> takeBack(moment, channel, new Space(channel, name, lost.url())));
  }

  /**
   * A channel has another identifier. An order that still went to the old one may have been refused
   * before this was heard, and the incident left; then it comes back.
   */
  void moved(Moment moment, ChannelRef from, ChannelRef to) {
    Optional<LostChannels.Lost> lost = new LostChannels(moment).find(from);
    if (lost.isEmpty()) {
      return;
    }
    String url = lost.get().url().replace(from.id(), to.id());
    takeBack(moment, from, new Space(to, lost.get().name(), url));
    new LostChannels(moment).forget(from);
    moment
        .tx()
        .incidents()
        .livingIn(to)
        .filter(incident -> incident.status() != IncidentStatus.CLOSED)
        .ifPresent(
            incident ->
                new Orders(moment)
                    .show(
                        incident.id(),
                        to.platform(),
                        "lost/" + from.id(),
                        Priority.CARDS,
                        BotMessage.line(
                            "This channel was not lost: its identifier changed. "
                                + incident.id()
                                + " goes on here.")));
  }

  /** Lets the incident that lost a channel live in it again, unless it has another by now. */
  private void takeBack(Moment moment, ChannelRef channel, Space now) {
    new LostChannels(moment)
        .find(channel)
        .flatMap(lost -> moment.tx().incidents().find(lost.incident()).filter(lost::suits))
        .filter(incident -> incident.status() != IncidentStatus.CLOSED)
        .filter(
            incident ->
                incident
                    .spaceOn(channel.platform())
                    .map(space -> space.thread().isPresent())
                    .orElse(true))
        .ifPresent(
            incident -> {
              new LostChannels(moment).forget(channel);
              opened(moment, incident.id(), now, "");
            });
  }

  /** The thread takes over, unless the channel that was lost is there again by now. */
  void sheltered(Moment moment, IncidentId id, Space thread) {
    if (!stands(moment, id, thread.platform())) {
      opened(moment, id, thread, "");
    }
  }

  /** There is no thread to go on in either, which matters only while there is no channel. */
  void notSheltered(Moment moment, IncidentId id, String platform) {
    if (!stands(moment, id, platform)) {
      nowhere(moment, id, platform);
    }
  }

  private static boolean stands(Moment moment, IncidentId id, String platform) {
    return moment
        .tx()
        .incidents()
        .find(id)
        .flatMap(incident -> incident.spaceOn(platform))
        .filter(space -> space.thread().isEmpty())
        .filter(space -> !new LostChannels(moment).has(id, space.channel()))
        .isPresent();
  }

  /** Opens a channel because a person asks for one. */
  void openAgain(Exchange exchange, Incident incident, String platform) {
    Moment moment = exchange.moment();
    boolean hasOne = stands(moment, incident.id(), platform);
    if (hasOne || incident.status() == IncidentStatus.CLOSED) {
      exchange.tell(incident.id() + " needs no new channel. Nothing was done.");
      return;
    }
    ReactionDesk.openChannel(moment, incident, platform);
    new Orders(moment)
        .invite(
            incident.id(),
            platform,
            incident.members().stream()
                .filter(member -> member.platform().equals(platform))
                .filter(member -> Entrance.mayEnter(moment.tx().people(), member))
                .map(member -> People.known(moment, member))
                .toList());
    ChannelWish.made(exchange, incident);
    exchange.tell("A new channel for " + incident.id() + " is being opened.");
  }

  /** Bots may not bring a channel back everywhere; a member can. */
  void askToUnarchive(Moment moment, IncidentId id, ChannelRef channel, String why) {
    String name =
        moment
            .tx()
            .incidents()
            .find(id)
            .flatMap(incident -> incident.spaceOn(channel.platform()))
            .map(Space::name)
            .orElse(channel.id());
    Facts.bot(
        moment,
        id,
        EntryKind.EFFECT_FAILED,
        "The bot may not unarchive #" + name + ": " + why,
        Map.of("reason", "unarchive_refused"));
    Entrance.tellSomebody(
        moment,
        id,
        channel.platform(),
        "unarchive/" + channel.id() + "/" + moment.now(),
        id
            + " is open again, and I may not bring its channel back. Please take #"
            + name
            + " out of the archive by hand, in the menu of the channel.");
    moment
        .tx()
        .incidents()
        .find(id)
        .ifPresent(
            incident ->
                incident
                    .spaceOn(channel.platform())
                    .ifPresent(space -> lost(moment, incident, space, "archived")));
  }
}

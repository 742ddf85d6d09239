// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.effect.Effect;
import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Space;
import dev.muster.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Takes an incident out of the channels it had, because other people see it from now on. What the
 * bot said where everybody reads goes; what people wrote there stays. Every step is an order of its
 * own, so that a move that is interrupted goes on.
 */
final class Withdrawal {

  private final Moment moment;
  private final Incident incident;
  private final boolean toPrivate;

  /**
   * Prepares the move.
   *
   * @param incident as it was before
   */
  Withdrawal(Moment moment, Incident incident, boolean toPrivate) {
    this.moment = moment;
    this.incident = incident;
    this.toPrivate = toPrivate;
  }

  /** Forgets what stood in the old places; orders that what nobody may read there goes. */
  void takeDown() {
    for (Space space : incident.spaces()) {
      Target own = new Target.InIncident(incident.id(), space.platform());
      if (toPrivate) {
        takeDown(space, moment.tx().slots().beginning(EffectCarrier.slotKey(own), ""));
      }
      moment.tx().slots().removeAll(EffectCarrier.slotKey(own));
      moment.tx().keepNote("ready/" + EffectCarrier.slotKey(own), "");
      moment.tx().keepNote(RoomCarrier.replacedNote(own), "");
      FirstSteps.forget(moment, incident.id(), space.platform());
      new LostChannels(moment).forget(space.channel());
      FormerPlaces.left(moment, incident, space);
      sayGoodbye(space);
    }
    if (toPrivate) {
      ReactionDesk.platformsOf(moment, incident).forEach(this::announceNoMore);
      new MergedTraces(moment, incident).takeDown();
    }
  }

  private void takeDown(Space space, Map<String, MessageRef> standing) {
    Target old = new Target.InChannel(space.channel());
    if (space.thread().isEmpty()) {
      moment
          .tx()
          .slots()
          .beginning(EffectCarrier.slotKey(old), "")
          .keySet()
          .forEach(slot -> new Orders(moment).withdraw(incident.id(), old, slot, Optional.empty()));
    }
    standing.forEach(
        (slot, message) -> {
          boolean head = slot.equals(Cards.HEADLINE) && space.thread().isEmpty();
          moment.tx().slots().put(EffectCarrier.slotKey(old), left(slot), message);
          new Orders(moment)
              .withdraw(
                  incident.id(),
                  old,
                  left(slot),
                  head ? Optional.of(elsewhere(incident.id())) : Optional.empty());
        });
  }

  private String left(String slot) {
    return "left/" + incident.id() + "/" + slot;
  }

  /** Returns what stands where nothing more may be read of an incident. */
  static BotMessage elsewhere(IncidentId id) {
    return BotMessage.line(id + " goes on among its members. Nothing more is said about it here.");
  }

  private void sayGoodbye(Space space) {
    String words =
        toPrivate
            ? incident.id()
                + " goes on elsewhere, among its members. What is written here from now on is no"
                + " part of it. Please write nothing more about it here."
            : incident.id()
                + " is public now and goes on in a channel open to everybody. This one is closed;"
                + " whoever is in it can still read it.";
    new Orders(moment)
        .show(
            new Target.InChannel(space.channel()),
            left("goodbye/" + moment.now()),
            space.thread().map(root -> "#" + root).orElse(""),
            Priority.PEOPLE,
            BotMessage.line(words));
  }

  /** What is on its way there counts as well: it may have arrived without our knowing. */
  private void announceNoMore(String platform) {
    Target there = new Target.Announcements(platform);
    String target = EffectCarrier.slotKey(there);
    String card = Cards.announcementSlot(incident);
    Set<String> slots =
        new TreeSet<>(moment.tx().slots().beginning(target, incident.id() + "/").keySet());
    Stream.of(card, CrowdedAnnouncements.slot(incident.id()))
        .filter(slot -> moment.tx().slots().find(target, slot).isPresent())
        .forEach(slots::add);
    for (QueuedEffect order : moment.tx().effects().unfinished(incident.id())) {
      if (order.effect() instanceof Effect.ShowMessage show && show.target().equals(there)) {
        slots.add(show.slot());
      }
    }
    for (String slot : slots) {
      Optional<BotMessage> instead =
          slot.equals(card) ? Optional.of(elsewhere(incident.id())) : Optional.empty();
      new Orders(moment).withdraw(incident.id(), there, slot, instead);
    }
  }

  /** Orders that the old channels are closed, after the new ones were ordered. */
  void leave() {
    for (Space space : incident.spaces()) {
      if (space.thread().isEmpty()) {
        close(moment, incident.id(), space, toPrivate);
      }
    }
  }

  /** Closes a channel that was opened for people who see the incident no more, or not alone. */
  static void abandon(Moment moment, Effect.OpenChannel order, Space space) {
    close(moment, order.incident(), space, !order.spec().isPrivate());
  }

  private static void close(Moment moment, IncidentId id, Space space, boolean everybodyReads) {
    List<String> links =
        everybodyReads
            ? IncidentLink.current(moment, id).stream().map(IncidentLink::url).toList()
            : List.of();
    Optional<String> neutral =
        everybodyReads ? Optional.of("inc-" + id.number() + "-moved") : Optional.empty();
    new Orders(moment)
        .leave(new Effect.LeaveChannel(id, space.channel(), space.name(), neutral, links));
  }

  /**
   * Closes a channel: first what its head says about the incident goes, then nobody can write
   * there. Each step may be done again. What a platform forbids is left out.
   */
  static Settlement leave(ChatPlatform platform, Effect.LeaveChannel e) {
    if (e.neutral().isPresent()) {
      for (String link : e.links()) {
        Optional<Settlement> waits = waits(platform.unbookmark(e.channel(), link));
        if (waits.isPresent()) {
          return waits.get();
        }
      }
      String head = e.incident() + " goes on elsewhere";
      Optional<Settlement> waits =
          waits(platform.setTopic(e.channel(), head))
              .or(() -> waits(platform.setPurpose(e.channel(), head)))
              .or(() -> waits(platform.rename(e.channel(), e.neutral().get())));
      if (waits.isPresent()) {
        return waits.get();
      }
    }
    return ChatCarrier.orElse(
        platform.archive(e.channel()),
        why -> Settlement.done("left open: " + why, moment -> askToClose(moment, e, why)));
  }

  private static Optional<Settlement> waits(ChatOutcome<?> outcome) {
    Settlement settlement = ChatCarrier.plain(outcome);
    boolean over = settlement instanceof Settlement.Done || settlement instanceof Settlement.Failed;
    return over ? Optional.empty() : Optional.of(settlement);
  }

  private static void askToClose(Moment moment, Effect.LeaveChannel e, String why) {
    Entrance.tellSomebody(
        moment,
        e.incident(),
        e.channel().platform(),
        "left-open/" + e.channel().id(),
        "I could not close #"
            + e.neutral().orElse(e.name())
            + ", where "
            + e.incident()
            + " was before: "
            + why
            + " Please close it by hand, so that nobody writes there by mistake.");
  }

  /**
   * Returns whether a message must not go out any more: the incident is private, and it is for
   * everybody or for somebody who is no member.
   */
  static boolean keepsBack(Tx tx, QueuedEffect order, Effect.ShowMessage e) {
    if (e.target() instanceof Target.Announcements) {
      return order.incident().filter(id -> isPrivate(tx, id)).isPresent();
    }
    return e.target() instanceof Target.Direct direct
        && e.message()
            .about()
            .flatMap(about -> IncidentId.parse(about.key()))
            .flatMap(id -> tx.incidents().find(id))
            .filter(about -> !about.visibleTo(Optional.of(direct.user())))
            .isPresent();
  }

  /** Returns whether only members see an incident. */
  static boolean isPrivate(Tx tx, IncidentId id) {
    return tx.incidents().find(id).filter(Incident::isPrivate).isPresent();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.About;
import dev.muster.chat.BotMessage;
import dev.muster.chat.MessageRef;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.incident.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Orders copies into one channel of an incident: one after another in the order they were said,
 * behind everything that somebody waits for. When a platform takes nothing for long, a bounded
 * number waits; of the rest one line says how many there were.
 */
final class MirrorOrders {

  /** About as much as a person reads back; the rest is on the incident's page. */
  static final int MOST_WAITING = 50;

  private final Moment moment;
  private final Incident incident;
  private final Target.InIncident target;

  MirrorOrders(Moment moment, Incident incident, String platform) {
    this.moment = moment;
    this.incident = incident;
    this.target = new Target.InIncident(incident.id(), platform);
  }

  private List<QueuedEffect> waiting() {
    return moment.tx().effects().unfinished(incident.id()).stream()
        .filter(
            order ->
                order.effect() instanceof Effect.ShowMessage show
                    && show.target().equals(target)
                    && Mirror.isCopy(show.slot()))
        .toList();
  }

  /** Returns whether so much waits that nothing more is repeated for now. */
  boolean isFull() {
    return waiting().size() >= MOST_WAITING;
  }

  /** Returns the thread of a copy that stands there or is on its way; empty when there is none. */
  Optional<String> shown(String slot) {
    Optional<MessageRef> stands = moment.tx().slots().find(EffectCarrier.slotKey(target), slot);
    return stands.isPresent()
        ? Optional.of("")
        : waiting().stream()
            .map(order -> (Effect.ShowMessage) order.effect())
            .filter(show -> show.slot().equals(slot))
            .map(Effect.ShowMessage::thread)
            .reduce((before, after) -> after);
  }

  /** Lets a copy say this. */
  void show(String slot, String thread, BotMessage message) {
    String page = moment.settings().publicUrl() + "/incidents/" + incident.id();
    BotMessage about = message.withAbout(new About(incident.id().toString(), page));
    add(new Effect.ShowMessage(target, slot, thread, about));
  }

  /** Takes a copy back; one that was not posted yet is not posted with its words. */
  void takeBack(String slot, String thread, BotMessage instead) {
    show(slot, thread, instead);
    add(new Effect.WithdrawMessage(incident.id(), target, slot, Optional.empty()));
  }

  private void add(Effect effect) {
    String lane = incident.id() + "/" + target.platform() + "/said";
    moment
        .tx()
        .effects()
        .add(
            new NewEffect(
                effect,
                lane,
                Priority.BACKGROUND,
                Optional.of(incident.id()),
                Orders.headlineLane(incident.id(), target.platform()),
                moment.now()));
  }

  /** Counts a message that is not repeated, in the line that waits behind those that are. */
  void leaveOut(String from, Instant at) {
    String note = "left-out/" + incident.id() + "/" + target.platform() + "/" + from;
    String[] before = moment.tx().note(note).orElse("").split(" ");
    boolean goesOn = before.length == 2 && isWaiting(from, Instant.parse(before[1]));
    int count = goesOn ? Integer.parseInt(before[0]) + 1 : 1;
    Instant first = goesOn ? Instant.parse(before[1]) : at;
    moment.tx().keepNote(note, count + " " + first);
    show(slot(from, first), "", MirrorText.leftOut(count, from, first, at));
  }

  private boolean isWaiting(String from, Instant first) {
    BotMessage any = MirrorText.leftOut(1, from, first, first);
    Effect like = new Effect.ShowMessage(target, slot(from, first), "", any);
    return moment.tx().effects().replaceable(like).isPresent();
  }

  private static String slot(String from, Instant first) {
    return "not-said/" + from + "/" + first;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.effect.Effect;
import dev.muster.effect.EffectDesk;
import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Room;
import dev.muster.effect.Target;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.store.UnitOfWork;
import dev.muster.telemetry.Telemetry;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out durable orders and writes down what became of them. The attempt is durable before the
 * call; what has no result is unknown and is found out, never guessed.
 */
final class EffectCarrier implements EffectDesk {

  private static final Logger LOG = LoggerFactory.getLogger(EffectCarrier.class);

  private final UnitOfWork store;
  private final InstantSource clock;
  private final Supplier<Settings> settings;
  private final Carriers carriers;
  private final Claims claims;
  private final Unannounced unannounced;
  private final Telemetry telemetry;

  EffectCarrier(
      UnitOfWork store,
      InstantSource clock,
      Supplier<Settings> settings,
      Carriers carriers,
      Claims claims,
      Notices notices,
      Telemetry telemetry) {
    this.store = store;
    this.clock = clock;
    this.settings = settings;
    this.carriers = carriers;
    this.claims = claims;
    this.unannounced = new Unannounced(notices);
    this.telemetry = telemetry;
  }

  /** Returns the key under which messages of a target are remembered. */
  static String slotKey(Target target) {
    if (target instanceof Target.InIncident t) {
      return t.incident() + "@" + t.platform();
    }
    if (target instanceof Target.InChannel t) {
      return "channel/" + t.channel();
    }
    if (target instanceof Target.Announcements t) {
      return "announcements@" + t.platform();
    }
    return "user/" + ((Target.Direct) target).user();
  }

  @Override
  public List<QueuedEffect> claim(Room room) {
    return store.run(tx -> claims.runnable(new Moment(tx, clock.instant(), settings.get()), room));
  }

  @Override
  public Optional<Instant> nextDue(Priority least) {
    return store.read(tx -> tx.effects().nextDue(least));
  }

  @Override
  public List<QueuedEffect> carryOut(QueuedEffect effect, Room room) {
    return settle(effect, carriers.carryOut(effect), room);
  }

  @Override
  public void broke(QueuedEffect effect, Throwable cause) {
    settle(effect, new Settlement.Unknown(cause.getClass().getSimpleName()), Room.NONE);
  }

  @Override
  public void giveBack(QueuedEffect claimed, String reason, Duration after) {
    Instant due = after.isZero() ? claimed.dueAt() : clock.instant().plus(after);
    store.run(
        tx -> tx.effects().putOff(claimed.id(), claimed.attempt(), claimed.unsure(), due, reason));
  }

  /** Writes down the end of an order, and the attempts of those that go next. */
  private List<QueuedEffect> settle(QueuedEffect effect, Settlement settlement, Room room) {
    String kind = effect.effect().getClass().getSimpleName();
    String outcome = settlement.getClass().getSimpleName();
    telemetry.count("muster_effects_total", "kind", kind, "outcome", outcome);
    return store.run(
        tx -> {
          Moment moment = new Moment(tx, clock.instant(), settings.get());
          write(moment, effect, settlement);
          return claims.runnable(moment, room);
        });
  }

  private void write(Moment moment, QueuedEffect effect, Settlement settlement) {
    if (settlement instanceof Settlement.Done s) {
      if (moment.tx().effects().done(effect.id(), effect.attempt(), s.result())) {
        s.facts().accept(moment);
        unannounced.done(moment, effect);
      }
    } else if (settlement instanceof Settlement.Failed s) {
      giveUp(moment, effect, s.reason());
      s.facts().accept(moment);
    } else if (settlement instanceof Settlement.Held s) {
      hold(moment, effect, s);
    } else if (settlement instanceof Settlement.NotYet s) {
      Instant due = moment.now().plus(s.after());
      moment.tx().effects().putOff(effect.id(), effect.attempt(), effect.unsure(), due, s.reason());
    } else if (settlement instanceof Settlement.Later s) {
      again(moment, effect, s.reason(), due(moment, effect, s), effect.unsure());
    } else {
      String reason = ((Settlement.Unknown) settlement).reason();
      again(moment, effect, reason, Patience.next(moment, effect, Duration.ZERO), true);
    }
  }

  private static Optional<Instant> due(Moment moment, QueuedEffect effect, Settlement.Later later) {
    return later.paced()
        ? Patience.atItsTurn(moment, effect, later.after())
        : Patience.next(moment, effect, later.after());
  }

  private void hold(Moment moment, QueuedEffect effect, Settlement.Held held) {
    Instant due = moment.now().plus(held.after());
    if (held.begun()) {
      again(moment, effect, held.reason(), Optional.of(due), effect.unsure());
    } else {
      moment
          .tx()
          .effects()
          .putOff(effect.id(), effect.attempt(), effect.unsure(), due, held.reason());
    }
  }

  private void again(
      Moment moment, QueuedEffect effect, String reason, Optional<Instant> due, boolean unknown) {
    LOG.info(
        "effect_again id={} kind={} attempt={} unknown={} reason={}",
        effect.id(),
        effect.effect().getClass().getSimpleName(),
        effect.attempt(),
        unknown,
        reason);
    if (due.isEmpty()) {
      giveUp(moment, effect, reason);
    } else if (unknown) {
      moment.tx().effects().unknown(effect.id(), effect.attempt(), due.get(), reason);
    } else {
      moment.tx().effects().retry(effect.id(), effect.attempt(), due.get(), reason);
    }
  }

  private void giveUp(Moment moment, QueuedEffect effect, String reason) {
    if (!moment.tx().effects().failed(effect.id(), effect.attempt(), reason)) {
      return;
    }
    unannounced.failed(moment, effect, reason);
    String kind = effect.effect().getClass().getSimpleName();
    LOG.warn("effect_failed id={} kind={} reason={}", effect.id(), kind, reason);
    Optional<Incident> incident = effect.incident().flatMap(id -> moment.tx().incidents().find(id));
    if (incident.isEmpty()) {
      Facts.journal(
          moment,
          NewEntry.of(
                  moment.now(),
                  EntryKind.EFFECT_FAILED,
                  new Actor.Bot(),
                  OrderWords.of(effect.effect()) + " did not work: " + reason)
              .with(Map.of("kind", kind)));
      tellPerson(moment, effect, reason);
      return;
    }
    Facts.bot(
        moment,
        incident.get().id(),
        EntryKind.EFFECT_FAILED,
        OrderWords.of(effect.effect()) + " did not work: " + reason,
        Map.of("kind", kind, "attempts", effect.attempt()));
    tellChannel(moment, incident.get(), effect, reason);
  }

  /** Whoever waits for a file is told where its words can be read. */
  private static void tellPerson(Moment moment, QueuedEffect effect, String reason) {
    if (effect.effect() instanceof Effect.PostDocument document) {
      Documents.linkInstead(moment, document, reason);
    }
  }

  private static void tellChannel(
      Moment moment, Incident incident, QueuedEffect effect, String reason) {
    boolean aboutChannel =
        effect.effect() instanceof Effect.OpenChannel
            || effect.effect() instanceof Effect.ShowMessage;
    if (aboutChannel) {
      return;
    }
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      new Orders(moment)
          .show(
              incident.id(),
              platform,
              "failed/" + effect.id(),
              Priority.CARDS,
              BotMessage.line(OrderWords.of(effect.effect()) + " did not work: " + reason));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.effect.Effect;
import dev.muster.effect.Target;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Space;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Finds the place that a target of an order means at the moment it is carried out. */
final class Places {

  private static final Duration OPENING_TAKES = Duration.ofSeconds(1);

  private final UnitOfWork store;
  private final Platforms platforms;
  private final Documents documents;

  Places(UnitOfWork store, Platforms platforms, Documents documents) {
    this.store = store;
    this.platforms = platforms;
    this.documents = documents;
  }

  /** Returns the platform of that name, if it is switched on. */
  Optional<ChatPlatform> platform(String name) {
    return platforms.find(name);
  }

  /**
   * Where something is said.
   *
   * @param channel in which channel
   * @param thread in which thread of it; empty for the channel itself
   */
  record Spot(ChannelRef channel, Optional<String> thread) {}

  /** Finds the place of a target and goes on with it. */
  Settlement at(Target target, Function<Spot, Settlement> then) {
    if (target instanceof Target.InChannel t) {
      return then.apply(new Spot(t.channel(), Optional.empty()));
    }
    if (target instanceof Target.InIncident t) {
      Found found = store.read(tx -> found(tx, t));
      if (found.exposed()) {
        return Settlement.done("kept back: people of another organisation read along", m -> {});
      }
      return found
          .space()
          .map(space -> then.apply(new Spot(space.channel(), space.thread())))
          .orElseGet(() -> nowhere(t.incident(), t.platform()));
    }
    if (target instanceof Target.Direct t) {
      return then.apply(new Spot(ChannelRef.aloneWith(t.user()), Optional.empty()));
    }
    return announcing(target.platform(), then);
  }

  /** Looking for the channel may have to wait for its turn; nothing was said by then. */
  private Settlement announcing(String platform, Function<Spot, Settlement> then) {
    String name = documents.announceChannel(platform);
    ChatOutcome<OpenedChannel> found = platforms.find(platform).orElseThrow().findChannel(name);
    return found instanceof ChatOutcome.RetryLater<OpenedChannel> later && later.paced()
        ? new Settlement.NotYet(later.reason(), later.after())
        : ChatCarrier.settled(
            found, opened -> then.apply(new Spot(opened.channel(), Optional.empty())));
  }

  /** An incident's place and whether it is exposed, read at one instant. */
  private record Found(boolean exposed, Optional<Space> space) {}

  private static Found found(Tx tx, Target.InIncident target) {
    return new Found(isExposed(tx, target), space(tx, target.incident(), target.platform()));
  }

  /** Returns whether a private incident's place can be read by people of another organisation. */
  static boolean isExposed(Tx tx, Target.InIncident target) {
    return tx.incidents()
        .find(target.incident())
        .filter(Incident::isPrivate)
        .flatMap(incident -> incident.spaceOn(target.platform()))
        .filter(space -> new SharedChannels(tx).has(space.channel()))
        .isPresent();
  }

  /** Goes on with the incident's own channel; what only a channel has is left out in a thread. */
  Settlement inOwnChannel(
      IncidentId incident, String platform, Function<ChannelRef, Settlement> then) {
    return at(
        new Target.InIncident(incident, platform),
        spot ->
            spot.thread().isPresent()
                ? Settlement.done("left out in a thread", moment -> {})
                : then.apply(spot.channel()));
  }

  /** Returns where an incident lives on a platform. */
  Optional<Space> space(IncidentId incident, String platform) {
    return store.read(tx -> space(tx, incident, platform));
  }

  private static Optional<Space> space(Tx tx, IncidentId incident, String platform) {
    return tx.incidents().find(incident).flatMap(found -> found.spaceOn(platform));
  }

  /** That there is no place was told once, by whoever could not open one. */
  private Settlement nowhere(IncidentId incident, String platform) {
    return store.read(tx -> isOpening(tx, incident, platform))
        ? new Settlement.NotYet("the place is being opened", OPENING_TAKES)
        : Settlement.done("no place on " + platform, moment -> {});
  }

  /** Returns whether a place for the incident is being opened. */
  static boolean isOpening(Tx tx, IncidentId incident, String platform) {
    return tx.effects().unfinished(incident).stream()
        .anyMatch(
            order ->
                order.effect() instanceof Effect.OpenThread thread
                        && thread.platform().equals(platform)
                    || order.effect() instanceof Effect.OpenChannel channel
                        && channel.platform().equals(platform));
  }
}

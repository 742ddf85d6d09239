// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.effect.Target;
import dev.muster.incident.Space;
import dev.muster.store.UnitOfWork;
import java.util.Optional;
import java.util.function.Function;

/** Finds the channel that a target of an order means at the moment it is carried out. */
final class Places {

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

  /** Finds the channel of a target and goes on with it. */
  Settlement inChannel(Target target, Function<ChannelRef, Settlement> then) {
    if (target instanceof Target.InChannel t) {
      return then.apply(t.channel());
    }
    if (target instanceof Target.InIncident t) {
      Optional<ChannelRef> channel =
          store.read(
              tx ->
                  tx.incidents()
                      .find(t.incident())
                      .flatMap(incident -> incident.spaceOn(t.platform()))
                      .map(Space::channel));
      return channel
          .map(then)
          .orElseGet(() -> Settlement.failed("the incident has no channel on " + t.platform()));
    }
    String name = documents.announceChannel(target.platform());
    return ChatCarrier.settled(
        platforms.find(target.platform()).orElseThrow().findChannel(name),
        opened -> then.apply(opened.channel()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Urgency;
import dev.muster.effect.Effect;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.store.UnitOfWork;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Lets messages say what they should: posted the first time, edited afterwards. */
final class MessageCarrier {

  private final UnitOfWork store;
  private final InstantSource clock;
  private final Places places;
  private final Documents documents;
  private final LateLines lateLines;

  MessageCarrier(
      UnitOfWork store,
      InstantSource clock,
      Places places,
      Documents documents,
      LateLines lateLines) {
    this.store = store;
    this.clock = clock;
    this.places = places;
    this.documents = documents;
    this.lateLines = lateLines;
  }

  /** Shows a message; blocks for as long as the platform may take. */
  Settlement show(ChatPlatform platform, QueuedEffect order, OnceKey key, Effect.ShowMessage e) {
    String target = EffectCarrier.slotKey(e.target());
    Optional<MessageRef> shown = store.read(tx -> tx.slots().find(target, e.slot()));
    if (shown.isPresent()) {
      return edit(platform, key.urgency(), e, shown.get());
    }
    if (e.target() instanceof Target.Direct direct) {
      ReplyTo to = direct(direct);
      return ChatCarrier.plain(platform.tell(key, to, e.message()));
    }
    Optional<String> thread = thread(target, e.thread());
    BotMessage message = lateLines.gather(order, e);
    return places.inChannel(
        e.target(),
        channel ->
            ChatCarrier.settled(
                platform.post(key, channel, thread, message),
                posted -> Settlement.done(posted.id(), m -> posted(m, e, message, posted))));
  }

  /** A thread is named by the slot of its root, or by the root itself behind a number sign. */
  private Optional<String> thread(String target, String named) {
    if (named.startsWith("#")) {
      return Optional.of(named.substring(1));
    }
    return named.isEmpty()
        ? Optional.empty()
        : store.read(tx -> tx.slots().find(target, named)).map(MessageRef::id);
  }

  private ReplyTo direct(Target.Direct to) {
    return new ReplyTo(
        to.user(),
        new ChannelRef(to.user().platform(), "direct"),
        Optional.empty(),
        clock.instant(),
        Optional.empty());
  }

  private Settlement edit(
      ChatPlatform platform, Urgency urgency, Effect.ShowMessage e, MessageRef message) {
    String target = EffectCarrier.slotKey(e.target());
    return platform
        .edit(urgency, message, e.message())
        .match(
            done -> Settlement.done(),
            Settlement.Later::of,
            refused -> {
              store.run(
                  tx -> {
                    tx.slots().remove(target, e.slot());
                    return null;
                  });
              return new Settlement.Later("gone: " + refused, Duration.ZERO);
            },
            Settlement.Unknown::new);
  }

  private static void posted(
      Moment moment, Effect.ShowMessage e, BotMessage said, MessageRef message) {
    moment.tx().slots().put(EffectCarrier.slotKey(e.target()), e.slot(), message);
    if (e.target() instanceof Target.InIncident t) {
      moment
          .tx()
          .timeline()
          .append(
              Stream.of(t.incident()),
              NewEntry.of(moment.now(), EntryKind.BOT_POSTED, new Actor.Bot(), said.text())
                  .about(message.id())
                  .with(Map.of("slot", e.slot(), "platform", t.platform())),
              moment.now());
    }
  }

  /** Posts a document. */
  Settlement document(ChatPlatform platform, OnceKey key, Effect.PostDocument e) {
    Optional<Incident> incident = store.read(tx -> tx.incidents().find(e.incident()));
    if (incident.isEmpty()) {
      return Settlement.failed("the incident is not known");
    }
    ChatPlatform.Attachment file = documents.render(e.document(), incident.get(), e.uptoSeq());
    return places.inChannel(
        e.target(), channel -> ChatCarrier.plain(platform.attach(key, channel, file)));
  }
}

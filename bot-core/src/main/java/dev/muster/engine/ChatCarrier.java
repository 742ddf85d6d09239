// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Urgency;
import dev.muster.effect.Effect;
import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.incident.Actor;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Space;
import dev.muster.store.UnitOfWork;
import dev.muster.timeline.EntryKind;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Carries out orders to chat platforms. */
final class ChatCarrier {

  private final UnitOfWork store;
  private final InstantSource clock;
  private final Tokens tokens;
  private final IncidentLifecycle lifecycle;
  private final HistoryReader history;
  private final Places places;
  private final MessageCarrier messages;

  ChatCarrier(
      UnitOfWork store,
      InstantSource clock,
      Places places,
      Tokens tokens,
      IncidentLifecycle lifecycle,
      MessageCarrier messages,
      HistoryReader history) {
    this.store = store;
    this.clock = clock;
    this.places = places;
    this.tokens = tokens;
    this.lifecycle = lifecycle;
    this.messages = messages;
    this.history = history;
  }

  /** Returns what became of an order; blocks for as long as the platform may take. */
  Settlement carryOut(QueuedEffect order) {
    String name = platformOf(order.effect());
    return places
        .platform(name)
        .map(platform -> carryOut(platform, order))
        .orElseGet(
            () -> Settlement.failed("the platform " + name + " is not switched on any more"));
  }

  private static String platformOf(Effect effect) {
    if (effect instanceof Effect.OpenChannel e) {
      return e.platform();
    }
    if (effect instanceof Effect.ShowMessage e) {
      return e.target().platform();
    }
    if (effect instanceof Effect.PinMessage e) {
      return e.target().platform();
    }
    if (effect instanceof Effect.TellPerson e) {
      return e.to().user().platform();
    }
    if (effect instanceof Effect.OpenForm e) {
      return e.to().user().platform();
    }
    if (effect instanceof Effect.PostDocument e) {
      return e.target().platform();
    }
    return platformOfDetail(effect);
  }

  private static String platformOfDetail(Effect effect) {
    if (effect instanceof Effect.SetTopic e) {
      return e.platform();
    }
    if (effect instanceof Effect.InvitePeople e) {
      return e.platform();
    }
    if (effect instanceof Effect.AddReaction e) {
      return e.message().channel().platform();
    }
    if (effect instanceof Effect.ArchiveChannel e) {
      return e.platform();
    }
    if (effect instanceof Effect.UnarchiveChannel e) {
      return e.platform();
    }
    return ((Effect.ReadHistory) effect).channel().platform();
  }

  private Settlement carryOut(ChatPlatform platform, QueuedEffect order) {
    if (order.effect() instanceof Effect.OpenChannel e) {
      return settled(
          platform.openChannel(key(order), e.spec()),
          channel -> {
            letMembersIn(platform, e, channel.channel());
            return Settlement.done(channel.channel().toString(), m -> opened(m, e, channel));
          });
    }
    if (order.effect() instanceof Effect.ShowMessage e) {
      return messages.show(platform, order, key(order), e);
    }
    if (order.effect() instanceof Effect.TellPerson e) {
      return plain(platform.tell(key(order), e.to(), e.message()));
    }
    if (order.effect() instanceof Effect.OpenForm e) {
      return openForm(platform, order, e);
    }
    if (order.effect() instanceof Effect.PostDocument e) {
      return messages.document(platform, key(order), e);
    }
    if (order.effect() instanceof Effect.AddReaction e) {
      return decoration(platform.react(e.message(), e.name()));
    }
    if (order.effect() instanceof Effect.ReadHistory e) {
      return history.read(platform, e);
    }
    return carryOutInChannel(platform, order.effect());
  }

  private Settlement carryOutInChannel(ChatPlatform platform, Effect effect) {
    if (effect instanceof Effect.PinMessage e) {
      return pin(platform, e);
    }
    if (effect instanceof Effect.SetTopic e) {
      return places.inChannel(
          target(e.incident(), e.platform()), c -> plain(platform.setTopic(c, e.topic())));
    }
    if (effect instanceof Effect.InvitePeople e) {
      return places.inChannel(target(e.incident(), e.platform()), c -> invite(platform, c, e));
    }
    if (effect instanceof Effect.ArchiveChannel e) {
      return places.inChannel(target(e.incident(), e.platform()), c -> plain(platform.archive(c)));
    }
    Effect.UnarchiveChannel e = (Effect.UnarchiveChannel) effect;
    return places.inChannel(target(e.incident(), e.platform()), c -> plain(platform.unarchive(c)));
  }

  private static Target target(IncidentId incident, String platform) {
    return new Target.InIncident(incident, platform);
  }

  private OnceKey key(QueuedEffect order) {
    return new OnceKey(
        tokens.mint("effect", order.id()),
        order.attempt(),
        order.firstTriedAt().orElseGet(clock::instant),
        urgency(order));
  }

  private static Urgency urgency(QueuedEffect order) {
    return switch (order.priority()) {
      case PEOPLE -> Urgency.ANSWER;
      case PAGING -> Urgency.PAGE;
      case CARDS -> Urgency.CARD;
      case ALERTS, BACKGROUND -> Urgency.NEWS;
    };
  }

  static <T> Settlement settled(ChatOutcome<T> outcome, Function<T, Settlement> whenDone) {
    return outcome.match(
        whenDone, Settlement.Later::of, Settlement::failed, Settlement.Unknown::new);
  }

  /** A receipt on a message that is gone is nobody's loss. */
  private static <T> Settlement decoration(ChatOutcome<T> outcome) {
    return outcome.match(
        value -> Settlement.done(),
        Settlement.Later::of,
        refused -> Settlement.done("skipped: " + refused, moment -> {}),
        Settlement.Unknown::new);
  }

  static <T> Settlement plain(ChatOutcome<T> outcome) {
    return settled(outcome, value -> Settlement.done());
  }

  /**
   * Nobody learns of a private channel before its members can enter. What becomes of each person is
   * said by the invitation that is ordered anyway.
   */
  private void letMembersIn(ChatPlatform platform, Effect.OpenChannel order, ChannelRef channel) {
    if (order.spec().isPrivate()) {
      List<UserRef> members =
          store.read(tx -> tx.incidents().find(order.incident())).stream()
              .flatMap(incident -> incident.members().stream())
              .filter(member -> member.platform().equals(order.platform()))
              .toList();
      platform.invite(channel, members);
    }
  }

  private void opened(Moment moment, Effect.OpenChannel order, OpenedChannel channel) {
    moment
        .tx()
        .incidents()
        .find(order.incident())
        .ifPresent(
            incident ->
                lifecycle.record(
                    moment,
                    incident,
                    List.of(
                        new IncidentEvent.SpaceOpened(
                            new Space(channel.channel(), channel.name(), channel.url()))),
                    new Actor.Bot(),
                    ""));
  }

  private Settlement pin(ChatPlatform platform, Effect.PinMessage e) {
    String target = EffectCarrier.slotKey(e.target());
    Optional<MessageRef> message = store.read(tx -> tx.slots().find(target, e.slot()));
    if (message.isEmpty()) {
      return Settlement.failed("there is no message to pin");
    }
    return settled(
        platform.pin(message.get()), done -> Settlement.done("", moment -> ready(moment, e)));
  }

  private static void ready(Moment moment, Effect.PinMessage e) {
    boolean headline = e.slot().equals(Cards.HEADLINE);
    String note = "ready/" + EffectCarrier.slotKey(e.target());
    if (headline && moment.tx().note(note).isPresent()) {
      return;
    }
    moment.tx().keepNote(note, moment.now().toString());
    if (e.target() instanceof Target.InIncident t) {
      Facts.bot(
          moment,
          t.incident(),
          EntryKind.CHANNEL_READY,
          "The channel is ready: headline posted and pinned.",
          Map.of("platform", t.platform()));
    }
  }

  private static Settlement invite(
      ChatPlatform platform, ChannelRef channel, Effect.InvitePeople e) {
    return settled(
        platform.invite(channel, e.people().stream().map(Person::ref).collect(Collectors.toList())),
        missing ->
            Settlement.done(
                "", missing.isEmpty() ? moment -> {} : moment -> tellMissing(moment, e, missing)));
  }

  private static void tellMissing(
      Moment moment, Effect.InvitePeople e, List<ChatPlatform.NotInvited> missing) {
    String who =
        missing.stream()
            .map(m -> People.known(moment, m.user()).name() + " (" + m.reason() + ")")
            .collect(Collectors.joining(", "));
    Facts.bot(
        moment,
        e.incident(),
        EntryKind.EFFECT_FAILED,
        "Could not invite: " + who + ".",
        Map.of("reason", "not_invited"));
    new Orders(moment)
        .show(
            e.incident(),
            e.platform(),
            "not-invited/" + moment.now(),
            Priority.CARDS,
            BotMessage.line("Could not invite: " + who + ". Please bring them in by hand."));
  }

  private Settlement openForm(ChatPlatform platform, QueuedEffect order, Effect.OpenForm e) {
    boolean tooLate = !e.opening().expiresAt().isAfter(clock.instant());
    Consumer<Moment> fallback = moment -> new Orders(moment).tell(e.to(), e.fallback());
    if (tooLate || order.attempt() > 1) {
      return Settlement.done("told instead", fallback);
    }
    return platform
        .openForm(e.opening(), e.to().user(), e.form())
        .match(
            done -> Settlement.done(),
            later -> Settlement.done("told instead", fallback),
            refused -> Settlement.done("told instead", fallback),
            unknown -> Settlement.done("told instead", fallback));
  }
}

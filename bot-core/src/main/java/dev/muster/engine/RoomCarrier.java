// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Cause;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.OnceKey;
import dev.muster.effect.Effect;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.incident.Space;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.timeline.EntryKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out orders about the places where incidents live. */
final class RoomCarrier {

  private static final Duration ANNOUNCING_TAKES = Duration.ofSeconds(1);
  private static final Duration TAKING_BACK_TAKES = Duration.ofSeconds(2);

  private final UnitOfWork store;
  private final Places places;
  private final Documents documents;
  private final Quarters quarters;
  private final MemberLook looks;
  private final EarlyWords words;

  RoomCarrier(
      UnitOfWork store,
      Places places,
      Documents documents,
      Quarters quarters,
      MemberLook looks,
      EarlyWords words) {
    this.store = store;
    this.looks = looks;
    this.places = places;
    this.documents = documents;
    this.quarters = quarters;
    this.words = words;
  }

  /** Opens an incident's channel; what the platform forbids goes on in a thread. */
  Settlement open(ChatPlatform platform, QueuedEffect order, OnceKey key, Effect.OpenChannel e) {
    if (!order.unsure() && isForOthers(e)) {
      return Settlement.done("not wanted any more", moment -> {});
    }
    ChatOutcome<OpenedChannel> outcome = platform.openChannel(key, e.spec());
    if (outcome instanceof ChatOutcome.Refused<OpenedChannel> refused
        && refused.cause() != Cause.CREDENTIALS) {
      return new Settlement.Failed(
          refused.reason(), moment -> refused(moment, e, refused.reason()));
    }
    return ChatCarrier.settled(
        outcome,
        channel -> {
          letMembersIn(platform, e, channel.channel());
          Space space = new Space(channel.channel(), channel.name(), channel.url());
          return Settlement.done(
              channel.channel().toString(),
              moment -> opened(moment, e, space, channel.described()));
        });
  }

  private void opened(Moment moment, Effect.OpenChannel e, Space space, boolean described) {
    quarters.opened(moment, e, space, described);
    words.opened(moment, e.incident(), space.channel());
  }

  private void refused(Moment moment, Effect.OpenChannel e, String reason) {
    EarlyWords.over(moment, e.incident(), e.platform());
    quarters.notOpened(moment, e, reason);
  }

  /** Closes a channel that was left, once nothing has to be taken back in it: later nobody can. */
  Settlement leave(ChatPlatform platform, Effect.LeaveChannel e) {
    Target old = new Target.InChannel(e.channel());
    boolean standing =
        store.read(tx -> tx.effects().unfinished(e.incident())).stream()
            .anyMatch(
                order ->
                    order.effect() instanceof Effect.WithdrawMessage w && w.target().equals(old));
    return standing
        ? new Settlement.NotYet("messages are still being taken back there", TAKING_BACK_TAKES)
        : Withdrawal.leave(platform, e);
  }

  /** Returns whether whoever could read that channel may not read the incident any more. */
  private boolean isForOthers(Effect.OpenChannel e) {
    return store
        .read(tx -> tx.incidents().find(e.incident()))
        .filter(incident -> incident.isPrivate() != e.spec().isPrivate())
        .isPresent();
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
              .filter(member -> store.read(tx -> Entrance.mayEnter(tx.people(), member)))
              .toList();
      platform.invite(channel, members);
    }
  }

  /** Makes the thread of the announcement the incident's place. */
  Settlement openThread(ChatPlatform platform, Effect.OpenThread e) {
    Root root = store.read(tx -> new Root(announcement(tx, e), isAnnouncing(tx, e)));
    if (root.message().isEmpty()) {
      return root.isComing()
          ? new Settlement.NotYet("the announcement is not there yet", ANNOUNCING_TAKES)
          : new Settlement.Failed(
              "there is no announcement to go on under",
              moment -> quarters.notSheltered(moment, e.incident(), e.platform()));
    }
    return shelter(platform, e, root.message().get());
  }

  /**
   * The announcement, read at one instant: it may be posted between two looks, and an incident that
   * then finds neither the message nor the order for it would be left without a place.
   */
  private record Root(Optional<MessageRef> message, boolean isComing) {}

  private Settlement shelter(ChatPlatform platform, Effect.OpenThread e, MessageRef root) {
    String url =
        platform.permalink(root).match(found -> found, later -> "", refused -> "", unknown -> "");
    Space space =
        new Space(
            root.channel(), documents.announceChannel(e.platform()), url, Optional.of(root.id()));
    return Settlement.done(root.id(), moment -> quarters.sheltered(moment, e.incident(), space));
  }

  private static Optional<MessageRef> announcement(Tx tx, Effect.OpenThread e) {
    String target = EffectCarrier.slotKey(new Target.Announcements(e.platform()));
    return tx.slots().find(target, Cards.announcementSlot(e.incident()));
  }

  private static boolean isAnnouncing(Tx tx, Effect.OpenThread e) {
    return tx.effects().unfinished(e.incident()).stream()
        .anyMatch(
            order ->
                order.effect() instanceof Effect.ShowMessage show
                    && show.target().equals(new Target.Announcements(e.platform()))
                    && show.slot().equals(Cards.announcementSlot(e.incident())));
  }

  /** Comes back into a channel; where only a member can let the bot in, somebody is asked. */
  Settlement join(ChatPlatform platform, Effect.JoinChannel e) {
    return places.inOwnChannel(
        e.incident(),
        e.platform(),
        channel -> {
          ChatOutcome<Nothing> outcome = platform.join(channel);
          if (outcome instanceof ChatOutcome.Refused<Nothing> refused
              && refused.cause() != Cause.CREDENTIALS) {
            return Settlement.done(
                "asked a member",
                moment -> Entrance.askToLetIn(moment, e.incident(), channel, refused.reason()));
          }
          return ChatCarrier.settled(
              outcome,
              done -> Settlement.done("", moment -> Entrance.back(moment, e.incident(), channel)));
        });
  }

  /** Shows the topic of the incident's channel, and of a new one what it is for. */
  Settlement setTopic(ChatPlatform platform, Effect.SetTopic e) {
    return places.inOwnChannel(e.incident(), e.platform(), c -> describe(platform, e, c));
  }

  private static Settlement describe(ChatPlatform platform, Effect.SetTopic e, ChannelRef channel) {
    boolean topicStands = e.topic().isEmpty();
    Settlement topic =
        topicStands ? Settlement.done() : extra(platform.setTopic(channel, e.topic()));
    if (e.purpose().isBlank() || !(topic instanceof Settlement.Done)) {
      return topic;
    }
    Settlement purpose = extra(platform.setPurpose(channel, e.purpose()));
    // Platforms tell everybody about each new topic: what is left is an order of its own.
    return topicStands || purpose instanceof Settlement.Done
        ? purpose
        : Settlement.done(
            "the purpose is put off",
            moment -> new Orders(moment).setTopic(e.incident(), e.platform(), "", e.purpose()));
  }

  /** Puts a link at the head of the incident's channel. */
  Settlement addBookmark(ChatPlatform platform, Effect.AddBookmark e) {
    return places.inOwnChannel(
        e.incident(), e.platform(), c -> extra(platform.bookmark(c, e.title(), e.url())));
  }

  /** Takes a link from the head of the incident's channel. */
  Settlement removeBookmark(ChatPlatform platform, Effect.RemoveBookmark e) {
    return places.inOwnChannel(
        e.incident(), e.platform(), c -> extra(platform.unbookmark(c, e.url())));
  }

  /** Looks who is in the incident's channel. */
  Settlement checkMembers(ChatPlatform platform, Effect.CheckMembers e) {
    return places.inOwnChannel(e.incident(), e.platform(), c -> looks.look(platform, e, c));
  }

  /** Closes the incident's channel for posting. */
  Settlement archive(ChatPlatform platform, Effect.ArchiveChannel e) {
    return places.inOwnChannel(
        e.incident(),
        e.platform(),
        c ->
            ChatCarrier.orElse(
                platform.archive(c), why -> Settlement.failed("the channel stays open: " + why)));
  }

  /** Opens the incident's channel again; where only a member can, somebody is asked. */
  Settlement unarchive(ChatPlatform platform, Effect.UnarchiveChannel e) {
    return places.inOwnChannel(
        e.incident(),
        e.platform(),
        c -> {
          ChatOutcome<Nothing> outcome = platform.unarchive(c);
          return outcome instanceof ChatOutcome.Refused<Nothing> refused
                  && refused.cause() != Cause.CREDENTIALS
              ? Settlement.done(
                  "asked a member",
                  moment -> quarters.askToUnarchive(moment, e.incident(), c, refused.reason()))
              : ChatCarrier.settled(
                  outcome,
                  done -> Settlement.done("", moment -> new LostChannels(moment).forget(c)));
        });
  }

  /** An extra that the platform does not allow or know is left out; operators hear of it once. */
  private static <T> Settlement extra(ChatOutcome<T> outcome) {
    return ChatCarrier.orElse(outcome, why -> Settlement.done("left out: " + why, moment -> {}));
  }

  /** Pins a message and says that the channel is ready; a channel without a pin is ready too. */
  Settlement pin(ChatPlatform platform, Effect.PinMessage e) {
    String target = EffectCarrier.slotKey(e.target());
    Optional<MessageRef> message = store.read(tx -> tx.slots().find(target, e.slot()));
    boolean inThread =
        e.target() instanceof Target.InIncident t
            && places.space(t.incident(), t.platform()).flatMap(Space::thread).isPresent();
    if (inThread) {
      return Settlement.done("", moment -> ready(moment, e, "headline posted"));
    }
    if (message.isEmpty()) {
      return Settlement.failed("there is no message to pin");
    }
    ChatOutcome<Nothing> outcome = platform.pin(message.get());
    return outcome instanceof ChatOutcome.Refused<Nothing> refused
            && refused.cause() != Cause.CREDENTIALS
        ? Settlement.done(
            "left out: " + refused.reason(), moment -> ready(moment, e, "headline posted"))
        : ChatCarrier.settled(
            outcome,
            done -> {
              removeReplaced(platform, e, message.get());
              return Settlement.done("", moment -> ready(moment, e, "headline posted and pinned"));
            });
  }

  /** A headline that could no longer be changed goes, and its pin with it, once the new one is. */
  private void removeReplaced(ChatPlatform platform, Effect.PinMessage e, MessageRef now) {
    store
        .read(tx -> tx.note(replacedNote(e.target())))
        .filter(old -> !old.isEmpty() && !old.equals(now.id()))
        .ifPresent(old -> platform.delete(new MessageRef(now.channel(), old)));
  }

  /** Returns the name of the note that holds the headline another was posted for. */
  static String replacedNote(Target target) {
    return "replaced/" + EffectCarrier.slotKey(target);
  }

  private static void ready(Moment moment, Effect.PinMessage e, String what) {
    String note = "ready/" + EffectCarrier.slotKey(e.target());
    boolean again = moment.tx().note(note).filter(text -> !text.isEmpty()).isPresent();
    if (e.slot().equals(Cards.HEADLINE) && again) {
      return;
    }
    moment.tx().keepNote(note, moment.now().toString());
    if (e.target() instanceof Target.InIncident t) {
      Facts.bot(
          moment,
          t.incident(),
          EntryKind.CHANNEL_READY,
          "The channel is ready: " + what + ".",
          Map.of("platform", t.platform()));
    }
  }

  /** Brings people into the incident's channel, or names them in its thread. */
  Settlement invite(ChatPlatform platform, Effect.InvitePeople e) {
    Target target = new Target.InIncident(e.incident(), e.platform());
    return places.at(
        target,
        spot ->
            spot.thread().isPresent()
                ? Settlement.done("named in the thread", moment -> Entrance.callIn(moment, e))
                : ChatCarrier.settled(
                    platform.invite(spot.channel(), e.people().stream().map(Person::ref).toList()),
                    missing ->
                        Settlement.done("", moment -> Entrance.notInvited(moment, e, missing))));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Cause;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Urgency;
import dev.muster.effect.Effect;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Space;
import dev.muster.store.Tx;
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

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration LET_IN_TAKES = Duration.ofSeconds(30);

  private final Ground ground;
  private final UnitOfWork store;
  private final InstantSource clock;
  private final Places places;
  private final Documents documents;
  private final LateLines lateLines;
  private final Quarters quarters;
  private final Escalations escalations;

  MessageCarrier(
      Ground ground,
      Places places,
      Documents documents,
      LateLines lateLines,
      Quarters quarters,
      Escalations escalations) {
    this.ground = ground;
    this.store = ground.store();
    this.clock = ground.clock();
    this.places = places;
    this.documents = documents;
    this.lateLines = lateLines;
    this.quarters = quarters;
    this.escalations = escalations;
  }

  /** Shows a message; blocks for as long as the platform may take. */
  Settlement show(ChatPlatform platform, QueuedEffect order, OnceKey key, Effect.ShowMessage e) {
    Look look = store.read(tx -> look(tx, order, e));
    if (look.exposed()) {
      return Settlement.done("kept back: people of another organisation read along", m -> {});
    }
    Optional<MessageRef> shown = look.shown();
    if (look.keptBack()) {
      return order.unsure() && shown.isEmpty() && e.target() instanceof Target.Announcements
          ? findOut(platform, key, e, Withdrawal.elsewhere(order.incident().orElseThrow()))
          : Settlement.done("kept back: private", moment -> {});
    }
    if (shown.isPresent()) {
      return edit(platform, key.urgency(), e, shown.get());
    }
    if (e.target() instanceof Target.Direct direct) {
      Settlement told = ChatCarrier.plain(platform.tell(key, direct(direct), e.message()));
      return told instanceof Settlement.Failed failed ? notTold(direct, e, failed) : told;
    }
    Optional<String> thread = look.thread();
    if (LateLines.isLog(e) && (thread.isEmpty() || goesOnInThread(order, e))) {
      return Settlement.done("not repeated: it is said where the incident goes on", m -> {});
    }
    BotMessage message = lateLines.gather(order, e);
    return places.at(
        e.target(),
        spot ->
            posted(
                platform.post(key, spot.channel(), spot.thread().or(() -> thread), message),
                new Said(e, message),
                spot.channel()));
  }

  /**
   * What has to be known before something is said, read at one instant and at once.
   *
   * @param exposed whether people of another organisation read along in the place
   * @param keptBack whether it may not be said there any more
   * @param shown what stands in the slot
   * @param thread the root of the thread that is named, if it stands
   */
  private record Look(
      boolean exposed, boolean keptBack, Optional<MessageRef> shown, Optional<String> thread) {}

  private static Look look(Tx tx, QueuedEffect order, Effect.ShowMessage e) {
    String target = EffectCarrier.slotKey(e.target());
    return new Look(
        e.target() instanceof Target.InIncident t && Places.isExposed(tx, t),
        Withdrawal.keepsBack(tx, order, e),
        tx.slots().find(target, e.slot()),
        thread(tx, target, e.thread()));
  }

  /** What may stand where everybody reads is found by its key, to be taken back next. */
  private Settlement findOut(
      ChatPlatform platform, OnceKey key, Effect.ShowMessage e, BotMessage instead) {
    String target = EffectCarrier.slotKey(e.target());
    Optional<String> thread = store.read(tx -> thread(tx, target, e.thread()));
    return places.at(
        e.target(),
        spot ->
            posted(
                platform.post(key, spot.channel(), thread, instead),
                new Said(e, instead),
                spot.channel()));
  }

  /** Takes a message of ours back; what cannot be changed any more goes. */
  Settlement withdraw(ChatPlatform platform, Effect.WithdrawMessage e) {
    String target = EffectCarrier.slotKey(e.target());
    Optional<MessageRef> shown = store.read(tx -> tx.slots().find(target, e.slot()));
    boolean again =
        e.target() instanceof Target.Announcements
            && !store.read(tx -> Withdrawal.isPrivate(tx, e.incident()));
    if (shown.isEmpty() || again) {
      return Settlement.done("nothing to take back", moment -> {});
    }
    if (e.instead().isPresent()) {
      Settlement changed = ChatCarrier.plain(platform.edit(shown.get(), e.instead().get()));
      if (!(changed instanceof Settlement.Failed)) {
        return changed;
      }
    }
    return ChatCarrier.settled(
        platform.delete(shown.get()),
        done -> Settlement.done("", moment -> moment.tx().slots().remove(target, e.slot())));
  }

  /** What was ordered, and what was said with it. */
  private record Said(Effect.ShowMessage order, BotMessage message) {}

  private Settlement posted(ChatOutcome<MessageRef> outcome, Said said, ChannelRef channel) {
    return elsewhere(outcome, said.order().target(), channel)
        .orElseGet(
            () ->
                ChatCarrier.settled(
                    outcome, posted -> Settlement.done(posted.id(), m -> posted(m, said, posted))));
  }

  /** A channel that was closed or left behind our back: the message waits for the next place. */
  private <T> Optional<Settlement> elsewhere(
      ChatOutcome<T> outcome, Target target, ChannelRef channel) {
    if (!(target instanceof Target.InIncident t)) {
      return Optional.empty();
    }
    if (outcome.refusedFor(Cause.CHANNEL_GONE)) {
      boolean open = ground.ask(moment -> lost(moment, t, channel));
      return Optional.of(
          open
              ? new Settlement.Later("the channel is gone", LOOK_AGAIN, true)
              : Settlement.done("the channel is closed", moment -> {}));
    }
    if (outcome.refusedFor(Cause.NOT_A_MEMBER)) {
      ground.write(
          moment ->
              space(moment, t, channel)
                  .ifPresent(
                      space ->
                          Entrance.botRemoved(
                              moment, incident(moment, t).orElseThrow(), space, moment.now())));
      return Optional.of(new Settlement.Later("the bot is not in the channel", LET_IN_TAKES, true));
    }
    return Optional.empty();
  }

  /** Returns whether the message has a place to wait for. */
  private boolean lost(Moment moment, Target.InIncident target, ChannelRef channel) {
    Optional<Incident> incident = incident(moment, target);
    if (incident.isEmpty() || incident.get().status() == IncidentStatus.CLOSED) {
      return false;
    }
    space(moment, target, channel)
        .ifPresent(space -> quarters.lost(moment, incident.get(), space, "archived or deleted"));
    return !incident.get().isPrivate();
  }

  private static Optional<Incident> incident(Moment moment, Target.InIncident target) {
    return moment.tx().incidents().find(target.incident());
  }

  /** Returns the incident's space while that is still the channel that was tried. */
  private static Optional<Space> space(
      Moment moment, Target.InIncident target, ChannelRef channel) {
    return incident(moment, target)
        .flatMap(incident -> incident.spaceOn(target.platform()))
        .filter(space -> space.channel().equals(channel));
  }

  private boolean goesOnInThread(QueuedEffect order, Effect.ShowMessage e) {
    return order
        .incident()
        .flatMap(id -> places.space(id, e.target().platform()))
        .filter(space -> space.thread().isPresent())
        .isPresent();
  }

  /** A thread is named by the slot of its root, or by the root itself behind a number sign. */
  private static Optional<String> thread(Tx tx, String target, String named) {
    if (named.startsWith("#")) {
      return Optional.of(named.substring(1));
    }
    return named.isEmpty() ? Optional.empty() : tx.slots().find(target, named).map(MessageRef::id);
  }

  private ReplyTo direct(Target.Direct to) {
    return new ReplyTo(
        to.user(),
        new ChannelRef(to.user().platform(), "direct"),
        Optional.empty(),
        clock.instant(),
        Optional.empty());
  }

  /** Whoever is asked and cannot be told is as good as not asked. */
  private Settlement notTold(Target.Direct to, Effect.ShowMessage e, Settlement.Failed failed) {
    return Summons.call(e.slot())
        .map(
            call ->
                new Settlement.Failed(
                    failed.reason(),
                    moment -> escalations.unreached(moment, call, to.user(), failed.reason())))
        .orElseGet(
            () ->
                new Settlement.Failed(
                    failed.reason(),
                    moment -> Notices.notTold(moment, to.user(), e.slot(), e.message())));
  }

  private Settlement edit(
      ChatPlatform platform, Urgency urgency, Effect.ShowMessage e, MessageRef message) {
    ChatOutcome<Nothing> outcome = platform.edit(urgency, message, e.message());
    if (!(outcome instanceof ChatOutcome.Refused<Nothing> refused)
        || refused.cause() == Cause.CREDENTIALS) {
      return ChatCarrier.plain(outcome);
    }
    Optional<Settlement> elsewhere = elsewhere(outcome, e.target(), message.channel());
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    ground.write(moment -> gone(moment, e, message));
    return new Settlement.Later("gone: " + refused.reason(), Duration.ZERO);
  }

  /** A message that can no longer be changed is posted anew; a headline is pinned again. */
  private static void gone(Moment moment, Effect.ShowMessage e, MessageRef message) {
    moment.tx().slots().remove(EffectCarrier.slotKey(e.target()), e.slot());
    if (e.target() instanceof Target.InIncident t && e.slot().equals(Cards.HEADLINE)) {
      moment.tx().keepNote(RoomCarrier.replacedNote(e.target()), message.id());
      Facts.append(
          moment,
          t.incident(),
          NewEntry.of(
                  moment.now(),
                  EntryKind.CHANNEL_CHANGED,
                  new Actor.Bot(),
                  "The headline could no longer be changed and is posted anew.")
              .about(message.id())
              .with(Map.of("platform", t.platform(), "message", message.id())));
      new Orders(moment).pin(t.incident(), t.platform(), e.slot());
    }
  }

  private static void posted(Moment moment, Said said, MessageRef message) {
    Effect.ShowMessage e = said.order();
    boolean merged = LateLines.isMerged(said.message());
    if (!merged || e.target() instanceof Target.Announcements) {
      String slot = merged ? e.slot() + "/merged" : e.slot();
      moment.tx().slots().put(EffectCarrier.slotKey(e.target()), slot, message);
    }
    if (e.target() instanceof Target.Announcements) {
      CrowdedAnnouncements.announced(moment, e.slot(), message);
    }
    if (e.target() instanceof Target.InIncident t && Mirror.isCopy(e.slot())) {
      Mirror.posted(moment, t.incident(), e.slot(), message);
    } else if (e.target() instanceof Target.InIncident t) {
      moment
          .tx()
          .timeline()
          .append(
              Stream.of(t.incident()),
              NewEntry.of(
                      moment.now(), EntryKind.BOT_POSTED, new Actor.Bot(), said.message().text())
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
    if (e.target() instanceof Target.Direct direct
        && !incident.get().visibleTo(Optional.of(direct.user()))) {
      return Settlement.done("kept back: private", moment -> {});
    }
    ChatPlatform.Attachment file = documents.render(e.document(), incident.get(), e.uptoSeq());
    return places.at(e.target(), spot -> attached(platform.attach(key, spot.channel(), file), e));
  }

  /** What cannot be uploaded can be read at its page. */
  private static Settlement attached(ChatOutcome<MessageRef> outcome, Effect.PostDocument e) {
    Settlement settlement = ChatCarrier.plain(outcome);
    return settlement instanceof Settlement.Failed failed
        ? Settlement.done(
            "told instead: " + failed.reason(),
            moment -> Documents.linkInstead(moment, e, failed.reason()))
        : settlement;
  }
}

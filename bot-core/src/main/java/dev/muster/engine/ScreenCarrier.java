// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Delivery;
import dev.muster.effect.Effect;
import dev.muster.store.UnitOfWork;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Carries out orders about what one reader looks at: own screens, cards under links, and messages
 * that are read back because somebody marked them. What cannot be shown is nobody's loss.
 */
final class ScreenCarrier {

  private final UnitOfWork store;
  private final InstantSource clock;
  private final Supplier<Settings> settings;
  private final Platforms platforms;
  private final HomeDesk homes;
  private final Conversations conversations;
  private final PlatformGate gate;

  ScreenCarrier(
      Ground ground,
      Platforms platforms,
      HomeDesk homes,
      Conversations conversations,
      PlatformGate gate) {
    this.store = ground.store();
    this.clock = ground.clock();
    this.settings = ground.settings();
    this.platforms = platforms;
    this.homes = homes;
    this.conversations = conversations;
    this.gate = gate;
  }

  /** Shows a person's own screen. */
  Settlement home(Effect.ShowHome order) {
    return on(order.user().platform(), platform -> home(platform, order));
  }

  /** Changes the form that stands open for somebody. */
  Settlement form(Effect.UpdateForm order) {
    return on(
        order.user().platform(),
        platform -> settled(platform.updateForm(order.user(), order.form()), moment -> {}));
  }

  /** Shows a card under a link. */
  Settlement link(Effect.ShowLink order) {
    return on(order.message().channel().platform(), platform -> link(platform, order));
  }

  /** Reads a marked message. */
  Settlement read(Effect.ReadMessage order) {
    String name = order.message().channel().platform();
    return on(name, platform -> gate.pass(name, () -> read(platform, order)));
  }

  private Settlement on(String name, Function<ChatPlatform, Settlement> work) {
    return platforms
        .find(name)
        .map(work)
        .orElseGet(() -> skipped("the platform " + name + " is not switched on any more"));
  }

  private static Settlement skipped(String reason) {
    return Settlement.done("skipped: " + reason, moment -> {});
  }

  private Settlement home(ChatPlatform platform, Effect.ShowHome order) {
    Optional<BotMessage> home =
        store.run(
            tx ->
                homes.render(
                    new Moment(tx, clock.instant(), settings.get()), order.user(), order.asked()));
    return home.map(
            screen ->
                settled(
                    platform.showHome(order.user(), screen),
                    moment -> homes.shown(moment, order.user(), screen)))
        .orElseGet(() -> skipped("nothing changed"));
  }

  private Settlement link(ChatPlatform platform, Effect.ShowLink order) {
    Optional<BotMessage> card =
        store.read(
            tx ->
                PageLinks.card(
                    new Moment(tx, clock.instant(), settings.get()), order.message(), order.url()));
    return card.map(
            shown -> settled(platform.unfurl(order.message(), order.url(), shown), moment -> {}))
        .orElseGet(() -> skipped("there is nothing to show"));
  }

  private static <T> Settlement settled(ChatOutcome<T> outcome, Consumer<Moment> whenDone) {
    return outcome.match(
        value -> Settlement.done("", whenDone),
        later -> new Settlement.Later(later.reason(), later.after()),
        ScreenCarrier::skipped,
        Settlement.Unknown::new);
  }

  private Settlement read(ChatPlatform platform, Effect.ReadMessage order) {
    Settlement settlement =
        ChatCarrier.settled(
            platform.readMessage(order.message()),
            delivery -> Settlement.done("", moment -> log(moment, order, delivery)));
    return settlement instanceof Settlement.Failed failed
        ? Settlement.done(
            "not read: " + failed.reason(), moment -> unread(moment, order, failed.reason()))
        : settlement;
  }

  private void log(Moment moment, Effect.ReadMessage order, Delivery delivery) {
    ChatEvent heard = new Screening().handle(delivery.event());
    if (heard instanceof ChatEvent.MessagePosted posted) {
      conversations.posted(moment, posted);
      moment
          .tx()
          .incidents()
          .find(order.incident())
          .ifPresent(incident -> KeptFiles.read(moment, incident, posted));
    }
  }

  private void unread(Moment moment, Effect.ReadMessage order, String reason) {
    moment
        .tx()
        .incidents()
        .find(order.incident())
        .ifPresent(
            incident -> {
              KeptFiles.unread(moment, incident, order.message(), reason);
              conversations
                  .marks()
                  .settleUnread(moment, incident, order.message(), "not readable: " + reason);
            });
  }
}

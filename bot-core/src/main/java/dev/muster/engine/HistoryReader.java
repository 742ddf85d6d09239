// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Receipt;
import dev.muster.effect.Effect;
import dev.muster.incident.Incident;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Reads what was missed, page by page, and feeds it through the inbox under the live keys. */
final class HistoryReader {

  private static final int MAX_PAGES = 100;

  private final Function<String, ChatInbox> inboxes;

  HistoryReader(Function<String, ChatInbox> inboxes) {
    this.inboxes = inboxes;
  }

  Settlement read(ChatPlatform platform, Effect.ReadHistory order) {
    ChatInbox inbox = inboxes.apply(platform.name());
    Optional<String> page = Optional.empty();
    int fresh = 0;
    for (int count = 0; count < MAX_PAGES; count++) {
      ChatOutcome<ChatPlatform.HistoryPage> outcome =
          platform.readHistory(order.channel(), order.since(), page);
      if (!(outcome instanceof ChatOutcome.Done<ChatPlatform.HistoryPage> done)) {
        return notRead(outcome);
      }
      int taken = feed(inbox, done.value());
      if (taken < 0) {
        return new Settlement.Later("the inbox is full", Duration.ofSeconds(5));
      }
      fresh += taken;
      page = done.value().next();
      if (page.isEmpty()) {
        return filled(order, fresh);
      }
    }
    return filled(order, fresh);
  }

  private static Settlement notRead(ChatOutcome<ChatPlatform.HistoryPage> outcome) {
    return outcome.match(
        done -> Settlement.done(),
        later -> new Settlement.Later(later.reason(), later.after()),
        Settlement::failed,
        reason -> new Settlement.Later(reason, Duration.ofSeconds(5)));
  }

  private static int feed(ChatInbox inbox, ChatPlatform.HistoryPage page) {
    int fresh = 0;
    for (Delivery delivery : page.deliveries()) {
      Receipt receipt = inbox.accept(delivery);
      if (receipt instanceof Receipt.NotStored) {
        return -1;
      }
      fresh += ((Receipt.Stored) receipt).repeat() ? 0 : 1;
    }
    return fresh;
  }

  private static Settlement filled(Effect.ReadHistory order, int fresh) {
    return Settlement.done(
        fresh + " read",
        moment -> {
          Optional<Incident> incident = moment.tx().incidents().livingIn(order.channel());
          incident.ifPresent(about -> Rooms.filled(moment, about, order, fresh));
        });
  }
}

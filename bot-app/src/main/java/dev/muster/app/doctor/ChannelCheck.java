// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.doctor;

import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.config.BotConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks whether the channel where incidents are announced is there. Where it is not, incidents are
 * opened and nobody hears of them.
 */
final class ChannelCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ChannelCheck() {}

  /** Returns what is wrong with it; nothing when the platform does not say. */
  static List<Finding> look(BotConfig config, ChatPlatform platform, ExecutorService executor) {
    if (platform.name().equals(BotConfig.BUILT_IN_PLATFORM)) {
      return List.of();
    }
    String wanted = config.platforms().get(platform.name()).announceChannel();
    Future<ChatOutcome<OpenedChannel>> asked = executor.submit(() -> platform.findChannel(wanted));
    try {
      return asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
              instanceof ChatOutcome.Refused<OpenedChannel> refused
          ? List.of(Finding.note(platform.name(), words(wanted, refused.reason())))
          : List.of();
    } catch (TimeoutException | ExecutionException e) {
      asked.cancel(true);
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static String words(String wanted, String reason) {
    return "Incidents are announced nowhere: the channel of announce-channel, "
        + wanted
        + ", is not found. "
        + reason;
  }
}

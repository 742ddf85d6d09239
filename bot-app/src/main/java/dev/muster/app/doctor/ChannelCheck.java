// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.doctor;

import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.config.BotConfig;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * Looks whether the channel where incidents are announced is there. Where it is not, incidents are
 * opened and nobody hears of them.
 */
final class ChannelCheck {

  private ChannelCheck() {}

  /** Returns that it is not there, or that it could not be looked for. */
  static List<Finding> look(BotConfig config, ChatPlatform platform, ExecutorService executor) {
    if (platform.name().equals(BotConfig.BUILT_IN_PLATFORM)) {
      return List.of();
    }
    String wanted = config.platforms().get(platform.name()).announceChannel();
    ChatOutcome<OpenedChannel> found =
        Question.ask(executor, () -> platform.findChannel(wanted))
            .orElseGet(() -> new ChatOutcome.Unknown<>("no answer"));
    return found.match(
        there -> List.of(),
        later -> notSeen(platform, wanted),
        reason -> missing(platform, wanted, reason),
        unknown -> notSeen(platform, wanted));
  }

  private static List<Finding> missing(ChatPlatform platform, String wanted, String reason) {
    return List.of(
        Finding.note(
            platform.name(),
            "Incidents are announced nowhere: the channel of announce-channel, "
                + wanted
                + ", is not found. "
                + reason));
  }

  private static List<Finding> notSeen(ChatPlatform platform, String wanted) {
    return List.of(
        Finding.note(
            platform.name(),
            "Whether the channel of announce-channel, "
                + wanted
                + ", is there could not be found out now. Ask again later."));
  }
}

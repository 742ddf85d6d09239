// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.util.List;
import java.util.Optional;

/**
 * Whether one channel whose messages are to be alerts can be read.
 *
 * @param channel as the operator wrote it
 * @param problem what is wrong and how to mend it; empty when nothing is
 */
public record AlertChannel(String channel, Optional<String> problem) {

  /** Tells operators of channels that cannot be read, once each, and that they can be again. */
  public static void tell(List<AlertChannel> all, OperatorNotices notices) {
    for (AlertChannel each : all) {
      String topic = "alert-channel/" + each.channel;
      each.problem.ifPresentOrElse(
          problem -> notices.tell(topic, problem),
          () -> notices.over(topic, "Alerts in " + each.channel + " are read."));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.effect.Effect;
import dev.muster.incident.IncidentId;

/** What stands at the head of an incident's channel. */
final class ChannelHead {

  private ChannelHead() {}

  /** Returns the name of the note that holds the topic ordered last. */
  static String topicNote(IncidentId id, String platform) {
    return "topic/" + id + "@" + platform;
  }

  /**
   * Has a new channel described that does not say yet what it is for; nothing waits for that.
   *
   * @param described whether what was wanted stands there already
   * @return the topic that stands there or was ordered
   */
  static String of(Moment moment, Effect.OpenChannel order, boolean described) {
    if (described) {
      return order.spec().topic();
    }
    String topic =
        moment
            .tx()
            .incidents()
            .find(order.incident())
            .map(incident -> new Cards(incident).topic())
            .orElseGet(() -> order.spec().topic());
    new Orders(moment).setTopic(order.incident(), order.platform(), topic, order.spec().purpose());
    return topic;
  }
}

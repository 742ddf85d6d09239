// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.UserRef;
import dev.muster.incident.IncidentId;

/** Where a message goes; resolved to a channel when it is sent. */
public sealed interface Target {

  /** Returns the platform it is on. */
  String platform();

  /**
   * An incident's own channel, which may not be open yet.
   *
   * @param incident whose
   * @param platform on which platform
   */
  record InIncident(IncidentId incident, String platform) implements Target {}

  /**
   * A channel that exists.
   *
   * @param channel which
   */
  record InChannel(ChannelRef channel) implements Target {
    @Override
    public String platform() {
      return channel.platform();
    }
  }

  /**
   * The channel where incidents are announced.
   *
   * @param platform on which platform
   */
  record Announcements(String platform) implements Target {}

  /**
   * One person, privately.
   *
   * @param user who
   */
  record Direct(UserRef user) implements Target {
    @Override
    public String platform() {
      return user.platform();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.ChannelAccount;
import java.util.Set;

/**
 * Who the bot is in Teams, and where it is at home.
 *
 * @param botId the bot's own id, {@code 28:} and the app's id
 * @param homeTeams the Entra groups of the teams whose channels the bot opens
 */
public record Self(String botId, Set<String> homeTeams) {

  /** Keeps an unmodifiable copy. */
  public Self {
    homeTeams = Set.copyOf(homeTeams);
  }

  /** Returns whether an account of an activity is the bot's. */
  boolean is(ChannelAccount who, Activity activity) {
    String id = who == null ? null : who.getId();
    boolean recipient =
        activity.getRecipient() != null && id != null && id.equals(activity.getRecipient().getId());
    return botId.equals(id) || recipient;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.ChannelAccount;
import java.util.List;

/**
 * Who we are in the tenant and where we are at home, as the operator wrote it. Immutable.
 *
 * @param appId the app's id in Entra; empty in an anonymous trial
 * @param tenantId the one tenant that is heard
 * @param homeTeams Entra groups of the teams whose channels the bot opens, in order
 * @param privateOwner the person who owns the chats of private incidents; empty when none is named
 * @param catalogApp id of this app in the tenant's app catalog; empty when it is not written
 */
public record Identity(
    String appId, String tenantId, List<String> homeTeams, String privateOwner, String catalogApp) {

  /** Keeps an unmodifiable copy. */
  public Identity {
    homeTeams = List.copyOf(homeTeams);
  }

  /** Returns the bot's own id in Teams. */
  public String botId() {
    return "28:" + (appId.isBlank() ? "muster" : appId);
  }

  /** Returns whether private incidents can have a chat of their own. */
  public boolean canOpenChats() {
    return !privateOwner.isBlank() && !catalogApp.isBlank();
  }

  /** Returns whether an account of an activity is the bot's. */
  public boolean is(ChannelAccount who, Activity activity) {
    String id = who == null ? null : who.getId();
    boolean recipient =
        activity.getRecipient() != null && id != null && id.equals(activity.getRecipient().getId());
    return botId().equals(id) || recipient;
  }
}

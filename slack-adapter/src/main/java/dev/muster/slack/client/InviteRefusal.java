// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

/** Says in words for people why Slack did not let somebody into a channel. Pure. */
final class InviteRefusal {

  private InviteRefusal() {}

  /** Returns the rest of a sentence that begins with the person's name. */
  static String sentence(String code) {
    return switch (code) {
      case "user_not_found", "users_not_found", "no_user" -> "is not known in this workspace";
      case "user_disabled", "account_inactive" -> "has been deactivated";
      case "user_is_restricted", "ura_max_channels" -> "is a guest who may not join";
      case "org_user_not_in_team", "invitee_cant_see_channel" ->
          "is not a member of this workspace";
      case "no_external_invite_permission", "cant_invite" -> "may not be invited by the bot";
      default -> "could not be invited (" + code + ")";
    };
  }
}

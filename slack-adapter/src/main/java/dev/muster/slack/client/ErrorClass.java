// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import java.util.Set;

/** What an error code of Slack's Web API means for what to do next. */
public enum ErrorClass {
  /** The wanted state is already there. */
  CONVERGED,
  /** Too many calls of this method; not done. */
  THROTTLED,
  /** Something broke on the way or at Slack; it may have been done. */
  TRANSIENT,
  /** The call never reached Slack; not done. */
  UNREACHED,
  /** The token is dead; nothing works until the operator acts. */
  AUTH_DEAD,
  /** A permission or policy forbids this; not done. */
  CONFIGURATION,
  /** The channel, message or person is not there any more, or not for us. */
  GONE,
  /** Slack does not take this request as it stands. */
  INPUT;

  private static final Set<String> AUTH =
      Set.of(
          "invalid_auth",
          "account_inactive",
          "token_revoked",
          "token_expired",
          "not_authed",
          "org_login_required");
  private static final Set<String> THROTTLE =
      Set.of("ratelimited", "rate_limited", "message_limit_exceeded");
  private static final Set<String> BROKEN =
      Set.of("internal_error", "fatal_error", "service_unavailable", "request_timeout");
  private static final Set<String> CONVERGE =
      Set.of("not_archived", "no_pin", "not_pinned", "no_reaction");
  private static final Set<String> FORBIDDEN =
      Set.of(
          "missing_scope",
          "not_allowed_token_type",
          "access_denied",
          "accesslimited",
          "ekm_access_denied",
          "no_permission",
          "permission_denied",
          "plan_upgrade_required",
          "not_authorized");
  private static final Set<String> LOST =
      Set.of(
          "channel_not_found",
          "is_archived",
          "user_not_found",
          "users_not_found",
          "user_not_visible",
          "message_not_found",
          "thread_not_found",
          "not_in_channel",
          "is_inactive",
          "cant_update_message",
          "edit_window_closed",
          "no_such_subteam");

  /** Sorts an error code of an answer {@code ok: false}; unknown codes are taken as INPUT. */
  public static ErrorClass of(String code) {
    if (AUTH.contains(code)) {
      return AUTH_DEAD;
    }
    if (THROTTLE.contains(code)) {
      return THROTTLED;
    }
    if (BROKEN.contains(code)) {
      return TRANSIENT;
    }
    if (CONVERGE.contains(code) || code.startsWith("already_")) {
      return CONVERGED;
    }
    if (FORBIDDEN.contains(code) || code.startsWith("restricted_action")) {
      return CONFIGURATION;
    }
    return LOST.contains(code) ? GONE : INPUT;
  }

  /** Sorts an HTTP status other than 2xx. */
  public static ErrorClass ofStatus(int status) {
    if (status == 429) {
      return THROTTLED;
    }
    if (status == 401 || status == 403) {
      return AUTH_DEAD;
    }
    return status >= 500 || status == 408 ? TRANSIENT : INPUT;
  }

  /** Returns whether a call that failed so has certainly changed nothing. */
  public boolean nothingDone() {
    return this != TRANSIENT;
  }
}

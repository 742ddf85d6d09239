// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import static dev.muster.slack.fake.MethodRule.POST;
import static dev.muster.slack.fake.MethodRule.SPECIAL;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tier, scope and arguments of every method of the stand-in, a line per method. From the page of
 * each method in Slack's documentation; {@code ?} after an argument: it may be left out; {@code !}
 * before a method: it changes something.
 */
final class MethodRules {

  private static final String PAGES = " cursor? limit?";

  private static final String MESSAGES = " oldest? latest? inclusive? include_all_metadata?";

  private static final Map<String, MethodRule> ALL = new TreeMap<>();

  static {
    channels();
    messages();
    marks();
    windows();
    people();
    files();
  }

  private MethodRules() {}

  private static void rule(String method, int tier, String scope, String arguments) {
    Set<String> required = new TreeSet<>();
    Set<String> known = new TreeSet<>(Set.of("token"));
    for (String argument : arguments.strip().split("\\s+")) {
      if (argument.endsWith("?")) {
        known.add(argument.substring(0, argument.length() - 1));
      } else if (!argument.isEmpty()) {
        required.add(argument);
      }
    }
    boolean changes = method.startsWith("!");
    String name = changes ? method.substring(1) : method;
    ALL.put(name, new MethodRule(name, tier, changes, scope, required, known));
  }

  private static void channels() {
    rule("!conversations.create", 2, "*:manage", "name is_private? team_id?");
    rule("!conversations.rename", 2, "*:manage", "channel name");
    rule("!conversations.setTopic", 2, "*:manage", "channel topic?");
    rule("!conversations.setPurpose", 2, "*:manage", "channel purpose?");
    rule("!conversations.invite", 3, "*:manage", "channel users force?");
    rule("!conversations.kick", 3, "*:manage", "channel user");
    rule("!conversations.join", 3, "channels:join", "channel");
    rule("!conversations.leave", 3, "*:manage", "channel");
    rule("!conversations.archive", 2, "*:manage", "channel");
    rule("!conversations.unarchive", 2, "*:manage", "channel");
    rule("!conversations.open", 3, "im:write", "users? channel? return_im? prevent_creation?");
    rule("conversations.info", 3, "*:read", "channel include_locale? include_num_members?");
    rule("conversations.members", 4, "*:read", "channel" + PAGES);
    rule("conversations.history", 3, "*:history", "channel" + MESSAGES + PAGES);
    rule("conversations.replies", 3, "*:history", "channel ts" + MESSAGES + PAGES);
    rule("conversations.list", 2, "*:read", "types? exclude_archived? team_id?" + PAGES);
    rule("users.conversations", 3, "*:read", "types? exclude_archived? user? team_id?" + PAGES);
  }

  private static void messages() {
    String content = " text? blocks? attachments? markdown_text? parse? link_names? mrkdwn?";
    String post =
        " thread_ts? reply_broadcast? unfurl_links? unfurl_media? metadata? unfurl_app_links?";
    rule("!chat.postMessage", POST, "chat:write", "channel" + content + post);
    rule("!chat.postEphemeral", 4, "chat:write", "channel user" + content + " thread_ts?");
    rule("!chat.update", 3, "chat:write", "channel ts" + content + " metadata? reply_broadcast?");
    rule("!chat.delete", 3, "chat:write", "channel ts");
    rule("chat.getPermalink", SPECIAL, "", "channel message_ts");
    String link = "channel? ts? unfurls? unfurl_id? source? metadata? user_auth_required?";
    String signIn = " user_auth_message? user_auth_url? user_auth_blocks?";
    rule("!chat.unfurl", 3, "links:write", link + signIn);
  }

  private static void marks() {
    rule("!pins.add", 2, "pins:write", "channel timestamp");
    rule("!pins.remove", 2, "pins:write", "channel timestamp");
    rule("pins.list", 2, "pins:read", "channel");
    rule("!reactions.add", 3, "reactions:write", "channel timestamp name");
    rule("!reactions.remove", 2, "reactions:write", "channel timestamp name");
    rule(
        "!bookmarks.add", 2, "bookmarks:write", "channel_id title type link? emoji? access_level?");
    rule("!bookmarks.edit", 2, "bookmarks:write", "channel_id bookmark_id title? link? emoji?");
    rule("!bookmarks.remove", 2, "bookmarks:write", "channel_id bookmark_id");
    rule("bookmarks.list", 3, "bookmarks:read", "channel_id");
  }

  private static void windows() {
    rule("!views.open", 4, "", "trigger_id view");
    rule("!views.push", 4, "", "trigger_id view");
    rule("!views.update", 4, "", "view view_id? external_id? hash?");
    rule("!views.publish", 4, "", "user_id view hash?");
  }

  private static void people() {
    rule("auth.test", SPECIAL, "", "");
    rule("apps.connections.open", 3, "", "");
    rule("team.info", 3, "team:read", "team?");
    rule("users.info", 4, "users:read", "user include_locale?");
    rule("users.list", 2, "users:read", "include_locale? team_id?" + PAGES);
    rule("users.lookupByEmail", 3, "users:read.email", "email");
    rule(
        "usergroups.list",
        2,
        "usergroups:read",
        "include_users? include_count? include_disabled? team_id?");
    rule("usergroups.users.list", 2, "usergroups:read", "usergroup include_disabled? team_id?");
  }

  private static void files() {
    rule("!files.getUploadURLExternal", 4, "files:write", "filename length alt_txt? snippet_type?");
    rule(
        "!files.completeUploadExternal",
        4,
        "files:write",
        "files channel_id? channels? initial_comment? blocks? thread_ts?");
    rule("files.info", 4, "files:read", "file page? count? limit? cursor?");
  }

  static MethodRule of(String method) {
    MethodRule rule = ALL.get(method);
    SlackError.when(rule == null, "unknown_method");
    return rule;
  }

  static boolean changes(String method) {
    MethodRule rule = ALL.get(method);
    return rule == null || rule.changes();
  }

  static Set<String> names() {
    return Set.copyOf(ALL.keySet());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who we are, and who the others are. Slack documentation: users.info {@code user_not_found},
 * users.lookupByEmail {@code users_not_found}; user groups exist on paid plans alone ({@code
 * plan_upgrade_required}); auth.test needs no scope and names what was granted in a header.
 */
final class PeopleMethods {

  private final Workspace workspace;

  PeopleMethods(Workspace workspace) {
    this.workspace = workspace;
  }

  void addTo(Map<String, Function<Call, ObjectNode>> methods) {
    methods.put("auth.test", call -> self());
    methods.put("team.info", call -> team());
    methods.put("users.info", call -> user(call.get("user"), "user_not_found"));
    methods.put("users.list", call -> users());
    methods.put("users.lookupByEmail", this::byEmail);
    methods.put("usergroups.list", this::groups);
    methods.put("usergroups.users.list", this::group);
  }

  private static ObjectNode self() {
    return Call.object()
        .put("url", "https://acme.slack.com/")
        .put("team", "acme")
        .put("team_id", Workspace.TEAM)
        .put("user", "muster")
        .put("user_id", Workspace.BOT_USER)
        .put("bot_id", Workspace.BOT)
        .put("is_enterprise_install", false);
  }

  private static ObjectNode team() {
    ObjectNode answer = Call.object();
    answer.putObject("team").put("id", Workspace.TEAM).put("name", "acme").put("domain", "acme");
    return answer;
  }

  private ObjectNode user(String id, String missing) {
    SlackError.when(!workspace.users.containsKey(id), missing);
    ObjectNode answer = Call.object();
    answer.set("user", json(id));
    return answer;
  }

  private ObjectNode json(String id) {
    String name = workspace.users.get(id);
    ObjectNode user = Call.object();
    user.put("id", id).put("name", name).put("real_name", name).put("team_id", Workspace.TEAM);
    user.put("tz", "Europe/Berlin").put("deleted", false);
    user.put("is_bot", id.equals(Workspace.BOT_USER));
    user.put("is_email_confirmed", true);
    user.putObject("profile").put("display_name", name).put("email", name + "@acme.invalid");
    user.setAll(workspace.traits.getOrDefault(id, Call.object()));
    return user;
  }

  private ObjectNode users() {
    ObjectNode answer = Call.object();
    ArrayNode members = answer.putArray("members");
    workspace.users.keySet().forEach(id -> members.add(json(id)));
    answer.putObject("response_metadata").put("next_cursor", "");
    return answer;
  }

  private ObjectNode byEmail(Call call) {
    String name = call.get("email").replace("@acme.invalid", "");
    Optional<String> id =
        workspace.users.entrySet().stream()
            .filter(user -> user.getValue().equals(name))
            .map(Map.Entry::getKey)
            .findFirst();
    return user(id.orElse(""), "users_not_found");
  }

  private ObjectNode groups(Call call) {
    SlackError.when(!workspace.paidPlan, "plan_upgrade_required");
    ObjectNode answer = Call.object();
    ArrayNode groups = answer.putArray("usergroups");
    workspace.groups.forEach(
        (id, group) ->
            groups
                .addObject()
                .put("id", id)
                .put("team_id", Workspace.TEAM)
                .put("handle", group.handle())
                .put("name", group.handle()));
    return answer;
  }

  private ObjectNode group(Call call) {
    SlackError.when(!workspace.paidPlan, "plan_upgrade_required");
    Workspace.Group group = workspace.groups.get(call.get("usergroup"));
    SlackError.when(group == null, "no_such_subteam");
    ObjectNode answer = Call.object();
    ArrayNode members = answer.putArray("users");
    group.members().forEach(members::add);
    return answer;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Windows and Home tabs. Slack documentation, modals: a trigger opens one window, once and within
 * three seconds; title, submit and close have 24 characters, private metadata 3,000, ids 255, a
 * view 250 KB and 100 blocks; a window with an input needs a submit label; an external id is unique
 * per workspace; {@code hash} guards against a race; three views lie in a stack.
 */
final class ViewMethods {

  private static final int LONGEST_LABEL = 24;
  private static final int LONGEST_METADATA = 3_000;
  private static final int LONGEST_ID = 255;
  private static final int LARGEST_VIEW = 250_000;
  private static final int MOST_IN_A_STACK = 3;

  private final Workspace workspace;

  ViewMethods(Workspace workspace) {
    this.workspace = workspace;
  }

  void addTo(Map<String, Function<Call, ObjectNode>> methods) {
    methods.put("views.open", call -> open(call, 1));
    methods.put("views.push", call -> open(call, MOST_IN_A_STACK));
    methods.put("views.update", this::update);
    methods.put("views.publish", this::publish);
  }

  private ObjectNode open(Call call, int stack) {
    Workspace.Trigger trigger = workspace.triggers.get(call.get("trigger_id"));
    SlackError.when(trigger == null, "invalid_trigger_id");
    SlackError.when(trigger.used, "exchanged_trigger_id");
    SlackError.when(!workspace.now().isBefore(trigger.until), "expired_trigger_id");
    ObjectNode view = checked(call.json("view"), "modal");
    checkExternalId(view, "");
    long open =
        workspace.views.keySet().stream()
            .filter(id -> trigger.user.equals(workspace.viewOwners.get(id)))
            .count();
    SlackError.when(stack > 1 && open >= stack, "push_limit_reached");
    trigger.used = true;
    String id = workspace.nextId("V0");
    workspace.viewOwners.put(id, trigger.user);
    workspace.did("opened " + id + " for " + trigger.user);
    return put(id, view);
  }

  private void checkExternalId(JsonNode view, String own) {
    String external = view.path("external_id").asText();
    boolean taken =
        workspace.views.entrySet().stream()
            .anyMatch(
                other ->
                    !other.getKey().equals(own)
                        && other.getValue().path("external_id").asText().equals(external));
    SlackError.when(!external.isEmpty() && taken, "duplicate_external_id");
  }

  private ObjectNode put(String id, ObjectNode view) {
    view.put("id", id).put("team_id", Workspace.TEAM).put("hash", workspace.nextTs());
    workspace.views.put(id, view);
    ObjectNode answer = Call.object();
    answer.set("view", view.deepCopy());
    return answer;
  }

  private ObjectNode update(Call call) {
    Optional<ObjectNode> open =
        workspace.views.values().stream()
            .filter(
                v ->
                    v.path("id").asText().equals(call.get("view_id"))
                        || call.optional("external_id")
                            .filter(v.path("external_id").asText()::equals)
                            .isPresent())
            .findFirst();
    SlackError.when(open.isEmpty(), "not_found");
    boolean raced =
        call.optional("hash").map(h -> !h.equals(open.get().path("hash").asText())).orElse(false);
    SlackError.when(raced, "hash_conflict");
    String id = open.get().path("id").asText();
    ObjectNode view = checked(call.json("view"), "modal");
    checkExternalId(view, id);
    workspace.did("replaced " + id);
    return put(id, view);
  }

  private ObjectNode publish(Call call) {
    SlackError.when(!workspace.users.containsKey(call.get("user_id")), "invalid_arguments", "user");
    SlackError.when(!workspace.homeTab, "not_enabled");
    ObjectNode view = checked(call.json("view"), "home");
    view.put("id", "V0HOME" + call.get("user_id")).put("hash", workspace.nextTs());
    workspace.homes.put(call.get("user_id"), view);
    workspace.did("showed the Home tab of " + call.get("user_id"));
    ObjectNode answer = Call.object();
    answer.set("view", view.deepCopy());
    return answer;
  }

  static ObjectNode checked(JsonNode json, String type) {
    SlackError.when(!json.isObject(), "invalid_arguments", "view");
    ObjectNode view = json.deepCopy();
    SlackError.when(json.toString().length() > LARGEST_VIEW, "view_too_large");
    BlockRules.check(view.path("blocks"), 100);
    SlackError.when(!view.path("type").asText().equals(type), "invalid_arguments", "type");
    SlackError.when(
        view.path("private_metadata").asText().length() > LONGEST_METADATA, "view_too_large");
    for (String id : new String[] {"callback_id", "external_id"}) {
      SlackError.when(view.path(id).asText().length() > LONGEST_ID, "invalid_arguments", id);
    }
    if (type.equals("modal")) {
      modal(view);
    }
    return view;
  }

  private static void modal(JsonNode view) {
    SlackError.when(label(view, "title").isEmpty(), "invalid_arguments", "title");
    for (String part : new String[] {"title", "submit", "close"}) {
      SlackError.when(label(view, part).length() > LONGEST_LABEL, "invalid_arguments", part);
    }
    boolean asks = view.path("blocks").findValuesAsText("type").contains("input");
    SlackError.when(asks && !view.has("submit"), "invalid_arguments", "submit");
  }

  private static String label(JsonNode view, String part) {
    return view.path(part).path("text").asText();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.view.View;
import com.slack.api.util.json.GsonFactory;
import java.util.List;
import java.util.Map;

/**
 * What Slack would make of rendered blocks: checked against its rules, then read.
 *
 * @param words everything that can be read
 * @param notified whom it notifies
 * @param json the blocks as they are sent
 */
public record Seen(String words, List<String> notified, JsonNode json) {

  /** Keeps an unmodifiable copy. */
  public Seen {
    notified = List.copyOf(notified);
  }

  /** Reads a message. */
  public static Seen message(String text, List<LayoutBlock> blocks) {
    JsonNode json = Call.parse(GsonFactory.createSnakeCase().toJson(blocks));
    BlockRules.check(json, 50);
    ObjectNode message = Call.object().put("text", text);
    message.set("blocks", json);
    Reading shown = new Reading(message, Map.of());
    Reading spoken = new Reading(Call.object().put("text", text), Map.of());
    List<String> notified = new java.util.ArrayList<>(shown.notified());
    notified.addAll(spoken.notified());
    return new Seen(shown.words(), notified, json);
  }

  /** Checks a window and returns its JSON. */
  public static JsonNode window(View view) {
    JsonNode json = Call.parse(GsonFactory.createSnakeCase().toJson(view));
    return ViewMethods.checked(json, "modal");
  }
}

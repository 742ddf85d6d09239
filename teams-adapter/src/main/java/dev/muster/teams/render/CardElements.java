// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.teams.client.Json;

/**
 * The few elements of Adaptive Cards 1.5 that we use, always as JSON trees: the SDK's validator
 * fails on maps and lists of the JDK.
 */
final class CardElements {

  /** The documented ceiling for cards of bots. */
  static final String VERSION = "1.5";

  private CardElements() {}

  static ObjectNode card(ArrayNode body, ArrayNode actions, String fallback) {
    ObjectNode card =
        Json.object()
            .put("type", "AdaptiveCard")
            .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            .put("version", VERSION)
            .put("fallbackText", fallback);
    card.set("body", body);
    if (!actions.isEmpty()) {
      card.set("actions", actions);
    }
    return card;
  }

  static ObjectNode text(String markdown) {
    return Json.object().put("type", "TextBlock").put("text", markdown).put("wrap", true);
  }

  static ObjectNode container(ArrayNode items, String style) {
    ObjectNode container = Json.object().put("type", "Container");
    if (!style.isEmpty()) {
      container.put("style", style);
    }
    container.set("items", items);
    return container;
  }

  static ArrayNode list(ObjectNode... elements) {
    ArrayNode list = Json.array();
    for (ObjectNode element : elements) {
      list.add(element);
    }
    return list;
  }
}

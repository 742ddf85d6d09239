// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The few elements of Adaptive Cards 1.5 that we use, always as JSON trees: the SDK's validator
 * fails on maps and lists of the JDK.
 */
final class CardElements {

  /** The documented ceiling for cards of bots. */
  static final String VERSION = "1.5";

  private static final JsonMapper MAPPER = new JsonMapper();

  private CardElements() {}

  /** Returns an empty object. */
  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Returns an empty list. */
  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** Returns how many bytes something is on its way to Teams; an emoji is twelve. */
  static int size(JsonNode tree) {
    try {
      return MAPPER.writeValueAsBytes(tree).length;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of ours could not be written", e);
    }
  }

  static ObjectNode card(ArrayNode body, ArrayNode actions, String fallback) {
    ObjectNode card =
        object()
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
    return object().put("type", "TextBlock").put("text", markdown).put("wrap", true);
  }

  static ObjectNode container(ArrayNode items, String style) {
    ObjectNode container = object().put("type", "Container");
    if (!style.isEmpty()) {
      container.put("style", style);
    }
    container.set("items", items);
    return container;
  }

  static ArrayNode list(ObjectNode... elements) {
    ArrayNode list = array();
    for (ObjectNode element : elements) {
      list.add(element);
    }
    return list;
  }
}

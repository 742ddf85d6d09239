// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A modal that stands open for a person.
 *
 * @param id Slack's id of the view
 * @param view the view as it was sent
 */
public record OpenWindow(String id, JsonNode view) {

  /** Returns its title. */
  public String title() {
    return view.path("title").path("text").asText();
  }

  /** Returns what the app keeps in it for itself. */
  public String privateMetadata() {
    return view.path("private_metadata").asText();
  }

  /** Returns the block ids of what can be filled in, in order. */
  public List<String> inputs() {
    List<String> ids = new ArrayList<>();
    for (JsonNode block : view.path("blocks")) {
      if (block.path("type").asText().equals("input")) {
        ids.add(block.path("block_id").asText());
      }
    }
    return ids;
  }

  /** Returns what stands in its text inputs before anybody types, by the input's label. */
  public Map<String, String> filledIn() {
    Map<String, String> values = new LinkedHashMap<>();
    for (JsonNode block : view.path("blocks")) {
      JsonNode initial = block.path("element").path("initial_value");
      if (initial.isTextual()) {
        values.put(block.path("label").path("text").asText(), initial.textValue());
      }
    }
    return values;
  }

  /** Returns everything that can be read on it. */
  public String words() {
    List<String> words = new ArrayList<>();
    read(view, words);
    return String.join("\n", words);
  }

  private static void read(JsonNode node, List<String> words) {
    if (node.path("text").isTextual()) {
      words.add(node.path("text").textValue());
    }
    node.forEach(part -> read(part, words));
  }
}

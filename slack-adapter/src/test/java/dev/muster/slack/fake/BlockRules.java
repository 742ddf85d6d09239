// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Slack's rules for blocks, as its limits for Block Kit state them: 50 blocks in a message and 100
 * in a window, header 150 characters, text objects 1 to 3,000, fields 10 of 2,000, context 10
 * elements, actions 25, labels 75, values 2,000, options 100; and only the kinds of block that
 * every client shows.
 */
final class BlockRules {

  private static final Set<String> KINDS =
      Set.of("section", "header", "context", "actions", "divider", "rich_text", "input");

  private BlockRules() {}

  static void check(JsonNode blocks, int most) {
    SlackError.when(!blocks.isArray() || blocks.size() > most, "invalid_blocks");
    Set<String> blockIds = new HashSet<>();
    for (JsonNode block : blocks) {
      String type = block.path("type").asText();
      refuseUnless(KINDS.contains(type));
      String id = block.path("block_id").asText();
      refuseUnless(id.length() <= 255 && (id.isEmpty() || blockIds.add(id)));
      switch (type) {
        case "header" -> plain(block.path("text"), 150);
        case "section" -> section(block);
        case "context" -> elements(block, 10);
        case "actions" -> actions(block);
        case "rich_text" -> richText(block);
        case "input" -> input(block);
        default -> {}
      }
    }
  }

  private static void section(JsonNode block) {
    refuseUnless(block.has("text") || block.has("fields"));
    if (block.has("text")) {
      text(block.path("text"), 3_000);
    }
    refuseUnless(block.path("fields").size() <= 10);
    block.path("fields").forEach(field -> text(field, 2_000));
  }

  private static void elements(JsonNode block, int most) {
    refuseUnless(!block.path("elements").isEmpty() && block.path("elements").size() <= most);
    block.path("elements").forEach(element -> text(element, 3_000));
  }

  private static void actions(JsonNode block) {
    refuseUnless(!block.path("elements").isEmpty() && block.path("elements").size() <= 25);
    Set<String> ids = new HashSet<>();
    for (JsonNode button : block.path("elements")) {
      plain(button.path("text"), 75);
      refuseUnless(ids.add(button.path("action_id").asText()));
      refuseUnless(button.path("action_id").asText().length() <= 255);
      refuseUnless(button.path("value").asText().length() <= 2_000);
      String style = button.path("style").asText();
      refuseUnless(Set.of("", "primary", "danger").contains(style));
      if (button.has("confirm")) {
        plain(button.path("confirm").path("title"), 100);
        text(button.path("confirm").path("text"), 300);
        plain(button.path("confirm").path("confirm"), 30);
        plain(button.path("confirm").path("deny"), 30);
      }
    }
  }

  private static void richText(JsonNode block) {
    refuseUnless(!block.path("elements").isEmpty());
    for (JsonNode part : block.path("elements")) {
      refuseUnless(!part.path("elements").isEmpty());
      for (JsonNode leaf : part.path("elements")) {
        refuseUnless(
            !leaf.path("type").asText().equals("text") || !leaf.path("text").asText().isEmpty());
      }
    }
  }

  private static void input(JsonNode block) {
    plain(block.path("label"), 2_000);
    if (block.has("hint")) {
      plain(block.path("hint"), 2_000);
    }
    JsonNode element = block.path("element");
    refuseUnless(element.path("options").size() <= 100);
    refuseUnless(
        !element.path("type").asText().equals("static_select")
            || !element.path("options").isEmpty());
    for (JsonNode option : element.path("options")) {
      plain(option.path("text"), 75);
      refuseUnless(option.path("value").asText().length() <= 75);
    }
    int longest = element.path("max_length").asInt(3_000);
    refuseUnless(longest >= 1 && longest <= 3_000);
    refuseUnless(element.path("initial_value").asText().length() <= longest);
  }

  private static void plain(JsonNode text, int most) {
    refuseUnless(text.path("type").asText().equals("plain_text"));
    text(text, most);
  }

  private static void text(JsonNode text, int most) {
    int length = text.path("text").asText().length();
    refuseUnless(length >= 1 && length <= most);
  }

  private static void refuseUnless(boolean kept) {
    SlackError.when(!kept, "invalid_blocks");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the words of a message whose text is empty from its blocks, in the form in which {@link
 * SlackText} gives typed words. Blocks nobody knows yet give whatever text is in them. Pure.
 */
final class RichWords {

  private static final int DEEPEST = 12;

  private final List<String> lines = new ArrayList<>();

  private RichWords() {}

  /** Returns the words, one line per part; empty when there are none. */
  static String of(JsonNode blocks) {
    RichWords words = new RichWords();
    blocks.forEach(block -> words.block(block, 0));
    return String.join("\n", words.lines).strip();
  }

  private void block(JsonNode block, int depth) {
    if (StrictJson.text(block, "type").equals("rich_text")) {
      block.path("elements").forEach(part -> part(part, "", depth + 1));
    } else {
      anything(block, depth + 1);
    }
  }

  private void part(JsonNode part, String before, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    switch (StrictJson.text(part, "type")) {
      case "rich_text_list" -> list(part, depth);
      case "rich_text_quote" -> lines.add(before + "> " + inline(part));
      case "rich_text_section", "rich_text_preformatted" -> lines.add(before + inline(part));
      default -> anything(part, depth + 1);
    }
  }

  private void list(JsonNode list, int depth) {
    boolean counted = StrictJson.text(list, "style").equals("ordered");
    int number = list.path("offset").asInt(0);
    String indent = "  ".repeat(Math.max(0, Math.min(8, list.path("indent").asInt(0))));
    for (JsonNode item : list.path("elements")) {
      number++;
      part(item, indent + (counted ? number + ". " : "• "), depth + 1);
    }
  }

  private static String inline(JsonNode part) {
    StringBuilder line = new StringBuilder();
    for (JsonNode leaf : part.path("elements")) {
      line.append(leaf(leaf));
    }
    return line.toString();
  }

  private static String leaf(JsonNode leaf) {
    return switch (StrictJson.text(leaf, "type")) {
      case "user" -> "<@slack:" + StrictJson.text(leaf, "user_id") + ">";
      case "usergroup" -> "@" + StrictJson.text(leaf, "usergroup_id");
      case "channel" -> "#" + StrictJson.text(leaf, "channel_id");
      case "broadcast" -> "@" + StrictJson.text(leaf, "range");
      case "emoji" -> ":" + StrictJson.text(leaf, "name") + ":";
      case "color" -> StrictJson.text(leaf, "value");
      case "link" -> SlackText.link(StrictJson.text(leaf, "url"), StrictJson.text(leaf, "text"));
      case "date" -> date(leaf);
      default -> StrictJson.text(leaf, "text");
    };
  }

  private static String date(JsonNode leaf) {
    String fallback = StrictJson.text(leaf, "fallback");
    return fallback.isEmpty()
        ? Instant.ofEpochSecond(leaf.path("timestamp").asLong(0)).toString()
        : fallback;
  }

  /** Takes every text there is; what is markup in it becomes readable. */
  private void anything(JsonNode node, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    JsonNode text = node.path("text");
    if (text.isTextual()) {
      lines.add(SlackText.neutral(text.asText()));
    }
    node.forEach(
        child -> {
          if (child.isContainerNode()) {
            anything(child, depth + 1);
          }
        });
  }
}

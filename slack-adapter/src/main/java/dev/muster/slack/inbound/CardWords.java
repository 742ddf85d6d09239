// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reads what a program's message says to its readers: its text, its attachments, its blocks. Alert
 * senders often leave {@code text} empty and put everything into an attachment. Pure.
 */
final class CardWords {

  private static final int LONGEST = 40_000;
  private static final int DEEPEST = 12;

  private CardWords() {}

  /** Returns the words, line by line, each line once. */
  static String of(JsonNode message) {
    Set<String> lines = new LinkedHashSet<>();
    add(lines, StrictJson.text(message, "text"));
    for (JsonNode attachment : message.path("attachments")) {
      if (!CardParts.isPreview(attachment)) {
        attachment(lines, attachment);
      }
    }
    if (lines.isEmpty()) {
      blocks(lines, message.path("blocks"), 0);
    }
    String words = String.join("\n", lines);
    return words.length() > LONGEST ? words.substring(0, LONGEST) : words;
  }

  private static void attachment(Set<String> lines, JsonNode attachment) {
    int before = lines.size();
    add(lines, StrictJson.text(attachment, "pretext"));
    add(lines, StrictJson.text(attachment, "title"));
    add(lines, StrictJson.text(attachment, "text"));
    for (JsonNode field : attachment.path("fields")) {
      add(lines, StrictJson.text(field, "title") + ": " + StrictJson.text(field, "value"));
    }
    blocks(lines, attachment.path("blocks"), 0);
    if (lines.size() == before) {
      add(lines, StrictJson.text(attachment, "fallback"));
    }
  }

  /** Walks blocks of any kind, known or not, and takes every text in them. */
  private static void blocks(Set<String> lines, JsonNode node, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    if (node.isObject() && node.path("text").isTextual()) {
      add(lines, StrictJson.text(node, "text"));
    }
    node.forEach(
        child -> {
          if (child.isContainerNode()) {
            blocks(lines, child, depth + 1);
          }
        });
  }

  private static void add(Set<String> lines, String text) {
    String words = SlackText.neutral(text).strip();
    if (!words.isEmpty() && !words.equals(":")) {
      lines.add(words);
    }
  }
}

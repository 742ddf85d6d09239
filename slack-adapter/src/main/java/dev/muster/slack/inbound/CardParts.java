// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.PostedCard;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a program's message apart: one card for each attachment, and one for blocks that stand in
 * the message itself. Previews that Slack added for links are not the program's words and are left
 * out. Pure.
 */
final class CardParts {

  /** More attachments than this no sender makes, and no reader reads. */
  private static final int MOST_CARDS = 20;

  private static final int MOST_FIELDS = 60;
  private static final int LONGEST = 16_000;
  private static final int DEEPEST = 12;
  private static final Pattern LINK = Pattern.compile("<(https?://[^<>|\\s]{1,3000})[|>]");

  private CardParts() {}

  /** Returns the cards in the order in which they are shown. */
  static List<PostedCard> of(JsonNode message) {
    List<PostedCard> cards = new ArrayList<>();
    if (message.path("blocks").size() > 0) {
      cards.add(card(MissingNode.getInstance(), message.path("blocks")));
    }
    for (JsonNode attachment : message.path("attachments")) {
      if (!isPreview(attachment) && cards.size() < MOST_CARDS) {
        cards.add(card(attachment, attachment.path("blocks")));
      }
    }
    return cards;
  }

  /** Returns whether Slack made this attachment for a link in the message. */
  static boolean isPreview(JsonNode attachment) {
    return attachment.hasNonNull("from_url")
        || attachment.path("is_msg_unfurl").asBoolean(false)
        || attachment.path("is_app_unfurl").asBoolean(false);
  }

  private static PostedCard card(JsonNode attachment, JsonNode blocks) {
    Parts parts = new Parts();
    parts.link(StrictJson.text(attachment, "title_link"));
    parts.line(StrictJson.text(attachment, "text"));
    for (JsonNode field : attachment.path("fields")) {
      parts.field(StrictJson.text(field, "title"), StrictJson.text(field, "value"));
    }
    blocks.forEach(block -> block(parts, block));
    attachment.path("actions").forEach(action -> parts.link(StrictJson.text(action, "url")));
    String title = words(StrictJson.text(attachment, "title"));
    return new PostedCard(
        words(StrictJson.text(attachment, "pretext")),
        title.isEmpty() ? parts.header : title,
        StrictJson.text(attachment, "title_link"),
        String.join("\n", parts.lines),
        parts.fields,
        words(StrictJson.text(attachment, "footer")),
        tone(StrictJson.text(attachment, "color")),
        words(StrictJson.text(attachment, "fallback")),
        List.copyOf(parts.links));
  }

  private static void block(Parts parts, JsonNode block) {
    switch (StrictJson.text(block, "type")) {
      case "header" -> parts.header(StrictJson.text(block, "text", "text"));
      case "section" -> {
        parts.line(StrictJson.text(block, "text", "text"));
        block.path("fields").forEach(field -> parts.boldField(StrictJson.text(field, "text")));
        parts.link(StrictJson.text(block, "accessory", "url"));
      }
      case "actions" ->
          block.path("elements").forEach(button -> parts.link(StrictJson.text(button, "url")));
      default -> everything(parts, block, 0);
    }
  }

  /** Walks a block of any other kind, known or not, and takes every text in it. */
  private static void everything(Parts parts, JsonNode node, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    parts.line(StrictJson.text(node, "text"));
    parts.link(StrictJson.text(node, "url"));
    for (JsonNode child : node) {
      if (child.isContainerNode()) {
        everything(parts, child, depth + 1);
      }
    }
  }

  private static String words(String text) {
    String plain = SlackText.neutral(text).strip();
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
  }

  /** Slack's three words, or the strongest part of a colour written in hexadecimal. */
  private static Tone tone(String colour) {
    return switch (colour) {
      case "danger" -> Tone.URGENT;
      case "warning" -> Tone.WARNING;
      case "good" -> Tone.GOOD;
      default -> colour.matches("#?[0-9a-fA-F]{6}") ? tone(rgb(colour)) : Tone.NEUTRAL;
    };
  }

  private static int rgb(String colour) {
    return Integer.parseInt(colour.substring(colour.length() - 6), 16);
  }

  private static Tone tone(int rgb) {
    int red = rgb >> 16;
    int green = rgb >> 8 & 0xFF;
    int blue = rgb & 0xFF;
    boolean grey = Math.abs(red - green) < 32 && Math.abs(green - blue) < 32;
    if (grey || blue > red && blue > green) {
      return Tone.NEUTRAL;
    }
    if (green > red) {
      return Tone.GOOD;
    }
    return green * 2 > red ? Tone.WARNING : Tone.URGENT;
  }

  /** What was found so far. */
  private static final class Parts {
    private final Set<String> lines = new LinkedHashSet<>();
    private final Set<String> links = new LinkedHashSet<>();
    private final List<PostedCard.Field> fields = new ArrayList<>();
    private String header = "";

    void header(String text) {
      if (header.isEmpty()) {
        header = words(text);
      } else {
        line(text);
      }
    }

    void line(String text) {
      linksIn(text);
      String words = words(text);
      if (!words.isEmpty()) {
        lines.add(words);
      }
    }

    void field(String name, String value) {
      linksIn(value);
      if (fields.size() < MOST_FIELDS) {
        fields.add(new PostedCard.Field(words(name), words(value)));
      }
    }

    /** In blocks a field is one text; its first line, in bold, is the name by custom. */
    void boldField(String text) {
      Matcher bold = Pattern.compile("(?s)\\*([^*\\n]{1,200})\\*:?\\s*(.*)").matcher(text);
      if (bold.matches()) {
        field(bold.group(1).replaceAll(":\\s*$", ""), bold.group(2));
      } else {
        line(text);
      }
    }

    private void linksIn(String text) {
      LINK.matcher(text).results().forEach(link -> link(link.group(1).replace("&amp;", "&")));
    }

    void link(String url) {
      boolean web = url.startsWith("https://") || url.startsWith("http://");
      if (web && links.size() < PostedCard.MOST_LINKS) {
        links.add(url);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.PostedCard;
import dev.muster.teams.client.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the cards of a message apart: Adaptive Cards, cards of connectors, and the older cards with
 * title, text and buttons. An activity holds them as objects, Graph as JSON text. A heading leads
 * nowhere in Teams, so the first address among the buttons stands for it. Pure.
 */
final class CardParts {

  private static final String CARD = "application/vnd.microsoft.card.";
  private static final String CONNECTOR = "application/vnd.microsoft.teams.card.o365connector";

  /** More cards than this no sender makes, and no reader reads. */
  private static final int MOST_CARDS = 20;

  private static final int MOST_FIELDS = 60;
  private static final int LONGEST = 16_000;
  private static final int DEEPEST = 20;
  private static final Pattern LINK =
      Pattern.compile("\\[([^\\[\\]\\n]{0,2000})\\]\\((https?://[^()\\s]{1,3000})\\)");
  private static final Pattern COLOUR = Pattern.compile("#?[0-9a-fA-F]{6}");

  private CardParts() {}

  /** Returns whether an attachment is a card. */
  static boolean isCard(String contentType) {
    return contentType != null
        && (contentType.startsWith(CARD) || contentType.startsWith(CONNECTOR));
  }

  /** Returns the cards among attachments, in the order in which they are shown. */
  static List<PostedCard> of(Iterable<JsonNode> attachments) {
    List<PostedCard> cards = new ArrayList<>();
    for (JsonNode attachment : attachments) {
      if (isCard(attachment.path("contentType").asText("")) && cards.size() < MOST_CARDS) {
        cards.add(card(content(attachment.path("content"))));
      }
    }
    return cards;
  }

  /** Returns the words of cards, for programs that write no text beside them. */
  static String words(List<PostedCard> cards) {
    List<String> lines = new ArrayList<>();
    for (PostedCard card : cards) {
      lines.add(card.title());
      lines.add(card.text());
      card.fields().forEach(field -> lines.add(field.name() + ": " + field.value()));
    }
    lines.removeIf(String::isEmpty);
    return String.join("\n", lines);
  }

  private static JsonNode content(JsonNode content) {
    if (!content.isTextual()) {
      return content;
    }
    try {
      return Json.read(content.asText().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Json.object();
    }
  }

  private static PostedCard card(JsonNode content) {
    Parts parts = new Parts();
    walk(parts, content, 0);
    parts.tone(content.path("themeColor").asText(""));
    return new PostedCard(
        "",
        parts.title,
        parts.links.stream().findFirst().orElse(""),
        String.join("\n", parts.lines),
        parts.fields,
        "",
        parts.tone,
        words(content.path("summary").asText(content.path("fallbackText").asText(""))),
        List.copyOf(parts.addresses()));
  }

  /** Walks elements of any kind, known or not, in the order in which they are read. */
  private static void walk(Parts parts, JsonNode node, int depth) {
    if (depth > DEEPEST || !node.isContainerNode()) {
      return;
    }
    if (node.isArray()) {
      node.forEach(item -> walk(parts, item, depth + 1));
      return;
    }
    parts.tone(node.path("color").asText(node.path("style").asText("")));
    for (String name : List.of("title", "activityTitle", "subtitle", "activitySubtitle", "text")) {
      String words = node.path(name).asText("");
      boolean fact = name.equals("title") && node.has("value");
      if (!words.isEmpty() && !fact && !isAction(node)) {
        parts.line(words);
      }
    }
    field(parts, node);
    for (String name : List.of("url", "uri")) {
      parts.link(isAction(node) || node.has("os") ? node.path(name).asText("") : "");
    }
    for (String name :
        List.of(
            "body",
            "items",
            "inlines",
            "columns",
            "rows",
            "cells",
            "facts",
            "sections",
            "card",
            "actions",
            "buttons",
            "selectAction",
            "tap",
            "potentialAction",
            "targets")) {
      walk(parts, node.path(name), depth + 1);
    }
  }

  /** A fact has a title in Adaptive Cards and a name in those of connectors. */
  private static void field(Parts parts, JsonNode node) {
    String name = node.path("title").asText(node.path("name").asText(""));
    boolean fact = !isAction(node) && node.path("value").isTextual();
    if (fact && !name.isEmpty()) {
      parts.field(name, node.path("value").asText());
    } else if (fact) {
      parts.line(node.path("value").asText());
    }
    if (node.path("type").asText("").toLowerCase(Locale.ROOT).equals("openurl")) {
      parts.link(node.path("value").asText(""));
    }
  }

  private static boolean isAction(JsonNode node) {
    String type = node.path("type").asText(node.path("@type").asText(""));
    return type.startsWith("Action.") || type.equals("OpenUri") || type.equals("openUrl");
  }

  private static String words(String text) {
    String lines = text.replace("\r\n", "\n").replace('\r', '\n').replace('\u00a0', ' ');
    String plain = LINK.matcher(lines).replaceAll(CardParts::shown).strip();
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
  }

  private static String shown(MatchResult link) {
    String words = link.group(1).strip();
    boolean bare = words.isEmpty() || words.equals(link.group(2));
    return Matcher.quoteReplacement(bare ? link.group(2) : words + " (" + link.group(2) + ")");
  }

  /** What was found so far. */
  private static final class Parts {
    private final Set<String> lines = new LinkedHashSet<>();
    private final Set<String> links = new LinkedHashSet<>();
    private final Set<String> mentioned = new LinkedHashSet<>();
    private final List<PostedCard.Field> fields = new ArrayList<>();
    private Tone tone = Tone.NEUTRAL;
    private String title = "";

    void line(String text) {
      LINK.matcher(text).results().forEach(link -> mention(link.group(2)));
      String words = words(text);
      if (title.isEmpty() && !words.contains("\n")) {
        title = words;
      } else if (!words.isEmpty()) {
        lines.add(words);
      }
    }

    void field(String name, String value) {
      LINK.matcher(value).results().forEach(link -> mention(link.group(2)));
      if (fields.size() < MOST_FIELDS) {
        fields.add(new PostedCard.Field(words(name), words(value)));
      }
    }

    void link(String url) {
      boolean web = url.startsWith("https://") || url.startsWith("http://");
      if (web && links.size() < PostedCard.MOST_LINKS) {
        links.add(url);
      }
    }

    private void mention(String url) {
      if (mentioned.size() < PostedCard.MOST_LINKS) {
        mentioned.add(url);
      }
    }

    /** Buttons first, then what the words name. */
    List<String> addresses() {
      Set<String> all = new LinkedHashSet<>(links);
      all.addAll(mentioned);
      return all.stream().limit(PostedCard.MOST_LINKS).toList();
    }

    /** The first colour that says anything counts; connectors write it in hexadecimal. */
    void tone(String colour) {
      if (tone == Tone.NEUTRAL) {
        tone =
            switch (colour.toLowerCase(Locale.ROOT)) {
              case "attention" -> Tone.URGENT;
              case "warning" -> Tone.WARNING;
              case "good" -> Tone.GOOD;
              default -> COLOUR.matcher(colour).matches() ? ofRgb(colour) : Tone.NEUTRAL;
            };
      }
    }

    private static Tone ofRgb(String colour) {
      int rgb = Integer.parseInt(colour.substring(colour.length() - 6), 16);
      int red = rgb >> 16;
      int green = rgb >> 8 & 0xFF;
      if (Math.abs(red - green) < 32) {
        return Tone.NEUTRAL;
      }
      return green > red ? Tone.GOOD : green * 2 > red ? Tone.WARNING : Tone.URGENT;
    }
  }
}

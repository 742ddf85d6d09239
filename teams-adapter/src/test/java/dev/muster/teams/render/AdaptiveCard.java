// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.WebAddress;
import dev.muster.teams.client.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The schema of Adaptive Cards 1.5 for the elements we use, element by element and property by
 * property from its reference, with what Teams adds and what it does not show; and ours on top: a
 * size, words for readers that show no card, no link that is not a plain web address, nobody called
 * unless an entity says so. What is not in the table is a problem.
 */
final class AdaptiveCard {

  /** What a property may hold. */
  private enum Is {
    TEXT,
    FILLED,
    FLAG,
    NUMBER,
    COLOUR,
    SIZE,
    WEIGHT,
    FONT,
    CONTAINER_STYLE,
    ACTION_STYLE,
    ACTION_MODE,
    CHOICE_STYLE,
    INPUTS,
    ELEMENTS,
    ACTIONS,
    FACTS,
    CHOICES,
    QUERY,
    DATA,
    CARD,
    FALLBACK,
    TEAMS
  }

  private static final Map<Is, Set<String>> WORDS =
      Map.of(
          Is.COLOUR, Set.of("default", "dark", "light", "accent", "good", "warning", "attention"),
          Is.SIZE, Set.of("default", "small", "medium", "large", "extralarge"),
          Is.WEIGHT, Set.of("default", "lighter", "bolder"),
          Is.FONT, Set.of("default", "monospace"),
          Is.CONTAINER_STYLE,
              Set.of("default", "emphasis", "good", "attention", "warning", "accent"),
          Is.ACTION_STYLE, Set.of("default", "positive", "destructive"),
          Is.ACTION_MODE, Set.of("primary", "secondary"),
          Is.CHOICE_STYLE, Set.of("compact", "expanded", "filtered"),
          Is.INPUTS, Set.of("auto", "none"));

  private static final Map<String, Is> ELEMENT = Map.of("type", Is.TEXT, "id", Is.FILLED);

  private static final Map<String, Is> INPUT =
      Map.of(
          "type", Is.TEXT,
          "id", Is.FILLED,
          "label", Is.FILLED,
          "isRequired", Is.FLAG,
          "errorMessage", Is.FILLED,
          "value", Is.TEXT);

  private static final Map<String, Map<String, Is>> TABLE =
      Map.of(
          "TextBlock",
              with(
                  ELEMENT,
                  Map.of(
                      "text", Is.FILLED,
                      "wrap", Is.FLAG,
                      "color", Is.COLOUR,
                      "size", Is.SIZE,
                      "weight", Is.WEIGHT,
                      "fontType", Is.FONT,
                      "isSubtle", Is.FLAG)),
          "Container", with(ELEMENT, Map.of("items", Is.ELEMENTS, "style", Is.CONTAINER_STYLE)),
          "FactSet", with(ELEMENT, Map.of("facts", Is.FACTS)),
          "Input.Text", with(INPUT, Map.of("isMultiline", Is.FLAG, "maxLength", Is.NUMBER)),
          "Input.Toggle",
              with(INPUT, Map.of("title", Is.FILLED, "valueOn", Is.TEXT, "valueOff", Is.TEXT)),
          "Input.ChoiceSet",
              with(
                  INPUT,
                  Map.of(
                      "style", Is.CHOICE_STYLE,
                      "choices", Is.CHOICES,
                      "choices.data", Is.QUERY)),
          "Action.Execute",
              Map.of(
                  "type", Is.TEXT,
                  "title", Is.FILLED,
                  "verb", Is.FILLED,
                  "data", Is.DATA,
                  "style", Is.ACTION_STYLE,
                  "mode", Is.ACTION_MODE,
                  "associatedInputs", Is.INPUTS,
                  "fallback", Is.FALLBACK),
          "Action.Submit",
              Map.of(
                  "type", Is.TEXT,
                  "title", Is.FILLED,
                  "data", Is.DATA,
                  "style", Is.ACTION_STYLE,
                  "mode", Is.ACTION_MODE),
          "Action.ShowCard",
              Map.of(
                  "type", Is.TEXT,
                  "title", Is.FILLED,
                  "card", Is.CARD,
                  "style", Is.ACTION_STYLE,
                  "mode", Is.ACTION_MODE));

  private static final Set<String> OF_A_CARD =
      Set.of("type", "$schema", "version", "fallbackText", "body", "actions", "msteams", "refresh");

  /** "Up to 6 visible primary actions; more in an overflow". */
  private static final int VISIBLE_ACTIONS = 6;

  /** Our own ceiling, below every limit that Teams was ever said to have. */
  private static final int LARGEST = MessageRenderer.LARGEST_CARD;

  private static final Pattern LINK = Pattern.compile("(?<!\\\\)\\]\\(([^()]*)\\)");
  private static final Pattern AT = Pattern.compile("<at>.*?</at>");
  private static final Pattern FUNCTION = Pattern.compile("\\{\\{.*?\\}\\}");
  private static final Pattern TIME =
      Pattern.compile(
          "\\{\\{(DATE|TIME)\\(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ(, SHORT)?\\)\\}\\}");

  private final List<String> problems = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final Set<String> called = new HashSet<>();

  private AdaptiveCard() {}

  private static Map<String, Is> with(Map<String, Is> some, Map<String, Is> more) {
    Map<String, Is> all = new HashMap<>(some);
    all.putAll(more);
    return Map.copyOf(all);
  }

  /** Returns what Teams or we would say against a card. */
  static List<String> problems(JsonNode card) {
    AdaptiveCard rules = new AdaptiveCard();
    int bytes = Json.bytes(card).length;
    rules.check(bytes <= LARGEST, "card", "has " + bytes + " bytes");
    for (JsonNode entity : card.path("msteams").path("entities")) {
      rules.entity(entity);
    }
    rules.card(card);
    return rules.problems;
  }

  private void check(boolean right, String where, String what) {
    if (!right) {
      problems.add(where + " " + what);
    }
  }

  private void card(JsonNode card) {
    check(card.path("type").asText().equals("AdaptiveCard"), "card", "is of another type");
    check(card.path("version").asText().equals("1.5"), "card", "is of another version");
    card.fieldNames().forEachRemaining(n -> check(OF_A_CARD.contains(n), "card", "has " + n));
    check(!card.path("fallbackText").asText("").isBlank(), "card", "says nothing in words");
    check(card.path("body").size() > 0, "card", "is empty");
    card.path("body").forEach(this::element);
    actions(card.path("actions"));
  }

  private void entity(JsonNode entity) {
    String text = entity.path("text").asText("");
    check(entity.path("type").asText().equals("mention"), "entity", "is no mention");
    check(AT.matcher(text).matches(), "entity", "has no <at>");
    check(!entity.path("mentioned").path("id").asText("").isEmpty(), "entity", "calls nobody");
    called.add(text);
  }

  private void element(JsonNode node) {
    String type = node.path("type").asText("");
    Map<String, Is> known = TABLE.get(type);
    if (known == null) {
      problems.add("unknown element " + type);
      return;
    }
    node.properties()
        .forEach(
            each -> {
              Is is = known.get(each.getKey());
              if (is == null) {
                problems.add(type + " has " + each.getKey());
              } else {
                property(type + "." + each.getKey(), is, each.getValue());
              }
            });
    if (node.has("id")) {
      check(ids.add(node.path("id").asText()), type, "has an id twice");
    }
    required(type, node);
  }

  private void required(String type, JsonNode node) {
    switch (type) {
      case "TextBlock" -> {
        check(node.path("wrap").asBoolean(false), type, "does not wrap");
        words(node.path("text").asText(""));
      }
      case "Container" -> check(node.has("items"), type, "has no items");
      case "Input.Text", "Input.ChoiceSet" ->
          check(node.has("id") && node.has("label"), type, "lacks id or label");
      case "Input.Toggle" -> check(node.has("id") && node.has("title"), type, "lacks id or title");
      default -> {}
    }
    boolean must = node.path("isRequired").asBoolean(false);
    check(!must || node.has("errorMessage"), type, "does not say that it is needed");
  }

  private void property(String where, Is is, JsonNode value) {
    switch (is) {
      case TEXT, DATA ->
          check(value.isTextual() || is == Is.DATA && value.isObject(), where, "" + is);
      case FILLED -> check(!value.asText("").isBlank(), where, "is empty");
      case FLAG -> check(value.isBoolean(), where, "is no flag");
      case NUMBER -> check(value.isInt() && value.asInt() > 0, where, "is no number");
      case ELEMENTS -> value.forEach(this::element);
      case ACTIONS -> actions(value);
      case FACTS -> value.forEach(fact -> pair(where, fact, true));
      case CHOICES -> value.forEach(choice -> pair(where, choice, false));
      case QUERY -> check(value.path("type").asText().equals("Data.Query"), where, "is no query");
      case CARD -> card(value);
      case FALLBACK -> element(value);
      case TEAMS -> check(value.isObject(), where, "is no object");
      default ->
          check(
              WORDS.get(is).contains(value.asText("").toLowerCase(Locale.ROOT)),
              where,
              "is " + value);
    }
  }

  private void pair(String where, JsonNode node, boolean shown) {
    check(node.size() == 2, where, "has other parts");
    for (String name : List.of("title", "value")) {
      check(node.path(name).isTextual(), where, "lacks " + name);
      if (shown) {
        words(node.path(name).asText(""));
      }
    }
  }

  private void actions(JsonNode actions) {
    int primary = 0;
    Set<String> titles = new HashSet<>();
    for (JsonNode action : actions) {
      element(action);
      check(action.path("type").asText().startsWith("Action."), "actions", "hold no action");
      primary += action.path("mode").asText("").equals("secondary") ? 0 : 1;
      check(titles.add(action.path("title").asText()), "actions", "have one title twice");
    }
    check(primary <= VISIBLE_ACTIONS, "actions", "show " + primary);
  }

  /** Words that do something: links, calls of people, functions of the client. */
  private void words(String text) {
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      check(WebAddress.isLink(link.group(1)), "text", "leads to " + link.group(1));
    }
    AT.matcher(text)
        .results()
        .forEach(at -> check(called.contains(at.group()), "text", "calls " + at.group()));
    FUNCTION
        .matcher(text)
        .results()
        .forEach(f -> check(TIME.matcher(f.group()).matches(), "text", "computes " + f.group()));
  }
}

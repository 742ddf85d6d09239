// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a card the way a Teams client shows it: Markdown taken away, mentions as names. */
public final class Reading {

  private static final String JOINER = "\u2060";

  private final JsonNode card;

  private Reading(JsonNode card) {
    this.card = card;
  }

  /** Returns a reader of the first card of an activity. */
  public static Reading of(JsonNode activity) {
    return new Reading(activity.path("attachments").path(0).path("content"));
  }

  /** Returns a reader of a card. */
  public static Reading card(JsonNode card) {
    return new Reading(card);
  }

  /** Returns all words that can be read, one element a line. */
  public String words() {
    List<String> words = new ArrayList<>();
    collect(card.path("body"), words);
    return String.join("\n", words);
  }

  private static void collect(JsonNode elements, List<String> words) {
    for (JsonNode element : elements) {
      switch (element.path("type").asText("")) {
        case "TextBlock" -> words.add(plain(element.path("text").asText()));
        case "FactSet" ->
            element
                .path("facts")
                .forEach(
                    f ->
                        words.add(
                            plain(f.path("title").asText())
                                + ": "
                                + plain(f.path("value").asText())));
        case "Container" -> collect(element.path("items"), words);
        default -> words.add(element.path("label").asText(element.path("title").asText("")));
      }
    }
  }

  /** "Markdown in TextBlock: bold, italic, lists, links; not headings, tables, HTML". */
  static String plain(String markdown) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < markdown.length()) {
      char c = markdown.charAt(i);
      if (c == '\\' && i + 1 < markdown.length()) {
        out.append(markdown.charAt(i + 1));
        i += 2;
      } else if (c == '[' && markdown.indexOf("](", i) > 0) {
        int middle = markdown.indexOf("](", i);
        out.append(plain(markdown.substring(i + 1, middle)));
        i = markdown.indexOf(')', middle) + 1;
      } else {
        out.append(c == '*' || c == '_' ? "" : String.valueOf(c));
        i++;
      }
    }
    String words = out.toString().replace("\n\n", "\n").replace("<at>", "").replace("</at>", "");
    return words.replace(JOINER, "");
  }

  /** Returns the payloads of all buttons, those behind a question too. */
  public List<JsonNode> payloads() {
    List<JsonNode> all = new ArrayList<>();
    payloads(card, all);
    return all;
  }

  private static void payloads(JsonNode shown, List<JsonNode> all) {
    for (JsonNode action : shown.path("actions")) {
      if (action.has("card")) {
        payloads(action.path("card"), all);
      } else {
        all.add(action.path("data"));
      }
    }
  }

  /** Returns what its buttons say, those behind a question left out. */
  public List<String> labels() {
    List<String> labels = new ArrayList<>();
    card.path("actions").forEach(action -> labels.add(action.path("title").asText("")));
    return labels;
  }

  /** Returns the payload of the button with that label. */
  public Optional<JsonNode> payload(String label) {
    return payload(card, label);
  }

  private static Optional<JsonNode> payload(JsonNode shown, String label) {
    for (JsonNode action : shown.path("actions")) {
      Optional<JsonNode> found =
          action.has("card")
              ? payload(action.path("card"), label)
              : Optional.of(action.path("data"))
                  .filter(data -> action.path("title").asText("").equals(label));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Returns the tokens of its buttons. */
  public List<String> tokens() {
    return payloads().stream()
        .map(data -> data.path("muster").path("press").asText(""))
        .filter(token -> !token.isEmpty())
        .toList();
  }

  /** Returns the payload of the form with that token, if it stands on this card. */
  public Optional<JsonNode> form(String token) {
    return payloads().stream()
        .filter(data -> data.path("muster").path("form").asText("").equals(token))
        .findFirst();
  }

  /** Returns the token of the form on this card. */
  public Optional<String> formToken() {
    return payloads().stream()
        .map(data -> data.path("muster").path("form").asText(""))
        .filter(token -> !token.isEmpty())
        .findFirst()
        .or(() -> named());
  }

  /** A form that only tells something has no button that carries its token. */
  private Optional<String> named() {
    for (JsonNode element : card.path("body")) {
      String id = element.path("id").asText("");
      if (id.startsWith("form_")) {
        return Optional.of(id.substring("form_".length()));
      }
    }
    return Optional.empty();
  }

  /** Returns the values of its inputs by id. */
  public Map<String, String> inputs() {
    Map<String, String> inputs = new LinkedHashMap<>();
    for (JsonNode element : card.path("body")) {
      if (element.path("type").asText("").startsWith("Input.")) {
        inputs.put(element.path("id").asText(), element.path("value").asText(""));
      }
    }
    return inputs;
  }

  /** Returns the sentences under wrong fields, by field name. */
  public Map<String, String> errors() {
    Map<String, String> errors = new LinkedHashMap<>();
    for (JsonNode element : card.path("body")) {
      String id = element.path("id").asText("");
      if (id.startsWith("error_")) {
        errors.put(id.substring("error_".length()), plain(element.path("text").asText()));
      }
    }
    return errors;
  }

  /** "Mention: text plus entity; each mention text must match exactly"; ids of those notified. */
  public List<String> notified() {
    List<String> texts = new ArrayList<>();
    card.path("body").findValues("text").forEach(node -> texts.add(node.asText()));
    String text = String.join("\n", texts);
    List<String> ids = new ArrayList<>();
    for (JsonNode entity : card.path("msteams").path("entities")) {
      if (text.contains(entity.path("text").asText())) {
        ids.add(entity.path("mentioned").path("id").asText());
      }
    }
    return ids;
  }
}

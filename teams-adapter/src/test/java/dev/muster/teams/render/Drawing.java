// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import static dev.muster.testkit.GalleryPage.escape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.muster.teams.client.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Draws cards as HTML, roughly as Teams shows them to a reader in Berlin. Pure. */
final class Drawing {

  private Drawing() {}

  /** Returns a card as it stands in a message. */
  static String card(JsonNode card) {
    return "<div class=card>" + body(card) + actions(card.path("actions")) + "</div>";
  }

  /** Returns a card as it stands in a dialog. */
  static String dialog(String title, JsonNode card) {
    return "<div class=dialog><h3>"
        + escape(title)
        + "</h3><div class=card>"
        + body(card)
        + "</div><div class=foot>"
        + actions(card.path("actions"))
        + "</div></div>";
  }

  private static String body(JsonNode card) {
    List<String> called = new ArrayList<>();
    card.path("msteams").path("entities").forEach(e -> called.add(e.path("text").asText()));
    return elements(card.path("body"), new CardMarkup(called));
  }

  private static String elements(JsonNode elements, CardMarkup markup) {
    StringBuilder html = new StringBuilder();
    elements.forEach(element -> html.append(element(element, markup)));
    return html.toString();
  }

  private static String element(JsonNode element, CardMarkup markup) {
    return switch (element.path("type").asText()) {
      case "TextBlock" -> text(element, markup);
      case "Container" -> container(element, markup);
      case "FactSet" -> facts(element, markup);
      case "Input.Text", "Input.ChoiceSet", "Input.Toggle" -> input(element);
      default -> throw new IllegalArgumentException("no picture of " + element.path("type"));
    };
  }

  /** Teams leaves room around what stands on a colour. */
  private static String container(JsonNode container, CardMarkup markup) {
    String style = container.path("style").asText();
    String open = style.isEmpty() ? "<div>" : "<div class='in " + style + "'>";
    return open + elements(container.path("items"), markup) + "</div>";
  }

  private static String text(JsonNode block, CardMarkup markup) {
    List<String> looks = new ArrayList<>();
    String size = block.path("size").asText().toLowerCase(Locale.ROOT);
    if (!size.isEmpty()) {
      looks.add(size.equals("medium") ? "large" : size);
    }
    if (block.has("weight")) {
      looks.add(block.path("weight").asText().toLowerCase(Locale.ROOT));
    }
    if (block.path("isSubtle").asBoolean()) {
      looks.add("subtle");
    }
    if (block.has("fontType")) {
      looks.add("mono");
    }
    if (block.path("color").asText().equals("Attention")) {
      looks.add("red");
    }
    String open = looks.isEmpty() ? "<p>" : "<p class='" + String.join(" ", looks) + "'>";
    return open + markup.html(block.path("text").asText()) + "</p>";
  }

  private static String facts(JsonNode set, CardMarkup markup) {
    StringBuilder html = new StringBuilder("<dl>");
    for (JsonNode fact : set.path("facts")) {
      html.append("<dt>").append(markup.html(fact.path("title").asText())).append("</dt><dd>");
      html.append(markup.html(fact.path("value").asText())).append("</dd>");
    }
    return html.append("</dl>").toString();
  }

  /** Returns the buttons of a card that another one does not have. */
  static String more(JsonNode card, JsonNode other) {
    ArrayNode more = Json.array();
    Set<String> known = new HashSet<>();
    other.path("actions").forEach(action -> known.add(action.path("title").asText()));
    for (JsonNode action : card.path("actions")) {
      if (!known.contains(action.path("title").asText())) {
        more.add(action);
      }
    }
    return actions(more);
  }

  /** Returns a row of buttons; those beyond the row stand behind a menu. */
  private static String actions(JsonNode actions) {
    if (actions.isEmpty()) {
      return "";
    }
    StringBuilder row = new StringBuilder("<p>");
    StringBuilder unfolded = new StringBuilder();
    boolean more = false;
    for (JsonNode action : actions) {
      if (!more && action.path("mode").asText().equals("secondary")) {
        row.append("<b class=btn>⋯</b> ");
        more = true;
      }
      boolean asks = action.has("card");
      String style = action.path("style").asText();
      row.append(style.isEmpty() ? "<b class=btn>" : "<b class='btn " + style + "'>");
      row.append(escape(action.path("title").asText())).append(asks ? " ▾" : "").append("</b> ");
      if (asks) {
        unfolded
            .append("<div class=unfolded><p class='small subtle'>")
            .append(escape(action.path("title").asText()))
            .append(" unfolds:</p>")
            .append(card(action.path("card")))
            .append("</div>");
      }
    }
    return row.append("</p>").append(unfolded).toString();
  }

  private static String input(JsonNode input) {
    String value = input.path("value").asText();
    if (input.has("title")) {
      String sign = value.equals("true") ? "☑ " : "☐ ";
      return "<div class=input>" + sign + escape(input.path("title").asText()) + "</div>";
    }
    String needed = input.path("isRequired").asBoolean() ? " <span class=red>*</span>" : "";
    return "<div class=input><b>"
        + escape(input.path("label").asText())
        + "</b>"
        + needed
        + "<div class=box>"
        + field(input, value)
        + "&nbsp;</div></div>";
  }

  private static String field(JsonNode input, String value) {
    if (input.path("type").asText().equals("Input.Text")) {
      return escape(value).replace("\n", "<br>");
    }
    String chosen = "Choose";
    for (JsonNode choice : input.path("choices")) {
      if (choice.path("value").asText().equals(value)) {
        chosen = choice.path("title").asText();
      }
    }
    boolean searched = input.path("style").asText().equals("filtered");
    return escape(searched && value.isEmpty() ? "Find a person" : chosen) + " ▾";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.Form;
import dev.muster.teams.client.Json;
import dev.muster.teams.render.FormRenderer;
import dev.muster.teams.render.FormShape;
import dev.muster.teams.render.PersonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a button of ours sent: a press with its token, or a form with its values. Whatever else is
 * in the payload is not looked at. Immutable.
 *
 * @param press the button's token, for a press
 * @param form the form's token, for a form
 * @param shape the form as its button carried it; untrusted
 * @param values what was typed, by field name
 */
record CardPress(
    Optional<String> press, Optional<String> form, JsonNode shape, Map<String, String> values) {

  /** Longest token that is looked at; ours are far shorter. */
  private static final int LONGEST_TOKEN = 300;

  /** Longest value of one field. */
  private static final int LONGEST_VALUE = 20_000;

  /** Reads the object that a card sent; empty when it is not from a card of ours. */
  static Optional<CardPress> of(Object value) {
    JsonNode sent = Json.tree(value);
    JsonNode ours = sent.path("muster");
    Optional<String> press = token(ours.path("press"));
    Optional<String> form = token(ours.path("form"));
    if (press.isPresent() == form.isPresent()) {
      return Optional.empty();
    }
    JsonNode shape = ours.path("shape");
    return Optional.of(new CardPress(press, form, shape, values(sent, shape)));
  }

  private static Optional<String> token(JsonNode node) {
    return node.isTextual() && !node.asText().isBlank() && node.asText().length() <= LONGEST_TOKEN
        ? Optional.of(node.asText())
        : Optional.empty();
  }

  private static Map<String, String> values(JsonNode sent, JsonNode shape) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : sent.properties()) {
      String value = entry.getValue().asText("");
      boolean typed =
          entry.getKey().startsWith(FormRenderer.INPUT) && entry.getValue().isValueNode();
      if (typed && !value.isEmpty() && value.length() <= LONGEST_VALUE) {
        String name = entry.getKey().substring(FormRenderer.INPUT.length());
        values.put(name, isPerson(shape, name) ? PersonValue.fromTeams(value) : value);
      }
    }
    return values;
  }

  private static boolean isPerson(JsonNode shape, String name) {
    for (JsonNode field : shape.path("fields")) {
      if (field.path("name").asText("").equals(name)) {
        return field.path("kind").asText("").equals(Form.Kind.PERSON.name());
      }
    }
    return false;
  }

  /** Returns the form again with what was typed in it; empty when its shape is not ours. */
  Optional<Form> again() {
    return form.flatMap(token -> FormShape.read(token, shape, values));
  }
}

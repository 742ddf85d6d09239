// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.Form;
import dev.muster.chat.Form.Field;
import dev.muster.chat.Form.Kind;
import dev.muster.chat.Form.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A form's shape as its own submitting button carries it to Teams and back. What comes back is
 * untrusted: it decides only what the sender of it is shown again. Pure.
 */
public final class FormShape {

  /** No form of the product has more; a larger one did not come from us. */
  private static final int MOST_FIELDS = 20;

  private static final int MOST_OPTIONS = 200;

  private FormShape() {}

  static ObjectNode write(Form form) {
    ObjectNode shape =
        CardElements.object()
            .put("title", form.title())
            .put("submit", form.submit())
            .put("note", form.note());
    ArrayNode fields = shape.putArray("fields");
    for (Field field : form.fields()) {
      ObjectNode node =
          fields
              .addObject()
              .put("name", field.name())
              .put("label", field.label())
              .put("kind", field.kind().name())
              .put("required", field.required())
              .put("hint", field.hint())
              .put("max", field.maxLength());
      ArrayNode options = node.putArray("options");
      field.options().forEach(o -> options.addObject().put(o.value(), o.label()));
    }
    return shape;
  }

  /**
   * Reads a shape back, with what was typed as its initial values.
   *
   * @return empty when it is not a shape of ours
   */
  public static Optional<Form> read(String token, JsonNode shape, Map<String, String> typed) {
    JsonNode nodes = shape.path("fields");
    if (!nodes.isArray() || nodes.size() > MOST_FIELDS) {
      return Optional.empty();
    }
    List<Field> fields = new ArrayList<>();
    for (JsonNode node : nodes) {
      Optional<Field> field = field(node, typed);
      if (field.isEmpty()) {
        return Optional.empty();
      }
      fields.add(field.get());
    }
    return Optional.of(
        new Form(
            token,
            shape.path("title").asText(""),
            shape.path("submit").asText(""),
            shape.path("note").asText(""),
            fields));
  }

  private static Optional<Field> field(JsonNode node, Map<String, String> typed) {
    Optional<Kind> kind = kind(node.path("kind").asText(""));
    String name = node.path("name").asText("");
    JsonNode options = node.path("options");
    if (kind.isEmpty() || name.isEmpty() || options.size() > MOST_OPTIONS) {
      return Optional.empty();
    }
    List<Option> choices = new ArrayList<>();
    for (JsonNode option : options) {
      option.properties().forEach(e -> choices.add(new Option(e.getKey(), e.getValue().asText())));
    }
    return Optional.of(
        new Field(
            name,
            node.path("label").asText(""),
            kind.get(),
            node.path("required").asBoolean(false),
            node.path("hint").asText(""),
            typed.getOrDefault(name, ""),
            choices,
            node.path("max").asInt(250)));
  }

  private static Optional<Kind> kind(String word) {
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}

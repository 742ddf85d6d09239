// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Form;
import dev.muster.chat.Form.Field;
import dev.muster.chat.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns forms into cards with inputs. Teams has no errors per field: a form that comes back wrong
 * is shown again with what was typed and a sentence under each wrong field. The submitting button
 * carries the form itself, so that it can be shown again without remembering it. Pure.
 */
public final class FormRenderer {

  /** Begins the id of the text under a wrong field. */
  public static final String ERROR = "error_";

  /** Begins the id of the title of a form, which names it when nothing is left to send. */
  public static final String FORM = "form_";

  /** Begins the id of every input, so that no field can be taken for what is ours. */
  public static final String INPUT = "field_";

  private static final int LONGEST_TITLE = 150;
  private static final int LONGEST_NOTICE = 1_000;

  /** Longest words of one part of a form, and when all of them together are too large. */
  private static final int LONGEST_WORDS = 1_000;

  private static final int FEWEST_WORDS = 80;

  private FormRenderer() {}

  /** Cuts what is shown; what was typed is kept as long as it may be. */
  private static Form clipped(Form form, int words) {
    List<Field> fields = form.fields().stream().map(field -> clipped(field, words)).toList();
    List<Section> lead =
        form.lead().sections().stream()
            .map(s -> new Section("", Markup.cut(s.body(), words), s.style()))
            .toList();
    return new Form(
        form.token(),
        Markup.cut(form.title(), Math.min(words, LONGEST_TITLE)),
        form.submit(),
        Markup.cut(form.note(), words),
        fields,
        new Form.Lead(lead, form.lead().buttons()));
  }

  private static Field clipped(Field field, int words) {
    List<Form.Option> options =
        field.options().stream()
            .map(o -> new Form.Option(o.value(), Markup.cut(o.label(), Math.min(words, 100))))
            .toList();
    return new Field(
        field.name(),
        Markup.cut(field.label(), Math.min(words, LONGEST_TITLE)),
        field.kind(),
        field.required(),
        Markup.cut(field.hint(), words),
        Markup.cut(field.initial(), field.maxLength()),
        options,
        field.maxLength());
  }

  /**
   * Returns the form as a card of its own.
   *
   * @param form the form, its initial values replaced by what was typed
   * @param errors a sentence by field name; empty at first; what is wrong with no field stands
   *     above them all
   * @param dialog whether it stands in a dialog, where the plain submit action is used
   */
  public static ObjectNode card(Form form, Map<String, String> errors, boolean dialog) {
    ObjectNode whole = whole(clipped(form, LONGEST_WORDS), errors, dialog);
    return CardElements.size(whole) <= MessageRenderer.LARGEST_CARD
        ? whole
        : whole(clipped(form, FEWEST_WORDS), errors, dialog);
  }

  private static ObjectNode whole(Form form, Map<String, String> errors, boolean dialog) {
    ArrayNode body = CardElements.array();
    if (!dialog) {
      body.add(
          CardElements.text(Markup.escape(form.title()))
              .put("weight", "Bolder")
              .put("size", "Medium")
              .put("id", FORM + form.token()));
    }
    inputs(form, errors).forEach(body::add);
    ArrayNode actions = CardElements.array();
    if (!form.submit().isBlank()) {
      actions.add(dialog ? submitInDialog(form) : submitInCard(form));
    }
    form.lead().buttons().stream()
        .map(button -> dialog ? MessageRenderer.submit(button) : MessageRenderer.press(button))
        .forEach(actions::add);
    return CardElements.card(body, actions, (summary(form) + " " + form.note()).strip());
  }

  /** Returns one sentence for notifications and screen readers. */
  static String summary(Form form) {
    return form.submit().isBlank()
        ? form.title() + "."
        : "The form “" + form.title() + "” is open for you.";
  }

  /** Returns the inputs of a form in a message, with its title unless the message has the same. */
  static List<ObjectNode> inMessage(Form form, BotMessage message) {
    List<ObjectNode> elements = new ArrayList<>();
    if (!form.title().equals(message.title())) {
      elements.add(CardElements.text(Markup.escape(form.title())).put("weight", "Bolder"));
    }
    elements.addAll(inputs(form, Map.of()));
    return elements;
  }

  /** Returns a sentence as it may stand in an answer without a card. */
  public static String notice(String sentence) {
    return Markup.cut(sentence, LONGEST_NOTICE);
  }

  /** Returns a card that takes the place of a form that was sent. */
  public static ObjectNode closed(String sentence) {
    String shown = notice(sentence);
    ArrayNode body = CardElements.list(CardElements.text(Markup.escape(shown)));
    return CardElements.card(body, CardElements.array(), shown);
  }

  private static List<ObjectNode> inputs(Form form, Map<String, String> errors) {
    List<ObjectNode> elements = new ArrayList<>();
    form.lead().sections().stream()
        .filter(s -> !s.body().plain().isBlank())
        .forEach(s -> elements.add(CardElements.text(Markup.escape(s.body().plain()))));
    Map<String, String> others = new TreeMap<>(errors);
    form.fields().forEach(field -> others.remove(field.name()));
    others.forEach((name, sentence) -> elements.add(error(name, sentence)));
    for (Field field : form.fields()) {
      elements.add(input(field));
      if (!field.hint().isBlank()) {
        elements.add(small(field.hint()));
      }
      String error = errors.get(field.name());
      if (error != null) {
        elements.add(error(field.name(), error));
      }
    }
    if (!form.note().isBlank()) {
      elements.add(small(form.note()));
    }
    return elements;
  }

  private static ObjectNode error(String name, String sentence) {
    return CardElements.text(Markup.escape(sentence))
        .put("color", "Attention")
        .put("id", ERROR + name);
  }

  private static ObjectNode small(String words) {
    return CardElements.text(Markup.escape(words)).put("size", "Small").put("isSubtle", true);
  }

  private static ObjectNode input(Field field) {
    ObjectNode input = shaped(field);
    input.put("id", INPUT + field.name()).put("isRequired", field.required());
    if (field.kind() == Form.Kind.TICK) {
      input.put("title", field.label());
    } else {
      input.put("label", field.label());
    }
    if (field.required()) {
      input.put("errorMessage", field.label() + " is needed.");
    }
    return input;
  }

  private static ObjectNode shaped(Field field) {
    ObjectNode input = CardElements.object();
    switch (field.kind()) {
      case LINE, TEXT -> {
        input.put("type", "Input.Text").put("isMultiline", field.kind() == Form.Kind.TEXT);
        input.put("maxLength", field.maxLength()).put("value", field.initial());
      }
      case TICK -> {
        input.put("type", "Input.Toggle").put("valueOn", "true").put("valueOff", "false");
        input.put("value", field.initial().equals("true") ? "true" : "false");
      }
      case CHOICE -> {
        input.put("type", "Input.ChoiceSet").put("style", "compact");
        input.put("value", field.initial()).set("choices", choices(field));
      }
      case PERSON -> {
        input.put("type", "Input.ChoiceSet").put("style", "filtered");
        input
            .put("value", PersonValue.toTeams(field.initial()))
            .set("choices", CardElements.array());
        input
            .putObject("choices.data")
            .put("type", "Data.Query")
            .put("dataset", "graph.microsoft.com/users");
      }
    }
    return input;
  }

  private static ArrayNode choices(Field field) {
    ArrayNode choices = CardElements.array();
    for (Form.Option option : field.options()) {
      choices.addObject().put("title", option.label()).put("value", option.value());
    }
    return choices;
  }

  /** Returns the button that sends a form that stands in a card. */
  static ObjectNode submitInCard(Form form) {
    ObjectNode action =
        CardElements.object()
            .put("type", "Action.Execute")
            .put("title", form.submit())
            .put("verb", "submit")
            .put("associatedInputs", "auto");
    action.set("data", ours(form));
    ObjectNode fallback =
        CardElements.object().put("type", "Action.Submit").put("title", form.submit());
    fallback.set("data", ours(form));
    action.set("fallback", fallback);
    return action;
  }

  private static ObjectNode submitInDialog(Form form) {
    ObjectNode action =
        CardElements.object().put("type", "Action.Submit").put("title", form.submit());
    action.set("data", ours(form));
    return action;
  }

  private static ObjectNode ours(Form form) {
    ObjectNode node = CardElements.object();
    ObjectNode muster = node.putObject("muster").put("form", form.token());
    muster.set("shape", FormShape.write(form));
    return node;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Button;
import dev.muster.chat.Fact;
import dev.muster.chat.Person;
import dev.muster.chat.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns what the bot says into an Adaptive Card. Every message is a card, plain lines too, because
 * only a card can carry the tag by which we find our own message again after a lost reply. Pure.
 */
public final class MessageRenderer {

  /** Longest text of one paragraph in characters; more belongs on a page. */
  public static final int LONGEST_TEXT = 4000;

  /** Largest card in bytes: a quarter of what Teams takes, and below what older limits named. */
  public static final int LARGEST_CARD = 25_000;

  /** Begins the element id that tags a message as the one made for an order. */
  public static final String TAG = "muster-";

  private static final int LONGEST_FALLBACK = 1000;
  private static final int LONGEST_TITLE = 300;
  private static final int LONGEST_FACT = 500;
  private static final int LONGEST_LABEL = 60;

  /** Further actions are shown behind the overflow menu. */
  private static final int VISIBLE_ACTIONS = 6;

  private MessageRenderer() {}

  /**
   * Returns the card of a message, within {@link #LARGEST_CARD}.
   *
   * @param message what is said
   * @param tag marks the card as the one made for an order, if it must be found again
   */
  public static ObjectNode card(BotMessage message, Optional<String> tag) {
    ObjectNode card = whole(message, tag);
    for (Shrinking step : Shrinking.values()) {
      if (CardElements.size(card) <= LARGEST_CARD) {
        break;
      }
      card = whole(step.applied(message), tag);
    }
    return card;
  }

  /** Returns one line for notifications and screen readers. */
  public static String summary(BotMessage message) {
    return Markup.cut(message.text().replace('\n', ' '), 250);
  }

  private static ObjectNode whole(BotMessage message, Optional<String> tag) {
    ArrayNode body = CardElements.array();
    if (!message.title().isBlank() || message.showsText()) {
      body.add(head(message));
    }
    if (!message.facts().isEmpty()) {
      body.add(facts(message.facts()));
    }
    message.sections().stream()
        .filter(section -> !(section.heading() + section.body().plain()).isBlank())
        .forEach(section -> body.add(section(section)));
    tag.ifPresent(value -> ((ObjectNode) body.get(0)).put("id", TAG + value));
    mentions(message.mentions()).ifPresent(body::add);
    message.form().ifPresent(form -> FormRenderer.inMessage(form, message).forEach(body::add));
    String fallback = Markup.cut(message.text(), LONGEST_FALLBACK);
    ObjectNode card = CardElements.card(body, actions(message), fallback);
    ObjectNode teams = card.putObject("msteams").put("width", "Full");
    if (!message.mentions().isEmpty()) {
      teams.set("entities", entities(message.mentions()));
    }
    return card;
  }

  private static ObjectNode head(BotMessage message) {
    ArrayNode items = CardElements.array();
    if (!message.title().isBlank()) {
      items.add(
          CardElements.text(Markup.escape(Markup.cut(message.title(), LONGEST_TITLE)))
              .put("weight", "Bolder")
              .put("size", "Medium"));
    }
    if (message.showsText()) {
      items.add(CardElements.text(Markup.escape(Markup.cut(message.text(), LONGEST_TEXT))));
    }
    return CardElements.container(items, style(message.tone()));
  }

  private static String style(Tone tone) {
    return switch (tone) {
      case NEUTRAL -> "";
      case GOOD -> "good";
      case WARNING -> "warning";
      case URGENT -> "attention";
    };
  }

  private static ObjectNode facts(List<Fact> facts) {
    ArrayNode list = CardElements.array();
    for (Fact fact : facts) {
      list.addObject()
          .put("title", Markup.escape(fact.name()))
          .put("value", Markup.markdown(Markup.cut(fact.value(), LONGEST_FACT)));
    }
    ObjectNode set = CardElements.object().put("type", "FactSet");
    set.set("facts", list);
    return set;
  }

  private static ObjectNode section(Section section) {
    ArrayNode items = CardElements.array();
    if (!section.heading().isBlank()) {
      items.add(CardElements.text(Markup.escape(section.heading())).put("weight", "Bolder"));
    }
    ObjectNode body = CardElements.text(Markup.markdown(Markup.cut(section.body(), LONGEST_TEXT)));
    switch (section.style()) {
      case CODE -> body.put("fontType", "Monospace");
      case NOTE -> body.put("isSubtle", true).put("size", "Small");
      default -> {}
    }
    if (!section.body().plain().isBlank()) {
      items.add(body);
    }
    return CardElements.container(items, section.style() == Section.Style.QUOTE ? "emphasis" : "");
  }

  private static Optional<ObjectNode> mentions(List<Person> people) {
    if (people.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    people.forEach(person -> names.add(at(person)));
    return Optional.of(CardElements.text(String.join(" ", names)));
  }

  private static String at(Person person) {
    return "<at>" + Markup.mentionName(person.name()) + "</at>";
  }

  private static ArrayNode entities(List<Person> people) {
    ArrayNode entities = CardElements.array();
    for (Person person : people) {
      entities
          .addObject()
          .put("type", "mention")
          .put("text", at(person))
          .putObject("mentioned")
          .put("id", person.ref().id())
          .put("name", Markup.mentionName(person.name()));
    }
    return entities;
  }

  private static ArrayNode actions(BotMessage message) {
    ArrayNode actions = CardElements.array();
    message.form().ifPresent(form -> actions.add(FormRenderer.submitInCard(form)));
    for (Button button : message.buttons()) {
      ObjectNode action =
          button.confirm().map(c -> asking(button, c)).orElseGet(() -> press(button));
      if (actions.size() >= VISIBLE_ACTIONS) {
        action.put("mode", "secondary");
      }
      actions.add(action);
    }
    return actions;
  }

  static ObjectNode press(Button button) {
    return button.opensForm()
        ? fetch(button)
        : execute(button.label(), button.token(), button.style());
  }

  /** A dialog is the direct answer to a click only, and only to this kind of click. */
  private static ObjectNode fetch(Button button) {
    ObjectNode action =
        CardElements.object()
            .put("type", "Action.Submit")
            .put("title", Markup.cut(button.label(), LONGEST_LABEL));
    styled(action, button.style());
    ObjectNode data = action.putObject("data");
    data.putObject("muster").put("press", button.token());
    data.putObject("msteams").put("type", "task/fetch");
    return action;
  }

  private static void styled(ObjectNode action, Button.Style style) {
    switch (style) {
      case PRIMARY -> action.put("style", "positive");
      case DANGER -> action.put("style", "destructive");
      case PLAIN -> {}
    }
  }

  /** Teams asks no question before a press, so the press unfolds a second button that counts. */
  private static ObjectNode asking(Button button, Button.Confirm confirm) {
    ArrayNode body =
        CardElements.list(
            CardElements.text(Markup.escape(Markup.cut(confirm.title(), LONGEST_TITLE)))
                .put("weight", "Bolder"),
            CardElements.text(Markup.escape(Markup.cut(confirm.text(), LONGEST_TEXT))));
    ArrayNode yes = CardElements.array();
    yes.add(execute(confirm.yes(), button.token(), button.style()));
    ObjectNode unfold =
        CardElements.object()
            .put("type", "Action.ShowCard")
            .put("title", Markup.cut(button.label(), LONGEST_LABEL));
    unfold.set("card", CardElements.card(body, yes, Markup.cut(confirm.text(), LONGEST_FALLBACK)));
    return unfold;
  }

  private static ObjectNode execute(String label, String token, Button.Style style) {
    ObjectNode action =
        CardElements.object()
            .put("type", "Action.Execute")
            .put("title", Markup.cut(label, LONGEST_LABEL))
            .put("verb", "press");
    styled(action, style);
    ObjectNode ours = CardElements.object();
    ours.putObject("muster").put("press", token);
    action.set("data", ours);
    action.set("fallback", submit(label, token));
    return action;
  }

  /** Returns a press as dialogs and older clients know it. */
  static ObjectNode submit(Button button) {
    return submit(button.label(), button.token());
  }

  private static ObjectNode submit(String label, String token) {
    ObjectNode action =
        CardElements.object()
            .put("type", "Action.Submit")
            .put("title", Markup.cut(label, LONGEST_LABEL));
    ObjectNode ours = CardElements.object();
    ours.putObject("muster").put("press", token);
    action.set("data", ours);
    return action;
  }
}

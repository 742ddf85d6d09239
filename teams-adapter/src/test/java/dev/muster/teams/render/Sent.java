// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Form;
import dev.muster.testkit.Said;
import dev.muster.testkit.Substitution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What Teams gets.
 *
 * @param summary the line for notifications; a dialog's title
 * @param cards the card of a message, and the one that some people see; a form as it opens in a
 *     dialog, there with every field wrong, in a message, and what takes its place when it was sent
 */
record Sent(String summary, List<ObjectNode> cards) {

  private static final Optional<String> TAG = Optional.of("01234567890123456789ABCDEF");

  /** Channels and group chats begin so; there people address the bot by its name. */
  private static final String SHARED = "19:incident@thread.tacv2";

  /** Renders what was said. */
  static Sent of(Said said) {
    return of(said, new Substitution(same -> same));
  }

  /** Renders what was said in other words. */
  static Sent of(Said said, Substitution words) {
    return said.form()
        .map(form -> of(TypedHere.in(SHARED, words.in(form))))
        .orElseGet(() -> of(said.way(), TypedHere.in(SHARED, words.in(said.message()))));
  }

  private static Sent of(Form form) {
    Map<String, String> wrong =
        form.fields().stream()
            .collect(Collectors.toMap(Form.Field::name, f -> "Write it otherwise, for example 5."));
    return new Sent(
        form.title(),
        List.of(
            FormRenderer.card(form, Map.of(), true),
            FormRenderer.card(form, wrong, true),
            FormRenderer.card(form, Map.of(), false),
            FormRenderer.closed(form.title() + ": received.")));
  }

  private static Sent of(Said.Way way, BotMessage message) {
    if (way == Said.Way.NOTICE) {
      return new Sent(
          MessageRenderer.summary(message), List.of(FormRenderer.closed(message.text())));
    }
    List<ObjectNode> cards = new ArrayList<>();
    cards.add(MessageRenderer.card(message, TAG));
    message.forSome().ifPresent(some -> cards.add(MessageRenderer.card(withMore(message), TAG)));
    return new Sent(MessageRenderer.summary(message), cards);
  }

  private static BotMessage withMore(BotMessage message) {
    List<Button> all = new ArrayList<>(message.buttons());
    message.forSome().ifPresent(some -> all.addAll(some.buttons()));
    return message.withButtons(all);
  }

  /** Returns what Teams or we would say against it. */
  List<String> problems() {
    List<String> all = new ArrayList<>();
    cards.forEach(card -> all.addAll(AdaptiveCard.problems(card)));
    if (summary.isBlank() || summary.length() > 250 || summary.indexOf('\n') >= 0) {
      all.add("summary has " + summary.length());
    }
    return all;
  }
}

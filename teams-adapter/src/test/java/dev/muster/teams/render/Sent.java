// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.BotMessage;
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
 * @param cards the card of a message; a form twice, in a dialog with every field wrong and in a
 *     message
 */
record Sent(String summary, List<ObjectNode> cards) {

  private static final Optional<String> TAG = Optional.of("01234567890123456789ABCDEF");

  /** Renders what was said. */
  static Sent of(Said said) {
    return said.form().map(Sent::of).orElseGet(() -> of(said.way(), said.message()));
  }

  /** Renders what was said in other words. */
  static Sent of(Said said, Substitution words) {
    return said.form()
        .map(form -> of(words.in(form)))
        .orElseGet(() -> of(said.way(), words.in(said.message())));
  }

  private static Sent of(Form form) {
    Map<String, String> wrong =
        form.fields().stream()
            .collect(Collectors.toMap(Form.Field::name, f -> "Write it otherwise, for example 5."));
    return new Sent(
        form.title(),
        List.of(FormRenderer.card(form, wrong, true), FormRenderer.card(form, Map.of(), false)));
  }

  private static Sent of(Said.Way way, BotMessage message) {
    return way == Said.Way.NOTICE
        ? new Sent(MessageRenderer.summary(message), List.of(FormRenderer.closed(message.text())))
        : new Sent(MessageRenderer.summary(message), List.of(MessageRenderer.card(message, TAG)));
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

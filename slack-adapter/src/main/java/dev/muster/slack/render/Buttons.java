// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.ConfirmationDialogObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import dev.muster.chat.About;
import dev.muster.chat.Button;
import dev.muster.chat.Button.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Renders buttons in rows. The one expected next comes first, what is hard to take back comes last
 * and never beside it. Pure.
 */
final class Buttons {

  private static final List<Style> ORDER = List.of(Style.PRIMARY, Style.PLAIN, Style.DANGER);

  private Buttons() {}

  /** Returns the rows. */
  static List<LayoutBlock> rows(List<Button> buttons, Optional<About> about) {
    List<LayoutBlock> rows = new ArrayList<>();
    List<BlockElement> row = new ArrayList<>();
    Style before = Style.PLAIN;
    List<Button> ordered = ordered(buttons);
    for (int i = 0; i < ordered.size(); i++) {
      Button button = ordered.get(i);
      boolean clash = before == Style.PRIMARY && button.style() == Style.DANGER;
      if (row.size() == Limits.BUTTONS_IN_A_ROW || clash) {
        rows.add(ActionsBlock.builder().elements(List.copyOf(row)).build());
        row.clear();
      }
      row.add(element(button, i, about));
      before = button.style();
    }
    if (!row.isEmpty()) {
      rows.add(ActionsBlock.builder().elements(List.copyOf(row)).build());
    }
    return rows;
  }

  private static List<Button> ordered(List<Button> buttons) {
    return ORDER.stream()
        .flatMap(style -> buttons.stream().filter(button -> button.style() == style))
        .limit(Limits.BUTTONS)
        .toList();
  }

  private static BlockElement element(Button button, int index, Optional<About> about) {
    return ButtonElement.builder()
        .actionId(MessageRenderer.ACTION_PREFIX + button.action() + "." + index)
        .text(Labels.line(button.label(), Limits.LABEL))
        .accessibilityLabel(spoken(button, about))
        .value(button.token())
        .style(
            switch (button.style()) {
              case PLAIN -> null;
              case PRIMARY -> "primary";
              case DANGER -> "danger";
            })
        .confirm(button.confirm().map(question -> confirm(question, button.style())).orElse(null))
        .build();
  }

  /** Screen readers jump from button to button; each says which incident it belongs to. */
  private static String spoken(Button button, Optional<About> about) {
    String label = Visible.line(button.label());
    return about
        .map(About::key)
        .filter(key -> !label.contains(key))
        .map(key -> Clip.atWord(label, Limits.LABEL - key.length() - 2) + ", " + key)
        .orElse(null);
  }

  private static ConfirmationDialogObject confirm(Button.Confirm question, Style style) {
    return ConfirmationDialogObject.builder()
        .title(Labels.line(question.title(), Limits.CONFIRM_TITLE))
        .text(Labels.plain(Clip.atWord(Visible.text(question.text()), Limits.CONFIRM_TEXT)))
        .confirm(Labels.line(question.yes(), Limits.CONFIRM_LABEL))
        .deny(Labels.plain("Cancel"))
        .style(style == Style.DANGER ? "danger" : null)
        .build();
  }
}

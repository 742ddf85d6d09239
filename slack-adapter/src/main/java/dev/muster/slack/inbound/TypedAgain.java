// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.CheckboxesElement;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.block.element.RadioButtonsElement;
import com.slack.api.model.block.element.StaticSelectElement;
import com.slack.api.model.block.element.UsersSelectElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewState;
import dev.muster.slack.render.Clip;
import dev.muster.slack.render.FormRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows a submitted form once more with everything that was typed and a sentence above it for each
 * wrong field: the way back when Slack's own place for errors has closed. Pure.
 */
final class TypedAgain {

  /** Slack's limit for a text object is 3,000. */
  private static final int LONGEST = 2_900;

  private TypedAgain() {}

  /** Returns the window to be shown. */
  static View withErrors(View submitted, Map<String, String> errors) {
    List<LayoutBlock> blocks = new ArrayList<>();
    String sentences = String.join("\n", errors.values());
    blocks.add(
        SectionBlock.builder()
            .text(
                PlainTextObject.builder()
                    .text("⚠️ " + Clip.atWord(sentences, LONGEST))
                    .emoji(false)
                    .build())
            .build());
    for (LayoutBlock block : submitted.getBlocks()) {
      if (block instanceof InputBlock input) {
        typed(submitted.getState(), input).ifPresent(value -> fill(input, value));
      }
      blocks.add(block);
    }
    return View.builder()
        .type("modal")
        .callbackId(FormRenderer.CALLBACK)
        .title(submitted.getTitle())
        .submit(submitted.getSubmit())
        .close(submitted.getClose())
        .privateMetadata(submitted.getPrivateMetadata())
        .blocks(blocks)
        .build();
  }

  private static Optional<ViewState.Value> typed(ViewState state, InputBlock input) {
    return Optional.ofNullable(state)
        .map(ViewState::getValues)
        .map(values -> values.get(input.getBlockId()))
        .map(actions -> actions.get(FormRenderer.ACTION));
  }

  private static void fill(InputBlock input, ViewState.Value value) {
    if (input.getElement() instanceof PlainTextInputElement line) {
      line.setInitialValue(
          value.getValue() == null || value.getValue().isEmpty() ? null : value.getValue());
    } else if (input.getElement() instanceof StaticSelectElement choice) {
      choice.setInitialOption(
          value.getSelectedOption() == null
              ? null
              : option(choice.getOptions(), value.getSelectedOption().getValue()));
    } else if (input.getElement() instanceof RadioButtonsElement choice) {
      choice.setInitialOption(
          value.getSelectedOption() == null
              ? null
              : option(choice.getOptions(), value.getSelectedOption().getValue()));
    } else if (input.getElement() instanceof CheckboxesElement tick) {
      boolean ticked = value.getSelectedOptions() != null && !value.getSelectedOptions().isEmpty();
      tick.setInitialOptions(ticked ? tick.getOptions() : null);
    } else if (input.getElement() instanceof UsersSelectElement person) {
      person.setInitialUser(value.getSelectedUser());
    }
  }

  private static OptionObject option(List<OptionObject> options, String value) {
    return options.stream().filter(o -> o.getValue().equals(value)).findFirst().orElse(null);
  }
}

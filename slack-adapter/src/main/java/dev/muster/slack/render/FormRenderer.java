// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.CheckboxesElement;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.block.element.RadioButtonsElement;
import com.slack.api.model.block.element.StaticSelectElement;
import com.slack.api.model.block.element.UsersSelectElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import dev.muster.chat.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renders forms as modals. The block of a field is named after the field, so that errors and values
 * find their way, and stays the same when the form is replaced, so that typed text is kept. Pure.
 */
public final class FormRenderer {

  /** Modals of ours carry this name. */
  public static final String CALLBACK = "muster.form";

  /** The one action in each field's block. */
  public static final String ACTION = "v";

  /** So few choices are shown at once, when one is made beforehand: nobody can take it back. */
  private static final int RADIOS = 5;

  /** A modal takes 100 blocks; the fields need theirs. */
  private static final int LEAD_BLOCKS = 20;

  private static final String BLOCK_PREFIX = "f.";
  private static final Pattern MENTION = Pattern.compile("<@slack:([A-Z0-9]{2,40})>");

  private FormRenderer() {}

  /** Returns the name of a field's block. */
  public static String blockId(String field) {
    return BLOCK_PREFIX + field;
  }

  /** Returns the field whose block has that name, if it is one of ours. */
  public static Optional<String> fieldOf(String blockId) {
    return blockId != null && blockId.startsWith(BLOCK_PREFIX)
        ? Optional.of(blockId.substring(BLOCK_PREFIX.length()))
        : Optional.empty();
  }

  /**
   * Renders a form.
   *
   * @param metadata what Slack hands back when the form is submitted
   */
  public static View render(Form form, String metadata) {
    List<LayoutBlock> blocks = new ArrayList<>(lead(form.lead()));
    form.fields().forEach(field -> blocks.add(block(field)));
    if (!form.note().isBlank()) {
      blocks.add(
          ContextBlock.builder().elements(List.of(Labels.line(form.note(), Limits.NOTE))).build());
    }
    if (blocks.isEmpty()) {
      blocks.add(said(form.title()));
    }
    View.ViewBuilder view = modal(form.title(), blocks).privateMetadata(metadata);
    return form.fields().isEmpty()
        ? view.build()
        : view.submit(
                ViewSubmit.builder()
                    .type("plain_text")
                    .text(Clip.atWord(Visible.line(form.submit()), Limits.FORM_TITLE))
                    .build())
            .build();
  }

  private static List<LayoutBlock> lead(Form.Lead lead) {
    Space space = new Space(LEAD_BLOCKS);
    new Sections(space).add(lead.sections());
    Buttons.rows(lead.buttons(), Optional.empty()).forEach(space::addReserved);
    return space.blocks();
  }

  /** Renders a window that says one thing. */
  public static View notice(String title, String sentence) {
    return modal(title, List.of(said(sentence))).build();
  }

  private static LayoutBlock said(String sentence) {
    return SectionBlock.builder()
        .text(Labels.plain(Clip.atWord(Visible.text(sentence), Limits.SECTION)))
        .build();
  }

  private static View.ViewBuilder modal(String title, List<LayoutBlock> blocks) {
    return View.builder()
        .type("modal")
        .callbackId(CALLBACK)
        .title(
            ViewTitle.builder()
                .type("plain_text")
                .text(Clip.atWord(Visible.line(title), Limits.FORM_TITLE))
                .build())
        .close(ViewClose.builder().type("plain_text").text("Close").build())
        .blocks(List.copyOf(blocks));
  }

  private static LayoutBlock block(Form.Field field) {
    return InputBlock.builder()
        .blockId(blockId(field.name()))
        .label(Labels.line(field.label(), Limits.FIELD_LABEL))
        .hint(field.hint().isBlank() ? null : Labels.line(field.hint(), Limits.FIELD_LABEL))
        .optional(!field.required() || field.kind() == Form.Kind.TICK)
        .element(element(field))
        .build();
  }

  private static BlockElement element(Form.Field field) {
    return switch (field.kind()) {
      case LINE -> typed(field, false);
      case TEXT -> typed(field, true);
      case CHOICE -> choice(field);
      case TICK -> tick(field);
      case PERSON -> person(field);
    };
  }

  private static BlockElement typed(Form.Field field, boolean multiline) {
    int longest = field.maxLength() <= 0 ? Limits.TYPED : Math.min(field.maxLength(), Limits.TYPED);
    String whole = Visible.whole(field.initial());
    String initial =
        whole.length() > longest ? whole.substring(0, Clip.place(whole, longest)) : whole;
    return PlainTextInputElement.builder()
        .actionId(ACTION)
        .multiline(multiline)
        .maxLength(longest)
        .initialValue(initial.isEmpty() ? null : initial)
        .build();
  }

  private static BlockElement choice(Form.Field field) {
    List<OptionObject> options =
        field.options().stream().limit(Limits.OPTIONS).map(FormRenderer::option).toList();
    OptionObject initial =
        options.stream()
            .filter(option -> option.getValue().equals(field.initial()))
            .findFirst()
            .orElse(null);
    if (initial != null && options.size() <= RADIOS) {
      return RadioButtonsElement.builder()
          .actionId(ACTION)
          .options(options)
          .initialOption(initial)
          .build();
    }
    return StaticSelectElement.builder()
        .actionId(ACTION)
        .options(options)
        .initialOption(initial)
        .build();
  }

  private static OptionObject option(Form.Option option) {
    return option(option.value(), option.label());
  }

  private static OptionObject option(String value, String label) {
    PlainTextObject text = Labels.line(label, Limits.LABEL);
    return OptionObject.builder().value(value).text(text).build();
  }

  private static BlockElement tick(Form.Field field) {
    OptionObject yes = option("true", field.label());
    return CheckboxesElement.builder()
        .actionId(ACTION)
        .options(List.of(yes))
        .initialOptions(field.initial().equals("true") ? List.of(yes) : null)
        .build();
  }

  private static BlockElement person(Form.Field field) {
    Matcher mention = MENTION.matcher(field.initial());
    return UsersSelectElement.builder()
        .actionId(ACTION)
        .initialUser(mention.matches() ? mention.group(1) : null)
        .build();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.ConfirmationDialogObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import com.slack.api.model.block.element.RichTextElement;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Fact;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * Renders messages with the blocks that every Slack client shows: section, header, context, actions
 * and rich text. Words from outside are never markup, and only {@link BotMessage#mentions()}
 * notifies anybody. Pure.
 */
public final class MessageRenderer {

  /** Buttons of ours are known by this beginning of their {@code action_id}. */
  public static final String ACTION_PREFIX = "m.";

  private MessageRenderer() {}

  /** Renders a message within Slack's limits. */
  public static Rendered render(BotMessage message) {
    List<LayoutBlock> blocks = new ArrayList<>();
    String sign = sign(message);
    if (message.title().isBlank()) {
      blocks.add(line(sign, message));
    } else {
      String title = Clip.atWord(sign + message.title(), Limits.HEADER);
      blocks.add(HeaderBlock.builder().text(label(title)).build());
      boolean bare = message.facts().isEmpty() && message.sections().isEmpty();
      if (bare) {
        blocks.add(line("", message));
      } else if (!message.mentions().isEmpty()) {
        blocks.add(RichText.paragraph(mentions(message.mentions())));
      }
    }
    facts(blocks, message.facts());
    sections(blocks, message.sections());
    buttons(blocks, buttons(message));
    return new Rendered(plainText(message), blocks.stream().limit(Limits.BLOCKS).toList());
  }

  /** A message cannot hold a form here; a button opens it. */
  private static List<Button> buttons(BotMessage message) {
    List<Button> all = new ArrayList<>(message.buttons());
    message.form().ifPresent(form -> all.add(0, Button.of("Open form", "open_form", form.token())));
    return all;
  }

  /** Returns the plain text alone, for when Slack does not take the blocks. */
  public static String plainText(BotMessage message) {
    return Mrkdwn.escape(Clip.atWord(message.text(), Limits.TEXT));
  }

  private static LayoutBlock line(String sign, BotMessage message) {
    List<RichTextElement> elements = new ArrayList<>(mentions(message.mentions()));
    elements.add(RichText.words(sign + Clip.atWord(message.text(), Limits.TEXT)));
    return RichText.paragraph(elements);
  }

  private static List<RichTextElement> mentions(List<Person> people) {
    List<RichTextElement> elements = new ArrayList<>();
    for (Person person : people) {
      boolean ours = person.ref().platform().equals("slack");
      elements.add(ours ? RichText.mention(person.ref()) : RichText.words("@" + person.name()));
      elements.add(RichText.words(" "));
    }
    return elements;
  }

  private static void facts(List<LayoutBlock> blocks, List<Fact> facts) {
    List<TextObject> fields = new ArrayList<>();
    for (Fact fact : facts) {
      Phrase name = Phrase.of(fact.name());
      if (Mrkdwn.fits(name) && Mrkdwn.fits(fact.value())) {
        fields.add(field(fact));
        continue;
      }
      flush(blocks, fields);
      List<RichTextElement> elements = new ArrayList<>();
      elements.add(RichText.bold(Clip.atWord(fact.name(), Limits.LABEL) + ": "));
      elements.addAll(RichText.elements(fact.value(), Limits.FIELD));
      blocks.add(RichText.paragraph(elements));
    }
    flush(blocks, fields);
  }

  private static TextObject field(Fact fact) {
    String name = Mrkdwn.escape(Clip.atWord(fact.name(), Limits.LABEL));
    String value = Mrkdwn.write(fact.value(), Limits.FIELD);
    return Mrkdwn.text("*" + name + "*\n" + (value.isBlank() ? "–" : value));
  }

  private static void flush(List<LayoutBlock> blocks, List<TextObject> fields) {
    for (int from = 0; from < fields.size(); from += Limits.FIELDS) {
      int to = Math.min(fields.size(), from + Limits.FIELDS);
      blocks.add(SectionBlock.builder().fields(List.copyOf(fields.subList(from, to))).build());
    }
    fields.clear();
  }

  private static void sections(List<LayoutBlock> blocks, List<Section> sections) {
    int left = Limits.ALL_SECTIONS;
    for (Section section : sections) {
      int most = Math.min(left, Limits.SECTION);
      if (most < Limits.HEADING) {
        blocks.add(note(Phrase.of("The rest was left out here" + Clip.MARK)));
        return;
      }
      if (section.heading().isBlank() && section.body().plain().isEmpty()) {
        continue;
      }
      left -= Math.min(most, section.heading().length() + section.body().plain().length());
      blocks.add(
          section.style() == Section.Style.NOTE
              ? note(noteOf(section))
              : RichText.section(section, most));
    }
  }

  private static Phrase noteOf(Section section) {
    return section.heading().isBlank()
        ? section.body()
        : Phrase.of(section.heading() + ": " + section.body().plain());
  }

  private static LayoutBlock note(Phrase phrase) {
    return ContextBlock.builder()
        .elements(
            List.of(
                Mrkdwn.fits(phrase)
                    ? Mrkdwn.text(Mrkdwn.write(phrase, Limits.SECTION / 2))
                    : label(Clip.atWord(phrase.plain(), Limits.SECTION / 2))))
        .build();
  }

  private static void buttons(List<LayoutBlock> blocks, List<Button> buttons) {
    List<BlockElement> row = new ArrayList<>();
    int shown = Math.min(buttons.size(), Limits.BUTTONS);
    for (int i = 0; i < shown; i++) {
      row.add(button(buttons.get(i), i));
      if (row.size() == Limits.BUTTONS_IN_A_ROW || i == shown - 1) {
        blocks.add(ActionsBlock.builder().elements(List.copyOf(row)).build());
        row.clear();
      }
    }
  }

  private static BlockElement button(Button button, int index) {
    return ButtonElement.builder()
        .actionId(ACTION_PREFIX + button.action() + "." + index)
        .text(label(Clip.atWord(button.label(), Limits.LABEL)))
        .value(button.token())
        .style(
            switch (button.style()) {
              case PLAIN -> null;
              case PRIMARY -> "primary";
              case DANGER -> "danger";
            })
        .confirm(button.confirm().map(MessageRenderer::confirm).orElse(null))
        .build();
  }

  private static ConfirmationDialogObject confirm(Button.Confirm question) {
    // Slack's limits: title 100, text 300, labels 30 characters.
    return ConfirmationDialogObject.builder()
        .title(label(Clip.atWord(question.title(), 100)))
        .text(label(Clip.atWord(question.text(), 300)))
        .confirm(label(Clip.atWord(question.yes(), 30)))
        .deny(label("Cancel"))
        .build();
  }

  /** Returns text that Slack shows as it is, emoji names included. */
  static PlainTextObject label(String text) {
    return PlainTextObject.builder().text(text.isBlank() ? "–" : text).emoji(false).build();
  }

  /** A title that begins with a sign of its own gets no second one. */
  private static String sign(BotMessage message) {
    String words = message.title().isBlank() ? message.text() : message.title();
    if (Character.getType(words.codePointAt(0)) == Character.OTHER_SYMBOL) {
      return "";
    }
    return switch (message.tone()) {
      case NEUTRAL -> "";
      case GOOD -> "✅ ";
      case WARNING -> "⚠️ ";
      case URGENT -> "🚨 ";
    };
  }
}

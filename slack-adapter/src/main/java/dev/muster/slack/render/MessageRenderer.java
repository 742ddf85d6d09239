// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.RichTextElement;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.Span;
import dev.muster.slack.render.Rendered.Place;
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
    return render(message, Place.MESSAGE);
  }

  /** Renders somebody's own screen within Slack's limits; nobody scrolls to its buttons. */
  public static Rendered home(BotMessage message) {
    return render(message, Place.HOME);
  }

  private static Rendered render(BotMessage message, Place place) {
    List<LayoutBlock> rows = Buttons.rows(buttons(message), message.about());
    boolean first = place == Place.HOME;
    Space space = new Space(place.blocks() - 1 - (first ? 0 : rows.size()));
    top(space, message);
    if (first) {
      rows.forEach(space::add);
    }
    new Facts(space).add(message.facts());
    new Sections(space).add(message.sections());
    if (space.isShortened()) {
      space.addReserved(more(message));
    }
    if (!first) {
      rows.forEach(space::addReserved);
    }
    return Rendered.of(plainText(message), space.blocks());
  }

  /** A message cannot hold a form here; a button opens it. */
  private static List<Button> buttons(BotMessage message) {
    List<Button> all = new ArrayList<>(message.buttons());
    message.form().ifPresent(form -> all.add(0, Button.of("Open form", "open_form", form.token())));
    return all;
  }

  private static void top(Space space, BotMessage message) {
    String sign = sign(message);
    if (message.title().isBlank() && message.showsText()) {
      line(space, sign, message);
      return;
    }
    if (message.title().isBlank()) {
      calls(space, message);
      return;
    }
    space.add(
        HeaderBlock.builder().text(Labels.line(sign + message.title(), Limits.HEADER)).build());
    if (Visible.line(sign + message.title()).length() > Limits.HEADER) {
      space.leaveOut();
    }
    if (message.showsText()) {
      line(space, "", message);
    } else {
      calls(space, message);
    }
  }

  private static void calls(Space space, BotMessage message) {
    if (!message.mentions().isEmpty()) {
      space.add(RichText.paragraph(mentions(message.mentions())));
    }
  }

  /** Returns the plain text alone, for when Slack does not take the blocks. */
  public static String plainText(BotMessage message) {
    String shown = Visible.text(message.text());
    int most = Limits.TEXT;
    String text = Markup.escape(Clip.atWord(shown, most));
    while (text.length() > Limits.TEXT) {
      most = most * Limits.TEXT / text.length() - 1;
      text = Markup.escape(Clip.atWord(shown, most));
    }
    return text;
  }

  private static void line(Space space, String sign, BotMessage message) {
    String text = space.clip(Visible.text(sign + message.text()), Limits.ALL_SECTIONS);
    List<List<RichTextElement>> pieces = RichText.pieces(Phrase.of(text), Limits.SECTION);
    for (int i = 0; i < pieces.size(); i++) {
      List<RichTextElement> elements = new ArrayList<>();
      if (i == 0) {
        elements.addAll(mentions(message.mentions()));
      }
      elements.addAll(pieces.get(i));
      space.add(RichText.paragraph(elements));
    }
  }

  private static List<RichTextElement> mentions(List<Person> people) {
    List<RichTextElement> elements = new ArrayList<>();
    for (Person person : people) {
      boolean ours = person.ref().platform().equals("slack");
      String name = Clip.atWord("@" + Visible.line(person.name()), Limits.LABEL);
      elements.add(ours ? RichText.mention(person.ref()) : RichText.words(name));
      elements.add(RichText.words(" "));
    }
    return elements;
  }

  private static LayoutBlock more(BotMessage message) {
    String said = "This message was shortened." + Clip.MARK;
    Phrase phrase =
        message
            .about()
            .map(
                about ->
                    Phrase.of(
                        new Span.Words(said + " "),
                        new Span.Link("Read all of it on the page of " + about.key(), about.url())))
            .orElseGet(() -> Phrase.of(said));
    return Sections.context(Markup.text(Markup.write(phrase, Limits.NOTE)));
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

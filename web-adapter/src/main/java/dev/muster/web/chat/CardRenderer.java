// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Form;
import dev.muster.chat.Phrase;
import dev.muster.chat.Span;
import dev.muster.chat.WebAddress;
import dev.muster.web.chat.WireCard.Piece;
import dev.muster.web.chat.WireCard.Question;
import dev.muster.web.chat.WireCard.WireButton;
import dev.muster.web.chat.WireCard.WireFact;
import dev.muster.web.chat.WireCard.WireField;
import dev.muster.web.chat.WireCard.WireForm;
import dev.muster.web.chat.WireCard.WireOption;
import dev.muster.web.chat.WireCard.WireSection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Renders what the bot says into the wire's words. The page shows every text as text. */
final class CardRenderer {

  /** Longest text of one message in characters, for people and for the bot. */
  static final int LONGEST_TEXT = 40_000;

  private static final String MARKER = " …";

  private CardRenderer() {}

  /** Returns a message of the bot that everybody in the channel sees. */
  static WireMessage message(
      String id, String channel, Instant at, Optional<String> thread, BotMessage said) {
    WireMessage empty =
        new WireMessage(
            id,
            channel,
            at.toString(),
            Mentions.BOT,
            true,
            "",
            thread.orElse(null),
            null,
            false,
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            false,
            "neutral",
            null);
    return say(empty, said);
  }

  /** Returns {@code before} saying something else. */
  static WireMessage say(WireMessage before, BotMessage said) {
    List<String> notified = said.mentions().stream().map(person -> person.ref().id()).toList();
    String tone = word(said.tone());
    return before.with(card(said).orElse(null), cut(said.text()), tone, notified);
  }

  private static Optional<WireCard> card(BotMessage said) {
    boolean plain =
        said.title().isEmpty()
            && said.facts().isEmpty()
            && said.sections().isEmpty()
            && said.buttons().isEmpty()
            && said.form().isEmpty();
    return plain
        ? Optional.empty()
        : Optional.of(
            new WireCard(
                said.title(),
                said.facts().stream()
                    .map(f -> new WireFact(f.name(), f.value().plain(), pieces(f.value())))
                    .toList(),
                said.sections().stream()
                    .map(
                        s ->
                            new WireSection(
                                s.heading(), s.body().plain(), word(s.style()), pieces(s.body())))
                    .toList(),
                said.buttons().stream().map(CardRenderer::button).toList(),
                said.form().map(CardRenderer::form).orElse(null)));
  }

  private static WireButton button(Button button) {
    Question question =
        button.confirm().map(c -> new Question(c.title(), c.text(), c.yes())).orElse(null);
    return new WireButton(
        button.label(), button.action(), button.token(), word(button.style()), question);
  }

  /** Returns a form in the wire's words. */
  static WireForm form(Form form) {
    return new WireForm(
        form.token(),
        form.title(),
        form.submit(),
        form.note(),
        form.fields().stream().map(CardRenderer::field).toList());
  }

  private static WireField field(Form.Field field) {
    return new WireField(
        field.name(),
        field.label(),
        word(field.kind()),
        field.required(),
        field.hint(),
        field.initial(),
        field.options().stream().map(o -> new WireOption(o.value(), o.label())).toList(),
        field.maxLength());
  }

  private static List<Piece> pieces(Phrase phrase) {
    return phrase.spans().stream().map(CardRenderer::piece).toList();
  }

  private static Piece piece(Span span) {
    if (span instanceof Span.Strong) {
      return new Piece("strong", span.plain(), null);
    }
    if (span instanceof Span.Code) {
      return new Piece("code", span.plain(), null);
    }
    if (span instanceof Span.Who who) {
      return new Piece("who", span.plain(), who.person().ref().id());
    }
    if (span instanceof Span.When when) {
      return new Piece("when", span.plain(), when.at().toString());
    }
    if (span instanceof Span.Room room) {
      return new Piece("room", span.plain(), room.channel().id());
    }
    if (span instanceof Span.Link link && WebAddress.isLink(link.url())) {
      return new Piece("link", link.label(), link.url());
    }
    return new Piece("words", span.plain(), null);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Cuts an over-long text at a word and marks the cut. */
  static String cut(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int room = LONGEST_TEXT - MARKER.length();
    int space = text.lastIndexOf(' ', room);
    int end = space > room / 2 ? space : room;
    int whole = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    return text.substring(0, whole) + MARKER;
  }
}

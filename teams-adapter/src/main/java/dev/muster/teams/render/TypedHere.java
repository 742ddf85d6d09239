// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import dev.muster.chat.Addressing;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Fact;
import dev.muster.chat.Form;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes commands as people type them in Teams. In channels and group chats a bot hears what is
 * addressed to it by its name; a slash opens a menu that not every tenant shows. In the chat with
 * the bot alone the slash is text like any other and is understood. Pure.
 */
public final class TypedHere {

  /** By the short name that the shipped manifest gives the app. */
  public static final Addressing BY_NAME = new Addressing("@Muster ", "@Muster ");

  private static final String SHARED = "19:";

  private static final Pattern SLASH =
      Pattern.compile("(?<![\\w/.-])/incident (?=[a-zA-Z])|(?<![\\w/.-])/incident(?![\\w/.-])");

  private static final String NAME = Matcher.quoteReplacement(BY_NAME.usual());

  private TypedHere() {}

  /**
   * Returns the message as it is said in a conversation.
   *
   * @param conversation its identifier; channels and group chats begin with {@code 19:}
   */
  public static BotMessage in(String conversation, BotMessage message) {
    return isShared(conversation) ? byName(message) : message;
  }

  /** Returns the form as it is shown in a conversation; what it holds stays as it was typed. */
  public static Form in(String conversation, Form form) {
    return isShared(conversation) ? byName(form) : form;
  }

  /** Returns the sentence as it is said in a conversation. */
  public static String in(String conversation, String sentence) {
    return isShared(conversation) ? words(sentence) : sentence;
  }

  private static boolean isShared(String conversation) {
    return conversation.startsWith(SHARED);
  }

  private static Form byName(Form form) {
    List<Form.Field> fields =
        form.fields().stream()
            .map(
                f ->
                    new Form.Field(
                        f.name(),
                        f.label(),
                        f.kind(),
                        f.required(),
                        words(f.hint()),
                        f.initial(),
                        f.options(),
                        f.maxLength()))
            .toList();
    Form.Lead lead =
        new Form.Lead(
            form.lead().sections().stream().map(TypedHere::section).toList(),
            buttons(form.lead().buttons()));
    return new Form(form.token(), form.title(), form.submit(), words(form.note()), fields, lead);
  }

  private static BotMessage byName(BotMessage m) {
    return new BotMessage(
        words(m.text()),
        words(m.title()),
        m.facts().stream().map(fact -> new Fact(fact.name(), phrase(fact.value()))).toList(),
        m.sections().stream().map(TypedHere::section).toList(),
        buttons(m.buttons()),
        m.mentions(),
        m.tone(),
        m.form().map(TypedHere::byName),
        m.about(),
        m.forSome().map(some -> new BotMessage.ForSome(some.people(), buttons(some.buttons()))));
  }

  /** What people wrote stays as they wrote it. */
  private static Section section(Section s) {
    return s.style() == Section.Style.QUOTE
        ? s
        : new Section(words(s.heading()), phrase(s.body()), s.style());
  }

  private static List<Button> buttons(List<Button> buttons) {
    return buttons.stream()
        .map(
            b ->
                new Button(
                    b.label(),
                    b.action(),
                    b.token(),
                    b.style(),
                    b.confirm().map(c -> new Button.Confirm(c.title(), words(c.text()), c.yes())),
                    b.opensForm()))
        .toList();
  }

  private static Phrase phrase(Phrase phrase) {
    return new Phrase(phrase.spans().stream().map(TypedHere::span).toList());
  }

  private static Span span(Span span) {
    if (span instanceof Span.Words words) {
      return new Span.Words(words(words.text()));
    }
    return span instanceof Span.Code code ? new Span.Code(words(code.text())) : span;
  }

  private static String words(String text) {
    return text.contains("/incident")
        ? SLASH.matcher(text).replaceAll(found -> found.group().endsWith(" ") ? NAME : NAME.strip())
        : text;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.util.List;
import java.util.Optional;

/**
 * What the bot says: meaning without markup. Adapters render, escape and truncate it and always
 * carry {@code text} for screen readers and notifications.
 *
 * @param text the whole essential message as full sentences
 * @param title the card's title; empty when the message is a plain line
 * @param facts names and values
 * @param sections paragraphs
 * @param buttons what can be pressed
 * @param mentions people who are notified
 * @param tone how urgent it is
 * @param form a form shown in the message, where the platform can show one
 * @param about what it is about, where it is about one thing
 * @param forSome what some people are shown beside it, where the platform shows one message to
 *     people in different ways; elsewhere nobody is
 */
public record BotMessage(
    String text,
    String title,
    List<Fact> facts,
    List<Section> sections,
    List<Button> buttons,
    List<Person> mentions,
    Tone tone,
    Optional<Form> form,
    Optional<About> about,
    Optional<ForSome> forSome) {

  /**
   * What some people are shown beside the rest. It is no secret and gives no right: whoever presses
   * is asked for theirs.
   *
   * @param people who
   * @param buttons what they can press, behind the others
   */
  public record ForSome(List<UserRef> people, List<Button> buttons) {
    /** Keeps unmodifiable copies. */
    public ForSome {
      people = List.copyOf(people);
      buttons = List.copyOf(buttons);
    }
  }

  /** How urgent a message is; shown by word and shape, never by colour alone. */
  public enum Tone {
    /** News. */
    NEUTRAL,
    /** Good news. */
    GOOD,
    /** Somebody should act. */
    WARNING,
    /** Somebody must act now. */
    URGENT
  }

  /** Keeps unmodifiable copies and refuses an empty text. */
  public BotMessage {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a message needs a text for screen readers");
    }
    facts = List.copyOf(facts);
    sections = List.copyOf(sections);
    buttons = List.copyOf(buttons);
    mentions = List.copyOf(mentions);
    // What was stored before some were shown more says nothing of it.
    forSome = forSome == null ? Optional.empty() : forSome;
  }

  /**
   * Returns whether the text is shown where everything else is. With a title it is only when
   * nothing else stands there; without one, unless a plain paragraph says the same with links and
   * names.
   */
  public boolean showsText() {
    if (!title.isBlank()) {
      return facts.isEmpty() && sections.isEmpty();
    }
    return sections.isEmpty() || tone != Tone.NEUTRAL || !isPlain(sections.get(0));
  }

  private static boolean isPlain(Section section) {
    return section.style() == Section.Style.PLAIN
        && section.heading().isBlank()
        && !section.body().plain().isBlank();
  }

  /** Returns a plain line. */
  public static BotMessage line(String text) {
    return card(text, "");
  }

  /** Returns an empty card with a title, to be filled. */
  public static BotMessage card(String text, String title) {
    return new BotMessage(
        text,
        title,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Tone.NEUTRAL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns this message with other facts. */
  public BotMessage withFacts(List<Fact> other) {
    return new BotMessage(
        text, title, other, sections, buttons, mentions, tone, form, about, forSome);
  }

  /** Returns this message with other sections. */
  public BotMessage withSections(List<Section> other) {
    return new BotMessage(text, title, facts, other, buttons, mentions, tone, form, about, forSome);
  }

  /** Returns this message with other buttons. */
  public BotMessage withButtons(List<Button> other) {
    return new BotMessage(
        text, title, facts, sections, other, mentions, tone, form, about, forSome);
  }

  /** Returns this message notifying other people. */
  public BotMessage withMentions(List<Person> other) {
    return new BotMessage(text, title, facts, sections, buttons, other, tone, form, about, forSome);
  }

  /** Returns this message in another tone. */
  public BotMessage withTone(Tone other) {
    return new BotMessage(
        text, title, facts, sections, buttons, mentions, other, form, about, forSome);
  }

  /** Returns this message carrying a form. */
  public BotMessage withForm(Form other) {
    return new BotMessage(
        text, title, facts, sections, buttons, mentions, tone, Optional.of(other), about, forSome);
  }

  /** Returns this message saying what it is about. */
  public BotMessage withAbout(About other) {
    return new BotMessage(
        text, title, facts, sections, buttons, mentions, tone, form, Optional.of(other), forSome);
  }

  /** Returns this message showing some people more. */
  public BotMessage withForSome(ForSome other) {
    return new BotMessage(
        text, title, facts, sections, buttons, mentions, tone, form, about, Optional.of(other));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Fact;
import dev.muster.chat.Form;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes the words of a message or form wherever they stand, and nothing else. Pure. */
public final class Substitution {

  private static final List<Foreign> MARKED = List.of(Foreign.values());

  private final UnaryOperator<String> words;

  /** Makes one that changes every text by {@code words}. */
  public Substitution(UnaryOperator<String> words) {
    this.words = words;
  }

  /** Puts {@code text} in the place of every mark of {@link Foreign}. */
  public static Substitution ofMarks(String text) {
    return new Substitution(
        said -> {
          String changed = said;
          for (Foreign place : MARKED) {
            changed = said.contains(place.mark()) ? changed.replace(place.mark(), text) : changed;
          }
          return changed;
        });
  }

  /** Returns the message in other words. */
  public BotMessage in(BotMessage said) {
    String text = words.apply(said.text());
    return new BotMessage(
        text.isBlank() ? "–" : text,
        words.apply(said.title()),
        said.facts().stream().map(f -> new Fact(words.apply(f.name()), in(f.value()))).toList(),
        sections(said.sections()),
        said.buttons().stream().map(this::in).toList(),
        said.mentions().stream().map(this::in).toList(),
        said.tone(),
        said.form().map(this::in),
        said.about(),
        said.forSome());
  }

  private List<Section> sections(List<Section> said) {
    return said.stream()
        .map(s -> new Section(words.apply(s.heading()), in(s.body()), s.style()))
        .toList();
  }

  private Button in(Button button) {
    return new Button(
        words.apply(button.label()),
        button.action(),
        button.token(),
        button.style(),
        button
            .confirm()
            .map(
                c ->
                    new Button.Confirm(
                        words.apply(c.title()), words.apply(c.text()), words.apply(c.yes()))),
        button.opensForm());
  }

  private Person in(Person person) {
    return new Person(person.ref(), words.apply(person.name()));
  }

  private Phrase in(Phrase phrase) {
    return new Phrase(phrase.spans().stream().map(this::in).toList());
  }

  private Span in(Span span) {
    if (span instanceof Span.Words s) {
      return new Span.Words(words.apply(s.text()));
    }
    if (span instanceof Span.Strong s) {
      return new Span.Strong(words.apply(s.text()));
    }
    if (span instanceof Span.Code s) {
      return new Span.Code(words.apply(s.text()));
    }
    if (span instanceof Span.Who s) {
      return new Span.Who(in(s.person()));
    }
    if (span instanceof Span.Link s) {
      return new Span.Link(words.apply(s.label()), words.apply(s.url()));
    }
    return span instanceof Span.Room s ? new Span.Room(s.channel(), words.apply(s.name())) : span;
  }

  /** Returns the form in other words; names of fields and values of choices stay. */
  public Form in(Form form) {
    List<Form.Field> fields =
        form.fields().stream()
            .map(
                f ->
                    new Form.Field(
                        f.name(),
                        words.apply(f.label()),
                        f.kind(),
                        f.required(),
                        words.apply(f.hint()),
                        f.options().isEmpty() ? words.apply(f.initial()) : f.initial(),
                        f.options().stream()
                            .map(o -> new Form.Option(o.value(), words.apply(o.label())))
                            .toList(),
                        f.maxLength()))
            .toList();
    return new Form(
        form.token(),
        words.apply(form.title()),
        words.apply(form.submit()),
        words.apply(form.note()),
        fields,
        new Form.Lead(
            sections(form.lead().sections()),
            form.lead().buttons().stream().map(this::in).toList()));
  }
}

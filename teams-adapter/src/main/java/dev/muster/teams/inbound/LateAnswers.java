// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import dev.muster.chat.Answer;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.spi.Receipt;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Tells a person what was decided on their click after the call had to be answered: Teams shows
 * <em>Working…</em> by then and takes nothing more for it. A sentence comes as a private answer, a
 * form that needs correcting comes again with what was typed. Said at most once. Thread-safe.
 */
public final class LateAnswers {

  private static final String FAILED =
      "What you sent is kept, but it could not be worked on yet. It will be tried again; look into"
          + " the channel.";

  private final Executor executor;
  private volatile Teller teller;

  /** Creates it with nobody to tell; what takes time runs on {@code executor}. */
  public LateAnswers(Executor executor) {
    this.executor = executor;
  }

  /** Speaks to one person. */
  public interface Teller {

    /** Says a sentence; {@code delivery} is what it answers. */
    void tell(String delivery, ReplyTo to, BotMessage message);

    /** Shows a form. */
    void show(FormOpening opening, ReplyTo to, Form form);
  }

  /** Lets everything from now on be told by {@code other}. */
  public void through(Teller other) {
    teller = other;
  }

  /** Tells the answer as soon as it is there. */
  void follow(Receipt.Stored stored, ReplyTo to, FormOpening opening, Optional<CardPress> sent) {
    stored
        .answer()
        .whenCompleteAsync(
            (answer, broke) -> {
              Teller through = teller;
              if (through != null) {
                say(through, stored.delivery(), Optional.ofNullable(answer), to, opening, sent);
              }
            },
            executor);
  }

  private static void say(
      Teller teller,
      String delivery,
      Optional<Answer> answer,
      ReplyTo to,
      FormOpening opening,
      Optional<CardPress> sent) {
    Shown shown = answer.map(a -> Shown.of(a, sent)).orElseGet(() -> new Shown.Words(FAILED));
    if (shown instanceof Shown.FormCard card) {
      teller.show(opening, to, withSentences(card));
    } else if (shown instanceof Shown.Words words) {
      teller.tell(delivery, to, BotMessage.line(words.text()));
    } else if (shown instanceof Shown.Closed closed) {
      teller.tell(delivery, to, BotMessage.line(closed.title() + ": received."));
    }
  }

  private static Form withSentences(Shown.FormCard card) {
    Form form = card.form();
    return card.errors().isEmpty()
        ? form
        : new Form(
            form.token(),
            form.title(),
            form.submit(),
            String.join(" ", card.errors().values()),
            form.fields(),
            form.lead());
  }
}

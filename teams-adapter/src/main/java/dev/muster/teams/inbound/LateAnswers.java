// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Receipt;
import dev.muster.teams.client.FormVerbs;
import dev.muster.teams.client.PrivateVerbs;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a person what was decided on their click after the call had to be answered: Teams shows
 * <em>Working…</em> by then and takes nothing more for it. A sentence comes as a private answer, a
 * form that needs correcting comes again with what was typed. Said at most once. Thread-safe.
 */
public final class LateAnswers {

  private static final String FAILED =
      "What you sent is kept, but it could not be worked on yet. It will be tried again; look into"
          + " the channel.";

  private static final Logger LOG = LoggerFactory.getLogger(LateAnswers.class);

  private final Executor executor;
  private final InstantSource clock;
  private volatile Verbs verbs;

  /** Creates it with nobody to tell; what takes time runs on {@code executor}. */
  public LateAnswers(Executor executor, InstantSource clock) {
    this.executor = executor;
    this.clock = clock;
  }

  private record Verbs(PrivateVerbs answers, FormVerbs forms) {}

  /** Lets everything from now on be told by these. */
  public void through(PrivateVerbs answers, FormVerbs forms) {
    verbs = new Verbs(answers, forms);
  }

  /** Tells the answer as soon as it is there. */
  void follow(Receipt.Stored stored, ReplyTo to, FormOpening opening, Optional<CardPress> sent) {
    stored
        .answer()
        .whenCompleteAsync(
            (answer, broke) -> {
              Verbs by = verbs;
              if (by != null) {
                Shown shown = answer == null ? new Shown.Words(FAILED) : Shown.of(answer, sent);
                told(say(by, shown, stored.delivery(), to, opening));
              }
            },
            executor);
  }

  private ChatOutcome<Nothing> say(
      Verbs by, Shown shown, String delivery, ReplyTo to, FormOpening opening) {
    if (shown instanceof Shown.FormCard card) {
      return by.forms().open(opening, to.user(), withSentences(card));
    }
    Optional<String> words =
        shown instanceof Shown.Words said
            ? Optional.of(said.text())
            : shown instanceof Shown.Closed closed
                ? Optional.of(closed.title() + ": received.")
                : Optional.empty();
    OnceKey key = OnceKey.first("late-" + delivery, clock.instant());
    return words
        .map(text -> by.answers().tell(key, to, BotMessage.line(text)))
        .orElseGet(ChatOutcome::done);
  }

  private static void told(ChatOutcome<Nothing> outcome) {
    if (!(outcome instanceof ChatOutcome.Done<Nothing>)) {
      LOG.warn("teams_late_answer_not_told outcome={}", outcome.getClass().getSimpleName());
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

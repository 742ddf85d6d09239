// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.microsoft.bot.schema.Activity;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.Urgency;
import dev.muster.chat.spi.pace.Recent;
import dev.muster.teams.client.PrivateVerbs.Told;
import dev.muster.teams.client.PrivateVerbs.Whom;
import dev.muster.teams.pace.Tier;
import dev.muster.teams.render.CardActivity;
import java.util.Map;
import java.util.Optional;

/**
 * Opens and replaces forms: as the dialog that a click waits for, else as a card that one person
 * alone sees. Thread-safe.
 */
public final class FormVerbs {

  /** Forms remembered; older ones have long been finished. */
  private static final int REMEMBERED = 1_000;

  private final Wires wires;
  private final PrivateVerbs answers;
  private final PendingDialogs dialogs;
  private final Map<String, Told> open = new Recent<>(REMEMBERED);

  /** Creates the verbs. */
  public FormVerbs(Wires wires, PrivateVerbs answers, PendingDialogs dialogs) {
    this.wires = wires;
    this.answers = answers;
    this.dialogs = dialogs;
  }

  /** Opens a form for the person who asked for it; refused when its opening has expired. */
  public ChatOutcome<Nothing> open(FormOpening opening, UserRef user, Form form) {
    if (!wires.clock().instant().isBefore(opening.expiresAt())) {
      return new ChatOutcome.Refused<>("The opening has expired.");
    }
    if (dialogs.show(opening, form)) {
      return ChatOutcome.done();
    }
    Optional<String> place = Optional.of(PendingDialogs.place(opening));
    ChatOutcome<Told> shown =
        answers.say(
            new Whom(Tier.AT_ONCE, Urgency.ANSWER, user, place),
            conversation -> CardActivity.of(wires.identity().botId(), conversation, form));
    if (shown instanceof ChatOutcome.Done<Told> done) {
      remember(user, form, done.value());
    }
    return shown.map(unused -> Nothing.NOTHING);
  }

  private synchronized void remember(UserRef user, Form form, Told where) {
    open.put(user.id() + " " + form.token(), where);
  }

  private synchronized Optional<Told> remembered(UserRef user, Form form) {
    return Optional.ofNullable(open.get(user.id() + " " + form.token()));
  }

  /** Replaces a form that stands open. */
  public ChatOutcome<Nothing> update(UserRef user, Form form) {
    Optional<Told> found = remembered(user, form);
    if (found.isEmpty()) {
      return new ChatOutcome.Refused<>("That form does not stand open.");
    }
    Told at = found.get();
    Activity now = CardActivity.of(wires.identity().botId(), at.where().id(), form);
    now.setId(at.id());
    return at.targeted()
        ? wires.connector().updateTargeted(at.where(), at.id(), now)
        : wires.connector().update(Urgency.ANSWER, at.where(), at.id(), now);
  }
}

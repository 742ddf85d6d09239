// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.chat.BotMessage;
import dev.muster.effect.Target;
import dev.muster.incident.Incident;
import dev.muster.store.AlertPosting;
import dev.muster.store.AlertRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the answers below alert messages true: one answer per message, edited in place. Only the
 * newest few messages of an alert are kept up, and a message whose alert has ended says so and is
 * left alone from then on.
 */
final class AlertAnswers {

  /** An answer changes at most this often by machines' doing; the newest state wins. */
  static final Duration FOLDED = Duration.ofSeconds(2);

  private static final int KEPT_UP = 5;

  private final AlertCards cards;

  AlertAnswers(AlertCards cards) {
    this.cards = cards;
  }

  /** Shows what is known of an alert below its messages, after a machine's news. */
  void refresh(Moment moment, String alert) {
    refresh(moment, alert, FOLDED);
  }

  /** Shows it at once, after a person's decision. */
  void refreshNow(Moment moment, String alert) {
    refresh(moment, alert, Duration.ZERO);
  }

  private void refresh(Moment moment, String alert, Duration folded) {
    Optional<AlertRecord> record = moment.tx().alerts().byId(alert);
    if (record.isEmpty()) {
      return;
    }
    List<AlertPosting> postings = moment.tx().postings().of(alert, KEPT_UP);
    for (AlertPosting posting : postings) {
      if (posting.answered()) {
        show(moment, record.get(), posting, folded);
      }
    }
  }

  private void show(Moment moment, AlertRecord record, AlertPosting posting, Duration folded) {
    BotMessage answer = cards.answer(moment, record, posting, incident(moment, record));
    boolean ended = record.latest().status() == Alert.Status.RESOLVED;
    String shows = digest(answer);
    if (shows.equals(posting.shows())) {
      return;
    }
    Instant due = due(moment, posting, folded);
    new Orders(moment)
        .showAt(
            new Target.InChannel(posting.message().channel()),
            "alert/" + posting.message().id(),
            "#" + posting.thread().orElse(posting.message().id()),
            due,
            answer);
    moment.tx().postings().save(posting.shown(due, shows, !ended));
  }

  /** What is shown already need not be sent again. */
  private static String digest(BotMessage answer) {
    String whole = answer.toString();
    return whole.length() + "/" + Integer.toHexString(whole.hashCode());
  }

  /** What waits already is replaced by what is newer, at the time at which it was to go out. */
  private static Instant due(Moment moment, AlertPosting posting, Duration folded) {
    if (folded.isZero()) {
      return moment.now();
    }
    if (posting.shownAt().isAfter(moment.now())) {
      return posting.shownAt();
    }
    Instant earliest = posting.shownAt().plus(folded);
    return earliest.isAfter(moment.now()) ? earliest : moment.now();
  }

  private static Optional<Incident> incident(Moment moment, AlertRecord record) {
    return record.incident().flatMap(id -> moment.tx().incidents().find(id));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Section;
import dev.muster.chat.UserRef;
import dev.muster.command.Outward;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentDecisions;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Rejection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Closes an incident as a duplicate of another one, which takes over what it had. */
final class MergeDesk {

  private static final int OFFERED = 5;

  private final ChangeDesk change;
  private final Offers offers;
  private final Tokens tokens;

  MergeDesk(ChangeDesk change, Tokens tokens) {
    this.change = change;
    this.offers = new Offers(tokens);
    this.tokens = tokens;
  }

  /** Merges, or offers what it can be merged into. */
  void merge(Exchange exchange, Incident source, Outward.Merge wish) {
    Optional<IncidentId> done = source.closing().flatMap(Closing::duplicateOf);
    if (done.isPresent() && done.equals(wish.into())) {
      exchange.tell(source.id() + " is closed as a duplicate of " + done.get() + " already.");
      return;
    }
    Optional<Rejection> closed = IncidentDecisions.closed(source);
    if (closed.isPresent()) {
      exchange.refuse(closed.get());
      return;
    }
    wish.into()
        .ifPresentOrElse(
            into -> merge(exchange, source, into, wish.reason()), () -> offer(exchange, source));
  }

  private void merge(Exchange exchange, Incident source, IncidentId into, String reason) {
    MergeRules rules = new MergeRules(exchange, source);
    Optional<Rejection> refused =
        rules.target(into).isEmpty() || into.equals(source.id())
            ? rules.closing(into)
            : rules.merging(rules.target(into).get()).or(() -> rules.closing(into));
    Closing closing = new Closing(Closing.Reason.DUPLICATE, Optional.of(into));
    refused.ifPresentOrElse(
        exchange::refuse, () -> change.close(exchange, source, closing, reason));
  }

  private void offer(Exchange exchange, Incident source) {
    MergeRules rules = new MergeRules(exchange, source);
    UserRef viewer = exchange.by().person().ref();
    List<Incident> fit =
        exchange.moment().tx().incidents().unclosed().stream()
            .filter(incident -> incident.visibleTo(Optional.of(viewer)))
            .filter(incident -> incident.status() != IncidentStatus.CLOSED)
            .filter(incident -> !incident.id().equals(source.id()))
            .filter(incident -> rules.closing(incident.id()).isEmpty())
            .filter(incident -> rules.merging(incident).isEmpty())
            .limit(OFFERED)
            .toList();
    if (fit.isEmpty()) {
      exchange.refuse(
          new Rejection(
              "nothing_to_merge_into",
              "No other incident is open that could take " + source.id() + " over.",
              "To close it: /incident close"));
      return;
    }
    List<Button> buttons = fit.stream().map(into -> button(exchange, source, into)).toList();
    exchange.tell(
        BotMessage.line(
                "Which incident is "
                    + source.id()
                    + " “"
                    + source.title()
                    + "” a duplicate of? For example: /incident merge "
                    + fit.get(0).id())
            .withSections(List.of(Section.of(titles(fit))))
            .withButtons(buttons));
  }

  /** Buttons are short; what they stand for is told above them. */
  private static String titles(List<Incident> fit) {
    return fit.stream()
        .map(incident -> incident.id() + " · " + incident.title())
        .collect(Collectors.joining("\n"));
  }

  private Button button(Exchange exchange, Incident source, Incident into) {
    Button merge =
        offers.command(exchange, into.id().toString(), source.id() + " merge " + into.id());
    return new ButtonMint(exchange.moment(), tokens, "merge", Optional.of(source.id()))
        .asking(
            merge,
            Button.Style.PLAIN,
            "Merge " + source.id() + "?",
            source.id()
                + " closes as a duplicate of "
                + into.id()
                + ". Its people, open tasks, actions and alerts go there, and what was said here"
                + " is readable there.",
            "Merge");
  }
}

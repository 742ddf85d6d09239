// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.command.Outward;
import dev.muster.effect.Priority;
import dev.muster.incident.Incident;
import dev.muster.store.Aggregates;
import dev.muster.timeline.EntryKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the links of an incident: at the channel's head, in the channel and on the timeline. */
final class LinksDesk {

  private static final String CALL = "Call";

  private final IncidentLifecycle lifecycle;

  LinksDesk(IncidentLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  /** Adds a link once. */
  void share(Exchange exchange, Incident incident, Outward.ShareLink wish) {
    boolean known =
        links(exchange).of(incident.id()).stream()
            .anyMatch(link -> !link.call() && link.url().equals(wish.url()));
    if (known) {
      exchange.tell("That link is at the head of " + incident.id() + " already.");
      return;
    }
    add(exchange, incident, wish.url(), wish.label().orElse(wish.url()), false);
    exchange.tell("Added the link to " + incident.id() + ".");
  }

  /** Says where people talk to each other. */
  void setCall(Exchange exchange, Incident incident, String url) {
    Optional<String> before = IncidentLink.callOf(exchange.moment(), incident.id());
    if (before.filter(url::equals).isPresent()) {
      exchange.tell("That is the call of " + incident.id() + " already.");
      return;
    }
    before.ifPresent(old -> takeDown(exchange, incident, old));
    add(exchange, incident, url, CALL, true);
    lifecycle.showAnew(exchange.moment(), incident);
    exchange.tell(
        before
            .map(old -> "The call of " + incident.id() + " is now " + url + " instead of " + old)
            .orElseGet(() -> "The call of " + incident.id() + " is " + url));
  }

  /** A call that is over leaves the channel's head, unless somebody added the link by itself. */
  private static void takeDown(Exchange exchange, Incident incident, String old) {
    boolean kept =
        links(exchange).of(incident.id()).stream()
            .anyMatch(link -> !link.call() && link.url().equals(old));
    if (!kept) {
      for (String platform : ReactionDesk.platformsOf(exchange.moment(), incident)) {
        new Orders(exchange.moment()).unbookmark(incident.id(), platform, old);
      }
    }
  }

  /** Tells where people talk to each other, or how to say it. */
  static void showCall(Exchange exchange, Incident incident) {
    exchange.tell(
        IncidentLink.callOf(exchange.moment(), incident.id())
            .map(url -> "The call of " + incident.id() + " is " + url)
            .orElseGet(
                () ->
                    incident.id()
                        + " has no call yet. To set one: /incident call"
                        + " https://meet.example.com/room"));
  }

  private static Aggregates<IncidentLink> links(Exchange exchange) {
    return exchange.moment().tx().all(IncidentLink.class);
  }

  private static void add(
      Exchange exchange, Incident incident, String url, String label, boolean call) {
    Aggregates<IncidentLink> links = links(exchange);
    int number = links.of(incident.id()).size() + 1;
    IncidentLink link = new IncidentLink(incident.id(), number, url, label, call);
    links.save(incident.id() + "/" + number, incident.id(), false, link);
    String words = label.equals(url) ? url : label + ": " + url;
    exchange.write(
        incident.id(),
        exchange
            .fact(EntryKind.NOTE_ADDED, words)
            .about(String.valueOf(number))
            .with(Map.of("url", url)));
    Orders orders = new Orders(exchange.moment());
    String by = exchange.by().person().name();
    for (String platform : ReactionDesk.platformsOf(exchange.moment(), incident)) {
      orders.bookmark(incident.id(), platform, label, url);
      orders.show(
          incident.id(), platform, "link/" + number, Priority.CARDS, line(incident, link, by));
    }
  }

  /** The address is always shown, so that no label can pretend to lead elsewhere. */
  private static BotMessage line(Incident incident, IncidentLink link, String by) {
    String what = link.call() ? "set the call" : "added a link";
    String label = link.call() || link.label().equals(link.url()) ? "" : " – " + link.label();
    String said = incident.id() + " · " + by + " " + what + label + ": ";
    Phrase shown = Phrase.of(new Span.Words(said), new Span.Link(link.url(), link.url()));
    return BotMessage.line(said + link.url())
        .withSections(List.of(new Section("", shown, Section.Style.PLAIN)));
  }
}

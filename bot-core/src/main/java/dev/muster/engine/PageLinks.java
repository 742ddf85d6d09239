// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Fact;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Milestone;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows short cards under links to pages of ours. Foreign addresses are passed over and nothing is
 * ever fetched. A private incident is shown in its own channel alone; elsewhere its link looks like
 * one that leads nowhere. Where people of another organisation read along, a card tells that the
 * page wants them to sign in, and nothing else.
 */
final class PageLinks {

  private static final int MOST_LINKS = 5;
  private static final int SHOWN = 5;
  private static final Pattern INCIDENT =
      Pattern.compile("/incidents/(INC-[1-9][0-9]{0,17})(/postmortem)?");

  private static final Set<String> OVERVIEWS = Set.of("/board", "/status");

  private PageLinks() {}

  /** Orders cards for the links of a message that lead to pages of ours. */
  static void posted(Moment moment, ChatEvent.LinksPosted event) {
    if (event.by().bot()) {
      return;
    }
    if (event.outsiders()) {
      new SharedChannels(moment.tx()).note(event.message().channel(), moment.now());
    }
    event.urls().stream()
        .distinct()
        .limit(MOST_LINKS)
        .filter(url -> card(moment, event.message(), url).isPresent())
        .forEach(url -> new Orders(moment).showLink(event.message(), url));
  }

  /** Returns the card of a link as things are now; empty when nothing is to be shown. */
  static Optional<BotMessage> card(Moment moment, MessageRef message, String url) {
    Optional<String> path = ownPath(moment.settings().publicUrl(), url);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    Matcher page = INCIDENT.matcher(path.get());
    if (new SharedChannels(moment.tx()).has(message.channel())) {
      return page.matches() || OVERVIEWS.contains(path.get())
          ? Optional.of(signIn())
          : Optional.empty();
    }
    if (page.matches()) {
      return IncidentId.parse(page.group(1))
          .flatMap(id -> moment.tx().incidents().find(id))
          .filter(incident -> !incident.isPrivate() || incident.livesIn(message.channel()))
          .map(found -> page.group(2) == null ? card(found) : postmortem(moment, found));
    }
    return switch (path.get()) {
      case "/board" -> Optional.of(overview(moment, "Board"));
      case "/status" -> Optional.of(overview(moment, "Status page"));
      default -> Optional.empty();
    };
  }

  /** What people of another organisation are shown, whether the page is there or not. */
  private static BotMessage signIn() {
    return BotMessage.card("This page of Muster can be read after signing in.", "Muster");
  }

  /** Returns the path below our own address; empty for every other address. */
  static Optional<String> ownPath(String publicUrl, String url) {
    try {
      URI own = new URI(publicUrl);
      URI link = new URI(url);
      boolean same =
          link.getHost() != null
              && link.getRawUserInfo() == null
              && lower(own.getScheme()).equals(lower(link.getScheme()))
              && lower(own.getHost()).equals(lower(link.getHost()))
              && port(own) == port(link);
      String base = own.getRawPath() == null ? "" : own.getRawPath().replaceAll("/+$", "");
      String path = link.getRawPath() == null ? "" : link.getRawPath();
      return same && path.startsWith(base + "/")
          ? Optional.of(path.substring(base.length()).replaceAll("(?<=.)/$", ""))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String lower(String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return lower(address.getScheme()).equals("https") ? 443 : 80;
  }

  private static BotMessage card(Incident incident) {
    Cards cards = new Cards(incident);
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("Status", Cards.capital(incident.status())));
    facts.add(
        new Fact(
            "Commander",
            incident
                .commander()
                .map(person -> Phrase.of(new Span.Who(person)))
                .orElseGet(() -> Phrase.of("Vacant"))));
    incident
        .reached(Milestone.DECLARED)
        .ifPresent(at -> facts.add(new Fact("Declared", Phrase.of(at))));
    return BotMessage.card(cards.sentence(), cards.title()).withFacts(facts);
  }

  private static BotMessage postmortem(Moment moment, Incident incident) {
    boolean drafted = incident.status() == IncidentStatus.CLOSED;
    boolean published =
        drafted && new PostmortemStanding(moment, incident.id()).published().isPresent();
    String draft = drafted ? "The draft is there." : "It is drafted when the incident is closed.";
    String state = published ? "It is published." : draft;
    String title = "Postmortem of " + incident.id();
    return BotMessage.card(title + " “" + incident.title() + "”. " + state, title)
        .withFacts(List.of(Fact.of("Incident", incident.title()), Fact.of("State", state)));
  }

  /** Counts and names what everybody may see. */
  private static BotMessage overview(Moment moment, String title) {
    List<Incident> open =
        moment.tx().incidents().unclosed().stream()
            .filter(incident -> incident.status().isOpen() && !incident.isPrivate())
            .filter(incident -> !incident.drill())
            .toList();
    String text =
        open.isEmpty()
            ? "No incident is open."
            : open.size() == 1 ? "1 incident is open." : open.size() + " incidents are open.";
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of(text));
    for (Incident incident : open.subList(0, Math.min(SHOWN, open.size()))) {
      sections.add(Section.of(new Cards(incident).title()));
    }
    return BotMessage.card(text, title).withSections(sections);
  }
}

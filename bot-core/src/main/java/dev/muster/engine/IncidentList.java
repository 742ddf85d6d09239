// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UserRef;
import dev.muster.command.IncidentFilter;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.store.IncidentIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The answer to {@code list}: the newest ten, how many there are, and where to see the others. What
 * the index cannot filter is looked for in a bounded number of incidents, and where that was not
 * all, the answer says so.
 */
final class IncidentList {

  private static final int LISTED = 10;
  private static final int PAGE = 200;
  private static final int PAGES = 5;

  private final Exchange exchange;
  private final IncidentFilter which;
  private final List<Incident> shown = new ArrayList<>();
  private long count;
  private boolean isAll = true;

  IncidentList(Exchange exchange, IncidentFilter which) {
    this.exchange = exchange;
    this.which = which;
  }

  /** Reads and answers. */
  void tell() {
    if (which == IncidentFilter.OPEN || which == IncidentFilter.ALL) {
      shown.addAll(page(0, LISTED));
      count = shown.size() < LISTED ? shown.size() : index().count(query(0, LISTED));
    } else {
      seek();
    }
    if (shown.isEmpty()) {
      exchange.tell(nothing());
    } else {
      exchange.tell(listing());
    }
  }

  private void seek() {
    Set<UserRef> selves = exchange.selves();
    long before = 0;
    for (int i = 0; i < PAGES; i++) {
      List<Incident> page = page(before, PAGE);
      page.stream().filter(incident -> fits(incident, selves)).forEach(this::take);
      if (page.size() < PAGE) {
        return;
      }
      before = page.get(PAGE - 1).id().number();
    }
    isAll = page(before, 1).isEmpty();
  }

  private void take(Incident incident) {
    count++;
    if (shown.size() < LISTED) {
      shown.add(incident);
    }
  }

  private boolean fits(Incident incident, Set<UserRef> selves) {
    return which == IncidentFilter.PRIVATE
        ? incident.isPrivate()
        : incident.members().stream().anyMatch(selves::contains);
  }

  private List<Incident> page(long before, int limit) {
    return index().list(query(before, limit));
  }

  private IncidentIndex index() {
    return exchange.moment().tx().incidents();
  }

  private IncidentIndex.Query query(long before, int limit) {
    Set<IncidentStatus> statuses =
        which == IncidentFilter.ALL
            ? Set.of()
            : Set.of(
                IncidentStatus.INVESTIGATING, IncidentStatus.IDENTIFIED, IncidentStatus.MITIGATED);
    Optional<UserRef> viewer = Optional.of(exchange.by().person().ref());
    return new IncidentIndex.Query(statuses, Set.of(), "", viewer, before, limit);
  }

  private String nothing() {
    String none = "No " + kind("incidents");
    String more = which == IncidentFilter.PRIVATE ? " --private" : "";
    return isAll
        ? none + ". To declare one: /incident declare checkout errors" + more
        : none + " among " + looked() + ". See all open incidents: " + url();
  }

  private BotMessage listing() {
    List<Section> sections = new ArrayList<>();
    for (Incident incident : shown) {
      sections.add(new Section("", line(incident), Section.Style.PLAIN));
    }
    if (count > LISTED || !isAll) {
      sections.add(elsewhere());
    }
    String title = counted() + (isAll ? "" : " among " + looked());
    return BotMessage.card(title + ".", title).withSections(sections);
  }

  private static String looked() {
    return String.format(Locale.ROOT, "the newest %,d open ones", PAGES * PAGE);
  }

  /** The pages have no filter by person, so what is left over of those is sought by the reader. */
  private Section elsewhere() {
    String label =
        switch (which) {
          case ALL, OPEN -> "all " + count;
          case MINE, PRIVATE -> "all open incidents";
        };
    Span lead = new Span.Words("These are the newest. See ");
    return new Section("", Phrase.of(lead, new Span.Link(label, url())), Section.Style.NOTE);
  }

  private String url() {
    String pages = exchange.moment().settings().publicUrl() + "/incidents";
    return which == IncidentFilter.ALL ? pages : pages + "?status=open";
  }

  private String counted() {
    return count + " " + kind(count == 1 ? "incident" : "incidents");
  }

  private String kind(String noun) {
    return switch (which) {
      case MINE -> noun + " of yours";
      case ALL -> noun;
      case OPEN, PRIVATE -> which.word() + " " + noun;
    };
  }

  private Phrase line(Incident incident) {
    String url = exchange.moment().settings().publicUrl() + "/incidents/" + incident.id();
    List<Span> spans = new ArrayList<>();
    spans.add(new Span.Link(incident.id().toString(), url));
    spans.add(
        new Span.Words(
            " "
                + incident.severity().sign()
                + " "
                + incident.severity()
                + " "
                + Cards.capital(incident.status())
                + " – "
                + incident.title()));
    incident
        .spaceOn(exchange.by().person().ref().platform())
        .ifPresent(
            space -> {
              spans.add(new Span.Words(" · "));
              spans.add(new Span.Room(space.channel(), space.name()));
            });
    return new Phrase(spans);
  }
}

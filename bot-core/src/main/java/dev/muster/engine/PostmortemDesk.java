// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Fact;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.command.PostmortemPart;
import dev.muster.command.Requirement;
import dev.muster.effect.Priority;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Rejection;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.store.ActionStore.Use;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Shows how a postmortem stands, has it drawn anew, and publishes it: once for each wording, after
 * a question, and never with words that whoever publishes has not had the chance to read.
 */
final class PostmortemDesk {

  private static final String UPTO = "upto";

  private final Postmortems postmortems;
  private final PostmortemEdits edits;
  private final IncidentLifecycle lifecycle;
  private final Tokens tokens;

  PostmortemDesk(Postmortems postmortems, IncidentLifecycle lifecycle, Tokens tokens) {
    this.postmortems = postmortems;
    this.lifecycle = lifecycle;
    this.edits = new PostmortemEdits(postmortems, tokens);
    this.tokens = tokens;
  }

  /** Returns who takes what people write. */
  PostmortemEdits edits() {
    return edits;
  }

  /** Whoever wrote in a postmortem may also have it drawn anew and publish it. */
  static Requirement needed(Moment moment, IncidentId incident, Set<UserRef> person) {
    return new PostmortemStanding(moment, incident).isAuthor(person)
        ? Requirement.RESPONDER
        : Requirement.COMMANDER_OR_AUTHOR;
  }

  /** Returns why there is nothing to work on yet. */
  static Optional<Rejection> undrafted(Moment moment, Incident incident) {
    return new PostmortemStanding(moment, incident.id()).drafted().isPresent()
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                "not_drafted",
                "The postmortem of " + incident.id() + " is drafted when it is closed.",
                "For now, note what matters: /incident timeline add factor: the pool was small."));
  }

  /** Tells how it stands. */
  void show(Exchange exchange, Incident incident) {
    Moment moment = exchange.moment();
    PostmortemStanding standing = new PostmortemStanding(moment, incident.id());
    if (standing.drafted().isEmpty()) {
      exchange.tell(
          "The postmortem of " + incident.id() + " is drafted when it is closed: /incident close");
      return;
    }
    String url = Postmortems.url(moment, incident);
    Optional<TimelineEntry> published = standing.published();
    String state =
        published
            .map(it -> "published on " + UtcText.minute(it.at()) + " by " + it.actor().name())
            .orElse("a draft");
    boolean changed = published.filter(standing::hasChangedSince).isPresent();
    List<PostmortemPart> empty = standing.empty();
    String missing = empty.isEmpty() ? "none" : named(empty);
    exchange.tell(
        BotMessage.card(
                "The postmortem of "
                    + incident.id()
                    + " is "
                    + state
                    + (changed ? " and changed since" : "")
                    + ". It is at "
                    + url,
                "Postmortem of " + incident.id())
            .withFacts(
                List.of(
                    Fact.of("State", state + (changed ? ", changed since" : "")),
                    Fact.of("Parts nobody wrote", missing)))
            .withSections(List.of(link(url)))
            .withButtons(buttons(exchange, incident, standing)));
  }

  private static Section link(String url) {
    return new Section(
        "", Phrase.of(new Span.Link("Read the postmortem", url)), Section.Style.PLAIN);
  }

  private List<Button> buttons(Exchange exchange, Incident incident, PostmortemStanding standing) {
    ButtonMint mint = mint(exchange, incident);
    List<Button> buttons = new ArrayList<>();
    buttons.add(Postmortems.edit(mint));
    if (incident.status() == IncidentStatus.CLOSED && standing.isToBePublished()) {
      buttons.add(
          new Offers(tokens)
              .command(exchange, "Publish postmortem", incident.id() + " postmortem publish"));
    }
    return buttons;
  }

  private ButtonMint mint(Exchange exchange, Incident incident) {
    return new ButtonMint(
        exchange.moment(),
        tokens,
        "postmortem-answer/" + exchange.occasion(),
        Optional.of(incident.id()));
  }

  /** Has the draft drawn anew; what people wrote stays. */
  void draft(Exchange exchange, Incident incident) {
    Moment moment = exchange.moment();
    Optional<Rejection> refusal = undrafted(moment, incident).or(() -> reopened(incident));
    if (refusal.isPresent()) {
      exchange.refuse(refusal.get());
      return;
    }
    TimelineEntry drafted = new PostmortemStanding(moment, incident.id()).drafted().orElseThrow();
    if (new PostmortemStanding(moment, incident.id()).hasNewsSince(drafted)) {
      postmortems.redraft(exchange, incident);
      exchange.tell(
          "The postmortem of " + incident.id() + " is drawn anew. What people wrote is kept.");
    } else {
      exchange.tell(
          "Nothing has happened since the draft of "
              + UtcText.minute(drafted.at())
              + ". It is at "
              + Postmortems.url(moment, incident));
    }
  }

  private static Optional<Rejection> reopened(Incident incident) {
    return incident.status() == IncidentStatus.CLOSED
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                "reopened",
                incident.id() + " was reopened. Its postmortem is drawn anew when it is closed.",
                "To close it: /incident close"));
  }

  /** Returns why it cannot be published now. */
  private static Optional<Rejection> notNow(Moment moment, Incident incident) {
    PostmortemStanding standing = new PostmortemStanding(moment, incident.id());
    return undrafted(moment, incident)
        .or(() -> reopened(incident))
        .or(
            () ->
                standing
                    .published()
                    .filter(it -> !standing.hasChangedSince(it))
                    .map(
                        it ->
                            new Rejection(
                                "published",
                                it.actor().name()
                                    + " published the postmortem of "
                                    + incident.id()
                                    + " at "
                                    + UtcText.clock(it.at())
                                    + ", and nothing was written since. Nothing was done.",
                                "To change it: /incident postmortem edit")));
  }

  /** Asks whether to publish it as it stands now. */
  void ask(Exchange exchange, Incident incident) {
    notNow(exchange.moment(), incident)
        .ifPresentOrElse(exchange::refuse, () -> ask(exchange, incident, ""));
  }

  private void ask(Exchange exchange, Incident incident, String before) {
    Moment moment = exchange.moment();
    PostmortemStanding standing = new PostmortemStanding(moment, incident.id());
    List<PostmortemPart> empty = standing.empty();
    String missing = empty.isEmpty() ? "" : " Nobody wrote: " + named(empty) + ".";
    exchange.tell(
        BotMessage.card(
                before
                    + "Publish the postmortem of "
                    + incident.id()
                    + "? It "
                    + Postmortems.whatFollows(incident)
                    + missing,
                "Publish postmortem")
            .withSections(
                List.of(
                    Section.of(before + "It " + Postmortems.whatFollows(incident) + missing),
                    link(Postmortems.url(moment, incident))))
            .withButtons(
                List.of(
                    mint(exchange, incident)
                        .primary(
                            "Publish postmortem",
                            Press.POSTMORTEM_PUBLISH,
                            Use.REPEATEDLY,
                            knowing(standing)))));
  }

  /** Returns what a button to publish carries: the newest words that its reader can have read. */
  static Map<String, String> knowing(PostmortemStanding standing) {
    return Map.of(UPTO, standing.lastEdit().map(edit -> String.valueOf(edit.seq())).orElse("0"));
  }

  private static String named(List<PostmortemPart> parts) {
    return parts.stream().map(PostmortemPart::word).collect(Collectors.joining(", "));
  }

  /** Publishes it, unless it was, or somebody wrote after the question was asked. */
  void publish(Exchange exchange, Incident incident, ButtonAction pressed) {
    Moment moment = exchange.moment();
    Optional<Rejection> refusal = notNow(moment, incident);
    if (refusal.isPresent()) {
      exchange.refuse(refusal.get());
      return;
    }
    Optional<TimelineEntry> unread = unread(exchange, incident, pressed);
    if (unread.isPresent()) {
      String wrote =
          unread.get().actor().name()
              + " wrote into "
              + unread.get().ref()
              + " at "
              + UtcText.clock(unread.get().at())
              + ", so nothing was published. Read it first. ";
      ask(exchange, incident, wrote);
      return;
    }
    long upto = moment.tx().timeline().lastSeq(Stream.of(incident.id()));
    TimelineEntry published =
        Facts.append(
            moment,
            incident.id(),
            exchange
                .fact(
                    EntryKind.POSTMORTEM_PUBLISHED,
                    "The postmortem was published from entries 1 to " + upto + ".")
                .with(Map.of(UPTO, upto)));
    say(moment, incident, published);
    postmortems.refresh(moment, incident);
    lifecycle.showAnew(moment, incident);
    exchange.tell("The postmortem of " + incident.id() + " is published.");
  }

  private static Optional<TimelineEntry> unread(
      Exchange exchange, Incident incident, ButtonAction pressed) {
    long known = Long.parseLong(pressed.arguments().getOrDefault(UPTO, "0"));
    return new PostmortemStanding(exchange.moment(), incident.id())
        .lastEdit()
        .filter(edit -> edit.seq() > known)
        .filter(edit -> !PostmortemStanding.isBy(edit, exchange.selves()));
  }

  private static void say(Moment moment, Incident incident, TimelineEntry published) {
    String url = Postmortems.url(moment, incident);
    String slot = "postmortem-published/" + published.seq();
    String drill = incident.drill() ? "Drill: " : "";
    String who = drill + published.actor().name() + " published the postmortem of ";
    BotMessage card =
        BotMessage.card(
                who + incident.id() + ". It is at " + url + " and stands below.",
                "Postmortem · " + incident.id())
            .withSections(List.of(Section.of(who + incident.id() + "."), link(url)));
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      new Orders(moment).show(incident.id(), platform, slot, Priority.CARDS, card);
      new DocumentOrders(moment, incident.id())
          .post(platform, Postmortems.DOCUMENT, published.seq(), slot);
      if (!incident.isPrivate()) {
        BotMessage line =
            BotMessage.line(drill + "The postmortem of " + incident.id() + " is published: " + url);
        new Orders(moment).log(incident.id(), platform, slot, line);
      }
    }
  }
}

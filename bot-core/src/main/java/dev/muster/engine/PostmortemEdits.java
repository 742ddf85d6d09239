// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Answer;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Form;
import dev.muster.chat.Phrase;
import dev.muster.chat.PlainWords;
import dev.muster.chat.Section;
import dev.muster.chat.UtcText;
import dev.muster.command.PaperIntent;
import dev.muster.command.PostmortemPart;
import dev.muster.incident.Incident;
import dev.muster.incident.Rejection;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.store.ActionStore.Use;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Takes what people write into a postmortem, by form or in one line. Every change is a fact with
 * its author. Whoever is about to replace the words of somebody else is shown both first; words
 * that were replaced stay on the timeline.
 */
final class PostmortemEdits {

  /** Followed by the incident, the form and the part; holds the number of the wording shown. */
  static final String TOLD = "postmortem-told/";

  private static final String SEQ = "seq";
  private static final String ONLY = "only";
  private static final String WAS = "was.";
  private static final String PART = "part";
  private static final String TEXT = "text";
  private static final int QUOTED = 200;

  private final Postmortems postmortems;
  private final Tokens tokens;
  private final Forms forms;

  PostmortemEdits(Postmortems postmortems, Tokens tokens) {
    this.postmortems = postmortems;
    this.tokens = tokens;
    this.forms = new Forms(tokens);
  }

  /** Takes the command. */
  void edit(Exchange exchange, Incident incident, PaperIntent.EditPostmortem wish) {
    Optional<Rejection> refusal = PostmortemDesk.undrafted(exchange.moment(), incident);
    if (refusal.isPresent()) {
      exchange.refuse(refusal.get());
    } else if (wish.text().isEmpty()) {
      open(exchange, incident, wish.part());
    } else {
      String words = People.readable(exchange.moment(), wish.text().get());
      write(exchange, incident, wish.part().orElseThrow(), words);
    }
  }

  /** Opens the form of one part or of all. */
  void open(Exchange exchange, Incident incident, Optional<PostmortemPart> only) {
    PostmortemStanding standing = new PostmortemStanding(exchange.moment(), incident.id());
    Map<String, String> holds = new TreeMap<>();
    for (PostmortemPart part : PostmortemPart.values()) {
      String words = standing.in(part).map(TimelineEntry::text).orElse("");
      holds.put(part.word(), words);
      holds.put(WAS + part.word(), words);
    }
    only.ifPresent(part -> holds.put(ONLY, part.word()));
    holds.put(
        SEQ, String.valueOf(exchange.moment().tx().timeline().lastSeq(Stream.of(incident.id()))));
    forms.open(exchange, Press.POSTMORTEM_EDIT, Optional.of(incident.id()), holds);
  }

  /** Returns the form, holding what its token says. */
  static Form shape(ButtonAction form, Incident incident) {
    Map<String, String> holds = form.arguments();
    String note =
        "Your words stand in the postmortem of "
            + incident.id()
            + " as you write them, before what the timeline says. Name roles, not people.";
    return new Form(
        form.token(),
        "Edit postmortem",
        "Save",
        note,
        asked(form).stream()
            .map(
                part ->
                    new Form.Field(
                        part.word(),
                        part.title(),
                        Form.Kind.TEXT,
                        false,
                        part.hint(),
                        holds.getOrDefault(part.word(), ""),
                        List.of(),
                        PostmortemPart.LONGEST))
            .toList());
  }

  private static List<PostmortemPart> asked(ButtonAction form) {
    return PostmortemPart.parse(form.arguments().getOrDefault(ONLY, ""))
        .map(List::of)
        .orElse(List.of(PostmortemPart.values()));
  }

  private void write(Exchange exchange, Incident incident, PostmortemPart part, String words) {
    if (words.length() > PostmortemPart.LONGEST) {
      exchange.refuse(
          new Rejection(
              "too_long",
              "That has "
                  + words.length()
                  + " characters, and a part takes "
                  + PostmortemPart.LONGEST
                  + ". Nothing was saved.",
              "Shorten it, or put the rest into a note: /incident timeline add …"));
      return;
    }
    PostmortemStanding standing = new PostmortemStanding(exchange.moment(), incident.id());
    Optional<TimelineEntry> there = standing.in(part);
    if (there.filter(entry -> entry.text().equals(words)).isPresent()) {
      exchange.tell("The " + part.word() + " of " + incident.id() + " says exactly that already.");
    } else if (there.filter(entry -> !isOwn(exchange, entry)).isPresent()) {
      exchange.tell(both(exchange, incident, part, there.get(), words));
    } else {
      save(exchange, incident, Map.of(part, words));
    }
  }

  private static boolean isOwn(Exchange exchange, TimelineEntry entry) {
    return PostmortemStanding.isBy(entry, exchange.selves());
  }

  /** Shows what stands there beside what would replace it, with the button that does. */
  private BotMessage both(
      Exchange exchange, Incident incident, PostmortemPart part, TimelineEntry theirs, String own) {
    Map<String, String> arguments = new TreeMap<>(Offers.meantFor(exchange.by().person().ref()));
    arguments.put(PART, part.word());
    arguments.put(TEXT, own);
    arguments.put(SEQ, String.valueOf(theirs.seq()));
    String slot = "postmortem-replace/" + exchange.occasion() + "/" + part.word();
    Button replace =
        new ButtonMint(exchange.moment(), tokens, slot, Optional.of(incident.id()))
            .button("Put mine in its place", Press.POSTMORTEM_REPLACE, Use.ONCE, arguments);
    String wrote =
        theirs.actor().name()
            + " wrote the "
            + part.word()
            + " of "
            + incident.id()
            + " at "
            + UtcText.clock(theirs.at())
            + ". Nothing was replaced.";
    return BotMessage.card(
            wrote + " Theirs: “" + cut(theirs.text()) + "” Yours: “" + cut(own) + "”",
            "Two wordings of " + part.word())
        .withSections(
            List.of(
                Section.of(wrote),
                new Section("Theirs", Phrase.of(theirs.text()), Section.Style.QUOTE),
                new Section("Yours", Phrase.of(own), Section.Style.QUOTE)))
        .withButtons(List.of(replace));
  }

  private static String cut(String words) {
    String line = words.replaceAll("\\s+", " ").strip();
    return PlainWords.shortened(line, QUOTED);
  }

  /** Replaces somebody's words, unless yet others came meanwhile. */
  void replace(Exchange exchange, Incident incident, ButtonAction pressed) {
    PostmortemPart part =
        PostmortemPart.parse(pressed.arguments().getOrDefault(PART, "")).orElseThrow();
    String words = pressed.arguments().getOrDefault(TEXT, "");
    Optional<TimelineEntry> there =
        new PostmortemStanding(exchange.moment(), incident.id()).in(part);
    boolean asShown =
        there
            .map(entry -> String.valueOf(entry.seq()).equals(pressed.arguments().get(SEQ)))
            .orElse(true);
    if (asShown) {
      save(exchange, incident, Map.of(part, words));
    } else {
      write(exchange, incident, part, words);
    }
  }

  /** Takes the form. */
  Answer take(Exchange exchange, Incident incident, ButtonAction form, Map<String, String> values) {
    Map<PostmortemPart, String> changes = changes(exchange, incident, form, values);
    Map<String, String> wrong = new LinkedHashMap<>();
    changes.forEach(
        (part, words) -> {
          if (words.length() > PostmortemPart.LONGEST) {
            wrong.put(
                part.word(),
                "A part takes "
                    + PostmortemPart.LONGEST
                    + " characters; this has "
                    + words.length()
                    + ".");
          }
        });
    if (!wrong.isEmpty()) {
      return new Answer.FieldErrors(wrong);
    }
    if (form.usedAt().isPresent()) {
      return new Answer.Notice("This was submitted already.");
    }
    changes.forEach(
        (part, words) ->
            meanwhile(exchange, incident, form, part)
                .ifPresent(
                    theirs ->
                        wrong.put(part.word(), askFirst(exchange, incident, part, theirs, words))));
    if (!wrong.isEmpty()) {
      return new Answer.FieldErrors(wrong);
    }
    if (!FormDesk.use(exchange, form)) {
      return new Answer.Notice("This was submitted already.");
    }
    if (changes.isEmpty()) {
      return new Answer.Notice("Nothing was changed.");
    }
    save(exchange, incident, changes);
    return new Answer.Accepted();
  }

  /** What nobody typed anew changes nothing. */
  private static Map<PostmortemPart, String> changes(
      Exchange exchange, Incident incident, ButtonAction form, Map<String, String> values) {
    PostmortemStanding standing = new PostmortemStanding(exchange.moment(), incident.id());
    Map<PostmortemPart, String> changes = new LinkedHashMap<>();
    for (PostmortemPart part : asked(form)) {
      String typed =
          People.readable(exchange.moment(), plain(values.getOrDefault(part.word(), "")));
      String was = plain(form.arguments().getOrDefault(WAS + part.word(), ""));
      String now = standing.in(part).map(entry -> plain(entry.text())).orElse("");
      if (values.containsKey(part.word()) && !typed.equals(was) && !typed.equals(now)) {
        changes.put(part, typed);
      }
    }
    return changes;
  }

  private static String plain(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n').strip();
  }

  /** Returns what somebody else wrote while the form stood open, unless it was shown already. */
  private static Optional<TimelineEntry> meanwhile(
      Exchange exchange, Incident incident, ButtonAction form, PostmortemPart part) {
    long opened = Long.parseLong(form.arguments().getOrDefault(SEQ, "0"));
    String note = TOLD + incident.id() + "/" + form.token() + "/" + part.word();
    long told = exchange.moment().tx().note(note).map(Long::parseLong).orElse(0L);
    Optional<TimelineEntry> theirs =
        new PostmortemStanding(exchange.moment(), incident.id())
            .newest(part)
            .filter(entry -> entry.seq() > Math.max(opened, told))
            .filter(entry -> !isOwn(exchange, entry));
    theirs.ifPresent(entry -> exchange.moment().tx().keepNote(note, String.valueOf(entry.seq())));
    return theirs;
  }

  /** Shows both wordings privately, and says beside the field what another press would do. */
  private String askFirst(
      Exchange exchange, Incident incident, PostmortemPart part, TimelineEntry theirs, String own) {
    exchange.tell(both(exchange, incident, part, theirs, own));
    return theirs.actor().name()
        + " wrote this at "
        + UtcText.clock(theirs.at())
        + ": “"
        + cut(theirs.text())
        + "”. Nothing was saved. Save again to put yours in its place.";
  }

  private void save(Exchange exchange, Incident incident, Map<PostmortemPart, String> changes) {
    Moment moment = exchange.moment();
    changes.forEach(
        (part, words) ->
            exchange.write(
                incident.id(),
                exchange
                    .fact(EntryKind.POSTMORTEM_EDITED, words)
                    .about(part.word())
                    .with(Map.of(PART, part.word()))));
    PostmortemStanding standing = new PostmortemStanding(moment, incident.id());
    boolean again = standing.published().isPresent();
    if (again) {
      postmortems.refresh(moment, incident);
    }
    String parts =
        Arrays.stream(PostmortemPart.values())
            .filter(changes::containsKey)
            .map(PostmortemPart::word)
            .collect(Collectors.joining(", "));
    String next =
        again
            ? " It was published before; to tell everybody: /incident postmortem publish"
            : " When it is complete: /incident postmortem publish";
    exchange.tell(
        "Saved in the postmortem of "
            + incident.id()
            + ": "
            + parts
            + ". It is at "
            + Postmortems.url(moment, incident)
            + "."
            + next);
  }
}

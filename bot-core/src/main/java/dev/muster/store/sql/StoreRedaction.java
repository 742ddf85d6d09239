// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.incident.Actor;
import dev.muster.incident.IncidentId;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Takes words out of a store after the fact, while nobody works on it: out of the entry they were
 * said in, and out of everything else that repeats them. The chain still fits, and says who did it.
 */
public final class StoreRedaction {

  private static final String INSTEAD = "[redacted]";
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Shorter words stand in too much that has nothing to do with them. */
  private static final int LEAST_WORDS = 4;

  /** A shorter line of a text may well have been said by others, about something else. */
  private static final int LEAST_LINE = 12;

  /** What people say; other facts are read by the program too. */
  private static final Set<EntryKind> SAID =
      EnumSet.of(
          EntryKind.MESSAGE_LOGGED,
          EntryKind.MESSAGE_REVISED,
          EntryKind.NOTE_ADDED,
          EntryKind.COMMAND_RUN,
          EntryKind.BOT_POSTED);

  private static final String OWN =
      "The store itself is written with “%s”, so what is a part of it cannot be taken out of"
          + " everything. Write more of what is around your words.";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SqlTx tx;
  private final Wish wish;
  private final Optional<TimelineEntry> entry;
  private final boolean redactedBefore;

  private StoreRedaction(SqlTx tx, Wish wish) {
    this.tx = tx;
    this.wish = wish;
    entry =
        tx.timeline().read(wish.stream(), wish.seq() - 1, 1, Set.of()).stream()
            .filter(found -> found.seq() == wish.seq())
            .findFirst();
    redactedBefore = isRedacted();
  }

  /**
   * What somebody asks for.
   *
   * @param incident whose timeline
   * @param seq the entry's place
   * @param words what is to be nowhere any more; empty for everything the entry says
   * @param reason why; stands on the timeline
   * @param by who asks
   * @param now the instant
   */
  public record Wish(
      IncidentId incident, long seq, List<String> words, String reason, Actor by, Instant now) {

    Stream stream() {
      return Stream.of(incident);
    }
  }

  /**
   * What was done.
   *
   * @param entries how many entries of timelines were changed
   * @param values how many other values were changed
   * @param fixed how many facts hold the words in their identifiers, which cannot change
   * @param uploads uploaded files that hold the words
   * @param copies older copies of the store, which are as they were
   */
  public record Done(int entries, int values, long fixed, List<Path> uploads, List<Path> copies) {}

  /** What a transaction did, or why it did nothing. */
  private record Outcome(
      Optional<String> refusal, int entries, int values, long fixed, List<Path> uploads) {}

  /**
   * Redacts. Asked again after it was cut short, it does what it did not come to.
   *
   * @param jdbcUrl the store, as in {@code jdbc:sqlite:data/muster.db}
   * @param ids as for {@link SqlStore#open}
   * @throws IOException when it was refused; nothing was changed then. The message is a sentence
   *     for an operator
   */
  public static Done redact(String jdbcUrl, Wish wish, Supplier<String> ids) throws IOException {
    StoreUrl url = QuietStore.existing(jdbcUrl);
    Outcome outcome;
    try {
      outcome =
          QuietStore.change(url, wish.now(), ids, tx -> new StoreRedaction(tx, wish).carryOut(url));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (outcome.refusal().isPresent()) {
      throw new IOException(outcome.refusal().get());
    }
    QuietStore.compact(url);
    return new Done(
        outcome.entries(),
        outcome.values(),
        outcome.fixed(),
        outcome.uploads(),
        QuietStore.copies(url));
  }

  private Outcome carryOut(StoreUrl url) {
    OwnWords own = OwnWords.of(tx.statements());
    TakenOut words = new TakenOut(phrases(), own.all());
    Optional<String> refusal = refusal(words, own);
    if (refusal.isPresent()) {
      return new Outcome(refusal, 0, 0, 0, List.of());
    }
    // Files go first: while the store still holds the words, the same command goes over them.
    List<Path> uploads = QuietStore.uploadsWithout(url, words);
    Sweep sweep = new Sweep(tx, words);
    if (wish.words().isEmpty() && !redactedBefore) {
      TimelineEntry said = entry.orElseThrow();
      sweep.replace(
          said.stream().number(),
          said.seq(),
          new ChainHash.Words(marked(INSTEAD), "", said.actor().name(), "{}"));
    }
    sweep.timelines((was, clean) -> was.equals(clean) ? was : marked(clean));
    sweep.tables();
    sweep.tell(wish.by(), wish.reason(), wish.now());
    sweep.forgetInSearch();
    return new Outcome(Optional.empty(), sweep.entries(), sweep.values(), sweep.fixed(), uploads);
  }

  private boolean isRedacted() {
    String place = Long.toString(wish.seq());
    long after = 0;
    List<TimelineEntry> told = told(after);
    while (!told.isEmpty()) {
      for (TimelineEntry fact : told) {
        after = fact.seq();
        if (JSON.valueToTree(fact.data()).path(Redactions.ENTRIES).has(place)) {
          return true;
        }
      }
      told = told(after);
    }
    return false;
  }

  private List<TimelineEntry> told(long after) {
    return tx.timeline().read(wish.stream(), after, 1_000, Set.of(EntryKind.REDACTED));
  }

  private Optional<String> refusal(TakenOut words, OwnWords own) {
    String named = "Entry " + wish.seq() + " of " + wish.incident();
    if (entry.isEmpty()) {
      return Optional.of(
          "There is no entry "
              + wish.seq()
              + " on the timeline of "
              + wish.incident()
              + ". Its page shows the number of each entry.");
    }
    EntryKind kind = entry.get().kind();
    if (wish.words().isEmpty() && !SAID.contains(kind)) {
      return Optional.of(
          named
              + " is more than what somebody said, so it stays. Put the words that have to go into"
              + " a file, one line each, and name it with --words.");
    }
    if (wish.words().stream().anyMatch(each -> each.strip().length() < LEAST_WORDS)) {
      return Optional.of(
          "Words of fewer than "
              + LEAST_WORDS
              + " characters stand in too much else. Write more of what is around them.");
    }
    Optional<String> ours =
        wish.words().stream().flatMap(each -> own.holding(each.strip()).stream()).findFirst();
    if (ours.isPresent()) {
      return Optional.of(OWN.formatted(ours.get()));
    }
    if (words.isIn(wish.reason())) {
      return Optional.of("The reason holds the words themselves. Give another reason.");
    }
    boolean held =
        words.isIn(entry.get().text())
            || words.isIn(entry.get().reason())
            || words.isIn(details(entry.get()));
    return held || wish.words().isEmpty() || redactedBefore
        ? Optional.empty()
        : Optional.of(named + " does not hold these words. Name the entry that does.");
  }

  /** What is looked for everywhere. */
  private List<TakenOut.Phrase> phrases() {
    if (wish.words().isEmpty() && redactedBefore) {
      return List.of();
    }
    if (!wish.words().isEmpty()) {
      return wish.words().stream()
          .filter(each -> !each.isBlank())
          .map(each -> phrase(each, TakenOut.Extent.ANYWHERE))
          .toList();
    }
    Set<TakenOut.Phrase> found = new LinkedHashSet<>();
    entry.ifPresent(
        said -> {
          said(said.text(), found);
          said(said.reason(), found);
          JSON.valueToTree(said.data())
              .findValues("text")
              .forEach(value -> said(value.asText(), found));
        });
    return List.copyOf(found);
  }

  /** All of a text, and each line of it that nobody else is likely to have said. */
  private static void said(String text, Set<TakenOut.Phrase> found) {
    if (!text.isBlank()) {
      found.add(phrase(text, TakenOut.Extent.WHOLE_TEXT));
      text.lines()
          .filter(line -> line.strip().length() >= LEAST_LINE)
          .forEach(line -> found.add(phrase(line, TakenOut.Extent.ANYWHERE)));
    }
  }

  private static TakenOut.Phrase phrase(String words, TakenOut.Extent extent) {
    return new TakenOut.Phrase(words.strip(), INSTEAD, extent);
  }

  /** Returns whether a text is nothing but what stands in the place of redacted words. */
  static boolean isMark(String text) {
    return text.equals(INSTEAD) || text.equals(INSTEAD.substring(1, INSTEAD.length() - 1));
  }

  private static String details(TimelineEntry entry) {
    try {
      JsonNode tree = JSON.valueToTree(entry.data());
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values always become JSON", e);
    }
  }

  private String marked(String text) {
    return "%s (redacted by %s at %s: %s)"
        .formatted(text, wish.by().name(), MINUTE.format(wish.now()), wish.reason());
  }
}

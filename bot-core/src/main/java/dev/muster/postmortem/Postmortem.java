// SPDX-License-Identifier: Apache-2.0
package dev.muster.postmortem;

import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A learning document drafted from an incident and its timeline. It holds what the timeline knows,
 * asks what it does not, and blames nobody.
 *
 * @param incident which incident
 * @param title its title
 * @param generatedAt when it was drafted
 * @param sections its parts, in reading order
 * @param published that it was published since the incident was closed last
 */
public record Postmortem(
    IncidentId incident,
    String title,
    Instant generatedAt,
    List<Part> sections,
    Optional<Publication> published) {

  /** Keeps an unmodifiable copy. */
  public Postmortem {
    sections = List.copyOf(sections);
  }

  /**
   * One part.
   *
   * @param id stable name
   * @param title heading
   * @param statements what is known; each cites the entries that say so
   * @param missing what is not known, as a sentence that asks for it
   * @param written what a person wrote into it, shown before the statements
   */
  public record Part(
      String id,
      String title,
      List<Statement> statements,
      Optional<String> missing,
      Optional<Written> written) {

    /** Makes a part into which nobody wrote. */
    public Part(String id, String title, List<Statement> statements, Optional<String> missing) {
      this(id, title, statements, missing, Optional.empty());
    }

    /** Keeps an unmodifiable copy. */
    public Part {
      statements = List.copyOf(statements);
    }
  }

  /**
   * What a person wrote into a part. It is quoted, never rewritten.
   *
   * @param text their words, several lines perhaps
   * @param by who, by the hat they wore
   * @param at when
   * @param entry the timeline entry that holds it
   */
  public record Written(String text, String by, Instant at, long entry) {}

  /**
   * That it was published.
   *
   * @param by who did, by the hat they wore
   * @param at when
   * @param entry the timeline entry that says so
   * @param changedSince whether it was written in or drawn anew afterwards
   */
  public record Publication(String by, Instant at, long entry, boolean changedSince) {}

  /**
   * One statement.
   *
   * @param text a sentence, or somebody's words in quotation marks
   * @param entries the timeline entries that say so, at least one
   */
  public record Statement(String text, List<Long> entries) {
    /** Keeps an unmodifiable copy and refuses statements without a source. */
    public Statement {
      entries = List.copyOf(entries);
      if (entries.isEmpty()) {
        throw new IllegalArgumentException("a statement cites the timeline");
      }
    }
  }

  /**
   * The kinds of facts of which there may be as many as there is time to write them down. They are
   * heard once and not kept.
   */
  public static final Set<EntryKind> MANY =
      Collections.unmodifiableSet(
          EnumSet.of(
              EntryKind.NOTE_ADDED,
              EntryKind.ALERT_ATTACHED,
              EntryKind.ALERT_RESOLVED,
              EntryKind.STATUS_UPDATE_POSTED,
              EntryKind.EFFECT_FAILED,
              EntryKind.GAP_FILLED));

  /**
   * The other kinds of facts that a postmortem is made of, beside the messages that were
   * highlighted; all further kinds leave it as it is.
   */
  public static final Set<EntryKind> FEW = few();

  private static Set<EntryKind> few() {
    Set<EntryKind> few = EnumSet.complementOf(EnumSet.copyOf(MANY));
    few.removeAll(
        EnumSet.of(
            EntryKind.MESSAGE_LOGGED,
            EntryKind.MESSAGE_REVISED,
            EntryKind.MESSAGE_REMOVED,
            EntryKind.REACTION_ADDED,
            EntryKind.REACTION_REMOVED,
            EntryKind.FILE_SHARED,
            EntryKind.BOT_POSTED,
            EntryKind.COMMAND_RUN,
            EntryKind.BUTTON_PRESSED,
            EntryKind.MEMBER_ADDED,
            EntryKind.MEMBER_REMOVED));
    return Collections.unmodifiableSet(few);
  }

  /** Tells facts of {@link #MANY}, one by one, in any order. */
  @FunctionalInterface
  public interface Telling {
    /** Tells each fact once. */
    void each(Consumer<TimelineEntry> listener);
  }

  /**
   * Drafts the postmortem. Pure: the same incident and facts give the same text.
   *
   * @param few the facts up to the draft, in order; those of {@link #MANY} are left out, and others
   *     may be that are neither of {@link #FEW} nor about a highlighted message
   * @param many the facts that were left out
   */
  public static Postmortem of(
      Incident incident, List<TimelineEntry> few, Telling many, Instant generatedAt) {
    return new PostmortemDraft(incident, few, many).write(generatedAt);
  }

  /** Drafts the postmortem from facts that are all held, in order. */
  public static Postmortem of(Incident incident, List<TimelineEntry> all, Instant generatedAt) {
    Map<Boolean, List<TimelineEntry>> parted =
        all.stream().collect(Collectors.partitioningBy(entry -> MANY.contains(entry.kind())));
    return of(incident, parted.get(false), parted.get(true)::forEach, generatedAt);
  }
}

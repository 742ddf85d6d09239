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
import java.util.Optional;
import java.util.Set;

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
   * The kinds of facts that a postmortem is made of, beside the messages that were highlighted; all
   * others leave it as it is.
   */
  public static final Set<EntryKind> SOURCES =
      Collections.unmodifiableSet(
          EnumSet.complementOf(
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
                  EntryKind.MEMBER_REMOVED)));

  /**
   * Drafts the postmortem. Pure: the same incident and entries give the same text.
   *
   * @param entries the timeline up to the draft, in order; what is neither of {@link #SOURCES} nor
   *     about a highlighted message may be left out
   */
  public static Postmortem of(Incident incident, List<TimelineEntry> entries, Instant generatedAt) {
    return new PostmortemDraft(incident, entries).write(generatedAt);
  }
}

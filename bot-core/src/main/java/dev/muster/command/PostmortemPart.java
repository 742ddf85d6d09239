// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parts of a postmortem that people write; the others come from the timeline alone. */
public enum PostmortemPart {
  /** What happened, in a few sentences. */
  SUMMARY("Summary", "What happened, in a few sentences, for somebody who was not there."),
  /** Who felt it. */
  IMPACT("Impact", "Who felt it, how many, how, and for how long."),
  /** What made it possible. */
  FACTORS(
      "Contributing factors", "What made it possible, and what made it last? There are several."),
  /** What went well. */
  HELPED("What helped", "What went well, or was simply lucky."),
  /** What went badly. */
  HARDER("What made it harder", "What was slow, confusing, missing or in the way.");

  /** How many characters a part takes; what a field of a form holds on every platform. */
  public static final int LONGEST = 3_000;

  private final String title;
  private final String hint;

  PostmortemPart(String title, String hint) {
    this.title = title;
    this.hint = hint;
  }

  /** Returns the stable name, as it is typed and as programs see it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the heading people read. */
  public String title() {
    return title;
  }

  /** Returns what belongs into it. */
  public String hint() {
    return hint;
  }

  /** Returns the part of that name, in any case. */
  public static Optional<PostmortemPart> parse(String word) {
    return Arrays.stream(values()).filter(part -> part.word().equalsIgnoreCase(word)).findFirst();
  }

  /** Returns every name. */
  static List<String> words() {
    return Arrays.stream(values()).map(PostmortemPart::word).toList();
  }
}

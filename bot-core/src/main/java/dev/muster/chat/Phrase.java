// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A short text made of pieces, without markup.
 *
 * @param spans the pieces in reading order
 */
public record Phrase(List<Span> spans) {
  /** Keeps an unmodifiable copy. */
  public Phrase {
    spans = List.copyOf(spans);
  }

  /** Returns a phrase of plain words. */
  public static Phrase of(String words) {
    return new Phrase(List.of(new Span.Words(words)));
  }

  /** Returns a phrase of the given pieces. */
  public static Phrase of(Span... spans) {
    return new Phrase(List.of(spans));
  }

  /** Returns a phrase that shows one instant. */
  public static Phrase of(Instant at) {
    return of(new Span.When(at));
  }

  /** Returns this phrase with more pieces behind it. */
  public Phrase and(Span... more) {
    List<Span> all = new ArrayList<>(spans);
    all.addAll(List.of(more));
    return new Phrase(all);
  }

  /** Returns the phrase as plain text, times in UTC. */
  public String plain() {
    return spans.stream().map(Span::plain).collect(Collectors.joining());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Phrase;
import dev.muster.chat.PlainWords;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UtcText;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the copy of a message says: who, from which platform, when it is late, the words as they
 * were typed, and links to files. Nobody is notified by it.
 *
 * @param words all of it as one text
 * @param files links to what was attached
 */
record MirrorText(String words, List<Section> files) {

  private static final Duration LATE = Duration.ofMinutes(5);
  private static final int LONGEST_NAME = 80;

  /**
   * Returns what the copies of a message say.
   *
   * @param said its words by now
   */
  static MirrorText of(Moment moment, ChatEvent.MessagePosted event, String said) {
    String name = Acquaintance.known(moment, event.by()).person().name();
    boolean late = event.at().plus(LATE).isBefore(moment.now());
    String author =
        author(
            name,
            event.message().channel().platform() + (late ? ", " + UtcText.clock(event.at()) : ""));
    String words = People.readable(moment, said).strip();
    String link = event.permalink().orElse("");
    List<Section> files =
        event.files().stream()
            .map(file -> file(file.name(), file.url().isBlank() ? link : file.url()))
            .toList();
    return new MirrorText(author + (words.isEmpty() ? "shared a file" : words), files);
  }

  /** Returns what they say once the words were changed. */
  static MirrorText again(
      Moment moment, TimelineEntry first, String text, List<TimelineEntry> files) {
    String words = People.readable(moment, text).strip();
    return new MirrorText(
        author(first) + words + " (edited)",
        files.stream()
            .map(file -> file(file.text(), String.valueOf(file.data().getOrDefault("url", ""))))
            .toList());
  }

  /** Returns what stands there until the copy is gone. */
  static BotMessage gone(TimelineEntry first) {
    return new MirrorText(author(first) + "this message was deleted.", List.of()).message();
  }

  private static String author(TimelineEntry first) {
    return author(first.actor().name(), String.valueOf(first.data().getOrDefault("platform", "")));
  }

  /** A display name cannot look like the name of somebody else with a platform behind it. */
  private static String author(String name, String from) {
    String plain = name.replaceAll("[():\\p{Cntrl}\\p{Cf}]", " ").strip();
    String shown = PlainWords.begin(plain, LONGEST_NAME);
    return (shown.isEmpty() ? "Somebody" : shown) + " (" + from + "): ";
  }

  private static Section file(String name, String url) {
    String label = name.isBlank() ? "a file" : name;
    return new Section("", Phrase.of(new Span.Link(label, url)), Section.Style.NOTE);
  }

  /** Returns the message that is posted. */
  BotMessage message() {
    return BotMessage.line(words).withSections(files);
  }

  /** Returns the line that says what was not repeated. */
  static BotMessage leftOut(int count, String from, Instant first, Instant last) {
    return BotMessage.line(
        (count == 1 ? "One message" : count + " messages")
            + " on "
            + from
            + " from "
            + UtcText.clock(first)
            + " to "
            + UtcText.clock(last)
            + (count == 1 ? " was" : " were")
            + " not repeated here. All of it is on the incident's page.");
  }
}

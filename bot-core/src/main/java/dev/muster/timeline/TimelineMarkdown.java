// SPDX-License-Identifier: Apache-2.0
package dev.muster.timeline;

import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a timeline as a Markdown file that leaves the house: one line for each fact, in order,
 * with the times in UTC. Words that their author changed or deleted afterwards are left out where
 * they first stood, because nobody can take them back from a file; so is what was erased. Takes the
 * facts piece by piece from the newest back, so that no more of them is held than the file takes.
 * For one thread.
 */
public final class TimelineMarkdown {

  /** How many facts a file holds; the newest, when there are more. */
  public static final int MOST_ENTRIES = 10_000;

  /** How many bytes the lines have together; fits what any of the platforms takes at once. */
  static final int MOST_BYTES = 5 * 1024 * 1024;

  private final Incident incident;
  private final long upto;
  private final Map<String, Long> worded = new HashMap<>();
  private final Set<String> removed = new HashSet<>();
  private final Deque<String> lines = new ArrayDeque<>();
  private long bytes;
  private long first;

  /**
   * Begins a file.
   *
   * @param upto the last fact that gets a line; what newer ones say of older words counts too
   */
  public TimelineMarkdown(Incident incident, long upto) {
    this.incident = incident;
    this.upto = upto;
    this.first = upto;
  }

  /**
   * Learns, before the first piece, which messages are gone. Without it a message shows whose end
   * was told before it was itself, and in an older piece.
   */
  public void learnGone(List<TimelineEntry> entries) {
    entries.stream()
        .filter(entry -> entry.kind() == EntryKind.MESSAGE_REMOVED)
        .forEach(entry -> removed.add(message(entry)));
  }

  /**
   * Takes the facts right before those it was given until now, in order; the newest come first.
   *
   * @return whether the file takes still older ones
   */
  public boolean takeOlder(List<TimelineEntry> entries) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      TimelineEntry entry = entries.get(i);
      if (entry.kind() == EntryKind.MESSAGE_REVISED) {
        worded.putIfAbsent(message(entry), entry.seq());
      } else if (entry.kind() == EntryKind.MESSAGE_REMOVED) {
        removed.add(message(entry));
      }
    }
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).seq() <= upto && !takes(entries.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean takes(TimelineEntry entry) {
    String line = line(entry);
    int size = line.getBytes(StandardCharsets.UTF_8).length;
    if (lines.size() == MOST_ENTRIES || bytes + size > MOST_BYTES) {
      return false;
    }
    bytes += size;
    lines.addFirst(line);
    first = entry.seq();
    return true;
  }

  /**
   * Returns the file of facts that are held already.
   *
   * @param entries the newest facts without gaps, also those after {@code upto}, in order
   * @param upto the last fact that gets a line
   * @param page where the whole timeline can be read
   */
  public static String render(
      Incident incident, List<TimelineEntry> entries, long upto, String page) {
    TimelineMarkdown file = new TimelineMarkdown(incident, upto);
    file.takeOlder(entries);
    return file.render(page);
  }

  /**
   * Returns the file.
   *
   * @param page where the whole timeline can be read
   */
  public String render(String page) {
    return head(page) + String.join("", lines);
  }

  private String head(String page) {
    StringBuilder head = new StringBuilder();
    head.append("# Timeline of ").append(incident.id()).append(": ");
    head.append(MarkdownText.collapsed(incident.title())).append("\n\n");
    if (incident.drill()) {
      head.append("This was a drill.\n\n");
    }
    if (incident.isPrivate()) {
      head.append("This incident is private: only its members may read this file.\n\n");
    }
    head.append("Entries ").append(first).append(" to ").append(upto).append(", times in UTC. ");
    if (first > 1) {
      head.append("The file is full: it holds at most ").append(MOST_ENTRIES);
      head.append(" entries and 5 MiB, so the ").append(first - 1);
      head.append(" oldest are left out. ");
    }
    head.append("Words that were erased, or that their author changed or deleted afterwards, are");
    head.append(" left out. The timeline itself: ").append(page).append("\n\n");
    return head.toString();
  }

  private String line(TimelineEntry entry) {
    String when = UtcText.second(entry.occurredAt());
    String who = MarkdownText.collapsed(entry.actor().name());
    String reason =
        entry.reason().isBlank() ? "" : " (reason: " + MarkdownText.collapsed(entry.reason()) + ")";
    String kind = entry.kind().word().replace('_', ' ');
    return "- #"
        + entry.seq()
        + " "
        + when
        + " · "
        + kind
        + " · "
        + who
        + words(entry)
        + reason
        + "\n";
  }

  private String words(TimelineEntry entry) {
    if (Discussion.KINDS.contains(entry.kind())) {
      String key = message(entry);
      if (removed.contains(key) && entry.kind() != EntryKind.MESSAGE_REMOVED) {
        return " · *deleted by its author*";
      }
      if (worded.getOrDefault(key, 0L) > entry.seq() && isWording(entry.kind())) {
        return " · *worded anew in #" + worded.get(key) + "*";
      }
    }
    return entry.text().isBlank() ? "" : ": " + MarkdownText.collapsed(entry.text());
  }

  /** An erased entry still tells which message it was about, though no longer where. */
  private static String message(TimelineEntry entry) {
    return entry.kind() == EntryKind.FILE_SHARED
        ? String.valueOf(entry.data().getOrDefault("message", ""))
        : entry.ref();
  }

  private static boolean isWording(EntryKind kind) {
    return kind == EntryKind.MESSAGE_LOGGED
        || kind == EntryKind.MESSAGE_REVISED
        || kind == EntryKind.HIGHLIGHTED;
  }
}

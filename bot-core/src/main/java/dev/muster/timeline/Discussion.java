// SPDX-License-Identifier: Apache-2.0
package dev.muster.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was said in an incident as it stands after edits, deletions and marks. The timeline only
 * grows; this reads it. The same facts in any order of arrival give the same discussion, because
 * the platform's time decides. Pure.
 */
public final class Discussion {

  /** The kinds of facts a discussion is made of. */
  public static final Set<EntryKind> KINDS =
      Collections.unmodifiableSet(
          EnumSet.of(
              EntryKind.MESSAGE_LOGGED,
              EntryKind.MESSAGE_REVISED,
              EntryKind.MESSAGE_REMOVED,
              EntryKind.REACTION_ADDED,
              EntryKind.REACTION_REMOVED,
              EntryKind.FILE_SHARED,
              EntryKind.HIGHLIGHTED,
              EntryKind.HIGHLIGHT_REMOVED));

  private final Map<String, Draft> drafts = new LinkedHashMap<>();

  private Discussion() {}

  /** Reads facts in the order of their places; those of other kinds are passed over. */
  public static Discussion of(List<TimelineEntry> entries) {
    Discussion discussion = new Discussion();
    for (TimelineEntry entry : entries) {
      if (KINDS.contains(entry.kind())) {
        discussion.draft(entry).add(entry);
      }
    }
    return discussion;
  }

  /** Returns every message, in the order in which they were written. */
  public List<Remark> remarks() {
    return drafts.values().stream()
        .map(Draft::remark)
        .sorted(Comparator.comparing(Remark::at).thenComparing(Remark::ref))
        .toList();
  }

  /**
   * Returns the facts without highlights that were taken back or whose message is gone; those that
   * stay quote the newest words.
   */
  public static List<TimelineEntry> settled(List<TimelineEntry> entries) {
    Discussion discussion = of(entries);
    Set<String> seen = new HashSet<>();
    List<TimelineEntry> settled = new ArrayList<>();
    for (int i = entries.size() - 1; i >= 0; i--) {
      TimelineEntry entry = entries.get(i);
      if (entry.kind() != EntryKind.HIGHLIGHTED || entry.ref().isEmpty()) {
        settled.add(entry);
      } else if (seen.add(key(entry))) {
        discussion.highlight(entry).ifPresent(settled::add);
      }
    }
    Collections.reverse(settled);
    return settled;
  }

  private Optional<TimelineEntry> highlight(TimelineEntry entry) {
    Remark remark = draft(entry).remark();
    if (!remark.highlighted() || remark.removedAt().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(remark.text().isEmpty() ? entry : quoting(entry, remark.text()));
  }

  private static TimelineEntry quoting(TimelineEntry entry, String text) {
    return new TimelineEntry(
        entry.stream(),
        entry.seq(),
        entry.at(),
        entry.occurredAt(),
        entry.kind(),
        entry.actor(),
        text,
        entry.reason(),
        entry.ref(),
        entry.data(),
        entry.hash(),
        entry.prev());
  }

  private Draft draft(TimelineEntry entry) {
    return drafts.computeIfAbsent(key(entry), key -> new Draft(place(entry), ref(entry)));
  }

  private static String key(TimelineEntry entry) {
    return place(entry) + "/" + ref(entry);
  }

  private static String place(TimelineEntry entry) {
    return entry.data().getOrDefault("platform", "")
        + ":"
        + entry.data().getOrDefault("channel", "");
  }

  private static String ref(TimelineEntry entry) {
    return entry.kind() == EntryKind.FILE_SHARED
        ? String.valueOf(entry.data().getOrDefault("message", ""))
        : entry.ref();
  }

  /** Whether somebody's reaction stands, and since when that is so. */
  private record Reaction(Instant at, boolean there) {}

  /** A message while its facts are gathered. */
  private static final class Draft {
    private final String place;
    private final String ref;
    private final Map<String, Map<String, Reaction>> reactions = new TreeMap<>();
    private final Set<String> files = new TreeSet<>();
    private TimelineEntry logged;
    private TimelineEntry first;
    private TimelineEntry revised;
    private Instant removedAt;
    private boolean highlighted;

    Draft(String place, String ref) {
      this.place = place;
      this.ref = ref;
    }

    void add(TimelineEntry entry) {
      first = first == null || entry.occurredAt().isBefore(first.occurredAt()) ? entry : first;
      switch (entry.kind()) {
        case MESSAGE_LOGGED -> logged = logged == null ? entry : logged;
        case MESSAGE_REVISED -> revise(entry);
        case MESSAGE_REMOVED -> remove(entry.occurredAt());
        case REACTION_ADDED -> react(entry, true);
        case REACTION_REMOVED -> react(entry, false);
        case FILE_SHARED -> files.add(entry.text());
        case HIGHLIGHTED -> highlighted = true;
        default -> highlighted = false;
      }
    }

    private void revise(TimelineEntry entry) {
      boolean newer = revised == null || !entry.occurredAt().isBefore(revised.occurredAt());
      revised = newer ? entry : revised;
    }

    private void remove(Instant at) {
      removedAt = removedAt == null || at.isBefore(removedAt) ? at : removedAt;
    }

    private void react(TimelineEntry entry, boolean there) {
      String name = String.valueOf(entry.data().getOrDefault("name", ""));
      reactions
          .computeIfAbsent(name, unused -> new HashMap<>())
          .merge(
              entry.actor().id(),
              new Reaction(entry.occurredAt(), there),
              (before, now) -> now.at().isBefore(before.at()) ? before : now);
    }

    Remark remark() {
      TimelineEntry origin = logged == null ? first : logged;
      return new Remark(
          place,
          ref,
          origin.actor(),
          words(),
          origin.occurredAt(),
          thread(),
          logged != null,
          Optional.ofNullable(revised).map(TimelineEntry::occurredAt),
          Optional.ofNullable(removedAt),
          standing(),
          highlighted,
          Set.copyOf(files));
    }

    private String words() {
      if (revised != null) {
        return revised.text();
      }
      return logged == null ? "" : logged.text();
    }

    private Optional<String> thread() {
      return Optional.ofNullable(logged)
          .map(entry -> entry.data().get("thread"))
          .map(String::valueOf);
    }

    private Map<String, Set<String>> standing() {
      Map<String, Set<String>> standing = new TreeMap<>();
      reactions.forEach(
          (name, people) ->
              people.forEach(
                  (who, reaction) -> {
                    if (reaction.there()) {
                      standing.computeIfAbsent(name, unused -> new TreeSet<>()).add(who);
                    }
                  }));
      return standing;
    }
  }
}

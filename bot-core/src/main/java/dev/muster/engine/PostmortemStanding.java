// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UserRef;
import dev.muster.command.PostmortemPart;
import dev.muster.incident.IncidentId;
import dev.muster.store.TimelineStore;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How the postmortem of an incident stands, as its timeline tells it. */
final class PostmortemStanding {

  private static final int MOST_EDITS = 1_000;

  /** What happens around a draft without being part of it. */
  private static final Set<EntryKind> AROUND =
      EnumSet.of(
          EntryKind.BOT_POSTED,
          EntryKind.COMMAND_RUN,
          EntryKind.BUTTON_PRESSED,
          EntryKind.SUMMARY_POSTED,
          EntryKind.NEXT_UPDATE_SET,
          EntryKind.CHANNEL_CHANGED,
          EntryKind.EFFECT_FAILED,
          EntryKind.ACCESS_DENIED,
          EntryKind.POSTMORTEM_PUBLISHED);

  private final TimelineStore timeline;
  private final Stream stream;

  PostmortemStanding(Moment moment, IncidentId incident) {
    this.timeline = moment.tx().timeline();
    this.stream = Stream.of(incident);
  }

  private Optional<TimelineEntry> latest(EntryKind kind) {
    return timeline.latest(stream, kind, "");
  }

  /** Returns the newest draft. */
  Optional<TimelineEntry> drafted() {
    return latest(EntryKind.POSTMORTEM_DRAFTED);
  }

  /** Returns whether anything happened since that draft that another one would tell. */
  boolean hasNewsSince(TimelineEntry draft) {
    return !timeline
        .read(stream, draft.seq(), 1, EnumSet.complementOf(EnumSet.copyOf(AROUND)))
        .isEmpty();
  }

  /** Returns that it was published since the incident ended last. */
  Optional<TimelineEntry> published() {
    long moved = latest(EntryKind.STATUS_CHANGED).map(TimelineEntry::seq).orElse(0L);
    return latest(EntryKind.POSTMORTEM_PUBLISHED).filter(entry -> entry.seq() > moved);
  }

  /** Returns whether it changed since it was published. */
  boolean hasChangedSince(TimelineEntry published) {
    long edited = lastEdit().map(TimelineEntry::seq).orElse(0L);
    long drafted = drafted().map(TimelineEntry::seq).orElse(0L);
    return Math.max(edited, drafted) > published.seq();
  }

  /** Returns whether there is something to publish. */
  boolean isToBePublished() {
    return published().map(this::hasChangedSince).orElse(true);
  }

  /** Returns the newest change of a part, also one that took its words back. */
  Optional<TimelineEntry> newest(PostmortemPart part) {
    return timeline.latest(stream, EntryKind.POSTMORTEM_EDITED, part.word());
  }

  /** Returns what stands in a part; empty when nobody wrote, or it was taken back. */
  Optional<TimelineEntry> in(PostmortemPart part) {
    return newest(part).filter(entry -> !entry.text().isBlank());
  }

  /** Returns the newest change of any part. */
  Optional<TimelineEntry> lastEdit() {
    return Arrays.stream(PostmortemPart.values())
        .flatMap(part -> newest(part).stream())
        .max(Comparator.comparingLong(TimelineEntry::seq));
  }

  /** Returns the parts into which nobody wrote. */
  List<PostmortemPart> empty() {
    return Arrays.stream(PostmortemPart.values()).filter(part -> in(part).isEmpty()).toList();
  }

  /** Returns whether somebody of these identities wrote in it. */
  boolean isAuthor(Set<UserRef> person) {
    return timeline.read(stream, 0, MOST_EDITS, Set.of(EntryKind.POSTMORTEM_EDITED)).stream()
        .anyMatch(entry -> isBy(entry, person));
  }

  /** Returns whether somebody of these identities caused an entry. */
  static boolean isBy(TimelineEntry entry, Set<UserRef> person) {
    return person.stream().anyMatch(each -> each.toString().equals(entry.actor().id()));
  }
}

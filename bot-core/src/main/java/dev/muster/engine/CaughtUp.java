// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.chat.spi.ChatPlatform.Standing;
import dev.muster.chat.spi.ChatPlatform.Stood;
import dev.muster.chat.spi.ChatPlatform.StoodReaction;
import dev.muster.effect.Effect;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes what a gap turned out to hide: what is no longer in the channel, reactions that came and
 * went, and one entry that says what was filled and what could not be. Runs in the transaction that
 * ends the order, so that a repetition writes nothing twice.
 */
final class CaughtUp {

  private static final String WHILE_DOWN = "while the connection was down";
  private static final String NO_STANDING = " Deletions and reactions of that time are not known.";
  private static final String COMMANDS = " Commands and presses of that time were not carried out.";

  private final Marks marks;

  CaughtUp(Marks marks) {
    this.marks = marks;
  }

  /**
   * What was read and had not been heard before.
   *
   * @param deleted all that were told to be deleted, heard of before or not
   */
  record Fresh(int messages, int edits, int deletions, Set<String> deleted) {

    static final Fresh NOTHING = new Fresh(0, 0, 0, Set.of());

    /** Counts an event that was told; {@code news} when it had not been heard before. */
    Fresh and(ChatEvent event, boolean news) {
      int one = news ? 1 : 0;
      if (event instanceof ChatEvent.MessageDeleted gone) {
        Set<String> all = new HashSet<>(deleted);
        all.add(gone.message().id());
        return new Fresh(messages, edits, deletions + one, all);
      }
      return event instanceof ChatEvent.MessageEdited
          ? new Fresh(messages, edits + one, deletions, deleted)
          : new Fresh(messages + one, edits, deletions, deleted);
    }

    int events() {
      return messages + edits + deletions;
    }
  }

  /**
   * One reading of a channel.
   *
   * @param order what was to be read
   * @param begun when it began; nothing that was read is older than that
   * @param again whether nothing was known to be missing; then nothing new is nothing to note
   */
  record Reading(Effect.ReadHistory order, Instant begun, boolean again) {}

  /** Notes what was read of a channel. */
  void write(Moment moment, Reading reading, Fresh fresh, Optional<Standing> standing) {
    Effect.ReadHistory order = reading.order();
    boolean again = reading.again();
    Optional<Incident> found = moment.tx().incidents().livingIn(order.channel());
    if (found.isEmpty()) {
      return;
    }
    Incident incident = found.get();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("since", order.since().toString());
    data.put("filled", true);
    data.put("messages", fresh.messages());
    data.put("edits", fresh.edits());
    int gone = standing.map(n -> removed(moment, incident, reading, n, fresh)).orElse(0);
    int removed = gone + fresh.deletions();
    int reactions = standing.map(now -> reactions(moment, incident, order, now)).orElse(0);
    data.put("deletions", removed);
    data.put("reactions", reactions);
    int events = fresh.events() + gone + reactions;
    data.put("events", events);
    if (again && events == 0) {
      return;
    }
    String counted = counted(fresh, removed, reactions);
    String unread = standing.map(Standing::unread).filter(s -> !s.isEmpty()).orElse("");
    data.put("whole", unread.isEmpty());
    String what = (again ? "Not everything" : "Nothing") + heard(incident, order);
    String late = COMMANDS + (standing.isEmpty() ? NO_STANDING : "");
    note(
        moment,
        incident,
        what
            + span(order, moment.now())
            + ". Read again: "
            + counted
            + "."
            + late
            + (unread.isEmpty() ? "" : " " + unread),
        data);
  }

  private static String counted(Fresh fresh, int removed, int reactions) {
    return counted(fresh.messages(), "message")
        + ", "
        + counted(fresh.edits(), "edit")
        + ", "
        + counted(removed, "deletion")
        + ", "
        + counted(reactions, "reaction");
  }

  /** Notes that a channel could not be read. */
  static void notRead(Moment moment, Effect.ReadHistory order, String reason) {
    moment
        .tx()
        .incidents()
        .livingIn(order.channel())
        .ifPresent(
            incident ->
                note(
                    moment,
                    incident,
                    "Nothing"
                        + heard(incident, order)
                        + span(order, moment.now())
                        + ", and what was said then could not be read: "
                        + reason
                        + ".",
                    Map.of("since", order.since().toString(), "filled", false)));
  }

  /** On another chat everything may have been heard. */
  private static String heard(Incident incident, Effect.ReadHistory order) {
    String where = incident.spaces().size() > 1 ? " on " + order.channel().platform() : "";
    return " was heard" + where + " from ";
  }

  private static String span(Effect.ReadHistory order, Instant now) {
    return UtcText.minute(order.since()) + " to " + UtcText.minute(now) + " at the latest";
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static void note(
      Moment moment, Incident incident, String text, Map<String, Object> data) {
    moment
        .tx()
        .timeline()
        .append(
            Stream.of(incident.id()),
            NewEntry.of(moment.now(), EntryKind.GAP_FILLED, new Actor.Bot(), text).with(data),
            moment.now());
  }

  /**
   * A message that was on the timeline before the reading began, should be listed and is not, has
   * gone meanwhile: also one that was said after the gap is taken to have begun. What the platform
   * told to be deleted is written as such.
   */
  private int removed(
      Moment moment, Incident incident, Reading reading, Standing standing, Fresh fresh) {
    Effect.ReadHistory order = reading.order();
    Set<String> there = standing.messages().stream().map(Stood::id).collect(Collectors.toSet());
    Set<String> gone =
        entries(moment, incident, EntryKind.MESSAGE_REMOVED).stream()
            .map(TimelineEntry::ref)
            .collect(Collectors.toCollection(HashSet::new));
    gone.addAll(fresh.deleted());
    int count = 0;
    for (TimelineEntry entry : entries(moment, incident, EntryKind.MESSAGE_LOGGED)) {
      boolean expected =
          isOf(entry, order.channel())
              && entry.at().isBefore(reading.begun())
              && isListed(entry, standing);
      if (expected && !there.contains(entry.ref()) && gone.add(entry.ref())) {
        MessageRef message = new MessageRef(order.channel(), entry.ref());
        Facts.said(moment, incident, removal(moment, order, entry));
        marks.settle(moment, incident, message);
        Mirror.deleted(moment, incident, message, List.of(entry));
        count++;
      }
    }
    return count;
  }

  private static boolean isListed(TimelineEntry entry, Standing standing) {
    Object thread = entry.data().get("thread");
    return thread == null
        ? !entry.occurredAt().isBefore(standing.from())
        : standing.threads().contains(thread.toString());
  }

  private static NewEntry removal(Moment moment, Effect.ReadHistory order, TimelineEntry entry) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("platform", order.channel().platform());
    data.put("channel", order.channel().id());
    data.put("of", entry.seq());
    return new NewEntry(
        moment.now(),
        EntryKind.MESSAGE_REMOVED,
        new Actor.Bot(),
        "",
        "deleted " + WHILE_DOWN,
        entry.ref(),
        data);
  }

  private int reactions(
      Moment moment, Incident incident, Effect.ReadHistory order, Standing standing) {
    Map<String, Set<StoodReaction>> known = known(moment, incident, order.channel());
    Set<String> fresher = fresher(moment, incident, order);
    int count = 0;
    for (Stood message : standing.messages()) {
      MessageRef ref = new MessageRef(order.channel(), message.id());
      if (Mirror.original(moment, ref).isPresent()) {
        continue;
      }
      Set<StoodReaction> before = known.getOrDefault(message.id(), Set.of());
      for (StoodReaction now : message.reactions()) {
        if (!before.contains(now) && !fresher.contains(named(message.id(), now))) {
          marks.foundOut(moment, ref, who(moment, now), now.name(), true);
          count++;
        }
      }
      for (StoodReaction was : before) {
        if (!message.reactions().contains(was) && !fresher.contains(named(message.id(), was))) {
          marks.foundOut(moment, ref, who(moment, was), was.name(), false);
          count++;
        }
      }
    }
    return count;
  }

  /**
   * Reactions set or taken back in our hearing since the gap began. The history may have been read
   * before that, so it says nothing about them.
   */
  private static Set<String> fresher(Moment moment, Incident incident, Effect.ReadHistory order) {
    return heard(moment, incident, order.channel()).stream()
        .filter(entry -> !entry.at().isBefore(order.since()))
        .map(entry -> named(entry.ref(), reaction(entry, order.channel())))
        .collect(Collectors.toSet());
  }

  private static String named(String message, StoodReaction reaction) {
    return message + " " + reaction.name() + " " + reaction.user();
  }

  private static Profile who(Moment moment, StoodReaction reaction) {
    return Profile.member(People.known(moment, reaction.user()));
  }

  /** Returns the reactions that stand by what was heard. */
  private static Map<String, Set<StoodReaction>> known(
      Moment moment, Incident incident, ChannelRef channel) {
    Map<String, Set<StoodReaction>> known = new LinkedHashMap<>();
    heard(moment, incident, channel)
        .forEach(
            entry -> {
              StoodReaction reaction = reaction(entry, channel);
              Set<StoodReaction> those =
                  known.computeIfAbsent(entry.ref(), message -> new LinkedHashSet<>());
              if (entry.kind() == EntryKind.REACTION_ADDED) {
                those.add(reaction);
              } else {
                those.remove(reaction);
              }
            });
    return known;
  }

  /** What was heard of people's reactions in the channel, oldest first; pins are none. */
  private static List<TimelineEntry> heard(Moment moment, Incident incident, ChannelRef channel) {
    String people = channel.platform() + ":";
    return entries(moment, incident, EntryKind.REACTION_ADDED, EntryKind.REACTION_REMOVED).stream()
        .filter(entry -> !Marks.PIN.equals(entry.data().get("name")))
        .filter(entry -> isOf(entry, channel) && entry.actor().id().startsWith(people))
        .toList();
  }

  private static StoodReaction reaction(TimelineEntry entry, ChannelRef channel) {
    String id = entry.actor().id();
    return new StoodReaction(
        String.valueOf(entry.data().get("name")),
        new UserRef(channel.platform(), id.substring(id.indexOf(':') + 1)));
  }

  private static boolean isOf(TimelineEntry entry, ChannelRef channel) {
    return channel.platform().equals(entry.data().get("platform"))
        && channel.id().equals(entry.data().get("channel"));
  }

  private static List<TimelineEntry> entries(Moment moment, Incident incident, EntryKind... kinds) {
    return Census.entries(moment, incident, kinds);
  }
}

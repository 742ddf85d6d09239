// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Quotation;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Space;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Repeats what people say in one channel of an incident in its other channels. The original alone
 * is on the timeline. No copy is ever repeated or logged: platforms do not deliver our own posts,
 * each copy is remembered by its identity in case one does, and programs are not repeated at all,
 * because another bridge would answer ours for ever. Each copy fills a slot named after its
 * original, so it is posted once, changed when the original is, and taken back with it.
 */
final class Mirror {

  private static final String SLOT = "said/";

  private Mirror() {}

  /** Returns whether a slot holds the copy of a message. */
  static boolean isCopy(String slot) {
    return slot.startsWith(SLOT);
  }

  private static String slot(MessageRef original) {
    return SLOT
        + original.channel().platform()
        + ' '
        + original.channel().id()
        + ' '
        + original.id();
  }

  private static String note(IncidentId incident, MessageRef copy) {
    return notes(incident) + copy;
  }

  private static String notes(IncidentId incident) {
    return "copy/" + incident + "/";
  }

  /** Remembers which message is the copy of which. */
  static void posted(Moment moment, IncidentId incident, String slot, MessageRef copy) {
    moment.tx().keepNote(note(incident, copy), slot.substring(SLOT.length()));
  }

  /** Returns the message that another one repeats; empty when it is none of our copies. */
  static Optional<MessageRef> original(Moment moment, MessageRef message) {
    Optional<Incident> own = moment.tx().incidents().livingIn(message.channel());
    Stream<Incident> here =
        own.isPresent()
            ? own.stream()
            : moment.tx().incidents().unclosedInThreadsOf(message.channel()).stream();
    return here.flatMap(incident -> original(moment, incident, message).stream()).findFirst();
  }

  /** Returns the message of an incident that another one repeats; empty when it is no copy. */
  static Optional<MessageRef> original(Moment moment, Incident incident, MessageRef message) {
    if (!isRepeating(moment, incident)) {
      return Optional.empty();
    }
    return moment
        .tx()
        .note(note(incident.id(), message))
        .filter(note -> !note.isEmpty())
        .map(Mirror::named);
  }

  /** Asked for every message; whether there is any copy of an incident is remembered. */
  private static boolean isRepeating(Moment moment, Incident incident) {
    String begin = notes(incident.id());
    return moment.tx().notes(begin, 1).keySet().stream().anyMatch(name -> name.startsWith(begin));
  }

  /** Returns what somebody means who chose a copy: what its author said, as it reads by now. */
  static Quotation meant(Moment moment, Incident incident, Quotation chosen) {
    Optional<MessageRef> original = original(moment, incident, chosen.message());
    List<TimelineEntry> known =
        original.map(of -> Traces.of(moment, incident, of)).orElse(List.of());
    return said(known)
        .filter(first -> Traces.actor(original.get(), first) instanceof Actor.Human)
        .map(
            first ->
                new Quotation(
                    original.get(),
                    ((Actor.Human) Traces.actor(original.get(), first)).person(),
                    false,
                    Traces.newestWords(known),
                    first.occurredAt(),
                    Optional.ofNullable((String) first.data().get("permalink"))))
        .orElse(chosen);
  }

  private static MessageRef named(String note) {
    String[] parts = note.split(" ", 3);
    return new MessageRef(new ChannelRef(parts[0], parts[1]), parts[2]);
  }

  /** Repeats a message that was just logged; its edit or deletion may be known already. */
  static void said(
      Moment moment, Incident incident, ChatEvent.MessagePosted event, List<TimelineEntry> known) {
    if (event.by().bot() || Traces.newest(known, EntryKind.MESSAGE_REMOVED).isPresent()) {
      return;
    }
    MessageRef message = event.message();
    List<String> others = others(moment, incident, message);
    if (others.isEmpty()) {
      return;
    }
    Optional<TimelineEntry> revised = Traces.newest(known, EntryKind.MESSAGE_REVISED);
    MirrorText text =
        MirrorText.of(moment, event, revised.map(TimelineEntry::text).orElse(event.text()));
    for (String platform : others) {
      MirrorOrders orders = new MirrorOrders(moment, incident, platform);
      String thread = thread(moment, incident, event, platform);
      if (orders.isFull()) {
        orders.leaveOut(message.channel().platform(), event.at());
      } else {
        orders.show(slot(message), thread, text.message());
      }
    }
  }

  /** Changes the copies of a message whose words were changed. */
  static void edited(
      Moment moment, Incident incident, ChatEvent.MessageEdited event, List<TimelineEntry> known) {
    Optional<TimelineEntry> first = said(known);
    List<String> others = others(moment, incident, event.message());
    if (first.isEmpty() || others.isEmpty()) {
      return;
    }
    String slot = slot(event.message());
    List<TimelineEntry> files = Traces.files(moment, incident, event.message());
    MirrorText text = MirrorText.again(moment, first.get(), event.text(), files);
    for (String platform : others) {
      MirrorOrders orders = new MirrorOrders(moment, incident, platform);
      orders.shown(slot).ifPresent(thread -> orders.show(slot, thread, text.message()));
    }
  }

  /** Lets the copies of a message name its files, now that they are known; words stay. */
  static void filesNamed(Moment moment, Incident incident, ChatEvent.MessagePosted event) {
    List<TimelineEntry> known = Traces.of(moment, incident, event.message());
    Optional<TimelineEntry> first = said(known);
    if (first.isEmpty() || Traces.newest(known, EntryKind.MESSAGE_REMOVED).isPresent()) {
      return;
    }
    List<TimelineEntry> files = Traces.files(moment, incident, event.message());
    MirrorText text =
        Traces.newest(known, EntryKind.MESSAGE_REVISED)
            .map(revised -> MirrorText.again(moment, first.get(), revised.text(), files))
            .orElseGet(() -> MirrorText.of(moment, event, event.text()));
    String slot = slot(event.message());
    for (String platform : others(moment, incident, event.message())) {
      MirrorOrders orders = new MirrorOrders(moment, incident, platform);
      orders.shown(slot).ifPresent(thread -> orders.show(slot, thread, text.message()));
    }
  }

  /** Takes back the copies of a message that was deleted. */
  static void deleted(
      Moment moment, Incident incident, MessageRef message, List<TimelineEntry> known) {
    Optional<TimelineEntry> first = said(known);
    if (first.isEmpty()) {
      return;
    }
    String slot = slot(message);
    for (String platform : others(moment, incident, message)) {
      MirrorOrders orders = new MirrorOrders(moment, incident, platform);
      orders
          .shown(slot)
          .ifPresent(thread -> orders.takeBack(slot, thread, MirrorText.gone(first.get())));
    }
  }

  private static Optional<TimelineEntry> said(List<TimelineEntry> known) {
    return Traces.origin(known).filter(entry -> entry.kind() == EntryKind.MESSAGE_LOGGED);
  }

  /** Returns the other platforms the incident lives on; a private one only where members are. */
  private static List<String> others(Moment moment, Incident incident, MessageRef message) {
    return ReactionDesk.platformsOf(moment, incident).stream()
        .filter(platform -> !platform.equals(message.channel().platform()))
        .filter(platform -> moment.settings().isOn(platform))
        .filter(
            platform ->
                !incident.isPrivate()
                    || incident.members().stream().anyMatch(m -> m.platform().equals(platform)))
        .toList();
  }

  /** Returns the thread on another platform that belongs to the thread of a message. */
  private static String thread(
      Moment moment, Incident incident, ChatEvent.MessagePosted event, String platform) {
    ChannelRef channel = event.message().channel();
    Optional<String> own = incident.spaceOn(channel.platform()).flatMap(Space::thread);
    Optional<MessageRef> root =
        event
            .place()
            .thread()
            .filter(thread -> !own.equals(Optional.of(thread)))
            .map(thread -> new MessageRef(channel, thread));
    return root.map(of -> under(moment, incident, of, platform)).orElse("");
  }

  private static String under(Moment moment, Incident incident, MessageRef root, String platform) {
    Optional<MessageRef> original = original(moment, incident, root);
    if (original.isPresent()) {
      return original.get().channel().platform().equals(platform)
          ? "#" + original.get().id()
          : slot(original.get());
    }
    return Traces.inSlot(moment, incident, root, "")
        .filter(slot -> !slot.isEmpty())
        .orElseGet(() -> slot(root));
  }
}

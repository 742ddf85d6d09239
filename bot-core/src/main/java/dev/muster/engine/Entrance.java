// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatPlatform.NotInvited;
import dev.muster.effect.Effect;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Space;
import dev.muster.store.Directory;
import dev.muster.timeline.EntryKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who gets into an incident's channel: the people who are invited, and the bot itself. */
final class Entrance {

  private Entrance() {}

  /**
   * Returns whether the bot lets somebody in by itself. Guests and people of other organisations
   * come in when a person brings them, never by the bot.
   */
  static boolean mayEnter(Directory people, UserRef user) {
    return people
        .find(user)
        .map(Directory.Known::profile)
        .map(who -> who.active() && !who.external())
        .orElse(true);
  }

  /** The bot is out of the channel and hears nothing there. */
  static void botRemoved(Moment moment, Incident incident, Space space, Instant at) {
    boolean known =
        moment.tx().note(outNote(space.channel())).filter(n -> !n.isEmpty()).isPresent();
    if (known || space.thread().isPresent()) {
      return;
    }
    moment.tx().keepNote(outNote(space.channel()), at.toString());
    Facts.bot(
        moment,
        incident.id(),
        EntryKind.CHANNEL_CHANGED,
        "The bot was taken out of #"
            + space.name()
            + ". What is said there is missing until it is"
            + " back.",
        Map.of("platform", space.platform(), "to", "bot_removed"));
    if (incident.status() != IncidentStatus.CLOSED) {
      new Orders(moment).join(incident.id(), space.platform(), at);
    }
  }

  private static String outNote(ChannelRef channel) {
    return "out/" + channel;
  }

  /** The bot is in the channel again: what it missed is read. */
  static void back(Moment moment, IncidentId id, ChannelRef channel) {
    Optional<String> since = moment.tx().note(outNote(channel)).filter(note -> !note.isEmpty());
    if (since.isEmpty()) {
      return;
    }
    moment.tx().keepNote(outNote(channel), "");
    Facts.bot(
        moment,
        id,
        EntryKind.CHANNEL_CHANGED,
        "The bot is back in the channel and reads what it missed.",
        Map.of("platform", channel.platform(), "to", "bot_added"));
    new Orders(moment).readHistory(Optional.of(id), channel, Instant.parse(since.get()));
  }

  /** Only a member can let the bot in again. */
  static void askToLetIn(Moment moment, IncidentId id, ChannelRef channel, String how) {
    tellSomebody(
        moment,
        id,
        channel.platform(),
        "let-in/" + channel.id(),
        "I was taken out of the channel of " + id + " and hear nothing there. " + how);
  }

  /** Tells the commander; when command is vacant, every member of the platform. */
  static void tellSomebody(
      Moment moment, IncidentId id, String platform, String slot, String words) {
    Optional<Incident> incident = moment.tx().incidents().find(id);
    List<Person> people =
        incident
            .flatMap(Incident::commander)
            .filter(commander -> commander.ref().platform().equals(platform))
            .map(List::of)
            .orElseGet(
                () ->
                    incident.stream()
                        .flatMap(about -> about.members().stream())
                        .filter(member -> member.platform().equals(platform))
                        .map(member -> People.known(moment, member))
                        .toList());
    for (Person person : people) {
      new Orders(moment)
          .show(
              new Target.Direct(person.ref()),
              slot,
              "",
              Priority.PEOPLE,
              BotMessage.line(words).withTone(Tone.WARNING));
    }
  }

  /** Lists who could not be brought into the channel, with the reasons, in the channel. */
  static void notInvited(Moment moment, Effect.InvitePeople e, List<NotInvited> missing) {
    if (missing.isEmpty()) {
      return;
    }
    String who =
        missing.stream()
            .map(m -> People.known(moment, m.user()).name() + " (" + m.reason() + ")")
            .collect(Collectors.joining(", "));
    Facts.bot(
        moment,
        e.incident(),
        EntryKind.EFFECT_FAILED,
        "Could not invite: " + who + ".",
        Map.of("reason", "not_invited"));
    new Orders(moment)
        .show(
            e.incident(),
            e.platform(),
            "not-invited/" + moment.now(),
            Priority.CARDS,
            BotMessage.line("Could not invite: " + who + ". Please bring them in by hand."));
  }

  /** Nobody is invited into a thread; they are called there by name. */
  static void callIn(Moment moment, Effect.InvitePeople e) {
    String names = e.people().stream().map(Person::name).collect(Collectors.joining(", "));
    new Orders(moment)
        .show(
            e.incident(),
            e.platform(),
            "called/" + moment.now(),
            Priority.CARDS,
            BotMessage.line(names + ": " + e.incident() + " goes on here.")
                .withMentions(e.people()));
  }
}

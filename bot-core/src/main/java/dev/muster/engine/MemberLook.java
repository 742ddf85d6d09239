// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Delivery;
import dev.muster.effect.Effect;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks who is in a private channel. Whoever is there unheard is told of; whoever was there at the
 * last look and is gone has left, as if the platform had said so.
 */
final class MemberLook {

  private final Ground ground;
  private final Function<String, ChatInbox> inboxes;

  MemberLook(Ground ground, Function<String, ChatInbox> inboxes) {
    this.ground = ground;
    this.inboxes = inboxes;
  }

  /** Looks; blocks for as long as the platform may take. */
  Settlement look(ChatPlatform platform, Effect.CheckMembers order, ChannelRef channel) {
    ChatOutcome<List<Person>> outcome = platform.members(channel);
    if (!(outcome instanceof ChatOutcome.Done<List<Person>> done)) {
      Function<String, Settlement> skip =
          why -> Settlement.done("not looked at: " + why, moment -> {});
      return outcome instanceof ChatOutcome.Unknown<List<Person>> unknown
          ? skip.apply(unknown.reason())
          : ChatCarrier.orElse(outcome, skip);
    }
    Set<UserRef> members =
        ground.store().read(tx -> incident(tx, order.incident(), channel)).stream()
            .flatMap(incident -> incident.members().stream())
            .collect(Collectors.toSet());
    Set<String> here = new HashSet<>();
    List<Profile> strangers = new ArrayList<>();
    for (Person person : done.value()) {
      here.add(person.ref().id());
      if (!members.contains(person.ref())) {
        strangers.add(profile(platform, person));
      }
    }
    ground.store().read(tx -> tx.note(note(channel))).stream()
        .flatMap(String::lines)
        .filter(id -> !here.contains(id))
        .map(id -> new UserRef(channel.platform(), id))
        .filter(members::contains)
        .forEach(user -> left(user, channel));
    return Settlement.done(
        strangers.size() + " strangers",
        moment -> {
          moment.tx().keepNote(note(channel), String.join("\n", here));
          strangers.forEach(who -> found(moment, order.incident(), channel, who));
        });
  }

  private static String note(ChannelRef channel) {
    return "seen-in/" + channel;
  }

  private static Optional<Incident> incident(Tx tx, IncidentId id, ChannelRef channel) {
    return tx.incidents()
        .find(id)
        .filter(incident -> incident.isPrivate() && incident.livesIn(channel));
  }

  private void left(UserRef user, ChannelRef channel) {
    Instant now = ground.clock().instant();
    Person who = ground.ask(moment -> People.known(moment, user));
    inboxes
        .apply(channel.platform())
        .accept(
            Delivery.of(
                "left-unheard/" + channel.id() + "/" + user.id() + "/" + now,
                new ChatEvent.MemberLeft(now, Profile.member(who), channel)));
  }

  /** Somebody of whom nothing can be learned is taken for a stranger. */
  private static Profile profile(ChatPlatform platform, Person person) {
    return platform.findPerson(person.ref().id()) instanceof ChatOutcome.Done<Profile> done
        ? done.value()
        : new Profile(person, Optional.empty(), Optional.empty(), false, true, true);
  }

  private static void found(Moment moment, IncidentId id, ChannelRef channel, Profile who) {
    moment.tx().people().remember(who, moment.now());
    incident(moment.tx(), id, channel)
        .filter(incident -> !incident.members().contains(who.person().ref()))
        .ifPresent(incident -> RoomWatch.stranger(moment, incident, channel, who));
  }
}

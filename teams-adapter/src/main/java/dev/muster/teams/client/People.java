// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Cause;
import dev.muster.chat.spi.ChatPlatform.NotInvited;
import dev.muster.chat.spi.OnceKey;
import dev.muster.teams.client.Connector.Target;
import dev.muster.teams.client.Places.Conversation;
import dev.muster.teams.client.Places.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds people and brings them into a conversation. */
public final class People {

  private static final String NOT_IN_TEAM =
      "is not in the team. Add them to the team in Teams, then invite again.";

  private static final Duration NOT_READY = Duration.ofSeconds(2);

  private final Wires wires;
  private final HomeTeams teams;
  private final MessageVerbs messages;
  private final PrivateChats chats;

  /** Creates the verbs. */
  public People(Wires wires, HomeTeams teams, MessageVerbs messages, PrivateChats chats) {
    this.wires = wires;
    this.teams = teams;
    this.messages = messages;
    this.chats = chats;
  }

  /** Returns who is in a conversation. */
  public ChatOutcome<List<Person>> members(ChannelRef channel) {
    ChatOutcome<Target> target = teams.target(channel.id(), channel.id());
    if (!(target instanceof ChatOutcome.Done<Target> where)) {
      return target.map(unused -> List.of());
    }
    return wires
        .connector()
        .members(where.value())
        .map(all -> all.stream().flatMap(m -> person(m).stream()).toList());
  }

  private static Optional<Person> person(Member member) {
    return member
        .person()
        .map(id -> new Person(new UserRef(MessageIds.PLATFORM, id), member.name()));
  }

  /** Looks in the home teams, by either id of a person or by e-mail address. */
  public ChatOutcome<Profile> find(String idOrEmail) {
    ChatOutcome<Profile> last =
        new ChatOutcome.Refused<>("Nobody in the home teams is that person.");
    for (String group : teams.groups()) {
      ChatOutcome<Optional<Member>> found = findIn(group, idOrEmail);
      if (!(found instanceof ChatOutcome.Done<Optional<Member>> done)) {
        return found.map(unused -> null);
      }
      Optional<Profile> profile = done.value().flatMap(People::profile);
      if (profile.isPresent()) {
        return new ChatOutcome.Done<>(profile.get());
      }
    }
    return last;
  }

  private ChatOutcome<Optional<Member>> findIn(String group, String idOrEmail) {
    ChatOutcome<String> general = teams.generalChannel(group);
    if (!(general instanceof ChatOutcome.Done<String> channel)) {
      return general.map(unused -> Optional.empty());
    }
    ChatOutcome<Target> target = teams.target(channel.value(), channel.value());
    if (!(target instanceof ChatOutcome.Done<Target> where)) {
      return notYet(target);
    }
    ChatOutcome<Optional<Member>> found =
        idOrEmail.contains("@")
            ? byAddress(where.value(), idOrEmail)
            : wires.connector().member(where.value(), idOrEmail);
    return found.map(
        member -> {
          member.ifPresent(this::remember);
          return member;
        });
  }

  /** Nobody is unknown because Teams cannot be asked. */
  private static ChatOutcome<Optional<Member>> notYet(ChatOutcome<Target> target) {
    return target instanceof ChatOutcome.Refused<Target> refused
        ? new ChatOutcome.RetryLater<>(refused.reason(), NOT_READY)
        : target.map(unused -> Optional.empty());
  }

  /**
   * Most people sign in by their address, and Teams looks a member up by that name ("using their
   * Teams user ID, UPN, or Microsoft Entra Object ID": Teams documentation, get single member
   * details). A team is listed only for an address that is nobody's name there. Whom the name leads
   * to counts only when the address is theirs, too.
   */
  private ChatOutcome<Optional<Member>> byAddress(Target where, String email) {
    ChatOutcome<Optional<Member>> named =
        wires.connector().member(where, email).map(member -> withEmail(member.stream(), email));
    boolean busy = named instanceof ChatOutcome.RetryLater<Optional<Member>>;
    boolean found =
        named instanceof ChatOutcome.Done<Optional<Member>> done && done.value().isPresent();
    return busy || found
        ? named
        : wires.connector().members(where).map(all -> withEmail(all.stream(), email));
  }

  private static Optional<Member> withEmail(Stream<Member> all, String email) {
    return all.filter(m -> m.email().filter(email::equalsIgnoreCase).isPresent()).findFirst();
  }

  /** Mentions name people by the bot's id of them alone. */
  private void remember(Member member) {
    member
        .person()
        .filter(id -> !member.botUser().isEmpty())
        .ifPresent(id -> wires.places().keep(wires.places().rememberPerson(id, member.botUser())));
  }

  private static Optional<Profile> profile(Member member) {
    return person(member)
        .map(
            person ->
                new Profile(person, member.email(), Optional.empty(), false, member.guest(), true));
  }

  /** Returns the members of an Entra group. */
  public ChatOutcome<List<Person>> group(String id) {
    return wires
        .graph()
        .list("Listing a group", wires.graph().at("groups", id, "members").build())
        .map(all -> all.stream().flatMap(node -> groupMember(node).stream()).toList());
  }

  private static Optional<Person> groupMember(JsonNode node) {
    String id = node.path("id").asText("");
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Person(new UserRef(MessageIds.PLATFORM, id), node.path("displayName").asText("")));
  }

  /**
   * Invites. Everybody of the team is in its standard channels already, so there an invitation is a
   * mention, made once per set of people; into a group chat they are added.
   */
  public ChatOutcome<List<NotInvited>> invite(ChannelRef channel, List<UserRef> people) {
    Conversation place = teams.conversation(channel.id());
    return place.kind() == Kind.GROUP_CHAT ? add(place, people) : mention(channel, people);
  }

  private ChatOutcome<List<NotInvited>> add(Conversation place, List<UserRef> people) {
    List<NotInvited> left = new ArrayList<>();
    for (UserRef user : people) {
      ChatOutcome<Boolean> added = chats.add(place.id(), user.id());
      if (added instanceof ChatOutcome.Done<Boolean> done && !done.value()) {
        left.add(new NotInvited(user, "cannot be added to the chat by Teams."));
      } else if (added instanceof ChatOutcome.Refused<Boolean> refused) {
        left.add(new NotInvited(user, refused.reason()));
      } else if (!(added instanceof ChatOutcome.Done<Boolean>)) {
        return added.map(unused -> List.of());
      }
    }
    return new ChatOutcome.Done<>(left);
  }

  private ChatOutcome<List<NotInvited>> mention(ChannelRef channel, List<UserRef> people) {
    ChatOutcome<Target> target = teams.target(channel.id(), channel.id());
    if (!(target instanceof ChatOutcome.Done<Target> where)) {
      return target.map(unused -> List.of());
    }
    List<NotInvited> left = new ArrayList<>();
    List<Person> found = new ArrayList<>();
    ChatOutcome<List<Optional<Member>>> members =
        wires.connector().members(where.value(), people.stream().map(UserRef::id).toList());
    if (!(members instanceof ChatOutcome.Done<List<Optional<Member>>> done)) {
      boolean young = members.refusedFor(Cause.CHANNEL_GONE) && messages.isYoung(channel);
      return young
          ? new ChatOutcome.RetryLater<>("The new channel is not ready yet.", NOT_READY, true)
          : members.map(unused -> List.of());
    }
    for (int i = 0; i < people.size(); i++) {
      UserRef user = people.get(i);
      done.value()
          .get(i)
          .flatMap(People::person)
          .ifPresentOrElse(found::add, () -> left.add(new NotInvited(user, NOT_IN_TEAM)));
    }
    if (found.isEmpty()) {
      return new ChatOutcome.Done<>(left);
    }
    return mentioned(channel, found).map(unused -> left);
  }

  /** The key names the channel and the people, so that asking twice mentions once. */
  private ChatOutcome<MessageRef> mentioned(ChannelRef channel, List<Person> people) {
    String all = people.stream().map(p -> p.ref().id()).sorted().collect(Collectors.joining(" "));
    byte[] name = ("invite " + channel.id() + " " + all).getBytes(StandardCharsets.UTF_8);
    String value = "invite-" + UUID.nameUUIDFromBytes(name);
    OnceKey key = OnceKey.first(value, teams.conversation(channel.id()).openedAt());
    String names = people.stream().map(Person::name).collect(Collectors.joining(", "));
    BotMessage message =
        BotMessage.line(names + (people.size() == 1 ? " is" : " are") + " asked to join.")
            .withMentions(people);
    return messages.postUnlessThere(key, channel, message);
  }
}

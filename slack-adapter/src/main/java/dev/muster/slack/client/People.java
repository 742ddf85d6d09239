// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.slack.api.model.User;
import com.slack.api.model.Usergroup;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.pace.Recent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks people up and keeps their names for a day, as Slack advises. Thread-safe. */
public final class People {

  private static final Duration NAME_LASTS = Duration.ofHours(24);
  private static final int NAMES_KEPT = 5_000;

  /** Names asked for in one listing; the rest appear by id, which is what counts. */
  private static final int MOST_ASKED_AT_ONCE = 30;

  private static final int MOST_MEMBERS = 1_000;

  private final SlackApi api;
  private final Identity identity;
  private final InstantSource clock;
  private final Map<String, Known> names = new Recent<>(NAMES_KEPT);

  /** Creates the directory, empty. */
  public People(SlackApi api, Identity identity, InstantSource clock) {
    this.api = api;
    this.identity = identity;
    this.clock = clock;
  }

  private record Known(String name, Instant at) {}

  /** Looks a person up by id, or by e-mail address. */
  public ChatOutcome<Profile> find(String idOrEmail) {
    Reply<User> reply =
        idOrEmail.contains("@")
            ? api.read(
                    "users.lookupByEmail",
                    client -> client.usersLookupByEmail(r -> r.email(idOrEmail)))
                .match(body -> new Reply.Got<>(body.getUser()), Reply.Failed::new)
            : api.read("users.info", client -> client.usersInfo(r -> r.user(idOrEmail)))
                .match(body -> new Reply.Got<>(body.getUser()), Reply.Failed::new);
    return reply.outcome(this::profile);
  }

  /** Lists the members of a channel, the bot left out. */
  public ChatOutcome<List<Person>> members(ChannelRef channel) {
    return api.read(
            "conversations.members",
            client -> client.conversationsMembers(r -> r.channel(channel.id()).limit(MOST_MEMBERS)))
        .outcome(body -> persons(body.getMembers()));
  }

  /** Lists the members of a user group, named by id or handle. */
  public ChatOutcome<List<Person>> group(String idOrHandle) {
    String wanted = idOrHandle.startsWith("@") ? idOrHandle.substring(1) : idOrHandle;
    return api.read("usergroups.list", client -> client.usergroupsList(r -> r))
        .match(
            body ->
                body.getUsergroups().stream()
                    .filter(g -> wanted.equals(g.getId()) || wanted.equals(g.getHandle()))
                    .findFirst()
                    .map(this::group)
                    .orElseGet(
                        () ->
                            new ChatOutcome.Refused<>(
                                "There is no user group @" + wanted + " in this workspace.")),
            Failure::outcome);
  }

  private ChatOutcome<List<Person>> group(Usergroup group) {
    return api.read(
            "usergroups.users.list",
            client -> client.usergroupsUsersList(r -> r.usergroup(group.getId())))
        .outcome(body -> persons(body.getUsers()));
  }

  private List<Person> persons(List<String> ids) {
    String self = identity.ifKnown().map(Identity.Self::userId).orElse("");
    int[] asked = {0};
    return ids.stream()
        .filter(id -> !id.equals(self))
        .map(
            id -> {
              Optional<String> name = name(id);
              if (name.isEmpty() && asked[0]++ < MOST_ASKED_AT_ONCE) {
                name =
                    find(id)
                        .match(
                            p -> Optional.of(p.person().name()),
                            l -> Optional.empty(),
                            r -> Optional.empty(),
                            u -> Optional.empty());
              }
              return new Person(new UserRef("slack", id), name.orElse(""));
            })
        .toList();
  }

  private Optional<String> name(String id) {
    synchronized (names) {
      Known known = names.get(id);
      return known != null && known.at().plus(NAME_LASTS).isAfter(clock.instant())
          ? Optional.of(known.name())
          : Optional.empty();
    }
  }

  private Profile profile(User user) {
    Person person = new Person(new UserRef("slack", user.getId()), displayName(user));
    synchronized (names) {
      names.put(user.getId(), new Known(person.name(), clock.instant()));
    }
    String team = identity.ifKnown().map(Identity.Self::teamId).orElse("");
    boolean foreign = user.getTeamId() != null && !team.isEmpty() && !team.equals(user.getTeamId());
    return new Profile(
        person,
        Optional.ofNullable(user.getProfile())
            .map(User.Profile::getEmail)
            .filter(address -> user.isEmailConfirmed()),
        Optional.ofNullable(user.getTz()),
        user.isBot(),
        foreign || user.isRestricted() || user.isUltraRestricted() || user.isStranger(),
        !user.isDeleted());
  }

  private static String displayName(User user) {
    User.Profile profile = user.getProfile();
    if (profile != null
        && profile.getDisplayName() != null
        && !profile.getDisplayName().isBlank()) {
      return profile.getDisplayName();
    }
    return user.getRealName() == null || user.getRealName().isBlank()
        ? user.getName()
        : user.getRealName();
  }
}

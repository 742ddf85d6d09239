// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.slack.api.model.Conversation;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.ChatPlatform.NotInvited;
import dev.muster.chat.spi.Urgency;
import dev.muster.slack.pace.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Changes and searches channels that exist. Every call may be repeated without harm. */
public final class ChannelVerbs {

  /** Slack's own limit for a topic, and for a purpose. */
  private static final int LONGEST_TOPIC = 250;

  /** Slack's own limit for one call. */
  private static final int MOST_INVITED_AT_ONCE = 100;

  private static final Set<String> ALREADY_IN = Set.of("already_in_channel", "cant_invite_self");
  private static final Set<ErrorClass> ONLY_BY_INVITATION =
      Set.of(ErrorClass.GONE, ErrorClass.INPUT, ErrorClass.CONFIGURATION);
  private static final Set<String> CHANNEL_ITSELF =
      Set.of("channel_not_found", "is_archived", "not_in_channel", "missing_scope");
  private static final Pattern CHANNEL_ID = Pattern.compile("[CG][A-Z0-9]{5,30}");
  private static final int RENAME_TRIES = 9;

  private final SlackApi api;
  private final Identity identity;
  private final OwnChannels ownChannels;
  private final ChannelDirectory directory;

  /** Creates the verbs. */
  public ChannelVerbs(SlackApi api, Identity identity, ChannelDirectory directory) {
    this.api = api;
    this.identity = identity;
    this.ownChannels = new OwnChannels(api);
    this.directory = directory;
  }

  /** Finds a channel the bot is in by its name, or any channel it sees by its id. */
  public ChatOutcome<OpenedChannel> find(String nameOrId) {
    String wanted = nameOrId.startsWith("#") ? nameOrId.substring(1) : nameOrId;
    return identity
        .get()
        .match(
            self ->
                CHANNEL_ID.matcher(wanted).matches() ? byId(wanted, self) : byName(wanted, self),
            Failure::outcome);
  }

  private ChatOutcome<OpenedChannel> byId(String id, Identity.Self self) {
    return api.read("conversations.info", client -> client.conversationsInfo(r -> r.channel(id)))
        .outcome(body -> opened(body.getChannel(), self));
  }

  private ChatOutcome<OpenedChannel> byName(String name, Identity.Self self) {
    Optional<String> known = directory.idOf(name);
    if (known.isPresent()) {
      return new ChatOutcome.Done<>(opened(known.get(), name, self));
    }
    return ownChannels
        .find(false, c -> name.equals(c.getName()))
        .match(
            found ->
                found.isEmpty()
                    ? new ChatOutcome.Refused<>(
                        "The bot is in no channel #"
                            + name
                            + ". Type /invite @ and the bot's name there, or configure the"
                            + " channel's id.")
                    : new ChatOutcome.Done<>(opened(found.get(0), self)),
            Failure::outcome);
  }

  /** Renames a channel, with a number when the name is taken. */
  public ChatOutcome<OpenedChannel> rename(ChannelRef channel, String wantedName) {
    String name = ChannelName.legal(wantedName);
    return identity.get().match(self -> rename(channel, name, self), Failure::outcome);
  }

  private ChatOutcome<OpenedChannel> rename(ChannelRef channel, String name, Identity.Self self) {
    for (int n = 1; n < RENAME_TRIES; n++) {
      String tried = ChannelName.tried(name, n);
      Reply<Conversation> reply =
          api.write(
                  "conversations.rename",
                  client -> client.conversationsRename(r -> r.channel(channel.id()).name(tried)))
              .match(body -> new Reply.Got<>(body.getChannel()), Reply.Failed::new);
      if (!reply.failedWith("name_taken")) {
        return reply.outcome(renamed -> opened(renamed, self));
      }
    }
    return new ChatOutcome.Refused<>("Slack has no free name near " + name);
  }

  /** Sets the topic, cut to Slack's limit. */
  public ChatOutcome<Nothing> setTopic(ChannelRef channel, String topic) {
    String line = oneLine(topic);
    return api.write(
            Ask.of("conversations.setTopic", Urgency.NEWS),
            client -> client.conversationsSetTopic(r -> r.channel(channel.id()).topic(line)))
        .done();
  }

  /** Sets the purpose, cut to Slack's limit. */
  public ChatOutcome<Nothing> setPurpose(ChannelRef channel, String purpose) {
    String line = oneLine(purpose);
    return api.write(
            Ask.of("conversations.setPurpose", Urgency.NEWS),
            client -> client.conversationsSetPurpose(r -> r.channel(channel.id()).purpose(line)))
        .done();
  }

  private static String oneLine(String words) {
    String line = words.replaceAll("\\s+", " ").strip();
    return line.length() > LONGEST_TOPIC ? line.substring(0, LONGEST_TOPIC - 1) + "…" : line;
  }

  /** Invites people, together where Slack takes them together, else one by one. */
  public ChatOutcome<List<NotInvited>> invite(ChannelRef channel, List<UserRef> people) {
    List<NotInvited> left = new ArrayList<>();
    List<UserRef> ours = new ArrayList<>();
    for (UserRef person : people) {
      if (person.platform().equals(channel.platform())) {
        ours.add(person);
      } else {
        left.add(new NotInvited(person, "is not on Slack"));
      }
    }
    for (int from = 0; from < ours.size(); from += MOST_INVITED_AT_ONCE) {
      List<UserRef> some = ours.subList(from, Math.min(ours.size(), from + MOST_INVITED_AT_ONCE));
      Optional<Failure> failure = inviteSome(channel, some, left);
      if (failure.isPresent()) {
        return failure.get().outcome();
      }
    }
    return new ChatOutcome.Done<>(List.copyOf(left));
  }

  private Optional<Failure> inviteSome(
      ChannelRef channel, List<UserRef> some, List<NotInvited> left) {
    Optional<Failure> together = inviteCall(channel, some.stream().map(UserRef::id).toList());
    if (together.isEmpty() || endsAll(together.get())) {
      return together;
    }
    if (some.size() == 1) {
      note(some.get(0), together.get(), left);
      return Optional.empty();
    }
    for (UserRef person : some) {
      Optional<Failure> alone = inviteCall(channel, List.of(person.id()));
      if (alone.isPresent() && endsAll(alone.get())) {
        return alone;
      }
      alone.ifPresent(failure -> note(person, failure, left));
    }
    return Optional.empty();
  }

  private Optional<Failure> inviteCall(ChannelRef channel, List<String> ids) {
    return api.write(
            "conversations.invite",
            client -> client.conversationsInvite(r -> r.channel(channel.id()).users(ids)))
        .failure();
  }

  private static boolean endsAll(Failure failure) {
    return switch (failure.kind()) {
      case THROTTLED, TRANSIENT, UNREACHED, AUTH_DEAD -> true;
      default -> CHANNEL_ITSELF.contains(failure.code());
    };
  }

  private static void note(UserRef person, Failure failure, List<NotInvited> left) {
    if (!ALREADY_IN.contains(failure.code())) {
      left.add(new NotInvited(person, InviteRefusal.sentence(failure.code())));
    }
  }

  /** Joins a public channel; a private one is entered by invitation alone. */
  public ChatOutcome<Nothing> join(ChannelRef channel) {
    var reply =
        api.write(
            "conversations.join", client -> client.conversationsJoin(r -> r.channel(channel.id())));
    boolean byInvitation =
        reply.failure().map(Failure::kind).filter(ONLY_BY_INVITATION::contains).isPresent();
    return byInvitation
        ? new ChatOutcome.Refused<>("Type /invite @" + botName() + " in that channel.")
        : reply.done();
  }

  private String botName() {
    return identity.ifKnown().map(Identity.Self::name).orElse("and my name");
  }

  /** Archives a channel. */
  public ChatOutcome<Nothing> archive(ChannelRef channel) {
    directory.forget(channel.id());
    return api.write(
            "conversations.archive",
            client -> client.conversationsArchive(r -> r.channel(channel.id())))
        .done();
  }

  /** Brings an archived channel back. */
  public ChatOutcome<Nothing> unarchive(ChannelRef channel) {
    return api.write(
            "conversations.unarchive",
            client -> client.conversationsUnarchive(r -> r.channel(channel.id())))
        .done();
  }

  /** Puts a link at the head of a channel, once. */
  public ChatOutcome<Nothing> bookmark(ChannelRef channel, String title, String url) {
    return api.read(
            "bookmarks.list", client -> client.bookmarksList(r -> r.channelId(channel.id())))
        .match(
            body ->
                body.getBookmarks() != null
                        && body.getBookmarks().stream().anyMatch(b -> url.equals(b.getLink()))
                    ? ChatOutcome.done()
                    : api.write(
                            "bookmarks.add",
                            client ->
                                client.bookmarksAdd(
                                    r ->
                                        r.channelId(channel.id())
                                            .type("link")
                                            .title(title)
                                            .link(url)))
                        .done(),
            Failure::outcome);
  }

  /** Takes a link from the head of a channel, whoever put it there. */
  public ChatOutcome<Nothing> unbookmark(ChannelRef channel, String url) {
    return api.read(
            "bookmarks.list", client -> client.bookmarksList(r -> r.channelId(channel.id())))
        .match(
            body ->
                body.getBookmarks() == null
                    ? ChatOutcome.done()
                    : body.getBookmarks().stream()
                        .filter(bookmark -> url.equals(bookmark.getLink()))
                        .map(bookmark -> remove(channel, bookmark.getId()))
                        .filter(removed -> !(removed instanceof ChatOutcome.Done))
                        .findFirst()
                        .orElseGet(ChatOutcome::done),
            Failure::outcome);
  }

  /** Slack's {@code not_found}: somebody was faster. */
  private ChatOutcome<Nothing> remove(ChannelRef channel, String bookmark) {
    var reply =
        api.write(
            "bookmarks.remove",
            client -> client.bookmarksRemove(r -> r.channelId(channel.id()).bookmarkId(bookmark)));
    return reply.failedWith("not_found") ? ChatOutcome.done() : reply.done();
  }

  private OpenedChannel opened(Conversation channel, Identity.Self self) {
    String name = channel.getName() == null ? "" : channel.getName();
    if (!channel.isArchived()) {
      directory.note(channel.getId(), name);
    }
    return opened(channel.getId(), name, self);
  }

  private static OpenedChannel opened(String id, String name, Identity.Self self) {
    return new OpenedChannel(new ChannelRef("slack", id), name, self.channelUrl(id));
  }
}

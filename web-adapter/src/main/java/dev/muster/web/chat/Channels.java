// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import static dev.muster.web.chat.Mentions.PLATFORM;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Done;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.ChatOutcome.Refused;
import dev.muster.chat.spi.ChatOutcome.Unknown;
import dev.muster.chat.spi.ChatPlatform.NotInvited;
import dev.muster.chat.spi.Memory.Write;
import dev.muster.chat.spi.OnceKey;
import dev.muster.web.chat.WireChannel.Bookmark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The channels: what the bot may do with them. Any thread may call. */
final class Channels {

  /** Channels that always exist; incidents are announced in the first. */
  static final List<String> ALWAYS = List.of("incidents", "alerts", "general");

  static final String STORE_FAILED = "the store failed; ask again";
  private static final String NO_CHANNEL = "there is no such channel";

  /** Longest name; the last ten characters are kept for a number that makes it unique. */
  private static final int LONGEST_NAME = 80;

  private final ChatRecords records;
  private final LiveStream live;
  private final String publicUrl;

  Channels(ChatRecords records, LiveStream live, String publicUrl) {
    this.records = records;
    this.live = live;
    this.publicUrl = publicUrl;
  }

  /** Makes a public channel of exactly that name, unless there is one. */
  void ensure(String name, String topic) {
    WireChannel channel = fresh(name, new ChannelSpec(name, topic, false));
    ChatRecords.Stored stored =
        records.write(
            List.of(ChatRecords.nameKey(name)),
            List.of(records.write(channel), records.naming(channel)));
    if (stored == ChatRecords.Stored.WRITTEN) {
      live.channel(channel);
    }
  }

  private static WireChannel fresh(String name, ChannelSpec spec) {
    return new WireChannel(
        name, name, spec.topic(), spec.isPrivate(), false, List.of(), List.of(), null);
  }

  Optional<WireChannel> find(String nameOrId) {
    return records.channel(nameOrId).or(() -> records.channelNamed(nameOrId));
  }

  ChatOutcome<OpenedChannel> open(OnceKey key, ChannelSpec spec) {
    String order = ChatRecords.orderKey(key.value());
    String base = legal(spec.wantedName());
    for (int i = 1; ; i++) {
      Optional<WireChannel> made = records.order(key.value()).flatMap(records::channel);
      if (made.isPresent()) {
        return new Done<>(opened(made.get()));
      }
      WireChannel channel = fresh(i == 1 ? base : base + "-" + i, spec);
      List<Write> writes =
          List.of(records.write(channel), records.naming(channel), Write.of(order, channel.id()));
      switch (records.write(List.of(order, ChatRecords.nameKey(channel.name())), writes)) {
        case WRITTEN:
          live.channel(channel);
          return new Done<>(opened(channel));
        case UNKNOWN:
          return new Unknown<>(STORE_FAILED);
        default:
          // The name is taken, or the order was carried out meanwhile: look again.
      }
    }
  }

  static String legal(String wanted) {
    String legal =
        wanted
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_-]+", "-")
            .replaceAll("^[-_]+|[-_]+$", "");
    String cut = legal.substring(0, Math.min(LONGEST_NAME - 10, legal.length()));
    return cut.isEmpty() ? "channel" : cut.replaceAll("[-_]+$", "");
  }

  OpenedChannel opened(WireChannel channel) {
    return new OpenedChannel(new ChannelRef(PLATFORM, channel.id()), channel.name(), url(channel));
  }

  String url(WireChannel channel) {
    return publicUrl + "/chat#/" + channel.name();
  }

  ChatOutcome<OpenedChannel> named(String name) {
    return records
        .channelNamed(name)
        .<ChatOutcome<OpenedChannel>>map(channel -> new Done<>(opened(channel)))
        .orElseGet(() -> new Refused<>(NO_CHANNEL));
  }

  synchronized ChatOutcome<OpenedChannel> rename(ChannelRef ref, String wantedName) {
    Optional<WireChannel> found = records.channel(ref.id());
    if (found.isEmpty()) {
      return new Refused<>(NO_CHANNEL);
    }
    String base = legal(wantedName);
    for (int i = 1; ; i++) {
      WireChannel renamed = found.get().withName(i == 1 ? base : base + "-" + i);
      boolean ours =
          records.channelNamed(renamed.name()).filter(c -> c.id().equals(ref.id())).isPresent();
      List<String> free = ours ? List.of() : List.of(ChatRecords.nameKey(renamed.name()));
      switch (records.write(free, List.of(records.write(renamed), records.naming(renamed)))) {
        case WRITTEN:
          live.renamed(renamed);
          return new Done<>(opened(renamed));
        case UNKNOWN:
          return new Unknown<>(STORE_FAILED);
        default:
          // Somebody else has the name: try the next one.
      }
    }
  }

  ChatOutcome<Nothing> topic(ChannelRef ref, String topic) {
    return change(ref, channel -> channel.withTopic(topic), List.of());
  }

  ChatOutcome<Nothing> archived(ChannelRef ref, boolean archived) {
    return change(ref, channel -> channel.withArchived(archived), List.of());
  }

  ChatOutcome<Nothing> bookmark(ChannelRef ref, String title, String url) {
    return change(
        ref,
        channel -> {
          List<Bookmark> all = new ArrayList<>(channel.bookmarks());
          all.removeIf(bookmark -> bookmark.url().equals(url));
          all.add(new Bookmark(title, url));
          return channel.withBookmarks(all);
        },
        List.of());
  }

  ChatOutcome<Nothing> unbookmark(ChannelRef ref, String url) {
    return change(
        ref,
        channel ->
            channel.withBookmarks(
                channel.bookmarks().stream()
                    .filter(bookmark -> !bookmark.url().equals(url))
                    .toList()),
        List.of());
  }

  ChatOutcome<List<NotInvited>> invite(ChannelRef ref, List<UserRef> people) {
    List<NotInvited> left = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (UserRef user : people) {
      if (user.platform().equals(PLATFORM) && Mentions.isName(user.id())) {
        names.add(user.id());
      } else {
        left.add(new NotInvited(user, "nobody here can have that name"));
      }
    }
    List<Write> writes = names.stream().map(ChatRecords::person).toList();
    return change(ref, channel -> joined(channel, names), writes).map(done -> List.copyOf(left));
  }

  private static WireChannel joined(WireChannel channel, List<String> names) {
    List<String> members = new ArrayList<>(channel.members());
    names.stream().filter(name -> !members.contains(name)).forEach(members::add);
    return channel.withMembers(members);
  }

  ChatOutcome<List<Person>> members(ChannelRef ref) {
    return records
        .channel(ref.id())
        .<ChatOutcome<List<Person>>>map(
            channel -> new Done<>(channel.members().stream().map(Channels::person).toList()))
        .orElseGet(() -> new Refused<>(NO_CHANNEL));
  }

  static Person person(String name) {
    return new Person(new UserRef(PLATFORM, name), name);
  }

  private synchronized ChatOutcome<Nothing> change(
      ChannelRef ref, UnaryOperator<WireChannel> change, List<Write> more) {
    Optional<WireChannel> found = records.channel(ref.id());
    if (found.isEmpty()) {
      return new Refused<>(NO_CHANNEL);
    }
    WireChannel changed = change.apply(found.get());
    List<Write> writes = new ArrayList<>(more);
    writes.add(records.write(changed));
    if (records.write(List.of(), writes) == ChatRecords.Stored.UNKNOWN) {
      return new Unknown<>(STORE_FAILED);
    }
    live.channel(changed);
    return ChatOutcome.done();
  }
}

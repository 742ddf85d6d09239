// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.slack.api.model.Conversation;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.pace.Attempts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Opens channels, each order once, and never takes over a channel that somebody else made. After a
 * lost reply it looks for a channel of the wanted name that the bot itself created since the first
 * attempt and that no other order owns; only when there is none it creates again, and only a name
 * that is certainly a stranger's gets a suffix.
 */
public final class OpeningVerbs {

  /** A channel we created may take this long to show among our channels. */
  private static final Duration SHOWS_WITHIN = Duration.ofMinutes(2);

  /** Our clock and Slack's may differ by this much. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
  private static final int NUMBERED = 9;
  private static final int TRIES = 12;

  private final SlackApi api;
  private final Identity identity;
  private final OwnChannels ownChannels;
  private final Attempts attempts;
  private final Memory memory;
  private final InstantSource clock;
  private final Supplier<String> ids;

  /** Creates the verb. */
  public OpeningVerbs(
      SlackApi api,
      Identity identity,
      Attempts attempts,
      Memory memory,
      InstantSource clock,
      Supplier<String> ids) {
    this.api = api;
    this.identity = identity;
    this.ownChannels = new OwnChannels(api);
    this.attempts = attempts;
    this.memory = memory;
    this.clock = clock;
    this.ids = ids;
  }

  /** Opens a channel, or hands back the one this order opened before. */
  public ChatOutcome<OpenedChannel> open(OnceKey key, ChannelSpec spec) {
    return identity
        .get()
        .match(
            self -> {
              Optional<OpenedChannel> before = remembered(key, self);
              return before.isPresent()
                  ? new ChatOutcome.Done<>(before.get())
                  : findOrCreate(key, spec, self);
            },
            Failure::outcome);
  }

  /**
   * Returns what an operator should know about a channel that did not get the wanted name; empty
   * when it got it. The name of a private channel is not told.
   */
  public static Optional<String> otherName(ChannelSpec spec, OpenedChannel opened) {
    String wanted = ChannelName.legal(spec.wantedName());
    if (opened.name().equals(wanted)) {
      return Optional.empty();
    }
    return Optional.of(
        spec.isPrivate()
            ? "The name of a private incident's channel was taken by a channel that the bot did"
                + " not open. The incident's channel has another name. Ask a workspace admin who"
                + " took it."
            : "The name #"
                + wanted
                + " was taken by a channel that the bot did not open. The incident lives in #"
                + opened.name()
                + ". Ask who took the name: people may look for the incident there.");
  }

  private ChatOutcome<OpenedChannel> findOrCreate(
      OnceKey key, ChannelSpec spec, Identity.Self self) {
    String name = ChannelName.legal(spec.wantedName());
    if (!attempts.mayBeDone(key)) {
      return create(key, spec, name, self, false);
    }
    return lookForOurs(key, name, self)
        .match(
            ours ->
                ours.isPresent()
                    ? opened(key, ours.get(), self)
                    : create(key, spec, name, self, true),
            failure ->
                new ChatOutcome.Unknown<>(
                    "Slack did not let us look whether the channel is there: " + failure.code()));
  }

  private Reply<Optional<Conversation>> lookForOurs(OnceKey key, String name, Identity.Self self) {
    Instant since = key.firstTriedAt().minus(CLOCKS_DIFFER);
    return ownChannels
        .find(
            true,
            c ->
                self.userId().equals(c.getCreator())
                    && ChannelName.madeFrom(name, c.getName())
                    && c.getCreated() != null
                    && !Instant.ofEpochSecond(c.getCreated()).isBefore(since)
                    && memory.get(ownerKey(c.getId())).map(key.value()::equals).orElse(true))
        .match(
            found ->
                new Reply.Got<>(found.stream().min(Comparator.comparing(Conversation::getCreated))),
            Reply.Failed::new);
  }

  private ChatOutcome<OpenedChannel> create(
      OnceKey key, ChannelSpec spec, String name, Identity.Self self, boolean mayBeThere) {
    String wanted = name;
    for (int n = 1; n <= TRIES; n++) {
      Reply<Conversation> reply = create(wanted, spec.isPrivate());
      if (reply instanceof Reply.Got<Conversation> got) {
        return opened(key, got.body(), self);
      }
      Failure failure = reply.failure().orElseThrow();
      if (failure.code().equals("name_taken")) {
        if (mayBeThere && clock.instant().isBefore(key.firstTriedAt().plus(SHOWS_WITHIN))) {
          return new ChatOutcome.RetryLater<>(
              "the name is taken, and it may be by us: looking again", LOOK_AGAIN);
        }
        wanted = n < NUMBERED ? ChannelName.tried(name, n + 1) : name + "-" + random();
      } else if (failure.code().startsWith("invalid_name") && n < NUMBERED) {
        wanted = "incident-" + random();
      } else {
        return failed(key, failure);
      }
    }
    attempts.didNothing(key);
    return new ChatOutcome.Refused<>("Slack has no free name near " + name);
  }

  private Reply<Conversation> create(String name, boolean isPrivate) {
    return api.write(
            "conversations.create",
            client -> client.conversationsCreate(r -> r.name(name).isPrivate(isPrivate)))
        .match(body -> new Reply.Got<>(body.getChannel()), Reply.Failed::new);
  }

  private ChatOutcome<OpenedChannel> failed(OnceKey key, Failure failure) {
    if (failure.kind().nothingDone()) {
      attempts.didNothing(key);
    }
    return failure.outcome();
  }

  private ChatOutcome<OpenedChannel> opened(OnceKey key, Conversation channel, Identity.Self self) {
    memory.put(
        List.of(
            Memory.Write.of(openedKey(key), channel.getId() + "|" + channel.getName()),
            Memory.Write.of(ownerKey(channel.getId()), key.value())));
    return new ChatOutcome.Done<>(opened(channel.getId(), channel.getName(), self));
  }

  private Optional<OpenedChannel> remembered(OnceKey key, Identity.Self self) {
    return memory
        .get(openedKey(key))
        .map(value -> value.split("\\|", 2))
        .map(parts -> opened(parts[0], parts[1], self));
  }

  private String random() {
    String id = ids.get().toLowerCase(Locale.ROOT);
    return id.substring(Math.max(0, id.length() - 6));
  }

  /** Slack takes topic and purpose by calls of their own. */
  private static OpenedChannel opened(String id, String name, Identity.Self self) {
    return new OpenedChannel(new ChannelRef("slack", id), name, self.channelUrl(id), false);
  }

  private static String openedKey(OnceKey key) {
    return "opened/" + key.value();
  }

  private static String ownerKey(String channelId) {
    return "owner/" + channelId;
  }
}

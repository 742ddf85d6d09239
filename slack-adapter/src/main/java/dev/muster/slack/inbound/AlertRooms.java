// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.slack.api.model.Conversation;
import com.slack.api.model.ConversationType;
import dev.muster.chat.spi.AlertChannel;
import dev.muster.slack.client.ChannelDirectory;
import dev.muster.slack.client.ChannelPage;
import dev.muster.slack.client.Identity;
import dev.muster.slack.client.Reply;
import dev.muster.slack.client.SlackApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sees to it that the bot is in the channels it is to read alerts in: public ones are joined where
 * that was granted, for all others somebody has to invite the bot. One thread at a time.
 */
public final class AlertRooms {

  private static final Pattern CHANNEL_ID = Pattern.compile("[CG][A-Z0-9]{5,30}");

  private static final String JOIN = "channels:join";

  private final SlackApi api;
  private final Identity identity;
  private final ChannelDirectory directory;
  private final Supplier<List<String>> written;
  private List<String> entered = List.of();

  /**
   * Creates the watch over channels.
   *
   * @param written names or ids, with or without a number sign, as they are in force
   */
  public AlertRooms(
      SlackApi api, Identity identity, ChannelDirectory directory, Supplier<List<String>> written) {
    this.api = api;
    this.identity = identity;
    this.directory = directory;
    this.written = written;
  }

  private String invitation() {
    return "/invite @" + identity.calledName();
  }

  private List<String> wanted() {
    return written.get().stream()
        .map(name -> name.startsWith("#") ? name.substring(1) : name)
        .toList();
  }

  /** Returns whether other channels are wanted than when they were last entered. */
  public boolean areOthers() {
    return !wanted().equals(entered);
  }

  /** Returns what is wrong, asking Slack and changing nothing. */
  public List<AlertChannel> looked() {
    if (!wanted().isEmpty()) {
      directory.refresh();
    }
    return look();
  }

  private List<AlertChannel> look() {
    return wanted().stream()
        .map(
            channel ->
                new AlertChannel(
                    channel, isInside(channel) ? Optional.empty() : Optional.of(invite(channel))))
        .toList();
  }

  /** Joins what can be joined and returns what is left; empty while Slack does not answer. */
  public Optional<List<AlertChannel>> enter() {
    List<String> wanted = wanted();
    entered = wanted;
    List<String> outside = wanted.stream().filter(channel -> !isInside(channel)).toList();
    if (outside.isEmpty()) {
      return Optional.of(look());
    }
    Reply<Map<String, String>> open = publicChannels(outside);
    if (open.failure().isPresent()) {
      return Optional.empty();
    }
    Map<String, String> ids = ((Reply.Got<Map<String, String>>) open).body();
    List<AlertChannel> findings = new ArrayList<>();
    for (String channel : wanted) {
      findings.add(
          new AlertChannel(channel, isInside(channel) ? Optional.empty() : enter(channel, ids)));
    }
    return Optional.of(findings);
  }

  private boolean isInside(String channel) {
    return directory.idOf(channel).isPresent() || !directory.nameOf(channel).isEmpty();
  }

  private Optional<String> enter(String channel, Map<String, String> open) {
    Optional<String> id = Optional.ofNullable(open.get(channel));
    if (id.isEmpty()) {
      return Optional.of(
          "Alerts in "
              + shown(channel)
              + " are not read: there is no such public channel. Create it, or mend"
              + " platforms.slack.alert-channels; in a private one type "
              + invitation()
              + ".");
    }
    boolean granted = identity.ifKnown().filter(me -> me.scopes().contains(JOIN)).isPresent();
    boolean joined = granted && join(id.get());
    if (joined) {
      directory.note(id.get(), nameIn(open, channel, id.get()));
    }
    return joined ? Optional.empty() : Optional.of(invite(channel));
  }

  private static String nameIn(Map<String, String> open, String channel, String id) {
    return open.entrySet().stream()
        .filter(entry -> entry.getValue().equals(id) && !entry.getKey().equals(id))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(channel);
  }

  private boolean join(String id) {
    return api.write("conversations.join", client -> client.conversationsJoin(r -> r.channel(id)))
        .failure()
        .isEmpty();
  }

  private String invite(String channel) {
    return "Invite the bot to "
        + shown(channel)
        + ": "
        + invitation()
        + ". Until then alerts there are not read.";
  }

  private static String shown(String channel) {
    return CHANNEL_ID.matcher(channel).matches() ? "the channel " + channel : "#" + channel;
  }

  /** Returns the ids of the wanted public channels, by name and by id. */
  private Reply<Map<String, String>> publicChannels(List<String> names) {
    return ChannelPage.all(
            this::page, c -> names.contains(c.getName()) || names.contains(c.getId()))
        .match(found -> new Reply.Got<>(ids(found)), Reply.Failed::new);
  }

  private static Map<String, String> ids(List<Conversation> found) {
    Map<String, String> ids =
        found.stream()
            .collect(Collectors.toMap(Conversation::getName, Conversation::getId, (a, b) -> a));
    found.forEach(channel -> ids.put(channel.getId(), channel.getId()));
    return ids;
  }

  private Reply<ChannelPage> page(String cursor) {
    return api.read(
            "conversations.list",
            client ->
                client.conversationsList(
                    r ->
                        r.types(List.of(ConversationType.PUBLIC_CHANNEL))
                            .excludeArchived(true)
                            .limit(ChannelPage.SIZE)
                            .cursor(cursor)))
        .match(
            body -> new Reply.Got<>(ChannelPage.of(body.getChannels(), body.getResponseMetadata())),
            Reply.Failed::new);
  }
}

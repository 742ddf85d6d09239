// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.slack.api.model.Conversation;
import dev.muster.chat.OpenedChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of the channels the bot is in. Slack's events carry ids alone, and asking for the name
 * while Slack waits for its acknowledgement would be too slow; so the names are read at the start
 * and kept by what is heard afterwards. Any thread may call.
 */
public final class ChannelDirectory {

  private final OwnChannels ownChannels;
  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final Set<String> strangers = new HashSet<>();
  private int openings;

  /** Creates an empty directory. */
  public ChannelDirectory(SlackApi api) {
    this.ownChannels = new OwnChannels(api);
  }

  /**
   * Reads all names anew; when Slack does not answer, what was known stays. So does what was heard
   * while Slack was read, page by page: it is newer.
   */
  public void refresh() {
    Map<String, String> before = Map.copyOf(names);
    Reply<List<Conversation>> reply = ownChannels.find(false, c -> c.getName() != null);
    if (reply instanceof Reply.Got<List<Conversation>> got) {
      Map<String, String> read = new HashMap<>();
      got.body().forEach(channel -> read.put(channel.getId(), channel.getName()));
      Set<String> ids = new HashSet<>(before.keySet());
      ids.addAll(read.keySet());
      ids.forEach(
          id ->
              names.compute(
                  id, (each, now) -> Objects.equals(now, before.get(id)) ? read.get(id) : now));
    }
  }

  /**
   * Notes that a channel is being made: Slack says that the bot was added to it before it says the
   * channel's id.
   */
  public synchronized void opening() {
    openings++;
  }

  /**
   * Notes what came of it.
   *
   * @param made the channel; empty when there is none
   * @return whether the bot was meanwhile added to others, so that names have to be read
   */
  public synchronized boolean opened(Optional<OpenedChannel> made) {
    made.ifPresent(channel -> note(channel.channel().id(), channel.name()));
    openings--;
    strangers.removeIf(names::containsKey);
    boolean others = openings == 0 && !strangers.isEmpty();
    if (others) {
      strangers.clear();
    }
    return others;
  }

  /**
   * Notes that the bot was added to a channel.
   *
   * @return whether names have to be read; not of a channel that we made or are making
   */
  public synchronized boolean isStrange(String id) {
    if (names.containsKey(id)) {
      return false;
    }
    if (openings > 0) {
      strangers.add(id);
    }
    return openings == 0;
  }

  /** Notes the name of a channel. */
  public void note(String id, String name) {
    if (!id.isEmpty() && !name.isEmpty()) {
      names.put(id, name);
    }
  }

  /** Forgets a channel that is gone or closed. */
  public void forget(String id) {
    names.remove(id);
  }

  /** Returns a channel's name; empty text when it is not known. */
  public String nameOf(String id) {
    return names.getOrDefault(id, "");
  }

  /** Returns whether a channel is among these names and ids. */
  public boolean isAnyOf(String id, List<String> namesOrIds) {
    return namesOrIds.contains(id) || namesOrIds.contains(nameOf(id));
  }

  /** Returns the channel of that name, if the bot is known to be in one. */
  public Optional<String> idOf(String name) {
    return names.entrySet().stream()
        .filter(channel -> channel.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}

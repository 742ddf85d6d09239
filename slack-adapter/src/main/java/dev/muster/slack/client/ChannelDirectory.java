// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.slack.api.model.Conversation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of the channels the bot is in. Slack's events carry ids alone, and asking for the name
 * while Slack waits for its acknowledgement would be too slow; so the names are read at the start
 * and kept by what is heard afterwards. Any thread may call.
 */
public final class ChannelDirectory {

  private final OwnChannels ownChannels;
  private final Map<String, String> names = new ConcurrentHashMap<>();

  /** Creates an empty directory. */
  public ChannelDirectory(SlackApi api) {
    this.ownChannels = new OwnChannels(api);
  }

  /** Reads all names anew; when Slack does not answer, what was known stays. */
  public void refresh() {
    Reply<List<Conversation>> reply = ownChannels.find(false, c -> c.getName() != null);
    if (reply instanceof Reply.Got<List<Conversation>> got) {
      names.clear();
      got.body().forEach(channel -> names.put(channel.getId(), channel.getName()));
    }
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

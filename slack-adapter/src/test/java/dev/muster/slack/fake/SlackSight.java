// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The workspace as its members see it. Any thread may look. */
public final class SlackSight {

  private final Workspace workspace;

  SlackSight(Workspace workspace) {
    this.workspace = workspace;
  }

  private <T> T alone(Supplier<T> question) {
    synchronized (workspace) {
      return question.get();
    }
  }

  /** Returns a channel, by id or name. */
  public Optional<ChannelNow> channel(String nameOrId) {
    return alone(() -> workspace.find(nameOrId).map(SlackSight::now));
  }

  /** Returns every channel, oldest first, direct conversations left out. */
  public List<ChannelNow> channels() {
    return alone(
        () ->
            workspace.channels.values().stream()
                .filter(c -> !c.isIm)
                .map(SlackSight::now)
                .toList());
  }

  private static ChannelNow now(FakeConversation c) {
    return new ChannelNow(
        c.id,
        c.name,
        c.topic,
        c.purpose,
        c.creator,
        c.isPrivate,
        c.archived,
        c.members.stream().filter(member -> !member.equals(Workspace.BOT_USER)).toList(),
        new LinkedHashMap<>(c.bookmarks));
  }

  /** Returns what every member of a channel sees, oldest first; none when there is no channel. */
  public List<Posted> messages(String nameOrId) {
    return alone(
        () ->
            workspace.find(nameOrId).stream()
                .flatMap(c -> c.messages.stream().map(m -> shown(c, m, false)))
                .toList());
  }

  /** Returns what one person sees and others do not, oldest first. */
  public List<Posted> toldTo(String person) {
    return alone(
        () -> {
          String user = workspace.user(person);
          List<Posted> told = new ArrayList<>();
          workspace.ephemerals.stream()
              .filter(e -> e.user().equals(user))
              .map(e -> shown(workspace.channels.get(e.channel()), e.message(), true))
              .forEach(told::add);
          workspace.channels.values().stream()
              .filter(c -> c.isIm && c.members.contains(user))
              .flatMap(c -> c.messages.stream().map(m -> shown(c, m, false)))
              .forEach(told::add);
          return told;
        });
  }

  /** Returns the modals that stand open for a person, the newest last. */
  public List<OpenWindow> windowsOf(String person) {
    return alone(
        () ->
            workspace.views.values().stream()
                .filter(v -> owner(v).equals(workspace.user(person)))
                .map(v -> new OpenWindow(v.path("id").asText(), v.deepCopy()))
                .toList());
  }

  private String owner(JsonNode view) {
    return workspace.viewOwners.getOrDefault(view.path("id").asText(), "");
  }

  /** Returns a person's Home tab as it was sent. */
  public Optional<JsonNode> homeOf(String person) {
    return alone(
        () ->
            Optional.ofNullable(workspace.homes.get(workspace.user(person)))
                .map(ObjectNode::deepCopy));
  }

  /** Returns what can be read on a person's Home tab. */
  public Optional<Posted> home(String person) {
    return homeOf(person).map(view -> alone(() -> read("", view, "", false, false)));
  }

  /** Returns a message as it was sent. */
  public Optional<JsonNode> raw(String nameOrId, String ts) {
    return alone(
        () -> workspace.find(nameOrId).flatMap(c -> c.message(ts)).map(ObjectNode::deepCopy));
  }

  /** Returns a person's id. */
  public String idOf(String person) {
    return alone(() -> workspace.user(person));
  }

  private Posted shown(FakeConversation channel, JsonNode message, boolean ephemeral) {
    String ts = message.path("ts").asText();
    return read(channel.id, message, ts, channel.pins.contains(ts), ephemeral);
  }

  private Posted read(
      String channel, JsonNode message, String ts, boolean pinned, boolean ephemeral) {
    Reading reading = new Reading(message, Map.copyOf(workspace.users));
    return new Posted(
        channel,
        ts,
        message.path("user").asText(Workspace.BOT_USER),
        reading.words(),
        reading.buttons(),
        reading.notified(),
        Optional.of(message.path("thread_ts").asText()).filter(root -> !root.isEmpty()),
        message.path("reactions").findValuesAsText("name"),
        pinned,
        ephemeral);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.UserRef;
import dev.muster.slack.client.FormMark;
import dev.muster.testkit.ShownChannel;
import dev.muster.testkit.ShownForm;
import dev.muster.testkit.ShownMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The workspace as its members see it. Callers lock the workspace. */
final class WorkspaceView {

  private final Workspace workspace;

  WorkspaceView(Workspace workspace) {
    this.workspace = workspace;
  }

  Optional<ShownChannel> look(String id) {
    return Optional.ofNullable(workspace.channels.get(id))
        .map(
            c ->
                new ShownChannel(
                    c.name,
                    c.topic,
                    c.isPrivate,
                    c.archived,
                    c.members.stream()
                        .filter(member -> !member.equals(Workspace.BOT_USER))
                        .map(member -> new UserRef("slack", member))
                        .toList(),
                    List.copyOf(c.bookmarks.keySet())));
  }

  List<ShownMessage> messages(String id) {
    FakeChannel channel = workspace.channels.get(id);
    return channel.messages.stream().map(m -> shown(channel, m)).toList();
  }

  private ShownMessage shown(FakeChannel channel, JsonNode message) {
    Reading reading = new Reading(message, workspace.users);
    String user = message.path("user").asText(Workspace.BOT_USER);
    String ts = message.path("ts").asText();
    return new ShownMessage(
        new MessageRef(new ChannelRef("slack", channel.id), ts),
        Optional.of(user)
            .filter(id -> !id.equals(Workspace.BOT_USER))
            .map(id -> new UserRef("slack", id)),
        reading.words(),
        reading.tokens(),
        reading.notified().stream().map(id -> new UserRef("slack", id)).toList(),
        Optional.of(message.path("thread_ts").asText()).filter(root -> !root.isEmpty()),
        message.path("reactions").findValuesAsText("name"),
        channel.pins.contains(ts));
  }

  /** What is for one person's eyes, and what was said to them directly. */
  List<ShownMessage> toldTo(String user) {
    List<ShownMessage> told = new ArrayList<>();
    workspace.ephemerals.stream()
        .filter(e -> e.user().equals(user))
        .map(e -> shown(workspace.channels.get(e.channel()), e.message()))
        .forEach(told::add);
    workspace.channels.values().stream()
        .filter(c -> c.isIm && c.members.contains(user))
        .flatMap(c -> c.messages.stream().map(m -> shown(c, m)))
        .forEach(told::add);
    return told;
  }

  List<ShownForm> formsOpenFor(String user) {
    return workspace.views.values().stream()
        .filter(view -> isOwn(view, user))
        .map(
            view ->
                new ShownForm(
                    markOf(view).token(),
                    view.path("title").path("text").asText(),
                    view.path("blocks").findValuesAsText("block_id").stream()
                        .map(id -> id.substring(2))
                        .toList()))
        .toList();
  }

  ObjectNode form(String user, String token) {
    return workspace.views.values().stream()
        .filter(view -> isOwn(view, user) && markOf(view).token().equals(token))
        .findFirst()
        .orElseThrow();
  }

  private boolean isOwn(JsonNode view, String user) {
    return user.equals(workspace.viewOwners.get(view.path("id").asText()));
  }

  private static FormMark markOf(JsonNode view) {
    return FormMark.read(view.path("private_metadata").asText());
  }
}

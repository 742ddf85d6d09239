// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pins, reactions and bookmarks. Slack documentation: pins.add answers {@code already_pinned},
 * pins.remove {@code no_pin}, 100 pins in a channel; reactions.add {@code already_reacted}, 23
 * kinds on a message; bookmarks.remove answers {@code not_found}; bookmarks.add takes a title of
 * 256 and an http link of 2,048 characters, 100 in a channel.
 */
final class MarkMethods {

  private static final int MOST_PINS = 100;
  private static final int MOST_REACTIONS = 23;
  private static final int MOST_BOOKMARKS = 100;

  private final Workspace workspace;

  MarkMethods(Workspace workspace) {
    this.workspace = workspace;
  }

  void addTo(Map<String, Function<Call, ObjectNode>> methods) {
    methods.put("pins.add", this::pin);
    methods.put("pins.remove", this::unpin);
    methods.put("pins.list", this::pins);
    methods.put("reactions.add", this::react);
    methods.put("reactions.remove", this::takeBack);
    methods.put("bookmarks.list", this::bookmarks);
    methods.put("bookmarks.add", this::bookmark);
    methods.put("bookmarks.remove", this::unbookmark);
  }

  private FakeConversation joined(String id) {
    FakeConversation channel = workspace.channel(id);
    SlackError.when(channel.archived, "is_archived");
    SlackError.when(
        !channel.isIm && !channel.members.contains(Workspace.BOT_USER), "not_in_channel");
    return channel;
  }

  private ObjectNode message(Call call) {
    Optional<ObjectNode> message = joined(call.get("channel")).message(call.get("timestamp"));
    SlackError.when(message.isEmpty(), "message_not_found");
    return message.get();
  }

  private ObjectNode pin(Call call) {
    FakeConversation channel = joined(call.get("channel"));
    String ts = message(call).path("ts").asText();
    SlackError.when(channel.pins.contains(ts), "already_pinned");
    SlackError.when(channel.pins.size() >= MOST_PINS, "too_many_pins");
    channel.pins.add(ts);
    workspace.did("pinned " + ts + " in " + channel.id);
    workspace.emit(workspace.payloads.pinned(Workspace.BOT_USER, channel, message(call)));
    return Call.object();
  }

  private ObjectNode unpin(Call call) {
    SlackError.when(!joined(call.get("channel")).pins.remove(call.get("timestamp")), "no_pin");
    workspace.did("unpinned " + call.get("timestamp"));
    return Call.object();
  }

  private ObjectNode pins(Call call) {
    ObjectNode answer = Call.object();
    ArrayNode items = answer.putArray("items");
    FakeConversation channel = workspace.channel(call.get("channel"));
    for (String ts : channel.pins) {
      channel.message(ts).ifPresent(m -> items.addObject().set("message", m.deepCopy()));
    }
    return answer;
  }

  private ObjectNode react(Call call) {
    ObjectNode message = message(call);
    String name = call.get("name");
    SlackError.when(!name.matches("[a-z0-9_+'-]{1,100}"), "invalid_name");
    JsonNode reactions = message.path("reactions");
    boolean isNew = !reactions.findValuesAsText("name").contains(name);
    SlackError.when(isNew && reactions.size() >= MOST_REACTIONS, "too_many_emoji");
    SlackError.when(!FakeReactions.set(message, Workspace.BOT_USER, name, true), "already_reacted");
    workspace.did("reacted " + name + " to " + call.get("timestamp"));
    workspace.emit(
        workspace.payloads.reaction(
            "reaction_added",
            Workspace.BOT_USER,
            call.get("channel"),
            call.get("timestamp"),
            name));
    return Call.object();
  }

  private ObjectNode takeBack(Call call) {
    String name = call.get("name");
    SlackError.when(
        !FakeReactions.set(message(call), Workspace.BOT_USER, name, false), "no_reaction");
    workspace.did("took back " + name + " from " + call.get("timestamp"));
    return Call.object();
  }

  private ObjectNode bookmarks(Call call) {
    ObjectNode answer = Call.object();
    ArrayNode list = answer.putArray("bookmarks");
    workspace
        .channel(call.get("channel_id"))
        .bookmarks
        .forEach(
            (link, title) ->
                list.addObject().put("id", "Bk" + link).put("title", title).put("link", link));
    return answer;
  }

  private ObjectNode unbookmark(Call call) {
    FakeConversation channel = joined(call.get("channel_id"));
    String link = call.get("bookmark_id").replaceFirst("^Bk", "");
    SlackError.when(channel.bookmarks.remove(link) == null, "not_found");
    workspace.did("unbookmarked " + link + " in " + channel.id);
    return Call.object();
  }

  /** Slack keeps two bookmarks with one link apart; the second is what a test must see. */
  private ObjectNode bookmark(Call call) {
    FakeConversation channel = joined(call.get("channel_id"));
    String link = call.get("link");
    SlackError.when(!link.matches("https?://.+") || link.length() > 2_048, "invalid_link");
    SlackError.when(call.get("title").length() > 256, "invalid_arguments", "title");
    SlackError.when(channel.bookmarks.size() >= MOST_BOOKMARKS, "too_many_bookmarks");
    String kept = channel.bookmarks.containsKey(link) ? link + "#again" : link;
    channel.bookmarks.put(kept, call.get("title"));
    workspace.did("bookmarked " + link + " in " + channel.id);
    ObjectNode answer = Call.object();
    answer.putObject("bookmark").put("title", call.get("title")).put("link", link);
    return answer;
  }
}

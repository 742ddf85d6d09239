// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is done to the workspace itself, by people with the right to: channels renamed, closed,
 * deleted, shared, people and the bot taken out. The app hears of it as Slack tells it, see the
 * documentation of each event.
 */
public final class SlackOffice {

  private final FakeSlack slack;
  private final Workspace workspace;
  private final SlackPeople people;

  /** Opens the office of the workspace in which {@code people} act. */
  public SlackOffice(FakeSlack slack, SlackPeople people) {
    this.slack = slack;
    this.workspace = slack.workspace;
    this.people = people;
  }

  private <T> T alone(Supplier<T> work) {
    synchronized (workspace) {
      return work.get();
    }
  }

  private FakeConversation of(String nameOrId) {
    return workspace
        .find(nameOrId)
        .orElseThrow(() -> new AssertionError("there is no channel " + nameOrId));
  }

  private ObjectNode event(String type) {
    return Call.object().put("type", type).put("event_ts", workspace.nextTs());
  }

  private void tell(Supplier<ObjectNode> happening) {
    people.event(happening);
  }

  /** Returns a channel as Slack describes it. */
  public JsonNode channel(String nameOrId) {
    return alone(() -> of(nameOrId).json());
  }

  /** Returns the links at the head of a channel. */
  public List<String> bookmarks(String nameOrId) {
    return alone(() -> List.copyOf(of(nameOrId).bookmarks.keySet()));
  }

  /** Lets a person rename a channel. */
  public void renames(String person, String channel, String name) {
    tell(
        () -> {
          FakeConversation renamed = of(channel);
          renamed.name = name;
          ObjectNode event = event("channel_rename");
          event.putObject("channel").put("id", renamed.id).put("name", name);
          return event;
        });
  }

  /** Lets a person archive a channel. */
  public void archives(String person, String channel) {
    tell(
        () -> {
          of(channel).archived = true;
          return event("channel_archive")
              .put("channel", of(channel).id)
              .put("user", workspace.user(person));
        });
  }

  /** Archives a channel in a way that the app does not hear of. */
  public void archivesSilently(String channel) {
    alone(() -> of(channel).archived = true);
  }

  /** Lets a person delete a channel. */
  public void deletes(String person, String channel) {
    tell(
        () -> {
          FakeConversation gone = of(channel);
          workspace.channels.remove(gone.id);
          return event("channel_deleted").put("channel", gone.id);
        });
  }

  /** Takes the bot out of a channel. */
  public void takesBotOut(String channel) {
    tell(
        () -> {
          FakeConversation left = of(channel);
          left.members.remove(Workspace.BOT_USER);
          return event("member_left_channel")
              .put("user", Workspace.BOT_USER)
              .put("channel", left.id)
              .put("channel_type", left.isPrivate ? "G" : "C")
              .put("team", Workspace.TEAM);
        });
  }

  /** Gives a channel another identifier and returns it. */
  public String changesId(String channel) {
    String[] moved = new String[1];
    tell(
        () -> {
          FakeConversation old = of(channel);
          workspace.channels.remove(old.id);
          FakeConversation now =
              workspace.newChannel(old.name, old.creator, FakeConversation.Kind.PUBLIC);
          now.members.addAll(old.members);
          now.messages.addAll(old.messages);
          now.pins.addAll(old.pins);
          moved[0] = now.id;
          return event("channel_id_changed")
              .put("old_channel_id", old.id)
              .put("new_channel_id", now.id);
        });
    return moved[0];
  }

  /** Shares a channel with another organisation. */
  public void shares(String channel) {
    tell(
        () ->
            event("channel_shared")
                .put("channel", of(channel).id)
                .put("connected_team_id", "T0OTHER01"));
  }

  /**
   * Lets a person share a file of another workspace: the message tells its identifier alone, and
   * files.info the rest. Slack documentation: file objects, {@code file_access}.
   */
  public String sharesForeignFile(String person, String channel, String name) {
    String id = alone(() -> workspace.nextId("F0"));
    tell(
        () -> {
          FakeConversation where = of(channel);
          workspace.files.put(
              id,
              Call.object()
                  .put("id", id)
                  .put("name", name)
                  .put("mimetype", "text/plain")
                  .put("size", 4_711)
                  .put("permalink", "https://other.slack.com/files/" + id));
          ObjectNode message =
              workspace.newMessage(where, workspace.user(person), "", Optional.empty());
          message.put("subtype", "file_share");
          message.putArray("files").addObject().put("id", id).put("file_access", "check_file_info");
          return workspace.payloads.message(where, message);
        });
    return id;
  }

  /** Deactivates a person. */
  public void deactivates(String person) {
    tell(
        () -> {
          ObjectNode event = event("user_change");
          event
              .putObject("user")
              .put("id", workspace.user(person))
              .put("team_id", Workspace.TEAM)
              .put("name", person)
              .put("deleted", true);
          return event;
        });
  }

  /** Takes the app out of the workspace: its token is dead, and Slack says so. */
  public void uninstalls() {
    slack.killToken("account_inactive");
    tell(() -> event("app_uninstalled"));
    tellsOfRevocation();
  }

  /** Tells the app that its token was revoked; whether it still works is another matter. */
  public void tellsOfRevocation() {
    tell(
        () -> {
          ObjectNode event = event("tokens_revoked");
          event.putObject("tokens").putArray("bot").add(Workspace.BOT_USER);
          return event;
        });
  }
}

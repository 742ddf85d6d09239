// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.teams.client.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes activities as Teams pushes them, from what people do in the fake tenant. */
public final class Payloads {

  /** The bot's mention as people type it. */
  public static final String BOT_MENTION = "<at>Incident Bot</at>";

  private static final String BOT = "28:" + FakeTenant.APP;

  private final FakeTeams teams;

  /** Creates a writer over a fake. */
  public Payloads(FakeTeams teams) {
    this.teams = teams;
  }

  /** Returns what all activities have. */
  public ObjectNode activity(
      String type, FakePerson who, FakeConversation where, Optional<String> root) {
    ObjectNode node =
        Json.object()
            .put("type", type)
            .put("id", UUID.randomUUID().toString())
            .put("timestamp", stamp(teams.tenant().now()))
            .put("serviceUrl", teams.serviceUrl())
            .put("channelId", "msteams")
            .put("locale", "tr-TR");
    node.set("from", who.account());
    node.putObject("recipient").put("id", BOT).put("name", "Incident Bot");
    node.putObject("conversation")
        .put("isGroup", !where.kind().equals("personal"))
        .put("conversationType", where.kind())
        .put("tenantId", FakeTenant.TENANT)
        .put("id", where.id() + root.map(r -> ";messageid=" + r).orElse(""));
    ObjectNode teamsPart = node.putObject("channelData");
    teamsPart.putObject("tenant").put("id", FakeTenant.TENANT);
    if (where.kind().equals("channel")) {
      teamsPart.putObject("team").put("id", FakeTenant.TEAM);
      teamsPart.putObject("channel").put("id", where.id());
    }
    return node;
  }

  /** Teams leaves the fraction out when it is zero, which the SDK cannot read. */
  private static String stamp(Instant at) {
    return at.toString();
  }

  /** Returns the push of a message that stands in the tenant. */
  public ObjectNode message(FakeMessage message, FakeConversation where) {
    FakePerson who = message.author().orElseThrow();
    Optional<String> root =
        where.kind().equals("channel")
            ? Optional.of(message.root().orElse(message.id()))
            : Optional.empty();
    ObjectNode node = activity("message", who, where, root);
    String text = message.activity().path("text").asText("");
    node.put("id", message.id()).put("text", text).put("textFormat", "plain");
    // "User messages always contain one text/html attachment"; files are not described.
    node.putArray("attachments")
        .addObject()
        .put("contentType", "text/html")
        .put("content", message.html());
    node.putArray("entities");
    if (text.contains(BOT_MENTION)) {
      mention(node, BOT_MENTION, BOT, "Incident Bot");
    }
    for (FakePerson person : teams.tenant().people()) {
      String tag = "<at>" + person.name() + "</at>";
      if (text.contains(tag)) {
        mention(node, tag, person.botUser(), person.name());
      }
    }
    return node;
  }

  private static void mention(ObjectNode node, String text, String id, String name) {
    node.withArrayProperty("entities")
        .addObject()
        .put("type", "mention")
        .put("text", text)
        .putObject("mentioned")
        .put("id", id)
        .put("name", name);
  }

  /** Returns the push of an edit: the whole new text under the old id. */
  public ObjectNode edit(FakeMessage message, FakeConversation where) {
    ObjectNode node = message(message, where).put("type", "messageUpdate");
    node.withObjectProperty("channelData").put("eventType", "editMessage");
    return node;
  }

  /** Returns the push of a deletion: no text. */
  public ObjectNode deletion(FakeMessage message, FakeConversation where) {
    ObjectNode node = message(message, where).put("type", "messageDelete");
    node.remove(List.of("text", "entities"));
    node.withObjectProperty("channelData").put("eventType", "softDeleteMessage");
    return node;
  }

  /** Returns the push of a reaction given or taken back. */
  public ObjectNode reaction(
      FakePerson who, FakeMessage message, FakeConversation where, String list, String type) {
    ObjectNode node =
        activity("messageReaction", who, where, Optional.of(message.root().orElse(message.id())));
    node.put("replyToId", message.id());
    node.putArray(list).addObject().put("type", type);
    return node;
  }

  /** Returns the push of the app being added to the team; it names the team's group. */
  public ObjectNode installed() {
    FakeConversation general = teams.tenant().conversation(FakeTenant.TEAM).orElseThrow();
    FakePerson admin = new FakePerson("admin", "99999999-0000-4000-8000-000000000000", "29:admin");
    ObjectNode node = activity("conversationUpdate", admin, general, Optional.empty());
    node.putArray("membersAdded").addObject().put("id", BOT);
    ObjectNode part = node.withObjectProperty("channelData").put("eventType", "teamMemberAdded");
    part.withObjectProperty("team").put("aadGroupId", FakeTenant.GROUP);
    return node;
  }

  /** Returns what Teams tells of a channel in the conversation of its team. */
  public ObjectNode channelEvent(String eventType, FakePerson who, FakeConversation channel) {
    ObjectNode node = teamEvent(eventType, who);
    ObjectNode part = node.withObjectProperty("channelData");
    part.putObject("channel").put("id", channel.id()).put("name", channel.name());
    return node;
  }

  /** Returns what Teams tells of the team, such as {@code teamArchived}. */
  public ObjectNode teamEvent(String eventType, FakePerson who) {
    FakeConversation general = teams.tenant().conversation(FakeTenant.TEAM).orElseThrow();
    ObjectNode node = activity("conversationUpdate", who, general, Optional.empty());
    ObjectNode part = node.withObjectProperty("channelData").put("eventType", eventType);
    part.remove("channel");
    part.withObjectProperty("team").put("name", "SRE");
    return node;
  }

  /** Returns the push of somebody being taken out of the team. */
  public ObjectNode left(FakePerson who) {
    ObjectNode node = teamEvent("teamMemberRemoved", who);
    node.putArray("membersRemoved").add(who.account());
    return node;
  }

  /** Returns the push of the app being taken out of the team. */
  public ObjectNode botOut(FakePerson who) {
    ObjectNode node = teamEvent("teamMemberRemoved", who);
    node.putArray("membersRemoved").addObject().put("id", BOT);
    return node;
  }

  /** Returns the push of the app being added or removed, {@code add} or {@code remove}. */
  public ObjectNode installation(String action, FakePerson who, FakeConversation where) {
    ObjectNode node = activity("installationUpdate", who, where, Optional.empty());
    return node.put("action", action);
  }

  /** Returns the push of somebody joining the team; it names both of their ids. */
  public ObjectNode joined(FakePerson who) {
    ObjectNode node = installed();
    node.putArray("membersAdded").add(who.account());
    return node;
  }

  /** Returns the invoke of a card's button. */
  public ObjectNode press(
      FakePerson who, FakeConversation where, Optional<FakeMessage> on, JsonNode data) {
    Optional<String> root =
        where.kind().equals("channel") ? on.map(m -> m.root().orElse(m.id())) : Optional.empty();
    ObjectNode node = activity("invoke", who, where, root).put("name", "adaptiveCard/action");
    on.ifPresent(m -> node.put("replyToId", m.id()));
    ObjectNode action = node.putObject("value").putObject("action");
    action.put("type", "Action.Execute").put("verb", "press").set("data", data);
    return node;
  }

  /**
   * Returns the invoke by which a client asks for its own card: "automatic per-user refresh when
   * they view"; with the action that the card names.
   */
  public ObjectNode looks(FakePerson who, FakeConversation where, FakeMessage on) {
    ObjectNode node = press(who, where, Optional.of(on), Json.object());
    ObjectNode value = node.withObjectProperty("value").put("trigger", "automatic");
    value.set("action", on.activity().at("/attachments/0/content/refresh/action"));
    return node;
  }

  /** Returns the invoke of a dialog, {@code task/fetch} or {@code task/submit}. */
  public ObjectNode dialog(String name, FakePerson who, FakeConversation where, JsonNode data) {
    ObjectNode node = activity("invoke", who, where, Optional.empty()).put("name", name);
    node.putObject("value").set("data", data);
    return node;
  }

  /** Returns the invoke of a message extension that somebody chose on a message. */
  public ObjectNode chosen(
      String command, FakePerson who, FakeConversation where, FakeMessage message) {
    Optional<String> root =
        where.kind().equals("channel")
            ? Optional.of(message.root().orElse(message.id()))
            : Optional.empty();
    ObjectNode node =
        activity("invoke", who, where, root).put("name", "composeExtension/fetchTask");
    ObjectNode value = node.putObject("value");
    value.put("commandId", command).put("commandContext", "message");
    value.set("messagePayload", message.graph(FakeTenant.APP));
    return node;
  }

  /** Returns the invoke of a dialog of a message extension being sent. */
  public ObjectNode submitted(FakePerson who, FakeConversation where, JsonNode data) {
    ObjectNode node = dialog("composeExtension/submitAction", who, where, data);
    node.withObjectProperty("value").put("commandContext", "message");
    return node;
  }

  /** Returns the claims of a genuine token. */
  public ObjectNode claims() {
    Instant now = teams.tenant().now();
    return Json.object()
        .put("iss", "https://api.botframework.com")
        .put("aud", FakeTenant.APP)
        .put("serviceurl", teams.serviceUrl())
        .put("nbf", now.minusSeconds(60).getEpochSecond())
        .put("exp", now.plusSeconds(3600).getEpochSecond());
  }

  /** Returns a genuine header. */
  public String authorization() {
    return "Bearer " + FakeKeys.connector().sign(claims());
  }
}

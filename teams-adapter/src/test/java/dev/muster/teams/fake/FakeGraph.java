// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.Exchange.Reply;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Graph's rules for channels, chats and messages. Each cites what Graph is known to do, from the
 * platform's documentation of "Channels through Graph" and "Reading messages".
 */
final class FakeGraph {

  /** "Forbidden: ~ # % & * { } + / \ : < > ? | ' \" , and ..; control characters". */
  private static final Pattern FORBIDDEN =
      Pattern.compile("[~#%&*{}+/\\\\:<>?|'\",\\x00-\\x1f\\x80-\\x9f]|\\.\\.");

  /** "Reserved words forms, CON, PRN, AUX, NUL, COM1–9, LPT1–9, desktop.ini, _vti_". */
  private static final Pattern RESERVED =
      Pattern.compile("forms|con|prn|aux|nul|com[1-9]|lpt[1-9]|desktop\\.ini|.*_vti_.*");

  /** "Up to 1,000 replies expanded". */
  private static final int EXPANDED = 1_000;

  private static final String USERS = "users('";

  private final FakeTenant tenant;
  private final Scopes grants;
  private final String base;

  FakeGraph(FakeTenant tenant, Scopes grants, String base) {
    this.tenant = tenant;
    this.grants = grants;
    this.base = base;
  }

  /** Returns whether a name keeps all rules; "at most 50 characters, no leading _ or .". */
  static boolean isLegal(String name) {
    return !name.isBlank()
        && name.length() <= 50
        && !FORBIDDEN.matcher(name).find()
        && !RESERVED.matcher(name.toLowerCase(Locale.ROOT)).matches()
        && !name.startsWith("_")
        && !name.startsWith(".")
        && !name.endsWith(".");
  }

  Reply answer(Exchange call) {
    if (call.part(0).equals("teams")) {
      return Set.of(FakeTenant.GROUP, FakeTenant.NEXT_GROUP).contains(call.part(1))
          ? team(call)
          : Reply.error(404, "NotFound", "no such team");
    }
    if (call.is("POST", "chats")) {
      return openChat(call);
    }
    if (call.part(0).equals("chats")) {
      return chat(call);
    }
    if (call.is("GET", "users", "*", "chats")) {
      return chatsOf(call.part(1));
    }
    return call.is("GET", "groups", FakeTenant.EVERYBODY, "members")
        ? groupMembers()
        : Reply.error(404, "NotFound", "no such path");
  }

  private Reply groupMembers() {
    ArrayNode all = Json.array();
    tenant
        .people()
        .forEach(who -> all.addObject().put("id", who.aad()).put("displayName", who.name()));
    return page(all);
  }

  private Reply team(Exchange call) {
    if (call.is("POST", "teams", "*", "channels")) {
      return open(call);
    }
    if (call.is("GET", "teams", "*", "channels")) {
      return list(call.part(1));
    }
    if (call.is("GET", "teams", "*", "primaryChannel")) {
      return Reply.of(200, shown(tenant.conversation(FakeTenant.TEAM).orElseThrow()));
    }
    if (call.is("GET", "teams", "*", "permissionGrants")) {
      return permissionGrants();
    }
    Optional<FakeConversation> channel =
        call.parts().size() > 3 ? tenant.conversation(call.part(3)) : Optional.empty();
    return channel.isPresent()
        ? channel(call, channel.get())
        : Reply.error(404, "NotFound", "no such channel");
  }

  /** "resourceSpecificPermissionGrant: clientAppId, permission", of all apps in the team. */
  private Reply permissionGrants() {
    ArrayNode all = Json.array();
    all.addObject().put("clientAppId", "another-app").put("permission", "Channel.Create.Group");
    grants
        .ofTheTeam()
        .forEach(
            granted ->
                all.addObject().put("clientAppId", FakeTenant.APP).put("permission", granted));
    return page(all);
  }

  private Reply channel(Exchange call, FakeConversation channel) {
    if (call.is("GET", "teams", "*", "channels", "*")) {
      return Reply.of(200, shown(channel));
    }
    if (call.is("PATCH", "teams", "*", "channels", "*")) {
      return change(call.body(), channel);
    }
    // "Archive / unarchive → 202 + operation".
    if (call.is("POST", "teams", "*", "channels", "*", "archive")
        || call.is("POST", "teams", "*", "channels", "*", "unarchive")) {
      channel.archive(call.part(4).equals("archive"));
      return Reply.of(202, null);
    }
    if (call.is("GET", "teams", "*", "channels", "*", "messages")) {
      return messages(channel, call.query());
    }
    if (call.is("GET", "teams", "*", "channels", "*", "messages", "*", "replies")) {
      return replies(channel, call.part(5), number(call.query(), "skip", 0));
    }
    return one(call, channel, 5);
  }

  /** "Create: 201 for standard", or 202 while it is being made; "name unique per team". */
  private Reply open(Exchange call) {
    String name = call.body().path("displayName").asText("");
    if (!isLegal(name)) {
      return Reply.error(400, "BadRequest", "Invalid characters in name");
    }
    String group = call.part(1);
    if (tenant.isTaken(group, name)) {
      return Reply.error(400, "BadRequest", "Channel name already existed, please use other name.");
    }
    // "403 Forbidden with message: This team has exceeded the Max allowed channels".
    if (tenant.isFull(group)) {
      return Reply.error(403, "Forbidden", "This team has exceeded the Max allowed channels");
    }
    String description = call.body().path("description").asText("");
    FakeConversation made = tenant.channel(group, name, description);
    return tenant.isShown(made) ? Reply.of(201, shown(made)) : Reply.of(202, null);
  }

  private Reply change(JsonNode body, FakeConversation channel) {
    String name = body.path("displayName").asText(channel.name());
    if (!name.equals(channel.name())) {
      if (!isLegal(name) || tenant.isTaken(channel.group(), name)) {
        return Reply.error(400, "BadRequest", "Channel name already existed or is invalid");
      }
      channel.rename(name);
    }
    channel.describe(body.path("description").asText(channel.description()));
    return Reply.of(204, null);
  }

  private Reply list(String group) {
    ArrayNode all = Json.array();
    tenant.conversations().stream()
        .filter(c -> c.kind().equals("channel") && c.group().equals(group))
        .filter(tenant::isShown)
        .forEach(c -> all.add(shown(c)));
    return page(all);
  }

  private static Reply page(ArrayNode all) {
    ObjectNode page = Json.object();
    page.set("value", all);
    return Reply.of(200, page);
  }

  private static ObjectNode shown(FakeConversation channel) {
    return Json.object()
        .put("id", channel.id())
        .put("displayName", channel.name())
        .put("description", channel.description())
        .put("isArchived", channel.archived())
        .put("webUrl", "https://teams.microsoft.com/l/channel/" + channel.id());
  }

  /** "Default 20, max 50"; last modified first; up to 1,000 replies expanded; then nextLink. */
  private Reply messages(FakeConversation where, String query) {
    int top = number(query, "top", 20);
    int skip = number(query, "skip", 0);
    List<FakeMessage> roots =
        where.messages().stream()
            .filter(m -> m.onlyFor().isEmpty() && m.root().isEmpty())
            .sorted(
                Comparator.comparing(FakeMessage::lastModified)
                    .thenComparing(FakeMessage::id)
                    .reversed())
            .toList();
    ArrayNode all = Json.array();
    roots.stream().skip(skip).limit(top).forEach(m -> all.add(withReplies(where, m)));
    ObjectNode page = Json.object();
    page.set("value", all);
    if (skip + top < roots.size()) {
      String path = "teams/" + FakeTenant.GROUP + "/channels/" + where.id() + "/messages";
      page.put("@odata.nextLink", base + path + "?$top=" + top + "&$skip=" + (skip + top));
    }
    return Reply.of(200, page);
  }

  private static int number(String query, String name, int otherwise) {
    Matcher found = Pattern.compile("(?:\\$|%24)" + name + "=(\\d+)").matcher(query);
    return found.find() ? Integer.parseInt(found.group(1)) : otherwise;
  }

  private ObjectNode withReplies(FakeConversation where, FakeMessage root) {
    ObjectNode node = root.graph(FakeTenant.APP);
    ArrayNode all = repliesOf(where, root.id());
    node.set("replies", part(all, 0, EXPANDED));
    if (all.size() > EXPANDED) {
      String path = "teams/" + FakeTenant.GROUP + "/channels/" + where.id() + "/messages/";
      String next = base + path + root.id() + "/replies?$top=50&$skip=" + EXPANDED;
      node.put("replies@odata.nextLink", next);
    }
    return node;
  }

  private static ArrayNode part(ArrayNode all, int skip, int top) {
    ArrayNode some = Json.array();
    for (int i = skip; i < Math.min(all.size(), (long) skip + top); i++) {
      some.add(all.get(i));
    }
    return some;
  }

  private static ArrayNode repliesOf(FakeConversation where, String root) {
    ArrayNode replies = Json.array();
    where.messages().stream()
        .filter(m -> m.onlyFor().isEmpty() && m.root().filter(root::equals).isPresent())
        .forEach(m -> replies.add(m.graph(FakeTenant.APP)));
    return replies;
  }

  private static Reply replies(FakeConversation where, String root, int skip) {
    return where.message(root).isPresent()
        ? page(part(repliesOf(where, root), skip, Integer.MAX_VALUE))
        : Reply.error(404, "NotFound", "no such message");
  }

  /** "POST /chats (chatType:group, topic, members incl. creator roles)". */
  private Reply openChat(Exchange call) {
    Optional<FakePerson> owner = bound(call.body().path("members").path(0));
    if (owner.isEmpty() || !call.body().path("chatType").asText("").equals("group")) {
      return Reply.error(400, "BadRequest", "members");
    }
    FakeConversation chat = tenant.chat(call.body().path("topic").asText(""));
    chat.members().add(owner.get());
    return Reply.of(201, shownChat(chat));
  }

  private ObjectNode shownChat(FakeConversation chat) {
    return Json.object()
        .put("id", chat.id())
        .put("topic", chat.name())
        .put("createdDateTime", tenant.now().toString());
  }

  private Optional<FakePerson> bound(JsonNode member) {
    String bind = member.path("user@odata.bind").asText("");
    int at = bind.indexOf(USERS);
    return at < 0
        ? Optional.empty()
        : tenant.byId(bind.substring(at + USERS.length(), bind.length() - 2));
  }

  private Reply chat(Exchange call) {
    Optional<FakeConversation> chat = tenant.conversation(call.part(1));
    if (chat.isEmpty()) {
      return Reply.error(404, "NotFound", "no such chat");
    }
    if (call.is("POST", "chats", "*", "installedApps")) {
      if (!consents(call.body().path("consentedPermissionSet"))) {
        return Reply.error(400, "BadRequest", "ResourceSpecificPermissionsMismatch");
      }
      chat.get().addBot();
      return Reply.of(201, null);
    }
    if (call.is("POST", "chats", "*", "members")) {
      Optional<FakePerson> who = bound(call.body());
      who.ifPresent(chat.get().members()::add);
      return who.isPresent() ? Reply.of(201, null) : Reply.error(404, "NotFound", "no such user");
    }
    if (call.is("PATCH", "chats", "*")) {
      chat.get().rename(call.body().path("topic").asText(""));
      return Reply.of(200, shownChat(chat.get()));
    }
    return call.is("GET", "chats", "*", "messages")
        ? messages(chat.get(), call.query())
        : one(call, chat.get(), 3);
  }

  /** "Permissions consented to during the installation must match those of the app." */
  private static boolean consents(JsonNode set) {
    Set<String> given = new TreeSet<>();
    for (JsonNode each : set.path("resourceSpecificPermissions")) {
      given.add(each.path("permissionValue").asText() + each.path("permissionType").asText());
    }
    return given.equals(
        Set.of("ChatMessage.Read.ChatApplication", "ChatSettings.ReadWrite.ChatApplication"));
  }

  /** "GET …/messages/{id}" and "…/messages/{id}/replies/{id}" read one message. */
  private Reply one(Exchange call, FakeConversation where, int at) {
    int after = call.parts().size() - at;
    boolean root = after == 1 && call.part(at - 1).equals("messages");
    boolean reply = after == 3 && call.part(at + 1).equals("replies");
    Optional<FakeMessage> found =
        root || reply
            ? where.message(call.part(reply ? at + 2 : at)).filter(m -> m.onlyFor().isEmpty())
            : Optional.empty();
    return found
        .filter(tenant::isReadable)
        .map(message -> Reply.of(200, message.graph(FakeTenant.APP)))
        .orElseGet(() -> Reply.error(404, "NotFound", "no such path or message"));
  }

  private Reply chatsOf(String user) {
    ArrayNode all = Json.array();
    tenant
        .byId(user)
        .ifPresent(
            who ->
                tenant.conversations().stream()
                    .filter(c -> c.kind().equals("groupChat") && c.members().contains(who))
                    .forEach(c -> all.add(shownChat(c))));
    return page(all);
  }
}

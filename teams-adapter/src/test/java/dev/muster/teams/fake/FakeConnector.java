// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.Exchange.Reply;
import java.util.Optional;

/**
 * The Bot Connector's rules for sending. Each cites what Teams is known to do, from the platform's
 * documentation of "Sending messages (Bot Connector REST v3)".
 */
final class FakeConnector {

  /** "Whole bot message about 100 KB": larger ones answer 413 MessageSizeTooBig. */
  private static final int LARGEST = 100_000;

  private static final String THREAD = ";messageid=";

  private final FakeTenant tenant;

  FakeConnector(FakeTenant tenant) {
    this.tenant = tenant;
  }

  Reply answer(Exchange call) {
    // "403 BotDisabledByAdmin: the tenant admin disabled this bot."
    if (!tenant.allows()) {
      return Reply.error(403, "BotDisabledByAdmin", "an administrator blocked the bot");
    }
    if (call.is("POST", "v3", "conversations")) {
      return direct(call);
    }
    if (call.is("GET", "v3", "teams", "*")) {
      return team(call.part(2));
    }
    if (call.parts().size() < 4) {
      return Reply.error(404, "NotFound", "no such path");
    }
    String id = call.part(2);
    int at = id.indexOf(THREAD);
    Optional<String> root =
        at < 0 ? Optional.empty() : Optional.of(id.substring(at + THREAD.length()));
    Optional<FakeConversation> where = tenant.conversation(at < 0 ? id : id.substring(0, at));
    // "404: conversation gone", also while a new channel is not ready.
    if (where.isEmpty() || !tenant.isReady(where.get())) {
      return Reply.error(404, "ConversationNotFound", "no such conversation");
    }
    // "403 BotNotInConversationRoster": the app must be in the conversation.
    if (!where.get().botIn()) {
      return Reply.error(403, "BotNotInConversationRoster", "the bot is not in it");
    }
    return inside(call, where.get(), root);
  }

  private Reply inside(Exchange call, FakeConversation where, Optional<String> root) {
    if (call.is("GET", "v3", "conversations", "*", "pagedmembers")) {
      return members(where);
    }
    if (call.is("GET", "v3", "conversations", "*", "members", "*")) {
      return member(where, call.part(4));
    }
    // "403 ConversationBlockedByUser: the user blocked the bot in 1:1 chat."
    if (where.blocked()) {
      return Reply.error(403, "ConversationBlockedByUser", "the person blocked the bot");
    }
    // "Archived: nobody can post, edit or react."
    if (where.archived()) {
      return Reply.error(403, "MessageWritesBlocked", "the channel is archived");
    }
    if (call.is("POST", "v3", "conversations", "*", "activities")) {
      return send(call, where, root);
    }
    if (call.is("PUT", "v3", "conversations", "*", "activities", "*")) {
      return update(call, where);
    }
    if (call.is("DELETE", "v3", "conversations", "*", "activities", "*")) {
      return delete(call, where);
    }
    return Reply.error(404, "NotFound", "no such path");
  }

  private Reply send(Exchange call, FakeConversation where, Optional<String> root) {
    JsonNode activity = call.body();
    // "from must be set in replies or the connector answers 400 MissingProperty".
    if (activity.path("from").path("id").asText("").isEmpty()) {
      return Reply.error(400, "MissingProperty", "from");
    }
    if (activity.toString().length() > LARGEST) {
      return Reply.error(413, "MessageSizeTooBig", "too big");
    }
    if (root.isPresent() && where.message(root.get()).isEmpty()) {
      return Reply.error(404, "MessageNotFound", "no such thread");
    }
    Optional<FakePerson> only = Optional.empty();
    if (call.query().contains("isTargetedActivity=true")) {
      // "Only in channels, group chats, meeting chats; recipient must be a member."
      only = tenant.byId(activity.path("recipient").path("id").asText(""));
      boolean seen = only.isPresent() && tenant.sees(only.get(), where);
      if (!seen || where.kind().equals("personal") || !tenant.targets()) {
        return Reply.error(400, "BadArgument", "recipient");
      }
    }
    FakeMessage message = tenant.say(where, root, Optional.empty(), only, activity);
    return Reply.of(201, Json.object().put("id", message.id()));
  }

  private Reply update(Exchange call, FakeConversation where) {
    Optional<FakeMessage> message = own(where, call.part(4));
    if (message.isEmpty()) {
      return Reply.error(404, "ActivityNotFoundInConversation", "no such message of yours");
    }
    // "Recipient passed on update or delete: don't pass recipient."
    boolean targeted = call.query().contains("isTargetedActivity=true");
    if (targeted && call.body().has("recipient")) {
      return Reply.error(400, "Bad argument", "recipient");
    }
    message.get().change(call.body(), tenant.now());
    return Reply.of(200, Json.object().put("id", message.get().id()));
  }

  private Reply delete(Exchange call, FakeConversation where) {
    Optional<FakeMessage> message = own(where, call.part(4));
    if (message.isEmpty()) {
      return Reply.error(404, "ActivityNotFoundInConversation", "no such message of yours");
    }
    message.get().delete(tenant.now());
    return Reply.of(200, null);
  }

  /** "Update / delete own message": of nobody else's. */
  private static Optional<FakeMessage> own(FakeConversation where, String id) {
    return where.message(id).filter(m -> m.author().isEmpty() && m.isThere());
  }

  /** "1:1 … needs the bot installed for that user or user in a team with the bot". */
  private Reply direct(Exchange call) {
    String user = call.body().path("members").path(0).path("id").asText("");
    Optional<FakePerson> who = tenant.byId(user);
    boolean whole =
        call.body().path("tenantId").asText("").equals(FakeTenant.TENANT)
            && !call.body().path("bot").path("id").asText("").isEmpty();
    return who.isPresent() && whole
        ? Reply.of(201, Json.object().put("id", tenant.direct(who.get()).id()))
        : Reply.error(403, "BotNotInConversationRoster", "not in the roster");
  }

  private Reply team(String id) {
    ObjectNode team =
        Json.object().put("id", id).put("name", "SRE").put("aadGroupId", FakeTenant.GROUP);
    return id.equals(FakeTenant.TEAM)
        ? Reply.of(200, team)
        : Reply.error(404, "NotFound", "no such team");
  }

  private Reply member(FakeConversation where, String id) {
    // "using their Teams user ID, UPN, or Microsoft Entra Object ID"
    Optional<FakePerson> who =
        tenant.people().stream()
            .filter(p -> tenant.byId(id).filter(p::equals).isPresent() || id.equals(p.signIn()))
            .filter(p -> tenant.sees(p, where))
            .findFirst();
    return who.isPresent()
        ? Reply.of(200, who.get().member())
        : Reply.error(404, "MemberNotFoundInConversation", "no such member");
  }

  private Reply members(FakeConversation where) {
    ObjectNode page = Json.object();
    tenant.people().stream()
        .filter(p -> tenant.sees(p, where))
        .forEach(p -> page.withArrayProperty("members").add(p.member()));
    if (!page.has("members")) {
      page.putArray("members");
    }
    return Reply.of(200, page);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.ChannelAccount;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Memory;
import dev.muster.teams.client.Json;
import dev.muster.teams.client.MessageIds;
import dev.muster.teams.client.Places;
import dev.muster.teams.client.Places.Conversation;
import dev.muster.teams.client.Places.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An activity of which everything that all kinds have in common is known to be there: who, where
 * and when. Immutable.
 *
 * @param activity as the SDK mapped it
 * @param at platform time
 * @param ours what the machine's clock showed then
 * @param raw the body as it arrived
 * @param conversation where
 * @param root the thread, if one is named
 * @param by who
 */
record Heard(
    Activity activity,
    Instant at,
    Instant ours,
    byte[] raw,
    Conversation conversation,
    Optional<String> root,
    Profile by) {

  /**
   * Returns what is common to all activities.
   *
   * @return empty when the activity does not say who or where
   */
  static Optional<Heard> of(Activity activity, Turn turn, Places places) {
    boolean somewhere =
        activity.getConversation() != null
            && activity.getConversation().getId() != null
            && !activity.getConversation().getId().isBlank();
    ChannelAccount from = activity.getFrom();
    if (!somewhere || from == null || (isBlank(from.getId()) && isBlank(from.getAadObjectId()))) {
      return Optional.empty();
    }
    known(from, places);
    MessageIds.Split split = MessageIds.split(activity.getConversation().getId());
    Conversation conversation = conversation(activity, split.channel(), places);
    return Optional.of(
        new Heard(
            activity,
            turn.at(),
            turn.ours(),
            turn.raw(),
            conversation,
            split.root(),
            profile(from, activity)));
  }

  /** Whoever is named by the bot's id of them alone is nobody else than before. */
  private static void known(ChannelAccount from, Places places) {
    if (isBlank(from.getAadObjectId())) {
      places.person(from.getId()).ifPresent(from::setAadObjectId);
    }
  }

  private static boolean isBlank(String id) {
    return id == null || id.isBlank();
  }

  private static Conversation conversation(Activity activity, String id, Places places) {
    JsonNode teams = Json.tree(activity.getChannelData());
    Optional<Conversation> before = places.conversation(id);
    String team = teams.path("team").path("id").asText(before.map(Conversation::team).orElse(""));
    String group = teams.path("team").path("aadGroupId").asText("");
    if (group.isEmpty()) {
      group = before.map(Conversation::group).filter(g -> !g.isEmpty()).orElse("");
    }
    if (group.isEmpty() && !team.isEmpty()) {
      group = places.group(team).orElse("");
    }
    boolean itself = teams.path("channel").path("id").asText("").equals(id);
    String name = itself ? teams.path("channel").path("name").asText("") : "";
    return new Conversation(
        id,
        Kind.of(activity.getConversation().getConversationType()),
        name.isEmpty() ? before.map(Conversation::name).orElse("") : name,
        team,
        group,
        before.map(Conversation::openedAt).orElse(Instant.EPOCH));
  }

  /** Returns who an account is; the Entra object id decides, never the name. */
  static Profile profile(ChannelAccount from, Activity activity) {
    String aad = from.getAadObjectId();
    boolean bot = from.getId() != null && from.getId().startsWith("28:");
    String id = isBlank(aad) ? from.getId() : aad;
    String home = tenant(activity);
    JsonNode tenant = from.getProperties().get("tenantId");
    boolean external = tenant != null && !tenant.asText("").equals(home);
    Person person = new Person(new UserRef(MessageIds.PLATFORM, id), from.getName());
    return new Profile(person, Optional.empty(), Optional.empty(), bot, external, true);
  }

  /** Returns the tenant an activity says it is of; empty when it names none. */
  static String tenant(Activity activity) {
    String named = Json.tree(activity.getChannelData()).path("tenant").path("id").asText("");
    if (!named.isEmpty() || activity.getConversation() == null) {
      return named;
    }
    return Optional.ofNullable(activity.getConversation().getTenantId()).orElse("");
  }

  ChannelRef channel() {
    return new ChannelRef(MessageIds.PLATFORM, conversation.id());
  }

  /** Returns the message this activity is, or is about. */
  MessageRef message(String id) {
    return MessageIds.message(MessageIds.conversation(conversation.id(), root), id);
  }

  /** Returns where it was said; a message is not in the thread it begins. */
  Place place() {
    return new Place(channel(), conversation.name(), root.filter(r -> !r.equals(activity.getId())));
  }

  /** Returns the profile with the reader's time zone, where the client tells it. */
  Profile caller() {
    return new Profile(
        by.person(), by.email(), zone(activity), by.bot(), by.external(), by.active());
  }

  private static Optional<String> zone(Activity activity) {
    return Listed.of(activity.getEntities()).stream()
        .filter(entity -> "clientInfo".equals(entity.getType()))
        .map(entity -> entity.getProperties().get("timezone"))
        .filter(zone -> zone != null && !zone.asText("").isBlank())
        .map(JsonNode::asText)
        .findFirst();
  }

  /** Returns what must be remembered together with a delivery to reach this place again. */
  List<Memory.Write> alongside(Places places) {
    List<Memory.Write> writes = new ArrayList<>();
    writes.addAll(places.remember(conversation));
    named(places).ifPresent(channel -> writes.addAll(places.remember(channel)));
    writes.addAll(places.rememberAddress(conversation.id(), activity.getServiceUrl()));
    if (!conversation.team().isEmpty() && !conversation.group().isEmpty()) {
      writes.addAll(places.rememberTeam(conversation.team(), conversation.group()));
    }
    writes.addAll(person(activity.getFrom(), places));
    Listed.of(activity.getMembersAdded()).forEach(who -> writes.addAll(person(who, places)));
    boolean personal = conversation.kind() == Kind.PERSONAL && !by.bot();
    if (personal) {
      writes.addAll(places.rememberDirect(by.person().ref().id(), conversation.id()));
    }
    return writes;
  }

  /** What happens to a channel is told in the team's conversation, with the channel's new name. */
  private Optional<Conversation> named(Places places) {
    JsonNode told = Json.tree(activity.getChannelData()).path("channel");
    String id = told.path("id").asText("");
    String name = told.path("name").asText("");
    if (id.isEmpty() || name.isEmpty() || id.equals(conversation.id())) {
      return Optional.empty();
    }
    Conversation before = places.conversation(id).orElse(conversation.as(id, ""));
    String group = conversation.group().isEmpty() ? before.group() : conversation.group();
    return Optional.of(
        new Conversation(id, Kind.CHANNEL, name, conversation.team(), group, before.openedAt()));
  }

  private static List<Memory.Write> person(ChannelAccount who, Places places) {
    String aad = who.getAadObjectId();
    boolean known = !isBlank(aad) && !isBlank(who.getId());
    return known ? places.rememberPerson(aad, who.getId()) : List.of();
  }
}

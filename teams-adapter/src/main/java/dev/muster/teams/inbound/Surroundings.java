// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.ChannelAccount;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.ChatEvent.ChannelChanged.Change;
import dev.muster.chat.Profile;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Memory;
import dev.muster.teams.client.Identity;
import dev.muster.teams.client.Json;
import dev.muster.teams.client.MessageIds;
import dev.muster.teams.client.Places;
import dev.muster.teams.client.Places.Conversation;
import dev.muster.teams.client.Places.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decodes what becomes of channels, teams and the people in them. What happens to a team happens to
 * every channel in it, and Teams says it once: it is told for each channel that we opened there.
 * Thread-safe; reads memory, writes nothing.
 */
final class Surroundings {

  private final Places places;
  private final Identity self;

  Surroundings(Places places, Identity self) {
    this.places = places;
    this.self = self;
  }

  /** Returns the deliveries of a {@code conversationUpdate}. */
  List<Delivery> changes(Heard heard) {
    List<Delivery> all = new ArrayList<>();
    Activity activity = heard.activity();
    for (ChannelAccount who : Listed.of(activity.getMembersAdded())) {
      if (self.is(who, activity)) {
        all.addAll(bot(heard, Change.BOT_ADDED));
      } else {
        joined(heard, who).ifPresent(all::add);
      }
    }
    for (ChannelAccount who : Listed.of(activity.getMembersRemoved())) {
      all.addAll(self.is(who, activity) ? bot(heard, Change.BOT_REMOVED) : left(heard, who));
    }
    String kind = Json.tree(activity.getChannelData()).path("eventType").asText("");
    channel(heard, kind).ifPresent(all::add);
    all.addAll(team(heard, kind));
    return all;
  }

  /** Returns the deliveries of an {@code installationUpdate}; an upgrade removes nothing. */
  List<Delivery> installation(Heard heard) {
    return switch (String.valueOf(heard.activity().getAction())) {
      case "add" -> added(heard);
      case "add-upgrade" -> bot(heard, Change.BOT_ADDED);
      case "remove" -> bot(heard, Change.BOT_REMOVED);
      default -> List.of();
    };
  }

  /** Whoever added the app to a team or for themselves; into its group chats it comes by itself. */
  private List<Delivery> added(Heard heard) {
    List<Delivery> all = new ArrayList<>(bot(heard, Change.BOT_ADDED));
    boolean person = isPerson(heard.activity().getFrom());
    if (person && heard.conversation().kind() != Kind.GROUP_CHAT) {
      all.add(delivery(heard, "added", new ChatEvent.HomeOpened(heard.at(), heard.caller())));
    }
    return all;
  }

  private List<Delivery> bot(Heard heard, Change change) {
    return switch (heard.conversation().kind()) {
      case GROUP_CHAT -> List.of(changed(heard, heard.conversation(), change));
      case CHANNEL -> ofTheTeam(heard, change, change == Change.BOT_REMOVED ? "removed" : "");
      case PERSONAL -> List.of();
    };
  }

  private List<Delivery> team(Heard heard, String kind) {
    return switch (kind) {
      case "teamArchived" -> ofTheTeam(heard, Change.ARCHIVED, "archived");
      case "teamDeleted", "teamHardDeleted" -> ofTheTeam(heard, Change.DELETED, "deleted");
      case "teamUnarchived", "teamRestored" -> ofTheTeam(heard, Change.UNARCHIVED, "");
      default -> List.of();
    };
  }

  private List<Delivery> ofTheTeam(Heard heard, Change change, String fate) {
    List<Delivery> all = new ArrayList<>();
    for (Conversation channel : channels(heard)) {
      all.add(changed(heard, channel, change));
    }
    home(heard, fate).ifPresent(all::add);
    return all;
  }

  private List<Conversation> channels(Heard heard) {
    Conversation there = heard.conversation();
    return places.openedIn(there.team(), there.group());
  }

  /** Operators learn when a team that channels are opened in is lost, and when it is back. */
  private Optional<Delivery> home(Heard heard, String fate) {
    String group = heard.conversation().group();
    boolean back = fate.isEmpty();
    if (!self.homeTeams().contains(group) || back == !places.isLost(group)) {
      return Optional.empty();
    }
    String mend =
        fate.equals("removed")
            ? "The app was removed from the home team " + group + ". Ask an owner to add it again"
            : "The home team " + group + " was " + fate + ". Bring it back";
    String sentence =
        back
            ? "The home team " + group + " is there again."
            : mend
                + ", or name another team under platforms.teams.teams. Until then no channel is"
                + " opened there and nothing is heard from there.";
    ChatEvent notice =
        new ChatEvent.OperatorNotice(
            heard.at(), MessageIds.PLATFORM, "home-team/" + group, sentence, back);
    Delivery delivery = delivery(heard, "home-" + (back ? "back" : fate), notice);
    List<Memory.Write> alongside = new ArrayList<>(delivery.alongside());
    alongside.addAll(places.rememberLost(group, !back));
    return Optional.of(new Delivery(delivery.key(), notice, delivery.raw(), alongside));
  }

  /** Joining a team is no joining of a channel: its channels are everybody's from the start. */
  private Optional<Delivery> joined(Heard heard, ChannelAccount who) {
    if (heard.conversation().kind() != Kind.GROUP_CHAT || !isPerson(who)) {
      return Optional.empty();
    }
    Profile profile = Heard.profile(who, heard.activity());
    ChatEvent event = new ChatEvent.MemberJoined(heard.at(), profile, heard.channel());
    return Optional.of(delivery(heard, "joined-" + id(profile), event));
  }

  /** Whoever leaves a team is out of all its channels. */
  private List<Delivery> left(Heard heard, ChannelAccount who) {
    List<Delivery> all = new ArrayList<>();
    if (!isPerson(who)) {
      return all;
    }
    Profile profile = Heard.profile(who, heard.activity());
    boolean chat = heard.conversation().kind() == Kind.GROUP_CHAT;
    for (Conversation from : chat ? List.of(heard.conversation()) : channels(heard)) {
      ChannelRef channel = MessageIds.channel(from.id());
      ChatEvent event = new ChatEvent.MemberLeft(heard.at(), profile, channel);
      all.add(delivery(heard, "left-" + id(profile) + "-" + from.id(), event));
    }
    return all;
  }

  private static boolean isPerson(ChannelAccount who) {
    return who.getAadObjectId() != null && !who.getAadObjectId().isBlank();
  }

  private static String id(Profile profile) {
    return profile.person().ref().id();
  }

  private Optional<Delivery> channel(Heard heard, String kind) {
    Change change =
        switch (kind) {
          case "channelRenamed" -> Change.RENAMED;
          case "channelDeleted" -> Change.DELETED;
          case "channelRestored" -> Change.UNARCHIVED;
          default -> null;
        };
    JsonNode told = Json.tree(heard.activity().getChannelData()).path("channel");
    String id = told.path("id").asText("");
    if (change == null || id.isEmpty()) {
      return Optional.empty();
    }
    String name = told.path("name").asText("");
    String known = places.conversation(id).map(Conversation::name).orElse("");
    Conversation there = heard.conversation().as(id, name.isEmpty() ? known : name);
    return Optional.of(changed(heard, there, change));
  }

  private Delivery changed(Heard heard, Conversation channel, Change change) {
    boolean gone = change == Change.DELETED;
    ChatEvent event =
        new ChatEvent.ChannelChanged(
            heard.at(), MessageIds.channel(channel.id()), change, gone ? "" : channel.name());
    return delivery(heard, change.name().toLowerCase(Locale.ROOT) + "-" + channel.id(), event);
  }

  private Delivery delivery(Heard heard, String what, ChatEvent event) {
    String key = DeliveryKeys.other(heard.conversation().id(), heard.activity().getId(), what);
    return new Delivery(key, event, heard.raw(), heard.alongside(places));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import dev.muster.teams.fake.Exchange.Reply;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the tenant and its teams consented to. What an app may do is fixed when its token is issued,
 * so a consent given later needs a new token ("roles are fixed at issue time").
 */
final class Scopes {

  /** Consented to by the administrator of the tenant. */
  private static final Set<String> OF_THE_TENANT =
      Set.of(
          "ChannelSettings.ReadWrite.All",
          "Chat.Create",
          "Chat.ReadBasic.All",
          "ChatMember.ReadWrite.All",
          "GroupMember.Read.All",
          "TeamsAppInstallation.ReadWriteAndConsentSelfForChat.All");

  /** Consented to by the owner of the team or a member of the chat. */
  private static final Set<String> OF_THE_TEAM =
      Set.of(
          "Channel.Create.Group",
          "ChannelSettings.ReadWrite.Group",
          "ChannelMessage.Read.Group",
          "TeamsAppInstallation.Read.Group",
          "ChatMessage.Read.Chat",
          "ChatSettings.ReadWrite.Chat");

  private final Set<String> granted = new HashSet<>(OF_THE_TENANT);

  Scopes() {
    granted.addAll(OF_THE_TEAM);
  }

  synchronized void take(String permission) {
    if (!granted.remove(permission)) {
      throw new IllegalArgumentException("was not granted: " + permission);
    }
  }

  synchronized void give(String permission) {
    granted.add(permission);
  }

  /** Returns what a token issued now may do. */
  synchronized Set<String> now() {
    return Set.copyOf(granted);
  }

  /** Returns those of the tenant, which a token lists by name. */
  static List<String> roles(Set<String> granted) {
    return granted.stream().filter(OF_THE_TENANT::contains).sorted().toList();
  }

  /** Returns those of the team, which a token does not name one by one. */
  synchronized List<String> ofTheTeam() {
    return granted.stream().filter(OF_THE_TEAM::contains).sorted().toList();
  }

  /** Returns the refusal of a call that the token may not make. */
  static Optional<Reply> refusal(Exchange call, Set<String> granted) {
    Set<String> any = needed(call);
    if (any.isEmpty() || any.stream().anyMatch(granted::contains)) {
      return Optional.empty();
    }
    String roles = String.join(",", roles(granted));
    return Optional.of(
        Reply.error(
            403,
            "Forbidden",
            "Missing role permissions on the request. API requires one of '"
                + String.join(", ", any)
                + "'. Roles on the request '"
                + roles
                + "'."));
  }

  private static Set<String> needed(Exchange call) {
    boolean changes = !call.method().equals("GET");
    return switch (call.part(0)) {
      case "teams" -> ofTeams(call, changes);
      case "chats" -> ofChats(call, changes);
      case "users" -> Set.of("Chat.ReadBasic.All");
      case "groups" -> Set.of("GroupMember.Read.All");
      default -> Set.of();
    };
  }

  private static Set<String> ofTeams(Exchange call, boolean changes) {
    List<String> parts = call.parts();
    if (parts.contains("permissionGrants")) {
      return Set.of("TeamsAppInstallation.Read.Group");
    }
    if (parts.contains("messages")) {
      return Set.of("ChannelMessage.Read.Group", "ChannelMessage.Read.All");
    }
    if (parts.contains("archive") || parts.contains("unarchive")) {
      return Set.of("ChannelSettings.ReadWrite.All");
    }
    return changes && parts.size() == 3
        ? Set.of("Channel.Create.Group", "Channel.Create")
        : Set.of("ChannelSettings.ReadWrite.Group", "ChannelSettings.ReadWrite.All");
  }

  private static Set<String> ofChats(Exchange call, boolean changes) {
    if (call.parts().size() == 1) {
      return Set.of("Chat.Create");
    }
    if (call.parts().contains("installedApps")) {
      return Set.of("TeamsAppInstallation.ReadWriteAndConsentSelfForChat.All");
    }
    if (call.parts().contains("members")) {
      return Set.of("ChatMember.ReadWrite.All");
    }
    return changes ? Set.of("ChatSettings.ReadWrite.Chat") : Set.of("ChatMessage.Read.Chat");
  }
}

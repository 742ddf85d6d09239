// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every call knows its permission, and every permission says what to do without it. */
final class ScopeTest {

  @ParameterizedTest
  @CsvSource({
    "POST, teams/g/channels, CHANNEL_CREATE",
    "GET, teams/g/channels, CHANNEL_SETTINGS",
    "GET, teams/g/primaryChannel, CHANNEL_SETTINGS",
    "PATCH, teams/g/channels/c, CHANNEL_SETTINGS",
    "POST, teams/g/channels/c/archive, CHANNEL_ARCHIVE",
    "POST, teams/g/channels/c/unarchive, CHANNEL_ARCHIVE",
    "GET, teams/g/channels/c/messages, CHANNEL_MESSAGES",
    "GET, teams/g/channels/c/messages/m/replies, CHANNEL_MESSAGES",
    "GET, teams/g/permissionGrants, TEAM_CONSENT",
    "POST, chats, CHAT_CREATE",
    "POST, chats/c/installedApps, CHAT_APP",
    "POST, chats/c/members, CHAT_MEMBERS",
    "PATCH, chats/c, CHAT_SETTINGS",
    "GET, chats/c/messages, CHAT_MESSAGES",
    "GET, users/u/chats, CHAT_LIST",
    "GET, groups/g/members, GROUP_MEMBERS"
  })
  void call_needsItsPermission(String method, String path, Scope scope) {
    assertEquals(Optional.of(scope), Scope.neededBy(method, List.of(path.split("/"))));
  }

  @Test
  void mend_namesPermissionAndPlace() {
    for (Scope scope : Scope.values()) {
      assertTrue(scope.mend().startsWith("Without the permission " + scope.word() + " "));
      assertEquals(Optional.of(scope), Scope.of(scope.word()));
    }
  }
}

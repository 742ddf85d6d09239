// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.Capability;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of the granted permissions, and what can be done with them. */
class GrantsTest {

  private final Grants grants = new Grants();

  private static Set<String> allBut(String one) {
    return Arrays.stream(Scope.values())
        .map(Scope::word)
        .filter(word -> !word.equals(one))
        .collect(Collectors.toSet());
  }

  @Test
  void nothingSaid_nothingIsMissing() {
    grants.listed(Grants.words(""));

    assertEquals(List.of(), grants.missing());
    assertEquals(EnumSet.allOf(Capability.class), grants.capabilities());
  }

  @Test
  void refusedCall_withoutAList_namesWhatIsMissing() {
    grants.refused(Grants.words("pins:write, connections:write"));

    assertEquals(List.of(Scope.PINS_WRITE), grants.missing());
  }

  @Test
  void refusedCall_namingAlternatives_isNoNewsBesideTheList() {
    grants.listed(allBut("groups:read"));
    grants.refused(Grants.words("channels:read,groups:read,mpim:read,im:read"));

    assertEquals(List.of(Scope.GROUPS_READ), grants.missing());
  }

  @ParameterizedTest
  @CsvSource({
    "pins:write, PINS",
    "bookmarks:read, BOOKMARKS",
    "bookmarks:write, BOOKMARKS",
    "files:write, FILES",
    "reactions:read, REACTIONS_HEARD",
    "groups:write, PRIVATE_CHANNELS",
    "channels:history, HISTORY"
  })
  void scope_missing_takesItsCapabilityAway(String scope, Capability lost) {
    grants.listed(allBut(scope));

    assertTrue(!grants.capabilities().contains(lost));

    grants.listed(allBut(""));

    assertEquals(EnumSet.allOf(Capability.class), grants.capabilities());
  }
}

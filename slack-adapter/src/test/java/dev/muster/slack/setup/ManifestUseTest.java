// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.slack.client.Scope;
import dev.muster.slack.inbound.Shortcut;
import dev.muster.slack.inbound.Subscription;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The manifest asks for exactly what the program uses: decoding runs over the same lists, so that
 * neither can go ahead of the other.
 */
final class ManifestUseTest {

  private static <T> Set<String> words(T[] all, Function<T, String> word) {
    return Arrays.stream(all).map(word).collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @EnumSource(Manifest.Mode.class)
  void events_areThoseThatAreDecoded(Manifest.Mode mode) {
    assertEquals(
        words(Subscription.values(), Subscription::word),
        new TreeSet<>(Manifest.shipped(mode).events()));
  }

  @ParameterizedTest
  @EnumSource(Manifest.Mode.class)
  void shortcuts_areThoseThatAreUnderstood_eachInItsMenu(Manifest.Mode mode) {
    Map<String, String> known = new TreeMap<>();
    for (Shortcut shortcut : Shortcut.values()) {
      known.put(shortcut.id(), shortcut.kind().name().toLowerCase(Locale.ROOT));
    }
    Map<String, String> asked = new TreeMap<>();
    for (JsonNode each : Manifest.shipped(mode).root().at("/features/shortcuts")) {
      asked.put(each.path("callback_id").asText(), each.path("type").asText());
    }

    assertEquals(known, asked);
  }

  @ParameterizedTest
  @EnumSource(Manifest.Mode.class)
  void command_isTheOneOfTheGuide_withIdentifiersInPlaceOfNames(Manifest.Mode mode) {
    JsonNode commands = Manifest.shipped(mode).root().at("/features/slash_commands");

    assertEquals(1, commands.size());
    assertEquals("/incident", commands.at("/0/command").asText());
    assertTrue(commands.at("/0/should_escape").asBoolean());
  }

  @ParameterizedTest
  @EnumSource(Manifest.Mode.class)
  void settings_areOnWhereTheProgramUsesThem(Manifest.Mode mode) {
    Manifest manifest = Manifest.shipped(mode);
    JsonNode root = manifest.root();
    Set<String> events = words(Subscription.values(), Subscription::word);
    Set<String> scopes = words(Scope.values(), Scope::word);

    assertTrue(root.at("/settings/interactivity/is_enabled").asBoolean());
    assertTrue(root.at("/settings/interactivity/message_menu_options_url").isMissingNode());
    assertEquals(
        events.contains("app_home_opened"),
        root.at("/features/app_home/home_tab_enabled").asBoolean());
    assertEquals(
        events.contains("message.im"),
        root.at("/features/app_home/messages_tab_enabled").asBoolean());
    assertEquals(events.contains("link_shared"), !manifest.unfurlDomains().isEmpty());
    assertEquals(events.contains("link_shared"), scopes.contains("links:write"));
    assertEquals(events.contains("app_mention"), scopes.contains("app_mentions:read"));
  }
}

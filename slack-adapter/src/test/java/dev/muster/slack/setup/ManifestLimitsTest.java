// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The shipped manifest keeps the lengths and numbers that Slack allows (Slack documentation: app
 * manifest reference; the length of a shortcut's name is that of the settings page).
 */
final class ManifestLimitsTest {

  private static final Pattern BOT_NAME = Pattern.compile("[a-z0-9\\-_.]{1,80}");
  private static final Pattern COLOUR = Pattern.compile("#(?:[0-9a-fA-F]{3}){1,2}");
  private static final Pattern COMMAND = Pattern.compile("/[a-z0-9\\-_]{1,31}");
  private static final Set<String> SHORTCUT_TYPES = Set.of("global", "message");

  private static void assertLength(int least, int most, JsonNode text) {
    assertTrue(text.isTextual(), text::toString);
    int length = text.asText().length();
    assertTrue(length >= least && length <= most, text::toString);
  }

  private static void assertDistinct(List<String> values, int most) {
    assertTrue(values.size() <= most, values::toString);
    assertEquals(values.size(), new HashSet<>(values).size(), values::toString);
  }

  @ParameterizedTest
  @EnumSource(Manifest.Mode.class)
  void description_ofTheApp_isWithinSlacksLengths(Manifest.Mode mode) {
    JsonNode root = Manifest.shipped(mode).root();

    assertLength(1, 35, root.at("/display_information/name"));
    assertLength(1, 140, root.at("/display_information/description"));
    JsonNode longer = root.at("/display_information/long_description");
    if (!longer.isMissingNode()) {
      assertLength(174, 4_000, longer);
    }
    assertTrue(COLOUR.matcher(root.at("/display_information/background_color").asText()).matches());
    assertTrue(BOT_NAME.matcher(root.at("/features/bot_user/display_name").asText()).matches());
    assertEquals(2, root.at("/_metadata/major_version").asInt());
  }

  @ParameterizedTest
  @EnumSource(Manifest.Mode.class)
  void commandsAndShortcuts_areWithinSlacksLengths(Manifest.Mode mode) {
    Manifest manifest = Manifest.shipped(mode);
    JsonNode commands = manifest.root().at("/features/slash_commands");
    JsonNode shortcuts = manifest.root().at("/features/shortcuts");

    assertTrue(commands.size() >= 1 && commands.size() <= 50);
    for (JsonNode command : commands) {
      assertTrue(COMMAND.matcher(command.path("command").asText()).matches());
      assertLength(1, 2_000, command.path("description"));
      assertLength(1, 1_000, command.path("usage_hint"));
      assertTrue(command.path("should_escape").asBoolean());
    }
    assertDistinct(manifest.shortcuts(), 10);
    for (JsonNode shortcut : shortcuts) {
      assertLength(1, 24, shortcut.path("name"));
      assertLength(1, 150, shortcut.path("description"));
      assertLength(1, 255, shortcut.path("callback_id"));
      assertTrue(SHORTCUT_TYPES.contains(shortcut.path("type").asText()));
    }
  }

  @ParameterizedTest
  @EnumSource(Manifest.Mode.class)
  void scopesEventsAndDomains_areDistinctAndNotTooMany(Manifest.Mode mode) {
    Manifest manifest = Manifest.shipped(mode);

    assertDistinct(manifest.scopes(), 255);
    assertDistinct(manifest.optionalScopes(), 255);
    assertTrue(manifest.scopes().containsAll(manifest.optionalScopes()));
    assertDistinct(manifest.events(), 100);
    assertDistinct(manifest.unfurlDomains(), 5);
  }

  @ParameterizedTest
  @EnumSource(Manifest.Mode.class)
  void addresses_areThereInHttpModeAlone(Manifest.Mode mode) {
    Manifest manifest = Manifest.shipped(mode);
    boolean http = mode == Manifest.Mode.HTTP;

    assertEquals(!http, manifest.root().at("/settings/socket_mode_enabled").asBoolean());
    for (String place :
        List.of(
            "/features/slash_commands/0/url",
            "/settings/interactivity/request_url",
            "/settings/event_subscriptions/request_url")) {
      assertEquals(http ? Manifest.ADDRESS : "", manifest.root().at(place).asText(), place);
    }
    assertTrue(manifest.root().at("/settings/interactivity/is_enabled").asBoolean());
    assertFalse(manifest.root().at("/settings/token_rotation_enabled").asBoolean());
  }
}

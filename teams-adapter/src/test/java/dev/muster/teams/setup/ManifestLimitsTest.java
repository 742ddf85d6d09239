// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * The shipped manifest keeps the lengths and numbers that Teams allows (Teams documentation: app
 * manifest schema 1.30 and "app icons").
 */
final class ManifestLimitsTest {

  private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+");
  private static final Set<String> SCOPES = Set.of("team", "groupChat", "personal");
  private static final Set<String> CONTEXTS = Set.of("compose", "commandBox", "message");

  private final JsonNode root = Manifest.shipped().root();

  private static void assertLength(int most, JsonNode text) {
    assertTrue(text.isTextual(), text::toString);
    int length = text.asText().length();
    assertTrue(length >= 1 && length <= most, text::toString);
  }

  private static void assertDistinct(List<String> values, int most) {
    assertTrue(!values.isEmpty() && values.size() <= most, values::toString);
    assertEquals(values.size(), new HashSet<>(values).size(), values::toString);
  }

  @Test
  void description_ofTheApp_isWithinTeamsLengths() {
    assertLength(30, root.at("/name/short"));
    assertLength(100, root.at("/name/full"));
    assertLength(80, root.at("/description/short"));
    assertLength(4_000, root.at("/description/full"));
    assertLength(32, root.at("/developer/name"));
    for (String page : List.of("websiteUrl", "privacyUrl", "termsOfUseUrl")) {
      assertLength(2_048, root.at("/developer/" + page));
      assertTrue(root.at("/developer/" + page).asText().startsWith("https://"), page);
    }
    assertTrue(COLOUR.matcher(root.path("accentColor").asText()).matches());
    assertTrue(GUID.matcher(root.path("id").asText()).matches());
    assertTrue(VERSION.matcher(root.path("version").asText()).matches());
  }

  @Test
  void version_isOneWithSlashCommands_andSaysWhatItDemandsOfTeamApps() {
    String version = root.path("manifestVersion").asText();

    assertTrue(
        root.path("$schema").asText().endsWith("/v" + version + "/MicrosoftTeams.schema.json"));
    assertTrue(Integer.parseInt(version.substring(version.indexOf('.') + 1)) >= 29, version);
    assertEquals("tier1", root.path("supportsChannelFeatures").asText());
  }

  @Test
  void commandLists_areWithinTeamsNumbersAndLengths() {
    assertEquals(1, root.path("bots").size());
    JsonNode lists = root.at("/bots/0/commandLists");
    assertTrue(lists.size() >= 1 && lists.size() <= 3);
    for (JsonNode list : lists) {
      assertDistinct(Manifest.texts(list.path("commands"), "title"), 12);
      assertTrue(SCOPES.containsAll(Manifest.words(list.path("scopes"))));
      assertTrue(Set.of("slash", "mention").containsAll(Manifest.words(list.path("triggers"))));
      for (JsonNode command : list.path("commands")) {
        assertLength(128, command.path("title"));
        assertLength(4_000, command.path("description"));
      }
    }
  }

  @Test
  void extensions_areWithinTeamsNumbersAndLengths() {
    assertEquals(1, root.path("composeExtensions").size());
    assertDistinct(Manifest.shipped().shortcuts(), 10);
    for (JsonNode command : root.at("/composeExtensions/0/commands")) {
      assertLength(64, command.path("id"));
      assertLength(32, command.path("title"));
      assertLength(128, command.path("description"));
      assertTrue(CONTEXTS.containsAll(Manifest.words(command.path("context"))));
      assertTrue(command.path("parameters").size() <= 5);
      boolean slash = Manifest.words(command.path("triggers")).contains("slash");
      assertFalse(slash && !command.path("type").asText().equals("action"));
    }
  }

  @Test
  void permissionsAndDomains_areDistinctAndNotTooMany() {
    assertDistinct(Manifest.shipped().scopes(), 16);
    assertDistinct(Manifest.words(root.path("validDomains")), 100);
    root.at("/authorization/permissions/resourceSpecific")
        .forEach(each -> assertEquals("Application", each.path("type").asText()));
  }

  @Test
  void icons_haveTheSizesAndShapesThatTeamsShows() throws IOException {
    BufferedImage colour = icon("color", 192);
    BufferedImage outline = icon("outline", 32);

    assertEquals(0xff, colour.getRGB(96, 96) >>> 24);
    assertTrue(outline.getColorModel().hasAlpha());
    for (int rgb : outline.getRGB(0, 0, 32, 32, null, 0, 32)) {
      assertTrue(rgb >>> 24 == 0 || (rgb & 0xffffff) == 0xffffff, Integer.toHexString(rgb));
    }
  }

  private BufferedImage icon(String name, int size) throws IOException {
    String file = root.at("/icons/" + name).asText();
    BufferedImage image = ImageIO.read(Manifest.FOLDER.resolve(file).toFile());
    assertNotNull(image, file);
    assertEquals(size, image.getWidth());
    assertEquals(size, image.getHeight());
    return image;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.teams.client.Scope;
import dev.muster.teams.inbound.Shortcut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The manifest asks for exactly what the program uses and names nothing that it does not answer.
 */
final class ManifestUseTest {

  /** How the page of all commands, made from the parser's table, begins a line. */
  private static final Pattern VERB = Pattern.compile("(?m)^\\| `([a-z]+)[ `]");

  private final Manifest manifest = Manifest.shipped();
  private final JsonNode root = manifest.root();

  private static Set<String> verbs() throws IOException {
    return VERB.matcher(Files.readString(Path.of("..", "docs", "commands.md")))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void permissions_areThoseOfTheCalls_andNoOthers() {
    Set<String> needed =
        Arrays.stream(Scope.values())
            .filter(scope -> Set.of(Scope.Of.TEAM, Scope.Of.A_CHAT).contains(scope.of()))
            .map(Scope::word)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(needed, new TreeSet<>(manifest.scopes()));
    assertEquals("APP_ID", root.at("/webApplicationInfo/id").asText());
  }

  @Test
  void commands_areVerbs_besideIncidentThatIsFoundByItsSlash() throws IOException {
    Set<String> titles = new TreeSet<>(manifest.titles());
    JsonNode slash = root.at("/bots/0/commandLists/0");

    assertTrue(Manifest.words(slash.path("triggers")).contains("slash"));
    assertEquals("incident", slash.at("/commands/0/title").asText());
    titles.remove("incident");
    assertTrue(verbs().containsAll(titles), titles::toString);
  }

  @Test
  void extensions_areThoseThatAreAnswered_eachWithADialog() {
    assertEquals(Arrays.stream(Shortcut.values()).map(Shortcut::id).toList(), manifest.shortcuts());
    for (Shortcut shortcut : Shortcut.values()) {
      JsonNode command = root.at("/composeExtensions/0/commands/" + shortcut.ordinal());
      List<String> contexts = Manifest.words(command.path("context"));
      assertEquals("action", command.path("type").asText());
      assertTrue(command.path("fetchTask").asBoolean());
      assertTrue(contexts.contains("message"), shortcut.id());
      assertEquals(shortcut.kind() == Shortcut.Kind.MESSAGE, contexts.size() == 1, shortcut.id());
    }
  }

  @Test
  void settings_areOnWhereTheProgramUsesThem() {
    JsonNode bot = root.at("/bots/0");

    assertEquals("APP_ID", bot.path("botId").asText());
    assertEquals("APP_ID", root.at("/composeExtensions/0/botId").asText());
    assertTrue(bot.path("supportsTargetedMessages").asBoolean());
    assertFalse(bot.path("isNotificationOnly").asBoolean());
    assertFalse(bot.path("supportsFiles").asBoolean());
  }
}

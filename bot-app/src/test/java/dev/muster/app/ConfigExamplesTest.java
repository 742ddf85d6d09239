// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.ChatPlatformFactory;
import dev.muster.config.BotConfig;
import dev.muster.config.ConfigResult;
import dev.muster.config.load.ConfigLoader;
import dev.muster.config.load.ManifestFiles;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ships in {@code config/} is what the real adapters understand, with their real defaults. */
class ConfigExamplesTest {

  private static final Path FOLDER = Path.of(System.getProperty("muster.root", ".."), "config");

  @TempDir Path folder;

  private static Map<String, Class<? extends Record>> platforms() {
    Map<String, Class<? extends Record>> types = new TreeMap<>();
    for (ChatPlatformFactory<?> factory : ServiceLoader.load(ChatPlatformFactory.class)) {
      types.put(factory.name(), factory.configType());
    }
    return types;
  }

  private static BotConfig read(Path file, Function<String, String> env) {
    return new ConfigLoader(env, platforms())
        .load(Optional.of(file))
        .match(
            ConfigResult.Loaded::config,
            refused -> {
              throw new AssertionError(refused.problems().toString());
            });
  }

  private Record settings(String platform, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("bot.yaml"), text);
    BotConfig config = read(file, name -> name.toLowerCase(Locale.ROOT));
    return config.platforms().get(platform).own().orElseThrow();
  }

  /** Returns the lines of a platform's part, without its own first line. */
  private static List<String> part(String platform) throws IOException {
    List<String> part = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(FOLDER.resolve("bot.yaml"))) {
      boolean deep = line.isBlank() || line.startsWith("    ");
      inside = line.equals("  " + platform + ":") || inside && deep;
      if (inside && line.startsWith("    ")) {
        part.add(line);
      }
    }
    return part;
  }

  private static String enabled(String platform, List<String> lines) {
    String keys =
        String.join("\n", lines.stream().filter(line -> !line.contains(" enabled:")).toList());
    return "platforms:\n  " + platform + ":\n    enabled: true\n" + keys + "\n";
  }

  @Test
  void shippedConfig_withTheRealAdapters_startsWithAnEmptyEnvironment() {
    BotConfig config = read(FOLDER.resolve("bot.yaml"), name -> null);

    assertEquals(List.of("web"), config.incidentPlatforms());
    assertTrue(config.platforms().keySet().containsAll(List.of("web", "slack", "teams")));
  }

  @Test
  void embeddedDefaults_withTheRealAdapters_areEnough() {
    ConfigResult result = new ConfigLoader(name -> null, platforms()).load(Optional.empty());

    boolean flawless = result.match(loaded -> loaded.warnings().isEmpty(), refused -> false);
    assertTrue(flawless);
  }

  @Test
  void shippedConfig_everyKeyOfEveryAdapter_isWritten() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, Class<? extends Record>> platform : platforms().entrySet()) {
      String text = String.join("\n", part(platform.getKey()));
      for (RecordComponent component : platform.getValue().getRecordComponents()) {
        String key = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        if (!text.contains("    " + key + ":")) {
          missing.add(platform.getKey() + "." + key);
        }
      }
    }

    assertEquals(List.of(), missing);
  }

  @Test
  void shippedConfig_everyValueThatIsNoPlaceholder_isTheAdaptersDefault() throws IOException {
    for (String platform : platforms().keySet()) {
      List<String> written = part(platform);
      List<String> needed = written.stream().filter(line -> line.contains("${")).toList();

      assertEquals(
          settings(platform, enabled(platform, needed)),
          settings(platform, enabled(platform, written)),
          platform);
    }
  }

  @Test
  void platformSwitchedOn_withoutItsSecrets_isRefusedWhenTheFileIsRead() throws IOException {
    for (String platform : List.of("slack", "teams")) {
      Path file = Files.writeString(folder.resolve("bot.yaml"), enabled(platform, List.of()));
      boolean refused =
          new ConfigLoader(name -> null, platforms())
              .load(Optional.of(file))
              .match(loaded -> false, problems -> problems.problems().get(0).line() > 0);
      assertTrue(refused, platform);
    }
  }

  @Test
  void shippedManifests_beside_areWellFormed() {
    assertEquals(
        List.of(), ManifestFiles.checkBeside(FOLDER.resolve("bot.yaml"), platforms().keySet()));
  }
}

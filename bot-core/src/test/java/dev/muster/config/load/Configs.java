// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.chat.spi.Default;
import dev.muster.chat.spi.Live;
import dev.muster.chat.spi.Secret;
import dev.muster.config.BotConfig;
import dev.muster.config.ConfigProblem;
import dev.muster.config.ConfigResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A folder with a configuration that a test writes and reads. */
final class Configs {

  /** What an adapter's settings look like. */
  record ChatKeys(
      @Default("http") Mode mode,
      @Live Secret botToken,
      @Default("") Secret appToken,
      @Default("https://chat.example/api/") java.net.URI apiUrl) {
    enum Mode {
      HTTP,
      SOCKET
    }
  }

  /** The built-in platform has no keys of its own here. */
  record WebKeys() {}

  static final Map<String, Class<? extends Record>> TYPES =
      Map.of("web", WebKeys.class, "slack", ChatKeys.class);

  private final Path folder;
  private final Map<String, String> env;

  Configs(Path folder, Map<String, String> env) {
    this.folder = folder;
    this.env = env;
  }

  Configs(Path folder) {
    this(folder, Map.of());
  }

  Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] bytes) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  ConfigResult read() {
    return new ConfigLoader(env::get, TYPES).load(Optional.of(folder.resolve("bot.yaml")));
  }

  ConfigResult read(String text) {
    write("bot.yaml", text);
    return read();
  }

  BotConfig config(String text) {
    return loaded(text).config();
  }

  ConfigResult.Loaded loaded(String text) {
    return read(text)
        .match(
            loaded -> loaded,
            refused -> {
              throw new AssertionError(refused.problems().toString());
            });
  }

  List<ConfigProblem> problems(String text) {
    return read(text).match(loaded -> List.of(), ConfigResult.Refused::problems);
  }

  /** Returns what an operator would see, without the folder. */
  List<String> lines(String text) {
    return problems(text).stream()
        .map(ConfigProblem::toString)
        .map(line -> line.replace(folder + "/", ""))
        .toList();
  }

  static BotConfig defaults() {
    return new ConfigLoader(name -> null, TYPES)
        .load(Optional.empty())
        .match(
            ConfigResult.Loaded::config,
            refused -> {
              throw new AssertionError(refused.problems().toString());
            });
  }
}

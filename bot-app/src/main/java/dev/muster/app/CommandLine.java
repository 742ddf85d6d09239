// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line as it was typed.
 *
 * @param command the command; {@code run} when none was given
 * @param config the file named with {@code --config}
 * @param rest further words
 * @param problem what is wrong with it; empty when nothing is
 */
record CommandLine(
    String command, Optional<Path> config, List<String> rest, Optional<String> problem) {

  static CommandLine parse(String[] args) {
    List<String> words = new ArrayList<>();
    Optional<Path> config = Optional.empty();
    for (int i = 0; i < args.length; i++) {
      String word = args[i];
      if (word.equals("--config") && i + 1 < args.length) {
        config = Optional.of(Path.of(args[++i]));
      } else if (word.startsWith("--config=")) {
        config = Optional.of(Path.of(word.substring("--config=".length())));
      } else if (word.equals("--config")) {
        return wrong("--config needs a file, for example --config config/bot.yaml");
      } else if (word.equals("--help") || word.equals("-h")) {
        words.add(0, "help");
      } else if (word.startsWith("--")) {
        return wrong("Unknown option " + word);
      } else {
        words.add(word);
      }
    }
    String command = words.isEmpty() ? "run" : words.remove(0);
    return new CommandLine(command, config, List.copyOf(words), Optional.empty());
  }

  private static CommandLine wrong(String sentence) {
    return new CommandLine("", Optional.empty(), List.of(), Optional.of(sentence));
  }
}

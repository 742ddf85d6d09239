// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line as it was typed.
 *
 * @param command the command; {@code run} when none was given
 * @param config the file named with {@code --config}
 * @param rest further words
 * @param options what stands after the other options, by their names with dashes; empty texts for
 *     those that take no value
 * @param problem what is wrong with it; empty when nothing is
 */
record CommandLine(
    String command,
    Optional<Path> config,
    List<String> rest,
    Map<String, List<String>> options,
    Optional<String> problem) {

  private static final String CONFIG = "--config";

  /** An example for each option that takes a value. */
  private static final Map<String, String> VALUED =
      Map.ofEntries(
          Map.entry(CONFIG, "--config config/bot.yaml"),
          Map.entry("--var", "--var version=1.4.1"),
          Map.entry("--reason", "--reason password"),
          Map.entry("--words", "--words words.txt"),
          Map.entry("--out", "--out INC-1.zip"),
          Map.entry("--above", "--above INC-42"));

  private static final Set<String> FLAGS = Set.of("--store", "--replace-newer", "--short-names");

  /** Which options a command takes beside {@code --config}. */
  private static final Map<String, Set<String>> TAKEN =
      Map.ofEntries(
          Map.entry("runbook", Set.of("--var")),
          Map.entry("about-person", Set.of("--out")),
          Map.entry("forget-person", Set.of("--reason", "--short-names")),
          Map.entry("redact", Set.of("--reason", "--words")),
          Map.entry("export", Set.of("--out")),
          Map.entry("verify", Set.of("--store")),
          Map.entry("restore", Set.of("--replace-newer", "--above")));

  static CommandLine parse(String[] args) {
    List<String> words = new ArrayList<>();
    Map<String, List<String>> options = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      String word = args[i];
      String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      if (word.equals("--help") || word.equals("-h")) {
        words.add(0, "help");
      } else if (!word.startsWith("--")) {
        words.add(word);
      } else if (VALUED.containsKey(name)) {
        boolean joined = !name.equals(word);
        if (!joined && i + 1 == args.length) {
          return wrong(name + " needs a value, for example " + VALUED.get(name));
        }
        String value = joined ? word.substring(name.length() + 1) : args[++i];
        options.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
      } else if (FLAGS.contains(word)) {
        options.put(word, List.of(""));
      } else {
        return wrong("Unknown option " + word);
      }
    }
    return of(words, options);
  }

  private static CommandLine of(List<String> words, Map<String, List<String>> options) {
    String command = words.isEmpty() ? "run" : words.remove(0);
    List<String> files = options.getOrDefault(CONFIG, List.of());
    Optional<Path> config =
        files.isEmpty() ? Optional.empty() : Optional.of(Path.of(files.get(files.size() - 1)));
    options.remove(CONFIG);
    Set<String> taken = TAKEN.getOrDefault(command, Set.of());
    for (String name : options.keySet()) {
      if (!taken.contains(name)) {
        return wrong(command + " takes no " + name);
      }
    }
    return new CommandLine(
        command, config, List.copyOf(words), Map.copyOf(options), Optional.empty());
  }

  private static CommandLine wrong(String sentence) {
    return new CommandLine("", Optional.empty(), List.of(), Map.of(), Optional.of(sentence));
  }

  /** Returns every value given for an option, in order. */
  List<String> values(String option) {
    return options.getOrDefault(option, List.of());
  }
}

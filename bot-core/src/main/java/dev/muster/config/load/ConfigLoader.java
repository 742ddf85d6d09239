// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.config.BotConfig;
import dev.muster.config.ConfigResult;
import dev.muster.config.PlatformSettings;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Schedule;
import dev.muster.runbook.Runbook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the configuration: the main file, the runbooks beside it, and what placeholders in them
 * stand for. Finds all problems in one go. Keeps nothing between two readings; safe for threads.
 */
public final class ConfigLoader {

  /** The file that is read when none is named; relative to the working directory. */
  public static final Path USUAL_FILE = Path.of("config", "bot.yaml");

  /** The environment variable that names another file. */
  public static final String FILE_VARIABLE = "MUSTER_CONFIG";

  private static final String EMBEDDED = "(embedded defaults)";

  private final Function<String, String> env;
  private final Map<String, Class<? extends Record>> platformTypes;

  /**
   * Makes a loader.
   *
   * @param env the environment: value by name, null when it is not set
   * @param platformTypes each adapter's record of settings by its platform's name; empty: any
   *     platform and any key below it is taken, for tests that have no adapters
   */
  public ConfigLoader(
      Function<String, String> env, Map<String, Class<? extends Record>> platformTypes) {
    this.env = env;
    this.platformTypes = Map.copyOf(platformTypes);
  }

  /**
   * Says which file to read: the one named on the command line, else the one in {@value
   * #FILE_VARIABLE}, else {@link #USUAL_FILE} when it exists. Empty means the embedded defaults. A
   * named file is returned even when it does not exist, so that reading it says so.
   */
  public static Optional<Path> choose(Optional<Path> option, Function<String, String> env) {
    if (option.isPresent()) {
      return option;
    }
    String named = env.apply(FILE_VARIABLE);
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    return Files.exists(USUAL_FILE) ? Optional.of(USUAL_FILE) : Optional.empty();
  }

  /** Reads a file and everything it names; without a file, the embedded defaults. */
  public ConfigResult load(Optional<Path> file) {
    Problems problems = new Problems(file.map(Path::toString).orElse(EMBEDDED));
    Fingerprint fingerprint = new Fingerprint();
    Optional<BotConfig> config =
        text(file, problems, fingerprint)
            .flatMap(text -> YamlReader.read(text, problems))
            .flatMap(root -> config(root, file, problems, fingerprint));
    return problems.none()
        ? new ConfigResult.Loaded(config.orElseThrow(), problems.warnings(), fingerprint.hex())
        : new ConfigResult.Refused(problems.errors());
  }

  private static Optional<String> text(
      Optional<Path> file, Problems problems, Fingerprint fingerprint) {
    Optional<byte[]> bytes =
        file.isPresent()
            ? SourceFile.read(file.get(), problems)
            : Optional.of("".getBytes(StandardCharsets.UTF_8));
    bytes.ifPresent(fingerprint::add);
    return bytes.flatMap(found -> Characters.decode(found, problems));
  }

  private Optional<BotConfig> config(
      Node root, Optional<Path> file, Problems problems, Fingerprint fingerprint) {
    Path folder = file.map(ConfigLoader::folderOf).orElse(Path.of(""));
    Placeholders placeholders = new Placeholders(env, folder, problems);
    Optional<BotFile> keys =
        Binder.resolving(problems, placeholders).bind(BotFile.class, root, "", Set.of());
    Optional<Map<String, PlatformSettings>> platforms =
        new PlatformPart(problems, placeholders, platformTypes).read(root, announceChannel(keys));
    RunbookFolder folderOfRunbooks = new RunbookFolder(problems, env, fingerprint);
    Optional<List<Runbook>> runbooks =
        keys.map(
            found ->
                file.isEmpty() ? List.of() : runbooks(folderOfRunbooks, found, file.get(), root));
    Optional<BotConfig> config =
        platforms.isPresent()
            ? keys.map(found -> config(found, platforms.get(), runbooks.orElseThrow(), folder))
            : Optional.empty();
    config.ifPresent(found -> check(found, folderOfRunbooks.names(), problems));
    return config;
  }

  private static String announceChannel(Optional<BotFile> keys) {
    return keys.map(found -> found.incidents().announceChannel()).orElse("");
  }

  private static List<Runbook> runbooks(RunbookFolder reader, BotFile keys, Path file, Node root) {
    boolean written = root instanceof Node.Mapping mapping && mapping.get("runbooks").isPresent();
    Path parent = file.getParent();
    Path shown = parent == null ? keys.runbooks() : parent.resolve(keys.runbooks());
    return reader.read(
        folderOf(file).resolve(keys.runbooks()), shown.toString(), written, keys.outbound());
  }

  private static BotConfig config(
      BotFile keys, Map<String, PlatformSettings> platforms, List<Runbook> runbooks, Path folder) {
    List<Schedule> schedules =
        keys.oncall().schedules().stream().map(BotFile.ScheduleKeys::schedule).toList();
    List<EscalationPolicy> policies =
        keys.oncall().policies().stream().map(BotFile.PolicyKeys::policy).toList();
    return new BotConfig(
        keys.server(),
        keys.store(),
        keys.incidents(),
        platforms,
        keys.alerts().settings(),
        SeverityDefaults.complete(keys.severities(), policies),
        keys.services(),
        new BotConfig.OnCall(schedules, policies),
        keys.access(),
        keys.reactions(),
        keys.outbound(),
        runbooks,
        folder.resolve(keys.runbooks()));
  }

  private static void check(BotConfig config, Set<String> runbooks, Problems problems) {
    new NameChecks(config, runbooks, problems).run();
    new PeopleChecks(config, problems).run();
    new AlertChecks(config, problems).run();
  }

  private static Path folderOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }
}

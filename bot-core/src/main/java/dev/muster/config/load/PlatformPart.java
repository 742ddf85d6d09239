// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.config.AlertPattern;
import dev.muster.config.BotConfig;
import dev.muster.config.PlatformSettings;
import dev.muster.config.load.BotFile.PlatformKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the part {@code platforms}: keys every platform has, and each adapter's own record. */
final class PlatformPart {

  private static final String PATH = "platforms";
  private static final Node.Mapping NOTHING = new Node.Mapping(List.of(), new Place("", 0, 0));

  private final Problems problems;
  private final Placeholders placeholders;
  private final Map<String, Class<? extends Record>> types;

  /**
   * Reads platforms.
   *
   * @param problems where problems go
   * @param placeholders what placeholders of enabled platforms stand for
   * @param types the adapters' records by platform; empty: none are known, and any name is taken
   */
  PlatformPart(
      Problems problems, Placeholders placeholders, Map<String, Class<? extends Record>> types) {
    this.problems = problems;
    this.placeholders = placeholders;
    this.types = types;
  }

  /** Returns all platforms that are known or written in a file; empty when one has a problem. */
  Optional<Map<String, PlatformSettings>> read(Node root, String announceChannel) {
    Map<String, Node> written = parts(root);
    refuseUnknown(written.keySet());
    Set<String> names = new TreeSet<>(types.keySet());
    names.addAll(written.keySet());
    if (types.isEmpty()) {
      names.add(BotConfig.BUILT_IN_PLATFORM);
    }
    Map<String, PlatformSettings> settings = new LinkedHashMap<>();
    for (String name : names) {
      Node node = written.getOrDefault(name, NOTHING);
      platform(name, node.isNothing() ? NOTHING : node, announceChannel)
          .ifPresent(platform -> settings.put(name, platform));
    }
    return settings.size() == names.size() ? Optional.of(settings) : Optional.empty();
  }

  private static Map<String, Node> parts(Node root) {
    Map<String, Node> parts = new LinkedHashMap<>();
    if (root instanceof Node.Mapping all
        && all.get(PATH).orElse(NOTHING) instanceof Node.Mapping platforms) {
      platforms.entries().stream()
          .filter(entry -> !entry.key().value().startsWith("x-"))
          .forEach(entry -> parts.put(entry.key().value(), entry.value()));
    }
    return parts;
  }

  private void refuseUnknown(Set<String> written) {
    for (String name : written) {
      if (!types.isEmpty() && !types.containsKey(name)) {
        problems.at(
            Paths.key(PATH, name),
            "There is no platform " + name,
            Nearest.hint(name, types.keySet()));
      }
    }
  }

  private Optional<PlatformSettings> platform(String name, Node node, String announceChannel) {
    String path = Paths.key(PATH, name);
    if (!(node instanceof Node.Mapping mapping)) {
      problems.add(node.place(), path, "Here stands " + node.kind(), "Write keys below it");
      return Optional.empty();
    }
    Optional<Boolean> enabled = enabled(name, mapping, path);
    if (enabled.isEmpty()) {
      return Optional.empty();
    }
    return enabled.get() ? on(name, mapping, announceChannel) : off(name, mapping, announceChannel);
  }

  private Optional<Boolean> enabled(String name, Node.Mapping mapping, String path) {
    boolean builtIn = name.equals(BotConfig.BUILT_IN_PLATFORM);
    return mapping
        .get("enabled")
        .filter(node -> !node.isNothing())
        .map(node -> resolving().value(Boolean.class, node, Paths.key(path, "enabled")))
        .orElse(Optional.of((Object) builtIn))
        .map(Boolean.class::cast);
  }

  private Optional<PlatformSettings> on(String name, Node.Mapping mapping, String announceChannel) {
    String path = Paths.key(PATH, name);
    Optional<PlatformKeys> keys =
        resolving().bind(PlatformKeys.class, mapping, path, written(mapping));
    Optional<Record> own = own(name, mapping, resolving());
    if (keys.isEmpty() || (types.containsKey(name) && own.isEmpty())) {
      return Optional.empty();
    }
    boolean builtIn = name.equals(BotConfig.BUILT_IN_PLATFORM);
    boolean usual = !builtIn && mapping.get("alert-patterns").isEmpty();
    List<AlertPattern> patterns = keys.get().alertPatterns();
    return Optional.of(
        new PlatformSettings(
            name,
            true,
            keys.get().announceChannel().orElse(announceChannel),
            keys.get().alertChannels().orElse(builtIn ? List.of("alerts") : List.of()),
            usual ? patterns.stream().map(AlertPattern::ofPrograms).toList() : patterns,
            usual,
            own));
  }

  private Optional<PlatformSettings> off(
      String name, Node.Mapping mapping, String announceChannel) {
    Binder checking = Binder.checking(problems);
    int before = problems.count();
    checking.bind(PlatformKeys.class, mapping, Paths.key(PATH, name), written(mapping));
    own(name, mapping, checking);
    return problems.count() > before
        ? Optional.empty()
        : Optional.of(
            new PlatformSettings(
                name, false, announceChannel, List.of(), List.of(), true, Optional.empty()));
  }

  private Optional<Record> own(String name, Node.Mapping mapping, Binder binder) {
    Class<? extends Record> type = types.get(name);
    if (type == null) {
      return Optional.empty();
    }
    Set<String> everybodys = RecordShape.of(PlatformKeys.class).keys();
    return binder.bind(type, mapping, Paths.key(PATH, name), everybodys).map(Record.class::cast);
  }

  /** Which keys are known is the adapter's answer, so the common keys let all others pass. */
  private static Set<String> written(Node.Mapping mapping) {
    Set<String> keys = new TreeSet<>();
    mapping.entries().forEach(entry -> keys.add(entry.key().value()));
    return keys;
  }

  private Binder resolving() {
    return Binder.resolving(problems, placeholders);
  }
}

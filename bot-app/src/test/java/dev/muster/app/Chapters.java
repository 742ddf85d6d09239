// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A channel as people read it, by chapters: which of several orders is done first differs, so that
 * within a chapter what people said stands before the answers, and these stand by their words.
 */
final class Chapters {

  private final Supplier<List<Said>> channel;
  private final Set<String> inOrder = new LinkedHashSet<>();

  /**
   * @param channel everything that stands there by now, oldest first
   */
  Chapters(Supplier<List<Said>> channel) {
    this.channel = channel;
  }

  /**
   * A message of a channel.
   *
   * @param id its name in its channel
   * @param root the root of its thread
   * @param byTheBot whether no person wrote it
   * @param words what can be read on it
   */
  record Said(String id, Optional<String> root, boolean byTheBot, String words) {}

  /** Ends a chapter. */
  void end() {
    channel.get().stream()
        .filter(said -> said.root().isEmpty() && !inOrder.contains(said.id()))
        .sorted(Comparator.comparing(Said::byTheBot).thenComparing(Said::words))
        .forEach(said -> inOrder.add(said.id()));
  }

  /** Ends the last chapter, and returns the channel with each thread under its root. */
  String read() {
    end();
    List<Said> all = channel.get();
    return asRead(
        inOrder.stream().flatMap(id -> all.stream().filter(said -> said.id().equals(id))).toList(),
        all);
  }

  /** Returns a channel in the order in which it stands there, with each thread under its root. */
  static String asRead(List<Said> all) {
    return asRead(all.stream().filter(said -> said.root().isEmpty()).toList(), all);
  }

  private static String asRead(List<Said> roots, List<Said> all) {
    return roots.stream().map(root -> withReplies(root, all)).collect(Collectors.joining());
  }

  private static String withReplies(Said root, List<Said> all) {
    return all.stream()
        .filter(said -> said.root().equals(Optional.of(root.id())))
        .map(reply -> line(reply, "  └ "))
        .collect(Collectors.joining("", line(root, ""), ""));
  }

  private static String line(Said said, String lead) {
    String who = said.byTheBot() ? "muster: " : "person: ";
    return lead + who + said.words().strip().replace("\n", "\n        ") + "\n";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.incident.IncidentId;
import java.util.Optional;
import java.util.regex.Pattern;

/** The part of a command behind its verb, while it is being read. Not for several threads. */
final class VerbLine {

  private static final Pattern INCIDENT = Pattern.compile("(?i:inc-)[0-9]{1,30}");
  private static final Pattern SHORT_INCIDENT = Pattern.compile("(?:(?i:inc-)|#)[0-9]{1,30}");

  private final Words words;
  private final CommandSpec spec;
  private final String platform;
  private Optional<IncidentId> addressed = Optional.empty();
  private Optional<String> unreadable = Optional.empty();
  private boolean behind;

  VerbLine(Words words, CommandSpec spec, String platform) {
    this.words = words;
    this.spec = spec;
    this.platform = platform;
  }

  /** Returns whether a word is written like the name of an incident, readable or not. */
  static boolean namesIncident(String word) {
    return word.length() <= 40 && SHORT_INCIDENT.matcher(word).matches();
  }

  Words words() {
    return words;
  }

  CommandSpec spec() {
    return spec;
  }

  String platform() {
    return platform;
  }

  Optional<IncidentId> addressed() {
    return addressed;
  }

  /** Returns a word written like an incident's name that is none, such as {@code INC-0}. */
  Optional<String> unreadable() {
    return unreadable;
  }

  /** Takes {@code word} as the incident this command is about. */
  void address(String word) {
    addressed = IncidentId.parse(word);
    unreadable = addressed.isPresent() ? Optional.empty() : Optional.of(word);
  }

  /** Takes the next word if it is {@code INC-n} and no incident has been named before. */
  void addressNext() {
    String next = words.peek();
    boolean free = addressed.isEmpty() && unreadable.isEmpty();
    if (free && next.length() <= 40 && INCIDENT.matcher(next).matches()) {
      address(words.take());
      behind = true;
    }
  }

  /** Returns the incident that stood behind the verb, which is not the one this is about. */
  Optional<IncidentId> takeBack() {
    Optional<IncidentId> named = behind ? addressed : Optional.empty();
    if (named.isPresent()) {
      addressed = Optional.empty();
    }
    return named;
  }

  /** Takes the last word likewise, where it cannot be a part of free text. */
  void addressLast() {
    if (addressed.isEmpty() && unreadable.isEmpty()) {
      words.takeLastIf(VerbLine::namesIncident).ifPresent(this::address);
    }
  }
}

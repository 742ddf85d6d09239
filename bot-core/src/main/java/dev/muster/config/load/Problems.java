// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.config.ConfigProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects everything that is wrong in one reading, with the places of all keys, so that a check
 * that only knows a key's path can still say line and column. For one thread.
 */
final class Problems {

  /** More than this many lines help nobody; the rest is counted. */
  private static final int MOST_SHOWN = 300;

  private final List<ConfigProblem> errors = new ArrayList<>();
  private final List<ConfigProblem> warnings = new ArrayList<>();
  private final Map<String, Place> places = new HashMap<>();
  private final String file;

  Problems(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  /** Remembers where the value of a path stands. */
  void locate(String path, Place place) {
    places.put(path, place);
  }

  void add(Place place, String path, String what, String hint) {
    errors.add(problem(place, path, what, hint));
  }

  /** Adds a problem at the place of a path, or of the nearest group around it that was written. */
  void at(String path, String what, String hint) {
    add(nearest(path), path, what, hint);
  }

  void warn(Place place, String path, String what, String hint) {
    warnings.add(problem(place, path, what, hint));
  }

  void warnAt(String path, String what, String hint) {
    warn(nearest(path), path, what, hint);
  }

  /** Takes over what another file's reading found. */
  void addAll(Problems other) {
    errors.addAll(other.errors);
    warnings.addAll(other.warnings);
  }

  boolean none() {
    return errors.isEmpty();
  }

  int count() {
    return errors.size();
  }

  List<ConfigProblem> errors() {
    List<ConfigProblem> sorted = errors.stream().sorted().toList();
    if (sorted.size() <= MOST_SHOWN) {
      return sorted;
    }
    List<ConfigProblem> shown = new ArrayList<>(sorted.subList(0, MOST_SHOWN));
    int rest = sorted.size() - MOST_SHOWN;
    shown.add(problem(Place.whole(file), "", "There are " + rest + " more problems", ""));
    return List.copyOf(shown);
  }

  List<ConfigProblem> warnings() {
    return warnings.stream().sorted().toList();
  }

  private Place nearest(String path) {
    String at = path;
    while (!places.containsKey(at) && !at.isEmpty()) {
      int cut = Math.max(at.lastIndexOf('.'), at.lastIndexOf('['));
      at = cut < 0 ? "" : at.substring(0, cut);
    }
    return Optional.ofNullable(places.get(at)).orElse(Place.whole(file));
  }

  private static ConfigProblem problem(Place place, String path, String what, String hint) {
    return new ConfigProblem(place.file(), place.line(), place.column(), path, what, hint);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UserRef;
import dev.muster.incident.Incident;
import dev.muster.incident.Milestone;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds incidents that may be about the same thing, among those a person may see. */
final class SimilarIncidents {

  /** Within this time two people who say the same most likely mean the same. */
  static final Duration TWIN_WINDOW = Duration.ofMinutes(10);

  /** Returns the open incidents this person may see, newest first. */
  List<Incident> visibleOpen(Moment moment, UserRef viewer) {
    return moment.tx().incidents().unclosed().stream()
        .filter(incident -> incident.status().isOpen())
        .filter(incident -> incident.visibleTo(Optional.of(viewer)))
        .toList();
  }

  /** Returns an open incident of the same title that somebody else declared a moment ago. */
  Optional<Incident> twin(Moment moment, UserRef viewer, String title) {
    String words = normal(title);
    return visibleOpen(moment, viewer).stream()
        .filter(incident -> normal(incident.title()).equals(words))
        .filter(incident -> !incident.declaredBy().id().equals(viewer.toString()))
        .filter(
            incident ->
                incident
                    .reached(Milestone.DECLARED)
                    .filter(at -> !at.plus(TWIN_WINDOW).isBefore(moment.now()))
                    .isPresent())
        .findFirst();
  }

  /**
   * Returns an open incident of somebody else that may be the one a person is about to declare: of
   * the same service, or with most of the same words in its title.
   */
  Optional<Incident> alike(Moment moment, UserRef viewer, String title, List<String> services) {
    Set<String> words = words(title);
    return visibleOpen(moment, viewer).stream()
        .filter(incident -> !incident.declaredBy().id().equals(viewer.toString()))
        .filter(
            incident ->
                incident.services().stream().anyMatch(services::contains)
                    || isAlike(words, words(incident.title())))
        .findFirst();
  }

  private static boolean isAlike(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    Set<String> all = new HashSet<>(one);
    all.addAll(other);
    return !both.isEmpty() && both.size() * 10 >= all.size() * 6;
  }

  private static Set<String> words(String title) {
    return Set.copyOf(Arrays.asList(normal(title).split(" ")));
  }

  private static String normal(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills names like {@code {{labels.service}}} into a text; what is unknown becomes empty. */
final class AlertTemplate {

  private static final Pattern PLACE =
      Pattern.compile("\\{\\{ ?(labels|annotations|source)(?:\\.([^{}\\s]{1,200}))? ?}}");

  private AlertTemplate() {}

  static String fill(String template, Alert alert) {
    Matcher places = PLACE.matcher(template);
    return places.replaceAll(place -> Matcher.quoteReplacement(value(alert, places)));
  }

  private static String value(Alert alert, Matcher place) {
    String name = place.group(2) == null ? "" : place.group(2);
    return switch (place.group(1)) {
      case "labels" -> alert.labels().getOrDefault(name, "");
      case "annotations" -> alert.annotations().getOrDefault(name, "");
      default -> alert.key().source();
    };
  }
}

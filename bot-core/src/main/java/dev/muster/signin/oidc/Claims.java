// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.access.Level;
import dev.muster.config.OidcSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What claims mean here. */
public final class Claims {

  private static final int MOST_GROUPS = 1_000;

  private Claims() {}

  static Subject subject(JsonNode claims, OidcSettings settings) {
    String name = at(claims, settings.userClaim()).asText("");
    String email = claims.path("email").asText("");
    return new Subject(
        claims.path("sub").asText(),
        name.isBlank() ? email : name,
        groups(at(claims, settings.groupsClaim())));
  }

  /** A claim whose own name has dots comes before the way that dots lead. */
  private static JsonNode at(JsonNode claims, String name) {
    if (claims.has(name)) {
      return claims.path(name);
    }
    JsonNode found = claims;
    for (String part : name.split("\\.")) {
      found = found.path(part);
    }
    return found;
  }

  private static List<String> groups(JsonNode claim) {
    List<String> groups = new ArrayList<>();
    if (claim.isTextual()) {
      groups.add(claim.asText());
    }
    for (JsonNode group : claim) {
      if (group.isTextual() && groups.size() < MOST_GROUPS) {
        groups.add(group.asText());
      }
    }
    return groups;
  }

  /** Returns the highest role that is somebody's; empty for whoever may not enter. */
  public static Optional<Level> levelOf(Subject subject, OidcSettings settings) {
    return Stream.of(Level.values())
        .sorted(Comparator.reverseOrder())
        .filter(level -> settings.roles().of(level).stream().anyMatch(e -> fits(e, subject)))
        .findFirst()
        .or(settings::defaultRole);
  }

  private static boolean fits(String entry, Subject subject) {
    return entry.startsWith(OidcSettings.SUBJECT)
        ? entry.substring(OidcSettings.SUBJECT.length()).equals(subject.id())
        : subject.groups().contains(entry);
  }
}

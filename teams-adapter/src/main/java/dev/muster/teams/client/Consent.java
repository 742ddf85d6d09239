// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Reads from Graph's answers which permissions were granted, and which call failed for want of one.
 * Thread-safe.
 *
 * @param base where Graph is
 * @param grants learns what is seen
 */
record Consent(HttpUrl base, Grants grants) {

  private static final int FORBIDDEN = 403;

  /** How Graph words it; a 403 with other words is about the thing, and not about the app. */
  private static final List<String> WORDS =
      List.of(
          "authorization_requestdenied",
          "missing role permissions",
          "missing scope permissions",
          "insufficient privileges");

  /** Returns the permission that a call was refused for; empty when that is not why. */
  Optional<Scope> lacking(Request request, int status, byte[] body) {
    if (status != FORBIDDEN) {
      return Optional.empty();
    }
    JsonNode error = Json.readOrEmpty(body).path("error");
    String said =
        (error.path("code").asText("") + " " + error.path("message").asText(""))
            .toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(said::contains) ? needed(request) : Optional.empty();
  }

  private Optional<Scope> needed(Request request) {
    return Scope.neededBy(request.method(), path(request));
  }

  private List<String> path(Request request) {
    List<String> all = request.url().pathSegments();
    long below = base.pathSegments().stream().filter(part -> !part.isEmpty()).count();
    return all.subList((int) Math.min(below, all.size()), all.size());
  }

  /** Takes how a call ended in the end. */
  void seen(Request request, int status, Optional<Scope> lacking) {
    boolean through = status >= 200 && status < 300;
    Optional<Scope> scope = through ? needed(request) : lacking;
    List<String> path = path(request);
    boolean ofTeam = path.size() > 1 && path.get(0).equals("teams");
    scope.ifPresent(s -> grants.seen(s, ofTeam ? path.get(1) : "", !through));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads from the app's own token which permissions it carries (Microsoft Entra, access token
 * claims: {@code roles}). Microsoft may change the form of tokens, so one that cannot be read says
 * nothing; nothing is decided by it but what operators are told. Pure.
 */
public final class TokenRoles {

  private TokenRoles() {}

  /** Returns the permissions; empty when the token cannot be read. */
  public static Optional<Set<String>> of(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode claims = Json.read(Base64.getUrlDecoder().decode(parts[1]));
      Set<String> roles = new HashSet<>();
      claims.path("roles").forEach(role -> roles.add(role.asText("")));
      return claims.isObject() ? Optional.of(Set.copyOf(roles)) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

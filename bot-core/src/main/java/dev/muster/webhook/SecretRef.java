// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a secret inside a request, written <code>${NAME}</code>, <code>${NAME:-default}
 * </code> or <code>${file:PATH}</code>. The secret itself is never part of a request.
 *
 * @param place where it is kept
 * @param name name of the environment variable, or path of the file
 * @param fallback what counts when the variable is not set
 */
public record SecretRef(Place place, String name, Optional<String> fallback) {

  /** Where a secret is kept. */
  public enum Place {
    /** In an environment variable. */
    ENVIRONMENT,
    /** In a file, without the line end at its end. */
    FILE
  }

  private static final String FILE_PREFIX = "file:";
  private static final Pattern VARIABLE =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);

  /** Reads what stands between the braces; empty when it names nothing. */
  public static Optional<SecretRef> parse(String inside) {
    if (inside.startsWith(FILE_PREFIX) && inside.length() > FILE_PREFIX.length()) {
      String path = inside.substring(FILE_PREFIX.length());
      return Optional.of(new SecretRef(Place.FILE, path, Optional.empty()));
    }
    Matcher variable = VARIABLE.matcher(inside);
    return variable.matches()
        ? Optional.of(
            new SecretRef(
                Place.ENVIRONMENT, variable.group(1), Optional.ofNullable(variable.group(2))))
        : Optional.empty();
  }
}

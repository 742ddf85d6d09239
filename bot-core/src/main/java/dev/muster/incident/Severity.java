// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import java.util.Locale;
import java.util.Optional;

/** Size of an incident's impact; SEV1 is the worst. Ordered from worst to mildest. */
public enum Severity {
  /** Critical: customers cannot use the product. */
  SEV1("🔴"),
  /** Major: an important part does not work. */
  SEV2("🟠"),
  /** Minor: degraded, with a way around. The default. */
  SEV3("🟡"),
  /** Low: no effect on customers yet. */
  SEV4("⚪");

  private final String sign;

  Severity(String sign) {
    this.sign = sign;
  }

  /** Returns the shape that stands redundantly beside the word, never instead of it. */
  public String sign() {
    return sign;
  }

  /** Returns whether this severity is a larger impact than {@code other}. */
  public boolean isWorseThan(Severity other) {
    return ordinal() < other.ordinal();
  }

  /** Reads {@code 2}, {@code sev2} or {@code SEV-2} in any case; empty for anything else. */
  public static Optional<Severity> parse(String text) {
    String digits = text.strip().toUpperCase(Locale.ROOT).replaceFirst("^SEV[- ]?", "");
    for (Severity severity : values()) {
      if (severity.name().endsWith(digits) && digits.length() == 1) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import dev.muster.incident.Severity;
import java.util.List;
import java.util.Locale;

/** What monitoring systems call the weight of an alert, and the severity each word stands for. */
public enum SeverityWord {
  /** Something customers feel. */
  CRITICAL(Severity.SEV2, "crit", "fatal", "emergency", "emerg", "disaster", "p1", "sev1"),
  /** Somebody has to be woken. */
  PAGE(Severity.SEV2, "pager", "paging"),
  /** Something does not work. */
  ERROR(Severity.SEV3, "err", "high", "major", "alert", "p2", "sev2"),
  /** Something may break soon. */
  WARNING(Severity.SEV3, "warn", "minor", "medium", "average", "moderate", "p3", "sev3"),
  /** Good to know. */
  INFO(Severity.SEV4, "information", "informational", "notice", "low", "debug", "p4", "p5", "sev4"),
  /** The sender said nothing. */
  ABSENT(Severity.SEV3, ""),
  /** The sender used a word that is in no table; the default severity applies and it is flagged. */
  UNKNOWN(Severity.SEV3);

  private final Severity severity;
  private final List<String> aliases;

  SeverityWord(Severity severity, String... aliases) {
    this.severity = severity;
    this.aliases = List.of(aliases);
  }

  /** Reads a sender's word in any case and with any space around it. */
  public static SeverityWord of(String word) {
    String bare = SafeText.line(word, 40).toLowerCase(Locale.ROOT);
    for (SeverityWord known : List.of(CRITICAL, PAGE, ERROR, WARNING, INFO, ABSENT)) {
      if (known.word().equals(bare) || known.aliases.contains(bare)) {
        return known;
      }
    }
    return UNKNOWN;
  }

  /** Returns the word in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the severity an incident gets where no rule names one. */
  public Severity severity() {
    return severity;
  }
}

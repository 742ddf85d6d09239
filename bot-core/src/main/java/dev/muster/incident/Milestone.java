// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import java.util.Locale;

/** An instant worth measuring; every duration is the difference of two milestones. */
public enum Milestone {
  /** The impact began. */
  STARTED,
  /** Somebody or something noticed. */
  DETECTED,
  /** The incident was declared. */
  DECLARED,
  /** Somebody took it on. */
  ACKNOWLEDGED,
  /** It is known what is wrong. */
  IDENTIFIED,
  /** The impact stopped. */
  MITIGATED,
  /** The service is normal. */
  RESOLVED,
  /** The paperwork is done. */
  CLOSED;

  /** Returns the name people and programs see, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

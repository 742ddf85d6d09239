// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.Locale;

/** Reads {@code space PLATFORM}. */
final class SpaceGrammar {

  private static final int LONGEST = 32;

  private SpaceGrammar() {}

  static Reading<Intent> read(VerbLine line) {
    String name = line.words().take().toLowerCase(Locale.ROOT);
    if (name.isEmpty() || name.length() > LONGEST) {
      return Refusal.of(line.spec(), "needs_platform", "Say on which chat platform.");
    }
    line.addressNext();
    return PlainGrammar.nothingMore(line, new Outward.OpenSpace(name));
  }
}

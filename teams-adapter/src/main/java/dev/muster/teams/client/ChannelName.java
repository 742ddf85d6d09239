// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * Makes channel names that Teams takes: at most 50 characters, none of the characters that
 * SharePoint forbids, no reserved word, no leading dot or underscore and no trailing dot. Letters
 * and digits of every script stay; everything else becomes a hyphen. Pure.
 */
public final class ChannelName {

  /** Longest display name of a channel. */
  private static final int LONGEST = 50;

  private static final Set<String> RESERVED =
      Set.of("forms", "con", "prn", "aux", "nul", "desktop.ini", "_vti_", "general");

  private ChannelName() {}

  /**
   * Returns a legal name near the wanted one.
   *
   * @param wanted any text
   * @param attempt 1 for the name itself, more for one with that number behind it
   */
  public static String of(String wanted, int attempt) {
    String plain =
        Normalizer.normalize(wanted, Normalizer.Form.NFC)
            .replaceAll("[^\\p{L}\\p{N} _-]", "-")
            .replaceAll("[ \\t]+", " ")
            .replaceAll("-{2,}", "-")
            .replaceAll("^[-_ ]+|[-_ ]+$", "");
    String named = isReserved(plain) ? "incident-" + plain : plain;
    String suffix = attempt > 1 ? "-" + attempt : "";
    String cut = cut(named.isEmpty() ? "incident" : named, LONGEST - suffix.length());
    return cut.replaceAll("[-_ ]+$", "") + suffix;
  }

  private static boolean isReserved(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return RESERVED.contains(lower) || lower.matches("(com|lpt)[0-9]") || lower.contains("_vti_");
  }

  private static String cut(String name, int limit) {
    if (name.length() <= limit) {
      return name;
    }
    boolean splitsPair = Character.isHighSurrogate(name.charAt(limit - 1));
    return name.substring(0, splitsPair ? limit - 1 : limit);
  }
}

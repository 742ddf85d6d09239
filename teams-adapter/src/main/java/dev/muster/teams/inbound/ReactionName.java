// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Gives reactions the names people know, the same whoever tells of them. An activity names the six
 * old ones by a word and all others by code point and word, such as {@code 1f4cc_pushpin}; Graph
 * names the old ones by the same words or by their character, and all others by their character
 * alone. So a character goes by its name in Unicode, except where people know it by another. Pure.
 */
final class ReactionName {

  private static final String CUSTOM = "custom";

  private static final Map<Integer, String> KNOWN =
      Map.of(
          0x1f44d, "like",
          0x2764, "heart",
          0x1f606, "laugh",
          0x1f62e, "surprised",
          0x1f622, "sad",
          0x1f620, "angry",
          0x2705, "white_check_mark",
          0x1f440, "eyes");

  private static final int JOINER = 0x200d;
  private static final int VARIANT = 0xfe0f;
  private static final int FIRST_CHARACTER = 0x2000;

  private ReactionName() {}

  /** Returns the name of a reaction as an activity tells it. */
  static String of(String type) {
    String known = type == null ? "" : type;
    int parting = known.indexOf('_');
    String code = parting > 0 ? known.substring(0, parting) : "";
    if (!isCode(code)) {
      return character(known);
    }
    return named(
        List.of(code.split("-")).stream().map(part -> Integer.parseInt(part, 16)).toList(),
        known.substring(parting + 1));
  }

  /** Returns the name of a reaction as Graph tells it. */
  static String of(JsonNode reaction) {
    String type = reaction.path("reactionType").asText("");
    return type.equals(CUSTOM)
        ? reaction.path("displayName").asText(CUSTOM).toLowerCase(Locale.ROOT).replace(' ', '_')
        : of(type);
  }

  private static String character(String type) {
    boolean drawn = type.codePoints().anyMatch(c -> c >= FIRST_CHARACTER);
    return drawn ? named(type.codePoints().boxed().toList(), type) : type;
  }

  private static String named(List<Integer> codes, String otherwise) {
    String name =
        codes.stream()
            .filter(c -> c != JOINER && c != VARIANT && Character.isValidCodePoint(c))
            .map(c -> KNOWN.getOrDefault(c, unicode(c)))
            .collect(Collectors.joining("_"));
    return name.isEmpty() ? otherwise : name;
  }

  private static String unicode(int code) {
    String name = Character.getName(code);
    return name == null
        ? Integer.toHexString(code)
        : name.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
  }

  /** At most six digits in each part, so that no number is too large. */
  private static boolean isCode(String prefix) {
    return prefix.matches("[0-9a-fA-F]{2,6}(-[0-9a-fA-F]{2,6}){0,9}");
  }
}

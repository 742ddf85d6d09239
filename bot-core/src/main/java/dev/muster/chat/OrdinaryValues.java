// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What stands where a secret could stand and is none: a state, a name, a path, an identifier.
 * Engineers read it at night, so it stays. Pure.
 */
final class OrdinaryValues {

  /** Words joined by dashes, dots or strokes, as names of services and states are. */
  static final String WORDS =
      "(?:[A-Z]?[a-z]{2,20}[0-9]{0,4})(?:[-_./](?:[A-Z]?[a-z]{2,20}[0-9]{0,4}|[0-9]{1,4})){1,30}+"
          + "/?[.]?(?![A-Za-z0-9+/=_~-])";

  private static final int BEFORE = 40;
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{[^}]*}?|\\{\\{.*|\\$\\([^)]*\\)?|<[^>]*>?|‹[^>›]*[>›]?");
  private static final Pattern PATH =
      Pattern.compile("[~.]{0,2}(?:/[A-Z]?[a-z0-9._-]{1,40}){2,30}+/?");
  private static final Pattern NAME = Pattern.compile(WORDS);
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,40}(?:[.:][0-9]{1,20}){0,3}");
  private static final Pattern PLACE_IN_TEXT = Pattern.compile("[a-z]{2,12}[0-9]{1,6}");
  private static final Pattern ID_BEFORE =
      Pattern.compile(
          "(?:(?<![A-Za-z])(?i:id)|[a-z]I[dD]|(?i:trace|span|instance|request))[\\s\"'\\\\=:#(]{0,4}$");
  private static final Pattern CARD_BEFORE = Pattern.compile("(?i)card[^]]{0,6}$");
  private static final Pattern HASH_BEFORE =
      Pattern.compile(
          "(?i)(?:sha-?[0-9]{1,3}|digest|etag|checksum|integrity|(?:request|host|trace|span|cf)[-_"
              + " ]?id|x-amz-id-2|trace|request)[\\s\"'\\\\=:-]{0,5}$");
  private static final Set<String> STATES =
      Set.of(
          "null",
          "none",
          "false",
          "true",
          "undefined",
          "unset",
          "expired",
          "expires",
          "invalid",
          "missing",
          "required",
          "needed",
          "authentication",
          "authorization",
          "incorrect",
          "wrong",
          "changed",
          "updated",
          "rotated",
          "reset",
          "empty",
          "unknown",
          "rejected",
          "refused",
          "denied",
          "failed",
          "failure",
          "mismatch",
          "revoked",
          "disabled",
          "unauthorized",
          "forbidden",
          "accepted",
          "cannot",
          "please",
          "provided",
          "supplied",
          "hidden",
          "masked",
          "not_found",
          "not-found",
          "optional");

  private OrdinaryValues() {}

  /** Returns whether what is written for a password is a state, a placeholder or a path. */
  static boolean isNoPassword(String value) {
    String bare = bare(value);
    return STATES.contains(bare.toLowerCase(Locale.ROOT))
        || PLACEHOLDER.matcher(value).matches()
        || PATH.matcher(bare).matches();
  }

  /**
   * Returns whether what is written for a token is a name or an identifier.
   *
   * @param text the whole text
   * @param start where the name before the value begins
   */
  static boolean isNoToken(String text, int start, String value) {
    String bare = bare(value);
    return isNoPassword(value)
        || NUMBER.matcher(bare).matches()
        || UUID.matcher(bare).matches()
        || !bare.startsWith("sk-") && NAME.matcher(bare).matches()
        || before(text, start).toLowerCase(Locale.ROOT).endsWith("unexpected ")
            && PLACE_IN_TEXT.matcher(bare).matches();
  }

  /** Returns whether a bare row of digits at that place is some other identifier than a card. */
  static boolean isIdentifierAt(String text, int start) {
    String before = before(text, start);
    return ID_BEFORE.matcher(before).find() && !CARD_BEFORE.matcher(before).find();
  }

  /** Returns whether a hash or an identifier of a request is announced before that place. */
  static boolean isHashAt(String text, int start) {
    return HASH_BEFORE.matcher(before(text, start)).find();
  }

  private static String before(String text, int start) {
    return text.substring(Math.max(0, start - BEFORE), start);
  }

  private static String bare(String value) {
    int end = value.length();
    while (end > 0 && "}]).:!?|>".indexOf(value.charAt(end - 1)) >= 0) {
      end--;
    }
    return value.substring(0, end);
  }
}

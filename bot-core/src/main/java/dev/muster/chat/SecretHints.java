// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a text may hold, found in one cheap walk over it: most texts hold nothing, and every message
 * is looked at on its way in.
 *
 * @param pairs whether a name of a secret stands before an equals sign or a colon
 * @param logins whether a way to log in is named
 * @param runs whether letters, digits and dashes stand in a long row
 * @param randoms whether letters and digits in both cases stand in a row as long as a key
 * @param digits whether as many digits as a card number has stand together behind one that it may
 *     begin with
 */
record SecretHints(boolean pairs, boolean logins, boolean runs, boolean randoms, boolean digits) {

  /** The shortest row in which a secret of a known shape fits. */
  static final int RUN = 16;

  private static final int CARD_DIGITS = 13;
  private static final int KEY = 32;
  private static final int LONGEST_LOGIN = 300;

  /** How the names end behind which secrets stand, in lower case. */
  private static final List<String> NAMES =
      List.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "token",
          "secret",
          "sig",
          "sessioncookie",
          "session_cookie",
          "session-cookie",
          "apikey",
          "api_key",
          "api-key",
          "accesskey",
          "access_key",
          "access-key",
          "accountkey",
          "account_key",
          "account-key",
          "secretkey",
          "secret_key",
          "secret-key");

  /** The same by their last letter: a colon mostly stands behind something else. */
  private static final List<List<String>> NAMES_ENDING =
      IntStream.rangeClosed('a', 'z')
          .mapToObj(c -> NAMES.stream().filter(n -> n.charAt(n.length() - 1) == c).toList())
          .toList();

  private static final List<String> LOGINS = List.of("bearer", "basic");

  static SecretHints of(CharSequence text) {
    boolean pairs = false;
    boolean logins = false;
    int run = 0;
    int longest = 0;
    int dense = 0;
    int densest = 0;
    int figures = 0;
    int most = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      boolean plain = digit || isLetter(c);
      if (plain || c == '-' || c == '_') {
        longest = Math.max(longest, ++run);
      } else {
        run = 0;
        pairs |= (c == '=' || c == ':') && endsWithName(text, nameEnd(text, i));
        logins |= c == ' ' && endsWithAny(text, i, LOGINS);
      }
      dense = plain || c == '+' || c == '/' ? dense + 1 : 0;
      densest = Math.max(densest, dense);
      if (digit) {
        boolean counts = figures > 0 || c >= '2' && c <= '6' && (i == 0 || mayStandBefore(text, i));
        figures = counts ? figures + 1 : 0;
      } else if (c != ' ' && c != '-') {
        figures = 0;
      }
      most = Math.max(most, figures);
    }
    return new SecretHints(pairs, logins, longest >= RUN, densest >= KEY, most >= CARD_DIGITS);
  }

  /** Returns whether an address in the text may hold a name and a password before its host. */
  static boolean hasLogin(String text) {
    for (int at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
      int end = Math.min(text.length(), at + LONGEST_LOGIN);
      for (int i = at + 3; i < end && text.charAt(i) > ' ' && text.charAt(i) != '/'; i++) {
        if (text.charAt(i) == '@') {
          return true;
        }
      }
    }
    return false;
  }

  /** No card number begins within a word, a number or behind a point. */
  private static boolean mayStandBefore(CharSequence text, int card) {
    char before = text.charAt(card - 1);
    boolean digit = before >= '0' && before <= '9';
    return !digit && !isLetter(before) && before != '.' && before != '-';
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  /** Between a name and its sign there may be a quote, a backslash before it, and a space. */
  private static int nameEnd(CharSequence text, int sign) {
    int end = sign;
    while (end > 0 && sign - end < 3 && " \"'\\".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private static boolean endsWithName(CharSequence text, int end) {
    int letter = end == 0 ? -1 : Character.toLowerCase(text.charAt(end - 1)) - 'a';
    return letter >= 0
        && letter < NAMES_ENDING.size()
        && endsWithAny(text, end, NAMES_ENDING.get(letter));
  }

  private static boolean endsWithAny(CharSequence text, int end, List<String> words) {
    if (end < 3) {
      return false;
    }
    for (String word : words) {
      if (endsWith(text, end, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsWith(CharSequence text, int end, String word) {
    int begin = end - word.length();
    for (int i = word.length() - 1; i >= 0 && begin >= 0; i--) {
      if (Character.toLowerCase(text.charAt(begin + i)) != word.charAt(i)) {
        return false;
      }
    }
    return begin >= 0;
  }

  /** Returns whether nothing has to be looked for but what is named by its beginning. */
  boolean nothing() {
    return !pairs && !logins && !runs && !digits;
  }
}

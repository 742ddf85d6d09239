// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text safe to look at: what could hide or turn words round is written as an escape such as
 * {@code \u202E}, half characters become the replacement character, and words that run from right
 * to left are kept apart from what stands beside them. Pure.
 */
final class Visible {

  /** Controls but tab and line feed; bidirectional controls; invisible spaces and joiners. */
  private static final Pattern HIDDEN =
      Pattern.compile(
          "[\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F\\u00AD\\u061C\\u180E\\u200B\\u200E\\u200F"
              + "\\u2028-\\u202E\\u2060-\\u206F\\uFEFF\\uFFF9-\\uFFFB]|[\\x{E0000}-\\x{E001F}]");

  /** Half of a character beyond the first 65,536. */
  private static final Pattern HALF = Pattern.compile("\\p{Cs}");

  private static final String RIGHT_TO_LEFT =
      "[\\u0590-\\u08FF\\uFB1D-\\uFDFF\\uFE70-\\uFEFC\\x{10800}-\\x{10FFF}\\x{1E800}-\\x{1EFFF}]";

  private static final Pattern RUN =
      Pattern.compile(RIGHT_TO_LEFT + "(?:[^\\p{IsLatin}\\n]*" + RIGHT_TO_LEFT + ")?");

  /** First strong isolate and its end. */
  private static final String ISOLATED = "\u2068$0\u2069";

  private Visible() {}

  /** Returns the text with nothing hidden in it; line breaks and tabs stay. */
  static String text(String text) {
    return isHarmless(text) ? text : cared(text);
  }

  /** Returns the same as {@link #text}, whatever stands in it; slow. */
  static String cared(String text) {
    String open =
        HIDDEN
            .matcher(whole(text))
            .replaceAll(found -> Matcher.quoteReplacement(escape(found.group())));
    return RUN.matcher(open).replaceAll(ISOLATED);
  }

  /** Returns the text as it is, but for half characters and other line ends. */
  static String whole(String text) {
    return HALF.matcher(text.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("\uFFFD");
  }

  /** Returns the text as one line. */
  static String line(String text) {
    return text(text).replaceAll("\\s*[\\n\\t]\\s*", " ").strip();
  }

  /** Most text is harmless, and long text is looked at once only. */
  private static boolean isHarmless(String text) {
    int at = 0;
    while (at < text.length()) {
      char unit = text.charAt(at);
      int code = unit < 0x590 ? unit : text.codePointAt(at);
      if (code < 0x590 ? !isHarmlessWestern(code) : !isHarmlessElsewhere(code)) {
        return false;
      }
      at += Character.charCount(code);
    }
    return true;
  }

  private static boolean isHarmlessWestern(int code) {
    return code >= ' ' && code < 0x7F
        || code > 0x9F && code != 0xAD
        || code == '\n'
        || code == '\t';
  }

  /** Everything up to the end of the general punctuation, and the planes of pictures. */
  private static boolean isHarmlessElsewhere(int code) {
    return code > 0x8FF && code < 0x2000 && code != 0x180E
        || code == 0x200D
        || code > 0x200F && code < 0x2028
        || code > 0x202E && code < 0x2060
        || code > 0x206F && code < Character.MIN_SURROGATE
        || code == 0xFE0F
        || code >= 0x1F000 && code < 0xE0000;
  }

  private static String escape(String hidden) {
    int code = hidden.codePointAt(0);
    return code == 0x2028 || code == 0x2029 ? "\n" : String.format(Locale.ROOT, "\\u%04X", code);
  }
}

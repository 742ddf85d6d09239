// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides which addresses from outside may become links: {@code http} and {@code https} to a host
 * written in full and in the clear. Everything else is shown as words. Pure.
 */
public final class WebAddress {

  private static final int LONGEST = 2_000;

  /** No user part, no spaces, no controls, nothing beyond ASCII that could look like it. */
  private static final Pattern SHAPE =
      Pattern.compile(
          "https?://(\\[[0-9a-f:.]+\\]|[a-z0-9]([a-z0-9._-]*[a-z0-9])?)(:\\d{1,5})?"
              + "([/?#][\\x21-\\x7e&&[^<>|\"\\\\^`{}]]*)?",
          Pattern.CASE_INSENSITIVE);

  /**
   * Numbers that some readers take for an address of four bytes, except the usual dotted form. The
   * repetition never goes back, so a host of a thousand numbers costs no depth of stack.
   */
  private static final Pattern DISGUISED =
      Pattern.compile("(?:0x[0-9a-f]*+|\\d++)(?:\\.(?:0x[0-9a-f]*+|\\d++))*+");

  private static final Pattern DOTTED =
      Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

  /** The addresses of one cable, where clouds keep their keys. */
  private static final Pattern LINK_LOCAL =
      Pattern.compile("169\\.254\\..*|\\[fe[89ab].*|\\[.*(169\\.254\\.|a9fe:).*");

  private WebAddress() {}

  /** Returns whether the text is an address that may become a link. */
  public static boolean isLink(String url) {
    if (url.length() > LONGEST) {
      return false;
    }
    Matcher shape = SHAPE.matcher(url);
    if (!shape.matches()) {
      return false;
    }
    String host = shape.group(1).toLowerCase(Locale.ROOT);
    boolean disguised = DISGUISED.matcher(host).matches() && !DOTTED.matcher(host).matches();
    return !disguised && !LINK_LOCAL.matcher(host).matches();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Where somebody goes after signing in: a path of ours, or the start page. Browsers drop tabs and
 * line ends from addresses and take backslashes for slashes, so nothing of the kind gets through.
 */
final class ReturnTo {

  private static final int LONGEST = 500;
  private static final Pattern OWN_PATH =
      Pattern.compile("/(?!/)[\\x21-\\x7E&&[^\\\\\"<>^`{|}]]{0," + LONGEST + "}");
  private static final Pattern NOWHERE =
      Pattern.compile("/(sign-in|sign-out|api)(?![A-Za-z0-9._~-]).*");

  private ReturnTo() {}

  /** Returns the path itself when it is harmless, else the start page. */
  static String safe(String wanted) {
    boolean own = OWN_PATH.matcher(wanted).matches() && !NOWHERE.matcher(wanted).matches();
    return own ? wanted : "/";
  }

  /** Returns the address of the sign-in page that leads there afterwards. */
  static String signIn(String problem, String to) {
    String known = problem.isEmpty() ? "" : "problem=" + problem + "&";
    return "/sign-in?" + known + "to=" + URLEncoder.encode(safe(to), StandardCharsets.UTF_8);
  }
}

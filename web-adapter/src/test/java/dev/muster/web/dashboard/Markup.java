// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page may be made of: our own elements and attributes, and text. */
final class Markup {

  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-zA-Z!][^\\s>/]*)((?:\\s+[a-z-]+(?:=\"[^\"<>]*\")?)*)>");
  private static final Pattern FOREIGN =
      Pattern.compile("(href|src|action)=\"(?!/(?!/)|#|https?://)");
  private static final Set<String> OURS =
      Set.of(
          "!doctype",
          "html",
          "head",
          "meta",
          "title",
          "link",
          "script",
          "noscript",
          "body",
          "a",
          "header",
          "footer",
          "main",
          "nav",
          "section",
          "div",
          "span",
          "p",
          "ul",
          "ol",
          "li",
          "h1",
          "h2",
          "h3",
          "img",
          "table",
          "thead",
          "tbody",
          "tr",
          "th",
          "td",
          "form",
          "label",
          "input",
          "select",
          "option",
          "button",
          "details",
          "summary",
          "pre",
          "code",
          "dl",
          "dt",
          "dd",
          "bdi",
          "time",
          "strong");

  private Markup() {}

  /** Holds that a page is made of our markup alone; {@code where} is for the message. */
  static void check(String page, String where) {
    Matcher matcher = TAG.matcher(page);
    int last = 0;
    while (matcher.find()) {
      noMarkup(page.substring(last, matcher.start()), where);
      last = matcher.end();
      String attributes = matcher.group(3);
      assertTrue(OURS.contains(matcher.group(2)), where + " has " + matcher.group());
      String names = attributes.replaceAll("\"[^\"]*\"", "");
      assertFalse(names.contains(" on"), where + " has " + matcher.group());
      assertFalse(names.contains(" style="), where + " has " + matcher.group());
      assertFalse(FOREIGN.matcher(attributes).find(), where + " has " + matcher.group());
      assertTrue(
          !matcher.group(2).equals("script")
              || attributes.contains(" src=\"/assets/")
              || !matcher.group(1).isEmpty(),
          where + " has " + matcher.group());
    }
    noMarkup(page.substring(last), where);
    assertFalse(page.contains("\u202E"), where + " turns the reading direction");
    assertFalse(page.contains("\u0000"), where + " holds a zero");
  }

  private static void noMarkup(String text, String where) {
    assertFalse(text.contains("<") || text.contains(">"), where + " has stray markup: " + text);
  }
}

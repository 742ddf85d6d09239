// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import static dev.muster.testkit.GalleryPage.escape;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the little Markdown of text blocks as a client would, functions and calls too. Pure. */
final class CardMarkup {

  private static final ZoneId THERE = ZoneId.of("Europe/Berlin");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, MMM d, uuuu", Locale.ENGLISH).withZone(THERE);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH).withZone(THERE);

  /** A character that stands for itself, a time, a call, a link, or something to stand out. */
  private static final Pattern PIECE =
      Pattern.compile(
          "\\\\(?<plain>\\p{Punct})|\\{\\{(?<what>DATE|TIME)\\((?<at>[^,)]+)(?:, SHORT)?\\)\\}\\}"
              + "|(?<call><at>[^<]*</at>)|\\[(?<label>(?:[^\\]\\\\]|\\\\.)*)\\]\\((?<to>[^)]*)\\)"
              + "|\\*\\*(?<bold>(?:[^*\\\\]|\\\\.)+)\\*\\*|_(?<soft>(?:[^_\\\\]|\\\\.)+)_");

  private final List<String> called;

  /** Makes one for a card that calls these people, each as its text says. */
  CardMarkup(List<String> called) {
    this.called = List.copyOf(called);
  }

  /** Returns what people see. */
  String html(String markdown) {
    StringBuilder html = new StringBuilder();
    Matcher piece = PIECE.matcher(markdown);
    int from = 0;
    while (piece.find()) {
      html.append(escape(markdown.substring(from, piece.start()))).append(piece(piece));
      from = piece.end();
    }
    html.append(escape(markdown.substring(from)));
    return html.toString().replace("\n\n", "<br>").replace('\n', ' ').replace("\u2060", "");
  }

  private String piece(Matcher piece) {
    if (piece.group("plain") != null) {
      return escape(piece.group("plain"));
    }
    if (piece.group("what") != null) {
      return "<u>" + time(piece.group("what"), Instant.parse(piece.group("at"))) + "</u>";
    }
    if (piece.group("call") != null) {
      return call(piece);
    }
    if (piece.group("label") != null) {
      return "<a>" + html(piece.group("label")) + "</a>";
    }
    return piece.group("bold") != null
        ? "<b>" + html(piece.group("bold")) + "</b>"
        : "<i>" + html(piece.group("soft")) + "</i>";
  }

  private static String time(String what, Instant at) {
    return (what.equals("DATE") ? DATE : TIME).format(at);
  }

  /** What calls nobody is shown as it is. */
  private String call(MatchResult piece) {
    String text = piece.group();
    String name = text.substring("<at>".length(), text.length() - "</at>".length());
    return called.contains(text) ? "<i class='who'>" + escape(name) + "</i>" : escape(text);
  }
}

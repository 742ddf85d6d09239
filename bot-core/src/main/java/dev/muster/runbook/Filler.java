// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import dev.muster.chat.SecretPatterns;
import dev.muster.incident.Rejection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Fills the templates of one step and remembers the first thing that went wrong. One thread. */
final class Filler {

  /** A longer request is not something a person can approve by reading. */
  private static final int MAX_OUTPUT = 40_000;

  private final String step;
  private final TemplateValues values;
  private final Set<String> unknown = new TreeSet<>();
  private Rejection refusal;

  Filler(String step, TemplateValues values) {
    this.step = step;
    this.values = values;
  }

  /** Fills a template; every value is written for the same kind of place. */
  String fill(String text, Encoding encoding) {
    StringBuilder out = new StringBuilder();
    for (Template.Piece piece : Template.parse(text).pieces()) {
      out.append(piece.named() ? value(piece.text(), encoding) : piece.text());
    }
    return limited(out);
  }

  /** Fills a JSON text: values are escaped inside quotes, and numbers or booleans outside. */
  String fillJson(String text) {
    StringBuilder out = new StringBuilder();
    boolean quoted = false;
    for (Template.Piece piece : Template.parse(text).pieces()) {
      if (piece.named()) {
        out.append(value(piece.text(), quoted ? Encoding.JSON_TEXT : Encoding.JSON_BARE));
      } else {
        out.append(piece.text());
        quoted = quotedAfter(piece.text(), quoted);
      }
    }
    return limited(out);
  }

  /** Remembers a refusal unless there is one already. */
  void refuse(Rejection rejection) {
    if (refusal == null) {
      refusal = rejection;
    }
  }

  /** Returns what went wrong; unknown names come first, all of them together. */
  Optional<Rejection> problem() {
    if (unknown.isEmpty()) {
      return Optional.ofNullable(refusal);
    }
    return Optional.of(
        new Rejection(
            "unknown_name",
            "Step " + step + " uses what is not known: " + String.join(", ", unknown) + ".",
            "Known are: " + String.join(", ", values.values().keySet()) + "."));
  }

  private String value(String name, Encoding encoding) {
    Optional<String> value = values.get(name);
    if (value.isEmpty()) {
      unknown.add(name);
      return "";
    }
    if (encoding != Encoding.TEXT && SecretPatterns.holdsMark(value.get()) && !isTitle(name)) {
      refuse(takenOut(name));
      return "";
    }
    Optional<String> encoded = encoding.encode(value.get());
    if (encoded.isEmpty()) {
      refuse(new Rejection("bad_value", unfit(name, encoding), mend(name, encoding)));
    }
    return encoded.orElse("");
  }

  /** The title is words for people, and stands with its mark everywhere else as well. */
  private boolean isTitle(String name) {
    return name.equals("incident.title")
        || name.equals("title") && values.get(name).equals(values.get("incident.title"));
  }

  /** The text in place of a secret would be sent as if it were the value. */
  private Rejection takenOut(String name) {
    String what = name.startsWith("steps.") ? "output " : "parameter ";
    return new Rejection(
        "redacted_value",
        "Step "
            + step
            + " is not called: "
            + what
            + name
            + " looks like a secret, and secrets are"
            + " not kept.",
        "Write ${file:PATH} or ${NAME} in the runbook in place of {{"
            + name
            + "}}, and put the"
            + " value there.");
  }

  private String unfit(String name, Encoding encoding) {
    String place =
        switch (encoding) {
          case HEADER -> "a header";
          case PATH -> "the address";
          default -> "JSON without quotes";
        };
    return "The value of " + name + " cannot stand in " + place + " of step " + step + ".";
  }

  private static String mend(String name, Encoding encoding) {
    return switch (encoding) {
      case HEADER -> "Use plain ASCII in one line.";
      case PATH -> "Give a value for " + name + "; it is empty.";
      default -> "Give a number, or put quotes around {{" + name + "}} in the runbook.";
    };
  }

  private String limited(StringBuilder out) {
    if (out.length() > MAX_OUTPUT) {
      refuse(
          new Rejection(
              "too_long",
              "The request of step " + step + " is longer than " + MAX_OUTPUT + " characters.",
              "Give shorter values."));
      return "";
    }
    return out.toString();
  }

  private static boolean quotedAfter(String json, boolean quotedBefore) {
    boolean quoted = quotedBefore;
    for (int i = 0; i < json.length(); i++) {
      char letter = json.charAt(i);
      if (letter == '\\' && quoted) {
        i++;
      } else if (letter == '"') {
        quoted = !quoted;
      }
    }
    return quoted;
  }
}

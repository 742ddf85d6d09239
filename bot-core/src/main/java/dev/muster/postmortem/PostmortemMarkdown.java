// SPDX-License-Identifier: Apache-2.0
package dev.muster.postmortem;

import dev.muster.chat.UtcText;
import dev.muster.postmortem.Postmortem.Part;
import dev.muster.postmortem.Postmortem.Statement;
import dev.muster.postmortem.Postmortem.Written;
import dev.muster.timeline.MarkdownText;
import java.util.stream.Collectors;

/** Writes a postmortem as Markdown; every foreign word is escaped, every statement cites. */
public final class PostmortemMarkdown {

  private PostmortemMarkdown() {}

  /** Returns the document; entries are cited as {@code [#12]}. */
  public static String render(Postmortem postmortem) {
    StringBuilder out = new StringBuilder();
    out.append("# Postmortem ").append(postmortem.incident()).append(": ");
    out.append(MarkdownText.line(postmortem.title())).append("\n\n");
    out.append(state(postmortem)).append('\n');
    for (Part part : postmortem.sections()) {
      out.append("\n## ").append(part.title()).append("\n\n");
      part.written().ifPresent(words -> out.append(written(words, part)));
      for (Statement statement : part.statements()) {
        out.append("- ").append(MarkdownText.line(statement.text())).append(' ');
        out.append(cited(statement)).append('\n');
      }
      if (part.missing().isPresent()) {
        String gap = part.statements().isEmpty() ? "" : "\n";
        out.append(gap).append("*").append(MarkdownText.line(part.missing().get())).append("*\n");
      } else if (part.statements().isEmpty() && part.written().isEmpty()) {
        out.append("*Nothing open.*\n");
      }
    }
    return out.toString();
  }

  private static String state(Postmortem postmortem) {
    return postmortem
        .published()
        .map(
            it ->
                "Published on "
                    + UtcText.minute(it.at())
                    + " by "
                    + it.by()
                    + " [#"
                    + it.entry()
                    + "]"
                    + (it.changedSince() ? ", changed since" : "")
                    + ". What the timeline says is cited, what people wrote is quoted; nobody is"
                    + " blamed.")
        .orElseGet(
            () ->
                "Draft of "
                    + UtcText.minute(postmortem.generatedAt())
                    + ", written from the timeline. Nothing is guessed; nobody is blamed.");
  }

  private static String written(Written words, Part part) {
    return MarkdownText.quotation(words.text())
        + "\nWritten by "
        + words.by()
        + " on "
        + UtcText.minute(words.at())
        + " [#"
        + words.entry()
        + "]\n"
        + (part.statements().isEmpty() ? "" : "\n");
  }

  private static String cited(Statement statement) {
    return statement.entries().stream()
        .distinct()
        .map(seq -> "[#" + seq + "]")
        .collect(Collectors.joining(" "));
  }
}

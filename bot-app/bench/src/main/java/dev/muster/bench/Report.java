// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The table with what one must know to believe it. */
record Report(String head, List<Row> rows) {

  private static final String BEGIN = "<!-- The bench writes from here -->";
  private static final String END = "<!-- to here. -->";

  /** Describes a run that is over. */
  static Report of(Plan plan, Figure sync, double loadBefore, List<Row> rows) {
    String head =
        """
        | | |
        |---|---|
        | date | %s |
        | machine | %s |
        | one page to the disk | %s |
        | load average before and after | %s, %s |
        | rounds | %d of %d s for each side, in turns; medians, with the least and the most |
        """
            .formatted(
                Instant.now().truncatedTo(ChronoUnit.MINUTES),
                Machine.words(),
                sync,
                Figure.number(loadBefore),
                Figure.number(Machine.load()),
                plan.rounds(),
                plan.round().toSeconds());
    List<Row> all = new ArrayList<>(rows);
    all.addAll(Goals.unmeasured(rows));
    return new Report(head, List.copyOf(all));
  }

  /** Returns the whole as Markdown. */
  String markdown() {
    return head
        + "\n| goal | what | Muster | beside | ratio | wanted |\n|---|---|---|---|---|---|\n"
        + rows.stream().map(Row::markdown).collect(Collectors.joining("\n"))
        + "\n";
  }

  /** Puts it between the marks of a document. */
  void writeInto(Path document) throws IOException {
    String text = Files.readString(document);
    int from = text.indexOf(BEGIN);
    int to = text.indexOf(END);
    if (from < 0 || to < from) {
      throw new IOException(document + " has no place for the table");
    }
    String before = text.substring(0, from + BEGIN.length());
    Files.writeString(document, before + "\n\n" + markdown() + "\n" + text.substring(to));
  }
}

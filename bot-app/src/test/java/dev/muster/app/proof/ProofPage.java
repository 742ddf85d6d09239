// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.proof;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** The two tables of {@code docs/reliability.md}, made from results alone. */
final class ProofPage {

  static final String BEGIN = "<!-- made from proof-results.jsonl: begin -->";
  static final String END = "<!-- made from proof-results.jsonl: end -->";

  private final Collection<ProofKind> kinds;
  private final List<ProofResult> results;

  ProofPage(Collection<ProofKind> kinds, List<ProofResult> results) {
    this.kinds = kinds;
    this.results = results;
  }

  /** Returns a page with its tables made anew. */
  String in(String page) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("The page needs the lines " + BEGIN + " and " + END);
    }
    return page.substring(0, begin) + BEGIN + "\n" + tables() + page.substring(end);
  }

  private String tables() {
    return "\n## Goals and figures\n\n"
        + "| goal | figure | command | date | machine, commits |\n|---|---|---|---|---|\n"
        + kinds.stream().map(this::goal).collect(Collectors.joining())
        + "\n## Fault ledger\n\n"
        + "| proof | faults injected | defects found | mended | open |\n|---|---|---|---|---|\n"
        + kinds.stream().map(this::faults).collect(Collectors.joining())
        + total()
        + "\n";
  }

  private String goal(ProofKind kind) {
    List<ProofResult> own = own(kind);
    long passed = own.stream().filter(ProofResult::hasPassed).mapToLong(ProofResult::trials).sum();
    return row(
        kind.wanted() + " " + kind.goal(),
        figure(kind, passed),
        "`tools/proof-run " + kind.name() + "`",
        own.isEmpty() ? "not yet" : own.get(own.size() - 1).end().substring(0, 10),
        where(own));
  }

  private String figure(ProofKind kind, long passed) {
    long open = open(kind);
    String broken = open == 0 ? "0 broken" : open + " broken";
    if (passed == 0) {
      return open == 0 ? "nothing tried yet" : broken;
    }
    String tried = kind.counted().equals(ProofKind.TRIALS) ? "tried" : kind.counted();
    return passed + " " + tried + ", " + broken + (open == 0 ? bound(kind, passed) : "");
  }

  /** Three over n is a share of trials; where time is counted, it is a time between two. */
  private static String bound(ProofKind kind, long passed) {
    if (kind.counted().equals(ProofKind.TRIALS)) {
      double percent = Math.min(100.0, 300.0 / passed);
      String form = percent < 0.01 ? "; rate below %.4f %%" : "; rate below %.2f %%";
      return String.format(Locale.ROOT, form, percent);
    }
    long between = passed / 3;
    return between < 2 ? "" : "; less than one in " + between + " " + kind.counted();
  }

  private static String where(List<ProofResult> own) {
    Set<String> machines = own.stream().map(ProofResult::machine).collect(sorted());
    Set<String> commits = own.stream().map(ProofResult::commit).collect(sorted());
    return String.join("; ", machines) + (commits.isEmpty() ? "" : ": " + many(commits));
  }

  private static String many(Set<String> commits) {
    List<String> all = new ArrayList<>(commits);
    return all.size() <= 3 ? String.join(", ", all) : all.size() + " commits";
  }

  private static Collector<String, ?, Set<String>> sorted() {
    return Collectors.toCollection(TreeSet::new);
  }

  private String faults(ProofKind kind) {
    List<ProofResult> own = own(kind);
    long found = own.stream().filter(result -> !result.hasPassed()).count();
    return row(
        kind.name(),
        String.valueOf(injected(own)),
        String.valueOf(found),
        String.valueOf(found - open(kind)),
        String.valueOf(open(kind)));
  }

  private String total() {
    long found = results.stream().filter(result -> !result.hasPassed()).count();
    long open = kinds.stream().mapToLong(this::open).sum();
    return row(
        "all",
        String.valueOf(injected(results)),
        String.valueOf(found),
        String.valueOf(found - open),
        String.valueOf(open));
  }

  private static long injected(List<ProofResult> own) {
    return own.stream().mapToLong(ProofResult::injected).sum();
  }

  /** A batch that failed is mended once the same one passed later. */
  private long open(ProofKind kind) {
    List<ProofResult> own = own(kind);
    return own.stream()
        .filter(result -> !result.hasPassed())
        .filter(
            failed ->
                own.stream()
                    .skip(own.indexOf(failed))
                    .noneMatch(later -> later.hasPassed() && later.seed() == failed.seed()))
        .count();
  }

  private List<ProofResult> own(ProofKind kind) {
    return results.stream().filter(result -> result.kind().equals(kind.name())).toList();
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}

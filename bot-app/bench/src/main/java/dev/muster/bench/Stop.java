// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.child.Muster;
import dev.muster.bench.load.AlertShots;
import dev.muster.bench.load.AlertShots.Wording;
import dev.muster.bench.load.UntilGone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * S14: SIGTERM in the midst of messages and alerts, while orders are on their way to a platform
 * that takes its time. How long the process lives on, and whether a second start over the same
 * store has everything that the first one answered with 2xx, and has it once.
 */
final class Stop implements Benchmark {

  private static final int TALKERS = 16;
  private static final int SENDERS = 4;

  /** So many numbers lie between those of two connections; messages differ by their microsecond. */
  private static final int MESSAGES_APART = 1_000_000 / TALKERS;

  private static final int ALERTS_APART = 10_000_000;
  private static final Duration CALL = Duration.ofMillis(150);
  private static final String RULES =
      ", rules: [ { match: {}, group-by: [alertname], severity: SEV3, do: declare } ]";

  /**
   * One stop.
   *
   * @param seconds from the signal to the end of the process
   * @param answered how many messages and alerts were answered with 2xx
   * @param lost how many of them the next start has not
   * @param doubled how many things are there twice
   */
  private record End(double seconds, long answered, long lost, long doubled) {}

  @Override
  public List<Row> run(Plan plan) throws Exception {
    Rounds<End> rounds = new Rounds<>("");
    long answered = 0;
    for (int i = 0; i < plan.rounds(); i++) {
      End end = stopped(plan, "stop-" + i);
      answered += end.answered();
      rounds.ours(end);
    }
    String of = String.format(" of %,d messages and alerts answered with 2xx", answered);
    return List.of(
        rounds.row("S14", "from SIGTERM under load to the end", "s", End::seconds, "≤ 15 s"),
        rounds.row("S14", "lost" + of, "", End::lost, "0"),
        rounds.row("S14", "there twice after the next start", "", End::doubled, "0"));
  }

  private static End stopped(Plan plan, String name) throws Exception {
    Path folder = plan.work().resolve(name);
    try (Office office = new Office(plan, name, RULES)) {
      String channel = office.declare("Stop");
      office.slack().takes(CALL);
      int port = office.muster().port();
      UntilGone talk =
          new UntilGone(port, TALKERS, i -> office.messages(channel, (long) i * MESSAGES_APART));
      UntilGone alerts =
          new UntilGone(
              port, SENDERS, i -> AlertShots.distinct(Wording.WEBHOOK, (i + 1L) * ALERTS_APART));
      LockSupport.parkNanos(plan.round().toNanos());
      double seconds = office.muster().end();
      List<Long> said = numbers(talk.answered(), 1, MESSAGES_APART, 1);
      List<Long> stated = numbers(alerts.answered(), AlertShots.IN_ONE, ALERTS_APART, 0);
      stated.replaceAll(number -> number + ALERTS_APART);
      try (Muster again = new Muster(plan.jar(), folder, office.slack(), RULES);
          Kept kept = new Kept(folder.resolve("data"))) {
        again.settle();
        Office.await("everything to be handled", () -> kept.waiting() == 0);
        return counted(office, seconds, said, stated, kept);
      }
    }
  }

  private static End counted(
      Office office, double seconds, List<Long> said, List<Long> stated, Kept kept) {
    Map<Long, Long> messages = kept.messages();
    Map<Long, Long> alerts = kept.alerts();
    Map<Long, Long> attached = kept.attached();
    long lost =
        said.stream().filter(number -> !messages.containsKey(number)).count()
            + stated.stream()
                .filter(n -> !alerts.containsKey(n) || !attached.containsKey(n))
                .count();
    long channels =
        office.slack().ledger().stream()
            .filter(entry -> entry.call().method().equals("conversations.create"))
            .filter(entry -> entry.error().isEmpty())
            .count();
    long doubled =
        twice(messages)
            + twice(alerts)
            + twice(attached)
            + Math.max(0, channels - kept.incidents());
    return new End(seconds, said.size() + stated.size(), lost, doubled);
  }

  private static long twice(Map<Long, Long> counts) {
    return counts.values().stream().filter(count -> count > 1).count();
  }

  /** Returns the numbers of what was in requests that were answered. */
  private static List<Long> numbers(List<List<Long>> answered, int inOne, long apart, long first) {
    List<Long> numbers = new ArrayList<>();
    for (int connection = 0; connection < answered.size(); connection++) {
      for (long request : answered.get(connection)) {
        for (long i = 0; i < inOne; i++) {
          numbers.add(connection * apart + request * inOne + i + first);
        }
      }
    }
    return numbers;
  }
}

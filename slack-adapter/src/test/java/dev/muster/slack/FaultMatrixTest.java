// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.LedgerEntry;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.RepeatedOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method of the Web API that the adapter calls, with every fault: the outcome says what to do
 * next, giving the order again under its key ends well, and in the end it was carried out once.
 */
class FaultMatrixTest {

  /** No order leads to these; what they suffer stands in tests of their own. */
  private static final Set<String> ELSEWHERE =
      Set.of("auth.test", "apps.connections.open", "conversations.list");

  private static final Pattern METHOD =
      Pattern.compile(
          "\"((?:conversations|chat|users|usergroups|views|files|pins|bookmarks|reactions|auth"
              + "|team|apps)\\.[A-Za-z.]+)\"");

  private static final Set<FakeFault> NOT_DONE_FOR_SURE =
      EnumSet.of(
          FakeFault.RATE_LIMITED, FakeFault.RATE_LIMITED_BLINDLY, FakeFault.RATE_LIMITED_POLITELY);

  private final ManualClock clock = ManualClock.atNoon();
  @TempDir Path folder;
  private RecordingInbox inbox;

  @Test
  void everyMethodInTheCode_hasARow() throws IOException {
    Set<String> called = new TreeSet<>();
    Path sources = Path.of(System.getProperty("muster.root", ".."), "slack-adapter/src/main/java");
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        METHOD
            .matcher(Files.readString(file))
            .results()
            .map(FaultMatrixTest::name)
            .forEach(called::add);
      }
    }
    called.removeAll(ELSEWHERE);
    Set<String> rows = new TreeSet<>();
    FaultRow.all()
        .forEach(row -> rows.add(row.method().equals("upload") ? "files.upload" : row.method()));
    rows.remove("response_url");
    assertEquals(called, rows);
  }

  private static String name(MatchResult found) {
    return found.group(1);
  }

  static Stream<FaultRow> rows() {
    return FaultRow.all().stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void method_eachFault_isCarriedOutOnceAndTold(FaultRow row) {
    Set<FakeFault> faults = EnumSet.complementOf(EnumSet.of(FakeFault.DELAYS));
    if (row.isNoMethod()) {
      // These two are answers with an ok, which such an address never gives.
      faults.remove(FakeFault.RATE_LIMITED_POLITELY);
      faults.remove(FakeFault.CREDENTIALS_REFUSED);
    }
    faults.forEach(fault -> suffer(row, fault));
  }

  @Tag("proof")
  @ParameterizedTest
  @MethodSource("rows")
  void method_answeringLate_isCarriedOutOnce(FaultRow row) {
    suffer(row, FakeFault.DELAYS);
  }

  @ParameterizedTest
  @EnumSource(FakeFault.class)
  void check_whateverHappens_isAFindingOrFine(FakeFault fault) {
    try (SlackChatWorld world = world()) {
      world.slack().arm("auth.test", fault);
      var check = world.platform().check();
      assertTrue(check.ok() || !check.findings().isEmpty(), fault + ": " + check);
    }
  }

  private SlackChatWorld world() {
    KeyedMemory memory = new KeyedMemory();
    inbox = new RecordingInbox(memory);
    return Worlds.open(memory, inbox, clock, folder).world();
  }

  private void suffer(FaultRow row, FakeFault fault) {
    String what = row.method() + " x " + fault;
    try (SlackChatWorld world = world()) {
      world.platform().start();
      RepeatedOrder order = row.prepare(new FaultRow.Scene(world, inbox, clock));
      int before = world.slack().ledger().size();
      world.slack().arm(row.method(), fault);
      OnceKey key = OnceKey.first("matrix", clock.instant());

      ChatOutcome<?> first = order.give(key);

      judge(row, fault, first, what);
      if (first instanceof ChatOutcome.Refused) {
        return;
      }
      ChatOutcome<?> last = order.untilDone(key, first, clock);
      assertTrue(last instanceof ChatOutcome.Done || row.once(), what + " ended as " + last);
      List<String> effects =
          world.slack().ledger().stream()
              .skip(before)
              .filter(row::counts)
              .map(LedgerEntry::effect)
              .toList();
      assertTrue(effects.size() >= row.least() && effects.size() <= row.most(), what + effects);
    }
  }

  /**
   * What may have been done is never called refused; what was surely not done is asked for later.
   */
  private static void judge(FaultRow row, FakeFault fault, ChatOutcome<?> first, String what) {
    if (fault == FakeFault.CREDENTIALS_REFUSED) {
      assertTrue(!(first instanceof ChatOutcome.Unknown), what + " gave " + first);
      return;
    }
    assertTrue(!(first instanceof ChatOutcome.Refused), what + " gave " + first);
    if (NOT_DONE_FOR_SURE.contains(fault) && row.least() > 0) {
      boolean told = first instanceof ChatOutcome.RetryLater || first instanceof ChatOutcome.Done;
      assertTrue(told, what + " gave " + first);
    }
  }
}

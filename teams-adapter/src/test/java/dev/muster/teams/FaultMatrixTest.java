// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import dev.muster.teams.fake.FakeCall;
import dev.muster.teams.fake.FakeFault;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.RepeatedOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call to Microsoft's side that the adapter makes, with every fault: the outcome says what to
 * do next, giving the order again under its key ends well, and in the end it was carried out once.
 */
class FaultMatrixTest {

  /**
   * No order leads to these: what the first suffers is a finding of the check; the keys are read
   * for those who call us ({@link KeyFaultsTest}).
   */
  private static final Set<FakeCall> ELSEWHERE = elsewhere();

  /** What signing in and looking around ask for. */
  private static final Set<FakeCall> OF_THE_CHECK =
      EnumSet.of(FakeCall.SIGN_IN, FakeCall.LIST_GRANTS, FakeCall.READ_METADATA);

  /** Addresses that Graph wants inside a body; nobody calls them. */
  private static final Set<String> NEVER_CALLED = Set.of("users", "appCatalogs teamsApps");

  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\.at\\(\\s*(\"[a-zA-Z]+\".*?)\\.(?:build|addQueryParameter)\\(", Pattern.DOTALL);

  private static final Pattern SDK_VERB = Pattern.compile("\\bc\\s*\\.([a-zA-Z]+)\\(");
  private static final Pattern WORD = Pattern.compile("\"([a-zA-Z]+)\"");

  private static final Set<FakeFault> NOT_DONE_FOR_SURE =
      EnumSet.of(
          FakeFault.RATE_LIMITED,
          FakeFault.RATE_LIMITED_BY_DATE,
          FakeFault.RATE_LIMITED_BLINDLY,
          FakeFault.NOT_NOW);

  /** What a change and a question suffer every day; the others differ in what they wear. */
  private static final Set<FakeFault> OF_CHANGES =
      EnumSet.of(FakeFault.LOSES_THE_REPLY, FakeFault.RATE_LIMITED, FakeFault.INVITES_TO_REPEAT);

  private static final Set<FakeFault> OF_QUESTIONS =
      EnumSet.of(FakeFault.RATE_LIMITED, FakeFault.ANSWERS_NOTHING);

  /** From these nobody can read an answer. */
  private static final Set<FakeFault> GARBLED =
      EnumSet.of(
          FakeFault.ANSWERS_HTML,
          FakeFault.ANSWERS_HALF,
          FakeFault.ANSWERS_NOTHING,
          FakeFault.ANSWERS_A_BOMB);

  /** What waiting for long meets first. */
  private static final Set<FakeCall> SLOW_EVERY_DAY =
      EnumSet.of(FakeCall.SIGN_IN, FakeCall.SEND, FakeCall.CREATE_CHANNEL, FakeCall.LIST_MESSAGES);

  private final ManualClock clock = ManualClock.atNoon();
  @TempDir Path folder;

  private static Set<FakeCall> elsewhere() {
    Set<FakeCall> calls = EnumSet.copyOf(KeyFaultsTest.CALLS);
    calls.add(FakeCall.LIST_GRANTS);
    return calls;
  }

  @Test
  void everyCallInTheCode_isKnownAndHasARow() throws IOException {
    Set<String> known =
        Arrays.stream(FakeCall.values()).map(FakeCall::words).collect(Collectors.toSet());
    Set<String> called = new TreeSet<>();
    Set<String> verbs = new TreeSet<>();
    Path sources = Path.of(System.getProperty("muster.root", ".."), "teams-adapter/src/main/java");
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String code = Files.readString(file);
        ADDRESS.matcher(code).results().map(FaultMatrixTest::words).forEach(called::add);
        boolean connector = file.endsWith("Connector.java");
        SDK_VERB
            .matcher(connector ? code : "")
            .results()
            .map(found -> found.group(1))
            .forEach(verbs::add);
      }
    }
    called.removeAll(NEVER_CALLED);
    assertTrue(called.size() > 8, "the code is not read as it is written: " + called);
    called.removeAll(known);
    assertEquals(Set.of(), called, "calls of Graph that the fake does not know");
    assertEquals(
        Set.of(
            "createConversation",
            "deleteActivity",
            "getConversationMember",
            "getConversationPagedMembers",
            "sendToConversation",
            "updateActivity"),
        verbs);
    Set<FakeCall> rows = EnumSet.copyOf(ELSEWHERE);
    FaultRow.all().forEach(row -> rows.add(row.call()));
    assertEquals(EnumSet.allOf(FakeCall.class), rows);
  }

  private static String words(MatchResult address) {
    return WORD.matcher(address.group(1))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.joining(" "));
  }

  static Stream<FaultRow> rows() {
    return FaultRow.all().stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void call_faultOfEveryDay_isCarriedOutOnceAndTold(FaultRow row) {
    Set<FakeFault> faults = row.call().changes() ? OF_CHANGES : OF_QUESTIONS;
    faults.forEach(fault -> suffer(row, fault));
    if (SLOW_EVERY_DAY.contains(row.call())) {
      suffer(row, FakeFault.ANSWERS_TOO_LATE);
      suffer(row, FakeFault.ANSWERS_SLOWLY);
    }
  }

  @Tag("proof")
  @ParameterizedTest
  @MethodSource("rows")
  void call_eachFault_isCarriedOutOnceAndTold(FaultRow row) {
    for (FakeFault fault : FakeFault.values()) {
      suffer(row, fault);
    }
  }

  @Tag("proof")
  @ParameterizedTest
  @EnumSource(FakeFault.class)
  void check_whateverHappens_isAFindingOrFine(FakeFault fault) {
    for (FakeCall call : OF_THE_CHECK) {
      try (TeamsChatWorld world = world()) {
        world.teams().arm(call, fault);
        var check = world.platform().check();
        String what = call + " x " + fault + ": " + check;
        assertFalse(world.teams().isArmed(), what);
        assertTrue(check.ok() || !check.findings().isEmpty(), what);
      }
    }
  }

  private TeamsChatWorld world() {
    KeyedMemory memory = new KeyedMemory();
    return new TeamsChatWorld(memory, new RecordingInbox(memory), clock, folder);
  }

  private void suffer(FaultRow row, FakeFault fault) {
    String what = row.call() + " x " + fault;
    try (TeamsChatWorld world = world()) {
      RepeatedOrder order = row.prepare(new FaultRow.Scene(world, clock));
      int before = world.teams().ledger().size();
      world.teams().arm(row.call(), fault);
      OnceKey key = OnceKey.first("matrix", clock.instant());

      ChatOutcome<?> first = order.give(key);

      assertFalse(world.teams().isArmed(), what + ": the order does not lead to the call");
      judge(row, fault, first, what);
      ChatOutcome<?> last = order.untilDone(key, first, clock);
      assertTrue(last instanceof ChatOutcome.Done || row.once(), what + " ended as " + last);
      var calls = world.teams().ledger();
      assertEquals(List.of(), unknown(calls), what + " led to calls that have no name");
      long times = row.carriedOut(calls.subList(before, calls.size()));
      assertTrue(times >= row.least() && times <= row.most(), what + " carried out " + times);
    }
  }

  /** What has no row suffers nothing; only finding out whether a side is back needs no name. */
  private static List<String> unknown(List<FakeTeams.Call> calls) {
    return calls.stream()
        .filter(call -> call.kind().isEmpty())
        .map(FakeTeams.Call::path)
        .filter(path -> !path.endsWith("/v1.0/") && !path.endsWith("/v3/conversations"))
        .toList();
  }

  /** What may have been done is never called refused; what surely was not is asked for later. */
  private static void judge(FaultRow row, FakeFault fault, ChatOutcome<?> first, String what) {
    if (row.call() == FakeCall.SIGN_IN && fault == FakeFault.CREDENTIALS_REFUSED) {
      assertTrue(
          first instanceof ChatOutcome.Refused<?> refused
              && refused.cause() == ChatOutcome.Cause.CREDENTIALS,
          what + " gave " + first);
      return;
    }
    assertFalse(first instanceof ChatOutcome.Refused, what + " gave " + first);
    if (fault == FakeFault.ANSWERS_SLOWLY) {
      assertTrue(first instanceof ChatOutcome.Done, what + " gave " + first);
    }
    if (fault == FakeFault.ANSWERS_TOO_LATE) {
      assertFalse(first instanceof ChatOutcome.Done && row.call().changes(), what);
    }
    boolean garbled = fault == FakeFault.ANSWERS_A_BOMB || !row.call().changes();
    if (garbled && GARBLED.contains(fault)) {
      assertFalse(first instanceof ChatOutcome.Done, what + " gave " + first);
    }
    boolean sure = NOT_DONE_FOR_SURE.contains(fault) || fault == FakeFault.CREDENTIALS_REFUSED;
    if (sure && !row.beganBefore()) {
      assertFalse(first instanceof ChatOutcome.Unknown, what + " gave " + first);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.engine.Engine;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.teams.fake.FakeCall;
import dev.muster.webhook.WebhookClient;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every commit and every call stands on the list of {@link KillPoints}, and what is listed there as
 * killed is killed by a test. A new transaction or a new call makes this fail.
 */
final class KillPointsTest {

  private static final Pattern SLACK_METHOD =
      Pattern.compile(
          "\"((?:conversations|chat|views|files|pins|bookmarks|reactions)\\.[A-Za-z.]+)\"");
  private static final Set<String> SLACK_ASKS =
      Set.of(
          "conversations.info",
          "conversations.members",
          "conversations.history",
          "conversations.replies",
          "conversations.list",
          "chat.getPermalink",
          "bookmarks.list",
          "pins.list",
          "files.info");

  /** Goes to the address that Slack gave for it, and is no method. */
  private static final String BYTES_OF_A_FILE = "files.upload";

  private static final Set<String> TEAMS_ASKS = Set.of("SIGN_IN", "READ_METADATA", "READ_KEYS");

  @Test
  void commits_foundInTheProgram_areAllListed() {
    Set<String> found = WriteTransactions.ofTheProgram();
    assertEquals(Set.of(), without(found, listed()), "new; give it crash points in KillPoints");
    assertEquals(Set.of(), without(listed(), found), "gone; take it out of KillPoints");
  }

  private static Set<String> listed() {
    return union(KillPoints.COMMITS, KillPoints.HARMLESS_COMMITS);
  }

  private static Set<String> without(Set<String> all, Set<String> those) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(those);
    return rest;
  }

  @Test
  void commits_ofAnOffender_areFound() {
    assertEquals(
        Set.of("WritesByItself#keep"),
        WriteTransactions.in(
            new ClassFileImporter().importPackages("dev.muster.app.offenders.crash")));
  }

  @Test
  void verbs_ofTheChatPort_areAllListed() {
    assertEquals(union(KillPoints.VERBS, KillPoints.HARMLESS_VERBS), verbs(ChatPlatform.class));
  }

  @Test
  void verbs_ofAPortWithOneMore_areFound() {
    Set<String> more = verbs(OneVerbMore.class);
    more.removeAll(union(KillPoints.VERBS, KillPoints.HARMLESS_VERBS));
    assertEquals(Set.of("shout"), more);
  }

  /** A chat that learnt something new. */
  private interface OneVerbMore extends ChatPlatform {
    void shout(String words);
  }

  @Test
  void targets_theirClientAndLateResults_areListed() {
    assertEquals(
        union(KillPoints.TARGETS, KillPoints.HARMLESS_TARGETS),
        verbs(WebhookClient.class).stream()
            .map(verb -> "WebhookClient#" + verb)
            .collect(Collectors.toSet()));
    assertEquals(
        KillPoints.LATE_RESULTS.keySet(),
        Arrays.stream(Engine.class.getMethods())
            .map(Method::getName)
            .filter(name -> name.contains("LateResult"))
            .map(name -> "Engine#" + name)
            .collect(Collectors.toSet()));
  }

  @Test
  void slack_methodsThatTheAdapterCalls_belongToListedVerbs() throws IOException {
    Set<String> called = new TreeSet<>();
    Path sources = Path.of(System.getProperty("muster.root"), "slack-adapter/src/main/java");
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        SLACK_METHOD
            .matcher(Files.readString(file))
            .results()
            .forEach(found -> called.add(found.group(1)));
      }
    }
    called.removeAll(SLACK_ASKS);
    assertEquals(new TreeSet<>(KillPoints.SLACK.keySet()), called);
    called.remove(BYTES_OF_A_FILE);
    assertTrue(FakeSlack.methods().containsAll(called), "the stand-in knows all of them");
    belongToVerbs(KillPoints.SLACK);
  }

  @Test
  void teams_callsThatChange_belongToListedVerbs() {
    Set<String> changing =
        Arrays.stream(FakeCall.values())
            .map(FakeCall::name)
            .filter(name -> !TEAMS_ASKS.contains(name))
            .filter(name -> !name.startsWith("GET_") && !name.startsWith("LIST_"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(KillPoints.TEAMS.keySet()), changing);
    belongToVerbs(KillPoints.TEAMS);
  }

  @Test
  void stepsListedAsKilled_aTest_killsBeforeAndAfter() {
    Set<String> killed =
        Stream.of(
                OpeningCrashPointsTest.stepsOfOpening(),
                CrashPointsTest.stepsOfHearing(),
                CrashPointsTest.stepsOfAnAlert(),
                CrashPointsTest.stepsOfACall(),
                CrashPointsTest.stepsOfAChange(),
                CrashPointsTest.stepsOfATimer(),
                CrashPointsTest.stepsOfAStart(),
                SlackCrashPointsTest.stepsOfOpening())
            .flatMap(points -> points)
            .collect(Collectors.toSet());
    Set<String> without =
        Stream.of(KillPoints.COMMITS, KillPoints.VERBS, KillPoints.TARGETS, KillPoints.LATE_RESULTS)
            .flatMap(list -> list.values().stream())
            .flatMap(step -> Stream.of("before " + step, "after " + step))
            .filter(point -> !killed.contains(point))
            .collect(Collectors.toSet());
    assertEquals(Set.of(), without);
  }

  private static void belongToVerbs(Map<String, String> calls) {
    Set<String> unknown = new TreeSet<>(calls.values());
    unknown.removeAll(union(KillPoints.VERBS, KillPoints.HARMLESS_VERBS));
    assertEquals(Set.of(), unknown);
  }

  private static Set<String> union(Map<String, String> one, Map<String, String> other) {
    Set<String> both = new TreeSet<>(one.keySet());
    both.addAll(other.keySet());
    assertEquals(one.size() + other.size(), both.size(), "listed twice");
    return both;
  }

  private static Set<String> verbs(Class<?> port) {
    return Arrays.stream(port.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.testkit.ChatPlatformContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares how many contract tests each platform ran in this build with how many the suite has. A
 * suite that is filtered or skipped would otherwise look as green as a passed one.
 */
class ContractCountTest {
  private static final Path ROOT = Path.of(System.getProperty("muster.root"));

  /** Where suites are expected: Slack keeps the whole contract over HTTP and over Socket Mode. */
  private static final List<String> SUITES =
      List.of("bot-core", "slack-adapter", "slack-adapter", "teams-adapter", "web-adapter");

  /** Modules with a platform; each keeps the whole contract. */
  private static final List<String> MODULES =
      List.of("bot-core", "slack-adapter", "teams-adapter", "web-adapter");

  private static final Pattern SUBCLASS =
      Pattern.compile(
          "package ([\\w.]+);.*class (\\w+) extends ChatPlatformContract\\b", Pattern.DOTALL);
  private static final Pattern TESTS = Pattern.compile("<testsuite [^>]*?\\btests=\"(\\d+)\"");
  private static final Pattern SKIPPED = Pattern.compile("<skipped[^>]*>");

  /** One platform's subclass of the suite, and where its results are. */
  private record Suite(String module, String type) {
    Path report() {
      return ROOT.resolve(module).resolve("target/surefire-reports/TEST-" + type + ".xml");
    }
  }

  @TestFactory
  Stream<DynamicTest> suite_ofEachPlatform_ranEveryContractTest() {
    return suites().map(suite -> DynamicTest.dynamicTest(suite.type(), () -> ranAll(suite)));
  }

  @Test
  void suites_eachPlatform_hasOneForEachWayOfHearing() {
    List<String> modules = suites().map(Suite::module).toList();

    assertEquals(SUITES, modules);
  }

  @Test
  void contractTests_areFinal_soNoneIsBlankedOut() {
    List<String> open =
        contractTests()
            .filter(test -> !Modifier.isFinal(test.getModifiers()))
            .map(Method::getName)
            .toList();

    assertEquals(List.of(), open);
  }

  private static void ranAll(Suite suite) throws IOException {
    assumeTrue(Files.exists(suite.report()), "this run is not one of the whole build");
    String xml = Files.readString(suite.report());
    Matcher tests = TESTS.matcher(xml);
    assertTrue(tests.find(), suite.report() + " has no counts");
    List<String> skipped = SKIPPED.matcher(xml).results().map(MatchResult::group).toList();

    assertEquals(contractTests().count(), Long.parseLong(tests.group(1)), suite.type());
    assertEquals(List.of(), skipped, suite.type());
  }

  private static Stream<Method> contractTests() {
    return Arrays.stream(ChatPlatformContract.class.getMethods())
        .filter(method -> method.isAnnotationPresent(Test.class));
  }

  private static Stream<Suite> suites() {
    return MODULES.stream().flatMap(ContractCountTest::suitesOf);
  }

  private static Stream<Suite> suitesOf(String module) {
    Path sources = ROOT.resolve(module).resolve("src/test/java");
    if (!Files.isDirectory(sources)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(ContractCountTest::read)
          .map(SUBCLASS::matcher)
          .filter(Matcher::find)
          .map(found -> new Suite(module, found.group(1) + "." + found.group(2)))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

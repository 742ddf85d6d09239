// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.muster.chat.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Where a secret is opened or a signature or fingerprint is computed, nothing is compared in a way
 * whose time tells how much of it was right.
 */
class SecretComparisonTest {

  /** What hands out a secret, or what stands for one. */
  private static final Set<String> SOURCES =
      Set.of(
          "dev.muster.chat.spi.Secret.reveal",
          "javax.crypto.Mac.doFinal",
          "java.security.MessageDigest.digest");

  /** What stops at the first difference. */
  private static final Set<String> TELLING =
      Set.of(
          "java.lang.String.equals",
          "java.lang.String.equalsIgnoreCase",
          "java.lang.String.contentEquals",
          "java.lang.String.compareTo",
          "java.lang.String.startsWith",
          "java.lang.Object.equals",
          "java.util.Objects.equals",
          "java.util.Arrays.equals",
          "java.util.Arrays.compare",
          "java.util.Arrays.mismatch");

  /** They compare what the configuration says with what we wrote ourselves; nobody outside asks. */
  private static final SortedSet<String> OURS_WITH_OURS =
      new TreeSet<>(
          Set.of(
              "dev.muster.slack.SlackSettings.requireAppToken(dev.muster.chat.spi.Secret)",
              "dev.muster.slack.SlackSettings.requireBotToken(dev.muster.chat.spi.Secret)",
              "dev.muster.slack.client.SlackApi.listening(okhttp3.Interceptor$Chain)"));

  private static Set<String> called(JavaCodeUnit unit) {
    Set<String> called = new TreeSet<>();
    for (JavaMethodCall call : unit.getMethodCallsFromSelf()) {
      called.add(call.getTargetOwner().getName() + "." + call.getName());
    }
    return called;
  }

  private static Stream<JavaCodeUnit> opening(Collection<JavaClass> classes) {
    return classes.stream()
        .flatMap(type -> type.getCodeUnits().stream())
        .filter(unit -> called(unit).stream().anyMatch(SOURCES::contains));
  }

  private static List<String> telling(Collection<JavaClass> classes) {
    return opening(classes)
        .filter(unit -> called(unit).stream().anyMatch(TELLING::contains))
        .map(JavaCodeUnit::getFullName)
        .sorted()
        .toList();
  }

  @Test
  void program_whereItOpensSecrets_comparesInConstantTime() {
    List<JavaClass> program = ArchitectureTest.PROGRAM.stream().toList();

    assertEquals(List.copyOf(OURS_WITH_OURS), telling(program));
    assertTrue(opening(program).count() > 10, opening(program).count() + " places");
  }

  /** Each of these would tell an attacker, by its time, how long to go on guessing. */
  static final class Careless {

    private Careless() {}

    static boolean asText(Secret secret, String presented) {
      return secret.reveal().equals(presented);
    }

    static boolean asBytes(String text, byte[] presented) throws NoSuchAlgorithmException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return Arrays.equals(MessageDigest.getInstance("SHA-256").digest(bytes), presented);
    }
  }

  @Test
  void careless_isFound() {
    assertEquals(
        2, telling(new ClassFileImporter().importClasses(Careless.class).stream().toList()).size());
  }
}

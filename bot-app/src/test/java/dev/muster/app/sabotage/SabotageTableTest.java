// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.sabotage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every proof becomes red when what it proves is broken, and for that reason. Faults that need a
 * process of their own are put in by {@code crash.SabotageTest} and {@code crash.PowerLossTest}.
 */
final class SabotageTableTest {

  private static final Path PAGE =
      Path.of(System.getProperty("muster.root", "..")).resolve("docs/reliability.md");

  @TempDir private Path folder;

  static Stream<Sabotage> quick() {
    return caughtByTests(true);
  }

  static Stream<Sabotage> slow() {
    return caughtByTests(false);
  }

  private static Stream<Sabotage> caughtByTests(boolean quick) {
    return Arrays.stream(Sabotage.values())
        .filter(each -> each.proof() instanceof Proof.Test test && test.quick() == quick);
  }

  @ParameterizedTest
  @MethodSource("quick")
  void fault_putIn_isCaught(Sabotage sabotage) throws IOException {
    assertCaught(sabotage);
  }

  @ParameterizedTest
  @MethodSource("slow")
  @Tag("proof")
  void fault_putInWhereTheProofTakesLonger_isCaught(Sabotage sabotage) throws IOException {
    assertCaught(sabotage);
  }

  private void assertCaught(Sabotage sabotage) throws IOException {
    Proof proof = sabotage.proof();
    Suite.Ended sound = Suite.run(proof.test(), List.of(), folder);
    assertEquals(List.of(), sound.failures(), "without the fault");
    assertTrue(sound.ran() > 0, "no test ran");
    Path faulty = sabotage.into(folder.resolve("mutant"));

    long begin = System.nanoTime();
    Suite.Ended ended = Suite.run(proof.test(), List.of(faulty), folder);

    System.out.printf(
        "%d %s, after %d ms: %s%n",
        sabotage.number(), sabotage, (System.nanoTime() - begin) / 1_000_000, ended.failures());
    assertEquals(sound.ran(), ended.ran(), "the fault keeps the proof from running");
    assertFalse(ended.failures().isEmpty(), () -> "nobody notices that " + sabotage.broken());
    assertEquals(
        List.of(),
        ended.failures().stream().filter(said -> !said.contains(proof.says())).toList(),
        "it failed for another reason than “" + proof.says() + "”");
  }

  @Test
  void mutant_ofWhatIsNotThereAnyMore_isRefused() {
    Mutant old = new Mutant("bot-core/pom.xml", "what never stood there", "");
    AssertionError refused =
        assertThrows(AssertionError.class, () -> Mutant.into(folder, List.of(old)));
    assertTrue(refused.getMessage().contains("bot-core/pom.xml has changed"), refused.toString());
  }

  @Test
  void table_ofTheTwenty_lacksNone() {
    assertEquals(
        IntStream.rangeClosed(1, 20).boxed().toList(),
        Arrays.stream(Sabotage.values()).map(Sabotage::number).distinct().toList());
  }

  @Test
  void page_asItIsKept_saysWhatTheTableSays() throws IOException {
    String made = SabotagePage.in(Files.readString(PAGE));
    if ("write".equals(System.getProperty("muster.golden"))) {
      Files.writeString(PAGE, made);
    }
    assertEquals(made, Files.readString(PAGE), "make it anew with -Dmuster.golden=write");
  }
}

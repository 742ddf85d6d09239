// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.config.ConfigProblem;
import dev.muster.config.ConfigResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a hand or a disk does to the files, reading them answers with problems. */
class MutatedConfigTest {

  private static final Path SHIPPED = Path.of(System.getProperty("muster.root", ".."), "config");
  private static final List<String> BITS =
      List.of(
          "\n",
          " ",
          "\t",
          ":",
          "- ",
          "{",
          "}",
          "[",
          "]",
          "\"",
          "'",
          "#",
          "&a",
          "*a",
          "!!x",
          "---\n",
          "${",
          "${A}",
          "${file:x}",
          "|",
          ">",
          "?",
          "%",
          "@",
          "`",
          "0",
          "-1",
          "1h",
          "9999999999999",
          "null",
          "~",
          "<<: *a",
          "\u0000",
          "\uFEFF",
          "é",
          "😀",
          "{{",
          "}}",
          "SEV1",
          "x-y: 1\n");

  @TempDir Path folder;

  @Test
  void files_mutatedAtRandom_areReadOrRefusedButNeverThrow() throws Exception {
    String main = Files.readString(SHIPPED.resolve("bot.yaml")).replaceAll("(?m)^ *#.*\n", "");
    String runbook = Files.readString(SHIPPED.resolve("runbooks/rollback-checkout.yaml"));
    Random random = new Random(20260105);
    Configs configs = new Configs(folder);
    int refused = 0;
    for (int round = 0; round < 250; round++) {
      byte[] mutated = mutate(main, random);
      configs.write("bot.yaml", mutated);
      configs.write("runbooks/a.yaml", mutate(runbook, random));
      String shown = "round " + round + ":\n" + new String(mutated, StandardCharsets.UTF_8);
      ConfigResult result =
          assertDoesNotThrow((ThrowingSupplier<ConfigResult>) configs::read, shown);
      refused += result.match(loaded -> 0, problems -> said(problems.problems(), shown));
    }
    assertTrue(refused > 100, "only " + refused + " were refused");
  }

  private static int said(List<ConfigProblem> problems, String shown) {
    assertTrue(!problems.isEmpty(), shown);
    problems.forEach(problem -> assertTrue(!problem.what().isBlank(), shown));
    return 1;
  }

  private static byte[] mutate(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    int changes = random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(mutated.length());
      int end = Math.min(mutated.length(), at + random.nextInt(12));
      switch (random.nextInt(3)) {
        case 0 -> mutated.delete(at, end);
        case 1 -> mutated.insert(at, BITS.get(random.nextInt(BITS.size())));
        default -> mutated.insert(random.nextInt(mutated.length()), mutated.substring(at, end));
      }
    }
    byte[] bytes = mutated.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(20) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}

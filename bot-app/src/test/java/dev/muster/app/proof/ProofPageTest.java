// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProofPageTest {

  private static final String EMPTY = "# Page\n" + ProofPage.BEGIN + "\nold\n" + ProofPage.END;

  private static final ProofKind COUNTING = new Counting(ProofKind.TRIALS);

  private record Counting(String counted) implements ProofKind {
    @Override
    public String name() {
      return "counting";
    }

    @Override
    public String goal() {
      return "times counted: nothing lost";
    }

    @Override
    public int wanted() {
      return 1_000;
    }

    @Override
    public Batch run(Path folder, long seed) {
      return new Batch(100, 100, List.of());
    }
  }

  private static ProofResult result(long seed, String outcome, String... defects) {
    return new ProofResult(
        "counting",
        seed,
        "abc",
        "2 cores",
        "2026-03-01T12:00:00Z",
        "2026-03-01T12:01:00Z",
        100,
        100,
        List.of(defects),
        outcome);
  }

  private static String page(ProofResult... results) {
    return new ProofPage(List.of(COUNTING), List.of(results)).in(EMPTY);
  }

  @Test
  void page_asItIsKept_saysWhatTheResultsSay() throws IOException {
    assertEquals(ProofRun.page(), ProofRun.kept());
  }

  @Test
  void kinds_haveNamesOfTheirOwn() {
    List<String> names = ProofRun.kinds().stream().map(ProofKind::name).toList();
    assertTrue(names.contains("kills"), names::toString);
    assertEquals(names.size(), new HashSet<>(names).size());
  }

  @Test
  void figure_withoutResults_saysThatNothingWasTried() {
    assertTrue(page().contains("| nothing tried yet |"), page());
  }

  @Test
  void figure_withoutDefects_isBoundedByThreeOverN() {
    String page = page(result(1, "passed"), result(2, "passed"), result(3, "passed"));
    assertTrue(page.contains("300 tried, 0 broken; rate below 1.00 %"), page);
    assertTrue(page.contains("| counting | 300 | 0 | 0 | 0 |"), page);
  }

  @Test
  void figure_ofAHundredThousandTrials_isNoZero() {
    ProofResult many =
        new ProofResult(
            "counting",
            1,
            "c",
            "m",
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:01:00Z",
            100_000,
            0,
            List.of(),
            "passed");
    assertTrue(page(many).contains("100000 tried, 0 broken; rate below 0.0030 %"), page(many));
  }

  @Test
  void figure_ofTimeThatWentBy_isBoundedByATimeBetweenTwo() {
    ProofKind days = new Counting("days");
    String page = new ProofPage(List.of(days), List.of(result(1, "passed"))).in(EMPTY);
    assertTrue(page.contains("| 100 days, 0 broken; less than one in 33 days |"), page);
  }

  @Test
  void defect_thatIsOpen_isNoZero() {
    String page = page(result(1, "passed"), result(2, "failed", "lost"));
    assertTrue(page.contains("100 tried, 1 broken |"), page);
    assertTrue(page.contains("| counting | 200 | 1 | 0 | 1 |"), page);
  }

  @Test
  void defect_whoseSeedPassedLater_isMended() {
    String page = page(result(2, "failed", "lost"), result(2, "passed"));
    assertTrue(page.contains("| counting | 200 | 1 | 1 | 0 |"), page);
  }

  @Test
  void page_withoutItsPlace_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new ProofPage(List.of(COUNTING), List.of()).in("# Page"));
  }

  @Test
  void file_appendedTo_keepsEveryResult(@TempDir Path folder) throws IOException {
    ProofFile file = new ProofFile(folder.resolve("results.jsonl"));
    file.append(result(1, "passed"));
    file.append(result(2, "failed", "lost | \"one\""));
    assertEquals(List.of(result(1, "passed"), result(2, "failed", "lost | \"one\"")), file.read());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.config.ConfigProblem;
import dev.muster.config.ConfigResult;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytesAndSizesTest {

  @TempDir Path folder;

  private List<String> lines(byte[] bytes) {
    Configs configs = new Configs(folder);
    configs.write("bot.yaml", bytes);
    return configs
        .read()
        .match(
            loaded -> List.<String>of(),
            refused ->
                refused.problems().stream()
                    .map(ConfigProblem::toString)
                    .map(line -> line.replace(folder + "/", ""))
                    .toList());
  }

  @Test
  void file_badUtf8_saysLineAndColumn() {
    byte[] text = "server:\n  host: é?x\n".getBytes(StandardCharsets.UTF_8);
    text["server:\n  host: é".getBytes(StandardCharsets.UTF_8).length] = (byte) 0xE9;

    assertEquals(
        List.of("bot.yaml:2:10: This byte is not UTF-8. Save the file as UTF-8."), lines(text));
  }

  @Test
  void file_utf16_isNotUtf8() {
    byte[] text = "server: { port: 1 }".getBytes(StandardCharsets.UTF_16);

    assertEquals(
        List.of("bot.yaml:1:1: This byte is not UTF-8. Save the file as UTF-8."), lines(text));
  }

  @Test
  void file_byteOrderMarkAtTheStart_isDropped() {
    assertEquals(List.of(), lines("\uFEFFserver: { port: 1 }".getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        List.of("bot.yaml:1:1 sever: The key sever is not known. Did you mean server?"),
        lines("\uFEFFsever: {}".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void file_byteOrderMarkInside_isRefusedAtItsPlace() {
    List<String> lines = lines("server:\n  host: a\uFEFFb\n".getBytes(StandardCharsets.UTF_8));

    assertEquals(1, lines.size());
    assertTrue(
        lines.get(0).startsWith("bot.yaml:2:10: There is a control character"), lines.get(0));
  }

  @Test
  void file_windowsLineEnds_countLinesTheSame() {
    assertEquals(
        List.of("bot.yaml:2:3 server.prot: The key prot is not known. Did you mean port?"),
        lines("server:\r\n  prot: 1\r\n".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void file_tenMegabytes_isRefusedAtOnce() {
    byte[] text = "# much ado\n".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);

    assertEquals(
        List.of(
            "bot.yaml: The file is larger than 4 MiB." + " Split it or remove what is not needed."),
        lines(text));
  }

  @Test
  void file_fiftyThousandEntries_areReadInTime() {
    StringBuilder text = new StringBuilder("services:\n");
    for (int i = 0; i < 50_000; i++) {
      text.append("  - { name: service-")
          .append(i)
          .append(", owner: team-")
          .append(i)
          .append(" }\n");
    }
    Configs configs = new Configs(folder);
    configs.write("bot.yaml", text.toString());

    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long began = threads.getCurrentThreadCpuTime();
    int services = configs.read().match(loaded -> loaded.config().services().size(), refused -> -1);

    assertEquals(50_000, services);
    Duration worked = Duration.ofNanos(threads.getCurrentThreadCpuTime() - began);
    assertTrue(worked.compareTo(Duration.ofSeconds(10)) < 0, worked.toString());
  }

  @Test
  void file_fiftyThousandMistakes_areCutToWhatHelps() {
    Configs configs = new Configs(folder);

    List<String> lines = configs.lines("server:\n" + bad(50_000));

    assertEquals(301, lines.size());
    assertTrue(lines.contains("bot.yaml: There are 49700 more problems."), lines.get(0));
  }

  private static String bad(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("  k").append(i).append(": 1\n");
    }
    return text.toString();
  }

  @Test
  void file_missingOrFolder_isRefusedWithItsName() throws Exception {
    Files.createDirectory(folder.resolve("bot.yaml"));
    ConfigLoader loader = new ConfigLoader(name -> null, Map.of());

    assertEquals(
        List.of("This is no file"), whats(loader.load(Optional.of(folder.resolve("bot.yaml")))));
    assertEquals(
        List.of("There is no such file"),
        whats(loader.load(Optional.of(folder.resolve("other.yaml")))));
  }

  private static List<String> whats(ConfigResult result) {
    return result.match(
        loaded -> List.<String>of(),
        refused -> refused.problems().stream().map(ConfigProblem::what).toList());
  }
}

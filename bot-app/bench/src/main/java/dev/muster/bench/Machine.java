// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What it was measured on. */
final class Machine {

  private static final int SYNCS = 200;

  private Machine() {}

  /** Returns processor, memory, system and JDK in one line. */
  static String words() {
    return String.join(
        ", ",
        processor(),
        Runtime.getRuntime().availableProcessors() + " cores",
        memory(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        "JDK " + System.getProperty("java.version"));
  }

  /** Returns how many programs wanted to run, on average over the last minute. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** Returns how long it takes to bring a page to the disk: the limit of every durable answer. */
  static Figure sync(Path folder) {
    ByteBuffer page = ByteBuffer.allocate(4096);
    List<Double> millis = new ArrayList<>();
    Path file = folder.resolve("sync");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < SYNCS; i++) {
        channel.write(page.clear());
        long begin = System.nanoTime();
        channel.force(false);
        millis.add((System.nanoTime() - begin) / 1e6);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Figure.of(millis, "ms");
  }

  private static String processor() {
    return line("/proc/cpuinfo", "model name").map(Machine::afterColon).orElse("unknown processor");
  }

  private static String memory() {
    return line("/proc/meminfo", "MemTotal")
        .map(Machine::afterColon)
        .map(text -> Long.parseLong(text.replaceAll("[^0-9]", "")) / (1024.0 * 1024))
        .map(gigabytes -> String.format(Locale.ROOT, "%.0f GB", gigabytes))
        .orElse("unknown memory");
  }

  private static String afterColon(String line) {
    return line.substring(line.indexOf(':') + 1).trim();
  }

  private static java.util.Optional<String> line(String file, String beginning) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines.filter(line -> line.startsWith(beginning)).findFirst();
    } catch (IOException e) {
      return java.util.Optional.empty();
    }
  }
}

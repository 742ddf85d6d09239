// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What stands between a process and its disk: {@code src/test/c/disk.c}, compiled by the C compiler
 * of the machine. It writes down what is done to the files of one folder, and lets the disk fail.
 */
final class DiskWindow {

  /** A number shared with the process; the order is that of {@code enum order} in the C source. */
  enum Order {
    SYNC_FAILS_AT,
    WRITE_FAILS_AT,
    SYNC_DELAY_MICROS,
    ROOM_ON,
    ROOM,
    SYNCS,
    WRITES,
    REFUSED,
    SIZE,
    CLAIMED
  }

  private static final int ORDERS = 16;
  private static final long COMPILES_WITHIN_SECONDS = 60;

  private final Path folder;
  private final Path library;
  private final Path log;
  private final LongBuffer orders;

  /**
   * @param folder whose files are watched; what is told about them goes to {@code beside}
   * @param beside a folder for the library, the log and the orders
   */
  DiskWindow(Path folder, Path beside) {
    this.folder = folder;
    log = beside.resolve("disk.log");
    try {
      Files.createDirectories(beside);
      library = compiled(beside.resolve("disk.so"));
      Path file = beside.resolve("disk.orders");
      Files.write(file, new byte[ORDERS * Long.BYTES]);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        orders =
            channel
                .map(FileChannel.MapMode.READ_WRITE, 0, ORDERS * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles the library; without a C compiler the trial fails and says what to install. */
  private static Path compiled(Path library) throws IOException {
    Path source = Path.of(System.getProperty("muster.root"), "bot-app/src/test/c/disk.c");
    Path said = library.resolveSibling("disk.gcc.log");
    ProcessBuilder compiler =
        new ProcessBuilder(
            "gcc",
            "-O2",
            "-shared",
            "-fPIC",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-o",
            library.toString(),
            source.toString(),
            "-ldl",
            "-pthread");
    Process process;
    try {
      process = compiler.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    } catch (IOException e) {
      throw new IOException("A C compiler is needed. Run tools/install-test-peers.sh.", e);
    }
    try {
      if (!process.waitFor(COMPILES_WITHIN_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(source + " does not compile: " + Files.readString(said));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return library;
  }

  /** Returns the environment of a process whose disk may fail. */
  Map<String, String> failing() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "MUSTER_DISK_FOLDER", folder.toString(),
        "MUSTER_DISK_ORDER", library.resolveSibling("disk.orders").toString());
  }

  /** Returns the environment of a process of which everything is written down as well. */
  Map<String, String> recording() {
    Map<String, String> all = new HashMap<>(failing());
    all.put("MUSTER_DISK_LOG", log.toString());
    return all;
  }

  /** Returns where everything is written down. */
  Path log() {
    return log;
  }

  /** Changes a number; the process obeys at its next call. */
  void set(Order order, long value) {
    orders.put(order.ordinal(), value);
  }

  /** Returns a number as the process left it. */
  long get(Order order) {
    return orders.get(order.ordinal());
  }
}

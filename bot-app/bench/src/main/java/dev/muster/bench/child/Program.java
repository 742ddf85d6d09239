// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.child;

import dev.muster.bench.peer.BareJettyPeer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A program whose start is measured, in a process of its own. */
public final class Program implements AutoCloseable {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);
  private static final String READY = "Muster is ready at ";

  private final Child child;
  private final String says;
  private final String before;

  private Program(Child child, String says, String before) {
    this.child = child;
    this.says = says;
    this.before = before;
  }

  /**
   * Puts the start script beside the jar in a folder, and has it make its archive there.
   *
   * @return the script
   */
  public static Path prepared(Path jar, Path script, Path folder)
      throws IOException, InterruptedException {
    Files.copy(jar, folder.resolve("muster.jar"));
    Path copy = Files.copy(script, folder.resolve("muster"));
    copy.toFile().setExecutable(true);
    Process preparing =
        new ProcessBuilder(copy.toString(), "prepare")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prepare.out").toFile())
            .start();
    if (!preparing.waitFor(120, TimeUnit.SECONDS) || preparing.exitValue() != 0) {
      preparing.destroy();
      throw new IllegalStateException("the archive was not made; see " + folder);
    }
    return copy;
  }

  /** Starts Muster by its script. */
  public static Program script(Path script, Path folder) {
    return new Program(Child.ofProgram(script, folder, "run", "--config", "bot.yaml"), READY, "");
  }

  /** Starts Muster without script or archive. */
  public static Program jar(Path jar, Path folder) {
    return new Program(Child.ofJar(jar, folder, "run", "--config", "bot.yaml"), READY, "");
  }

  /** Starts a server that does nothing. */
  public static Program bareJetty(Path folder) {
    Child child = Child.ofClass(BareJettyPeer.class, folder);
    return new Program(child, Peer.READY, "http://127.0.0.1:");
  }

  /** Waits for the first good answer. */
  public void awaitReady() {
    URI address = URI.create(before + child.await(says)).resolve("/readyz");
    long end = System.nanoTime() + PATIENCE;
    while (status(address) != 200) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not ready within two minutes");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static int status(URI address) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      return connection.getResponseCode();
    } catch (IOException notYet) {
      return 0;
    }
  }

  /** Returns the memory it holds. */
  public double megabytes() {
    return child.residentMegabytes();
  }

  @Override
  public void close() {
    child.close();
  }
}

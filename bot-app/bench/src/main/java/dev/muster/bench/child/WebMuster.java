// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The packaged program in a process of its own, with its own chat and pages and nothing else. */
public final class WebMuster implements AutoCloseable {

  private static final String CONFIG =
      """
      server: { port: 0 }
      store: { url: "jdbc:sqlite:data/muster.db" }
      """;

  private final Child child;
  private final URI address;
  private final Reading reading;

  /**
   * Starts it and waits until it listens.
   *
   * @param jar the packaged program
   * @param folder where its configuration and, in {@code data}, its store lie
   */
  public WebMuster(Path jar, Path folder) {
    configure(folder);
    child = Child.ofJar(jar, folder, "run", "--config", "bot.yaml");
    address = URI.create(child.await("Muster is ready at "));
    reading = new Reading(address, Optional.empty());
  }

  /** Writes the configuration {@code bot.yaml} into a folder. */
  public static void configure(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("bot.yaml"), CONFIG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns its address without a path. */
  public URI address() {
    return address;
  }

  /** Reads a page to its end; anything but 200 fails. */
  public String get(String path) {
    return reading.get(path);
  }

  @Override
  public void close() {
    child.close();
  }
}

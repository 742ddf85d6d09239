// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where the database is. The one place where addresses for the driver are built: it takes what it
 * does not know for a part of the file's name, so nothing from outside is passed on.
 *
 * @param file the database file
 */
record StoreUrl(Path file) {

  private static final String SQLITE = "jdbc:sqlite:";

  /**
   * Else the driver asks for the last row's number after each insert, which costs as much again.
   */
  private static final String WITHOUT_KEY_QUERY = "&jdbc.get_generated_keys=false";

  /** What every connection is opened with; names and values of the driver. */
  private static final Map<String, String> PARAMETERS = parameters();

  /** An address that cannot be used, with the reason for an operator. */
  static final class Unusable extends IOException {
    private static final long serialVersionUID = 1L;

    Unusable(String reason) {
      super(reason);
    }
  }

  /** Reads what an operator wrote. */
  static StoreUrl parse(String url) throws Unusable {
    if (url.startsWith("jdbc:postgresql:")) {
      throw new Unusable(
          "PostgreSQL is not supported yet. Use SQLite: store.url: jdbc:sqlite:data/muster.db");
    }
    if (!url.startsWith(SQLITE)) {
      throw new Unusable(
          "store.url must begin with jdbc:sqlite:, as in jdbc:sqlite:data/muster.db");
    }
    String rest = url.substring(SQLITE.length());
    int question = rest.indexOf('?');
    if (question >= 0) {
      checkParameters(rest.substring(question + 1));
      rest = rest.substring(0, question);
    }
    return new StoreUrl(path(rest));
  }

  /** The address for the connection that writes. */
  String forWriting() {
    return address() + "&transaction_mode=IMMEDIATE" + WITHOUT_KEY_QUERY;
  }

  /** The address for connections that read. */
  String forReading() {
    return address();
  }

  /** A file next to the database, such as {@code muster.db.lock}. */
  Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** Where the key lies that signs heads of chains, such as {@code muster.key}. */
  Path key() {
    return file.resolveSibling(stem() + ".key");
  }

  /** Where the newest signed head is noted, such as {@code muster.head}. */
  Path head() {
    return file.resolveSibling(stem() + ".head");
  }

  /** Where uploaded files lie, one folder for each platform. */
  Path files() {
    return file.resolveSibling("files");
  }

  /** Where backups lie that are made by themselves, unless the configuration says otherwise. */
  Path backups() {
    return file.resolveSibling("backups");
  }

  /** Where it is noted which backup is the newest, such as {@code muster.backup}. */
  Path newestBackup() {
    return file.resolveSibling(stem() + ".backup");
  }

  /** How many bytes the database, its log and the uploads take. */
  long size() throws IOException {
    long size = Files.size(file);
    Path log = beside("-wal");
    size += Files.exists(log) ? Files.size(log) : 0;
    if (!Files.isDirectory(files())) {
      return size;
    }
    try (Stream<Path> uploads = Files.walk(files())) {
      return size + uploads.filter(Files::isRegularFile).mapToLong(StoreUrl::length).sum();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The database file's name without its ending, such as {@code muster}. */
  String stem() {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private String address() {
    StringBuilder text = new StringBuilder(SQLITE).append(file);
    PARAMETERS.forEach(
        (name, value) ->
            text.append(text.indexOf("?") < 0 ? '?' : '&').append(name).append('=').append(value));
    return text.toString();
  }

  private static Path path(String text) throws Unusable {
    if (text.isBlank() || text.startsWith(":")) {
      throw new Unusable("store.url must name a file, as in jdbc:sqlite:data/muster.db");
    }
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new Unusable("store.url names no possible file: " + e.getReason());
    }
  }

  private static void checkParameters(String query) throws Unusable {
    for (String pair : query.split("&")) {
      String name = pair.split("=", 2)[0];
      String value = pair.contains("=") ? pair.split("=", 2)[1] : "";
      String ours = PARAMETERS.get(name.toLowerCase(Locale.ROOT));
      if (ours == null) {
        throw new Unusable(
            "store.url has the unknown parameter "
                + name
                + ". Muster sets "
                + String.join(", ", PARAMETERS.keySet())
                + " itself; leave everything from the question mark on out.");
      }
      if (!ours.equalsIgnoreCase(value)) {
        throw new Unusable(
            "store.url asks for "
                + pair
                + ", but Muster keeps its word only with "
                + name
                + "="
                + ours
                + "; leave it out.");
      }
    }
  }

  private static Map<String, String> parameters() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("journal_mode", "WAL");
    all.put("synchronous", "FULL");
    all.put("busy_timeout", "5000");
    all.put("foreign_keys", "true");
    all.put("recursive_triggers", "true");
    return all;
  }
}

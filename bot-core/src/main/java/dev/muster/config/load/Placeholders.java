// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in what {@code ${NAME}}, {@code ${NAME:-default}} and {@code ${file:PATH}} stand for. A plain
 * {@code ${} is written {@code $${}.
 */
final class Placeholders {

  /** A secret is a line; a file larger than this is another file. */
  private static final int LARGEST_FILE = 64 * 1024;

  private static final String FORMS =
      "Write ${NAME}, ${NAME:-default} or ${file:PATH}; a plain ${ is written $${";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\$\\{([^}]*)(}?)");
  private static final Pattern VARIABLE =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);

  private final Function<String, String> env;
  private final Path folder;
  private final Problems problems;

  /**
   * Looks things up.
   *
   * @param env the environment; null means not set
   * @param folder what paths are relative to
   * @param problems where everything goes that cannot be looked up
   */
  Placeholders(Function<String, String> env, Path folder, Problems problems) {
    this.env = env;
    this.folder = folder;
    this.problems = problems;
  }

  static boolean isIn(String text) {
    return text.contains("${");
  }

  /** Returns the text with everything put in; empty when something could not be looked up. */
  Optional<String> resolve(Node.Text text, String path) {
    if (!isIn(text.value())) {
      return Optional.of(text.value());
    }
    int before = problems.count();
    Matcher matcher = PLACEHOLDER.matcher(text.value());
    StringBuilder resolved = new StringBuilder();
    while (matcher.find()) {
      String replacement = replacement(matcher, text.place(), path);
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(replacement));
    }
    matcher.appendTail(resolved);
    return problems.count() == before ? Optional.of(resolved.toString()) : Optional.empty();
  }

  private String replacement(Matcher matcher, Place place, String path) {
    if (matcher.group().startsWith("$$")) {
      return matcher.group().substring(1);
    }
    String inside = matcher.group(1);
    if (!matcher.group(2).isEmpty() && inside.startsWith("file:")) {
      return fromFile(inside.substring("file:".length()), place, path);
    }
    Matcher variable = VARIABLE.matcher(inside);
    if (matcher.group(2).isEmpty() || !variable.matches()) {
      problems.add(place, path, "'" + matcher.group() + "' is no placeholder", FORMS);
      return "";
    }
    return fromEnvironment(variable.group(1), variable.group(2), place, path);
  }

  private String fromEnvironment(String name, String fallback, Place place, String path) {
    String value = env.apply(name);
    if (fallback != null) {
      return value == null || value.isEmpty() ? fallback : value;
    }
    if (value == null) {
      problems.add(
          place,
          path,
          "The environment variable " + name + " is not set",
          "Set it, or write ${" + name + ":-default}");
      return "";
    }
    return value;
  }

  private String fromFile(String written, Place place, String path) {
    try {
      Path file = folder.resolve(written);
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
        problems.add(
            place,
            path,
            "There is no file " + written + " of at most 64 KiB",
            "The path is relative to the folder of this file");
        return "";
      }
      warnIfReadableByAll(file, written, place, path);
      return Files.readString(file).replaceFirst("\\R\\z", "");
    } catch (IOException | InvalidPathException e) {
      problems.add(
          place,
          path,
          "The file " + written + " cannot be read",
          "It is a UTF-8 text; see its rights");
      return "";
    }
  }

  private void warnIfReadableByAll(Path file, String written, Place place, String path)
      throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
    if (rights.contains(PosixFilePermission.OTHERS_READ)) {
      problems.warn(
          place,
          path,
          "Everybody on this machine can read the file " + written,
          "Run: chmod 600 " + written);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.webhook.http;

import dev.muster.webhook.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Looks secrets up, at the moment they are needed and not before. Any thread may call. */
public interface SecretSource {

  /** Returns a secret; empty when there is none of this name. */
  Optional<String> find(SecretRef ref);

  /**
   * Returns a source that asks the environment and reads files.
   *
   * @param environment value of a variable; null when it is not set
   * @param folder what paths of files are relative to
   */
  static SecretSource of(Function<String, String> environment, Path folder) {
    return ref ->
        switch (ref.place()) {
          case ENVIRONMENT ->
              Optional.ofNullable(environment.apply(ref.name()))
                  .filter(value -> !value.isEmpty())
                  .or(ref::fallback);
          case FILE -> readFile(folder, ref.name());
        };
  }

  private static Optional<String> readFile(Path folder, String name) {
    // A secret is a line; a larger file is another file.
    final int largest = 64 * 1024;
    try {
      Path file = folder.resolve(name);
      return Files.isRegularFile(file) && Files.size(file) <= largest
          ? Optional.of(Files.readString(file).replaceFirst("\\R\\z", ""))
          : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import java.util.List;
import java.util.function.Function;

/** What reading the configuration gave. */
public sealed interface ConfigResult {

  /** Returns the result of the one case that holds. */
  <T> T match(Function<Loaded, T> loaded, Function<Refused, T> refused);

  /**
   * Everything is right.
   *
   * @param config the configuration
   * @param warnings what works but deserves a look
   * @param sha256 fingerprint of all files that were read, 64 hexadecimal digits
   */
  record Loaded(BotConfig config, List<ConfigProblem> warnings, String sha256)
      implements ConfigResult {
    /** Takes a copy. */
    public Loaded {
      warnings = List.copyOf(warnings);
    }

    @Override
    public <T> T match(Function<Loaded, T> loaded, Function<Refused, T> refused) {
      return loaded.apply(this);
    }
  }

  /**
   * Something is wrong, and nothing is taken over.
   *
   * @param problems everything that is wrong, in the order of the files; never empty
   */
  record Refused(List<ConfigProblem> problems) implements ConfigResult {
    /** Takes a copy. */
    public Refused {
      problems = List.copyOf(problems);
    }

    @Override
    public <T> T match(Function<Loaded, T> loaded, Function<Refused, T> refused) {
      return refused.apply(this);
    }
  }
}

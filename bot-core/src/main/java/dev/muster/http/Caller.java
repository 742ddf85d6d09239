// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.access.Level;
import dev.muster.signin.WebSession;
import java.util.Optional;

/** Who makes a request. */
sealed interface Caller {

  /** Returns what they may do at most; empty for nobody in particular. */
  Optional<Level> level();

  /** Returns the name in the built-in chat that the caller is bound to. */
  default Optional<String> person() {
    return Optional.empty();
  }

  /** The machine itself, where everything is open to it. */
  record Local() implements Caller {
    @Override
    public Optional<Level> level() {
      return Optional.of(Level.ADMIN);
    }
  }

  /** A program with a token of its own. */
  record Program(String name, Level granted) implements Caller {
    @Override
    public Optional<Level> level() {
      return Optional.of(granted);
    }
  }

  /** A person who signed in. */
  record SignedIn(WebSession session, String formToken) implements Caller {
    @Override
    public Optional<Level> level() {
      return Optional.of(session.level());
    }

    @Override
    public Optional<String> person() {
      return Optional.of(session.name());
    }
  }

  /** Anybody. */
  record Nobody() implements Caller {
    @Override
    public Optional<Level> level() {
      return Optional.empty();
    }
  }
}

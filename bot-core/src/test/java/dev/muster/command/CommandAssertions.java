// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import static org.junit.jupiter.api.Assertions.fail;

import dev.muster.incident.Rejection;

/** Asks the parser as a person in the built-in chat would. */
final class CommandAssertions {

  private CommandAssertions() {}

  static ParsedCommand.Understood parsed(String text) {
    return parsed(text, "web");
  }

  static ParsedCommand.Understood parsed(String text, String platform) {
    return new CommandParser()
        .parse(platform, text)
        .match(understood -> understood, refused -> fail(text + ": " + refused.rejection().text()));
  }

  static Intent intentOf(String text) {
    return parsed(text).intent();
  }

  static Rejection refusalOf(String text) {
    return new CommandParser()
        .parse("web", text)
        .match(understood -> fail(text + ": " + understood), refused -> refused.rejection());
  }
}

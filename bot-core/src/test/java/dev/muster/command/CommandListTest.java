// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Keeps the written list of commands equal to the table of verbs. After a change of the table,
 * {@code mvn -pl bot-core test -Dtest=CommandListTest -Dmuster.write-docs=true} writes it anew.
 */
class CommandListTest {

  private static final Path LIST = Path.of("..", "docs", "commands.md");

  @Test
  void writtenList_isWhatTheTableSays() throws IOException {
    String list = list();
    if (Boolean.getBoolean("muster.write-docs")) {
      Files.writeString(LIST, list);
    }
    assertEquals(list, Files.readString(LIST));
  }

  private static String list() {
    return """
        # Commands

        Type them after `/incident` in the built-in chat and in Slack, and after the bot's name in Microsoft Teams. \
        This page is made from the table the parser reads.

        - `INC-42` says which incident is meant. It stands before the verb or right behind it, as in \
        `INC-42 resolve` or `status INC-42`. In an incident's channel it is not needed.
        - A person is `me`, `@name` or an e-mail address; a name with spaces goes in quotes.
        - A duration has a unit: `30m`, `1h30m`, `2d`. A time is `now`, `-10m`, `14:05`, `14:05 UTC`, \
        `14:05 Europe/Berlin` or `2026-11-21T14:05Z`.
        - The last word of `declare!` is the severity if it is one. Further lines are kept as details.
        - While command is vacant, a responder may do what the commander may. In a private incident only \
        members may do anything.
        - A word that is no verb does nothing; the answer names the nearest verbs.

        | Command | What it does | Who may | Example |
        |---|---|---|---|
        """
        + CommandSpec.all().stream().map(CommandListTest::row).collect(Collectors.joining());
  }

  private static String row(CommandSpec spec) {
    String forms =
        spec.usages().stream().map(CommandListTest::code).collect(Collectors.joining("<br>"));
    String aliases =
        spec.aliases().isEmpty()
            ? ""
            : "<br>also "
                + spec.aliases().stream()
                    .map(CommandListTest::code)
                    .collect(Collectors.joining(", "));
    return String.format(
        "| %s%s | %s | %s | %s |%n",
        forms, aliases, spec.help(), spec.who().words(), code(spec.example()));
  }

  private static String code(String words) {
    return "`" + words.replace("|", "\\|") + "`";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.spi.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page that says what is native and what is a fallback on each platform. Each platform's run of
 * the contract suite holds its own column; everything else is held by a test of the core.
 */
final class CompatibilityPage {

  /** The head of each platform's column. */
  static final List<String> PLATFORMS = List.of("Slack", "Microsoft Teams", "Built-in chat");

  private static final Path PAGE = Path.of("..", "docs", "compatibility.md");
  private static final String WRITE = "muster.write-docs";
  private static final String UNKNOWN = "not known";

  private static final Map<Capability, String> MEANINGS = meanings();

  private CompatibilityPage() {}

  private static Map<Capability, String> meanings() {
    Map<Capability, String> all = new EnumMap<>(Capability.class);
    all.put(Capability.THREADS, "messages hang under another message");
    all.put(Capability.COMMANDS_IN_THREADS, "commands are given in a thread as in the channel");
    all.put(
        Capability.PRIVATE_ANSWERS,
        "one person is answered in the channel without others seeing it");
    all.put(Capability.FORMS, "forms open after a press or a command");
    all.put(Capability.FIELD_ERRORS, "what is wrong is said beside the field of the open form");
    all.put(Capability.PINS, "the headline is pinned");
    all.put(Capability.BOOKMARKS, "links stand at the head of the channel");
    all.put(Capability.TOPIC, "the channel has a topic");
    all.put(Capability.PRIVATE_CHANNELS, "a private incident is seen by its members alone");
    all.put(Capability.INVITATIONS, "an invitation brings people into one channel alone");
    all.put(Capability.REACTIONS_HEARD, "reactions of people are heard when they are made");
    all.put(Capability.ALL_MESSAGES_HEARD, "every message of an incident's channel is heard");
    all.put(Capability.HISTORY, "what was said before can be read");
    all.put(Capability.ARCHIVE, "channels are archived and brought back");
    all.put(Capability.FILES, "the bot posts files");
    all.put(Capability.HOME, "every person has a screen of their own");
    return Map.copyOf(all);
  }

  /** Returns whether this run writes the page instead of only comparing it. */
  static boolean isWritten() {
    return Boolean.getBoolean(WRITE);
  }

  /** Holds, or writes, one platform's column. */
  static void hold(PlatformColumn column, Set<Capability> declared) {
    int index = PLATFORMS.indexOf(column.title());
    Map<Capability, List<String>> rows = cells();
    Map<Capability, String> wanted = column.cells(declared);
    if (isWritten()) {
      wanted.forEach((capability, cell) -> rows.get(capability).set(index, cell));
      write(page(rows));
    }
    Map<Capability, String> written = new EnumMap<>(Capability.class);
    cells().forEach((capability, row) -> written.put(capability, row.get(index)));
    assertEquals(wanted, written, "the column of " + column.title() + " in " + PAGE);
  }

  /** Holds, or writes, everything but the cells. */
  static void holdTheRest() {
    if (isWritten()) {
      write(page(cells()));
    }
    assertEquals(page(cells()), read());
  }

  /** Returns the tests of the contract that hold a capability. */
  static List<String> heldBy(Capability capability) {
    return Arrays.stream(ChatPlatformContract.class.getMethods())
        .filter(m -> m.isAnnotationPresent(Holds.class))
        .filter(m -> List.of(m.getAnnotation(Holds.class).value()).contains(capability))
        .map(Method::getName)
        .sorted()
        .toList();
  }

  /** Returns what stands on the page now; {@link #UNKNOWN} where nothing does. */
  static Map<Capability, List<String>> cells() {
    List<String> lines = read().lines().toList();
    Map<Capability, List<String>> rows = new EnumMap<>(Capability.class);
    for (Capability capability : Capability.values()) {
      String head = "| " + MEANINGS.get(capability) + " | ";
      rows.put(
          capability,
          lines.stream()
              .filter(line -> line.startsWith(head))
              .findFirst()
              .map(line -> split(line.substring(head.length())))
              .filter(row -> row.size() == PLATFORMS.size())
              .orElseGet(() -> unknown()));
    }
    return rows;
  }

  private static List<String> split(String row) {
    return new ArrayList<>(List.of(row.replaceAll(" \\|$", "").split(" \\| ")));
  }

  private static List<String> unknown() {
    return new ArrayList<>(Collections.nCopies(PLATFORMS.size(), UNKNOWN));
  }

  private static String page(Map<Capability, List<String>> rows) {
    return """
    # What each platform can do

    The contract suite that every chat platform passes writes this page, and every build compares it. *Native* \
    means that the platform has it; *fallback* says what happens instead, and the same tests hold that. A cell \
    that names permissions is native while they are granted; without them Muster goes on as the tables in \
    [slack.md](slack.md) and [teams.md](teams.md) say.

    The real clients, verifiers and renderers run in it, over local stand-ins for Slack and Teams that keep the \
    rules their makers wrote down. It has not been run against the services themselves.

    """
        + line(Stream.concat(Stream.of("what"), PLATFORMS.stream()))
        + "|---".repeat(PLATFORMS.size() + 1)
        + "|\n"
        + Arrays.stream(Capability.values())
            .map(c -> line(Stream.concat(Stream.of(MEANINGS.get(c)), rows.get(c).stream())))
            .collect(Collectors.joining())
        + """

        ## Which tests hold it

        They are methods of `ChatPlatformContract`. Each runs on Slack, over HTTP and over Socket Mode, on Teams and \
        on the built-in chat.

        """
        + line(Stream.of("what", "held by"))
        + "|---|---|\n"
        + Arrays.stream(Capability.values())
            .map(c -> line(Stream.of(MEANINGS.get(c), code(heldBy(c)))))
            .collect(Collectors.joining());
  }

  private static String code(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining("<br>"));
  }

  private static String line(Stream<String> cells) {
    return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String read() {
    try {
      return Files.exists(PAGE) ? Files.readString(PAGE) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(String page) {
    try {
      Files.writeString(PAGE, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the {@code /incident} language. Without state; safe for threads.
 *
 * <p>A pure function: any text gives an intent or a refusal, never an exception, in time
 * proportional to its length. A leading {@code /incident} or {@code incident} is stripped. The
 * incident a command is about is written {@code INC-3} before the verb or right behind it; where no
 * free text ends the command it may also stand last, and there {@code #3} will do. Verbs match in
 * any case and under any locale, but exactly: a verb with an invisible character in it is not
 * recognised, only suggested. Mentions are written {@code <@platform:id>}; in the built-in chat
 * {@code @name} is one too. A text quoted as a whole loses its quotes.
 */
public final class CommandParser {

  private static final Set<String> SLASHES = Set.of("/incident", "/inc");

  /**
   * Reads one command.
   *
   * @param platform the name of the platform it was typed on, for the meaning of {@code @name}
   * @param text what was typed
   */
  public ParsedCommand parse(String platform, String text) {
    Words words = new Words(text);
    words.takeIf(word -> SLASHES.contains(folded(word)));
    words.takeIf(word -> folded(word).equals("incident"));
    String first = words.take();
    if (first.isEmpty()) {
      return understood(new Intent.Help(Optional.empty()), "help");
    }
    if (!VerbLine.namesIncident(first)) {
      return behindVerb(first, Optional.empty(), words, platform);
    }
    String verb = words.isEmpty() ? "status" : words.take();
    return behindVerb(verb, Optional.of(first), words, platform);
  }

  /**
   * Returns the command that was most likely meant when its verb is not one of ours, or is asked to
   * set the status: the same words behind the nearest verb, if those are understood. It is for
   * asking back, never to be run unasked.
   */
  public Optional<String> corrected(String platform, String text) {
    Words words = new Words(text);
    words.takeIf(word -> SLASHES.contains(folded(word)));
    words.takeIf(word -> folded(word).equals("incident"));
    String first = words.take();
    boolean named = !first.isEmpty() && VerbLine.namesIncident(first);
    String verb = named ? words.take() : first;
    if (verb.equalsIgnoreCase("status")) {
      String address = named ? first + " " : "";
      return StatusWords.verb(words.take())
          .map(meant -> (address + meant + " " + words.rest()).strip())
          .filter(meant -> parse(platform, meant) instanceof ParsedCommand.Understood);
    }
    if (verb.isEmpty() || CommandSpec.find(verb).isPresent()) {
      return Optional.empty();
    }
    String near = (UnknownVerb.nearest(verb).get(0) + " " + words.rest()).strip();
    String meant = named ? first + " " + near : near;
    return parse(platform, meant).match(fine -> Optional.of(meant), unclear -> Optional.empty());
  }

  /** Returns the verb that a command begins with, or the nearest one; empty without any word. */
  public Optional<String> meantVerb(String text) {
    Words words = new Words(text);
    words.takeIf(word -> SLASHES.contains(folded(word)));
    words.takeIf(word -> folded(word).equals("incident"));
    String first = words.take();
    String verb = !first.isEmpty() && VerbLine.namesIncident(first) ? words.take() : first;
    return verb.isEmpty()
        ? Optional.empty()
        : CommandSpec.find(verb)
            .map(CommandSpec::verb)
            .or(() -> UnknownVerb.nearest(verb).stream().findFirst());
  }

  private static ParsedCommand understood(Intent intent, String verb) {
    CommandSpec spec = CommandSpec.find(verb).orElseThrow();
    return new ParsedCommand.Understood(intent, spec, Optional.empty());
  }

  private static ParsedCommand behindVerb(
      String typed, Optional<String> address, Words words, String platform) {
    String verb = typed.startsWith("/") ? typed.substring(1) : typed;
    Optional<CommandSpec> spec = CommandSpec.find(verb);
    if (spec.isEmpty()) {
      return new ParsedCommand.NotUnderstood(UnknownVerb.refused(typed));
    }
    if (words.takeIf("--help"::equals)) {
      return understood(new Intent.Help(Optional.of(spec.get().verb())), "help");
    }
    VerbLine line = new VerbLine(words, spec.get(), platform);
    address.ifPresent(line::address);
    return spec.get().scope() == Scope.NONE ? aboutNone(line, address) : aboutOne(line);
  }

  private static ParsedCommand aboutNone(VerbLine line, Optional<String> address) {
    if (address.isPresent()) {
      String verb = line.spec().verb();
      return new ParsedCommand.NotUnderstood(
          Refusal.rejection(
              "address_not_possible",
              verb + " is not about one incident; leave out " + address.get() + ".",
              line.spec().example()));
    }
    return read(line);
  }

  private static ParsedCommand aboutOne(VerbLine line) {
    line.addressNext();
    if (!line.spec().freeText()) {
      line.addressLast();
    }
    return read(line);
  }

  private static ParsedCommand read(VerbLine line) {
    Reading<Intent> reading = Grammars.BY_VERB.get(line.spec().verb()).read(line);
    if (line.unreadable().isPresent()) {
      return new ParsedCommand.NotUnderstood(
          Refusal.rejection(
              "bad_incident_id",
              "There is no incident " + Refusal.quoted(line.unreadable().get()) + ".",
              line.spec().verb() + " INC-42"));
    }
    return reading.fold(
        intent -> new ParsedCommand.Understood(intent, line.spec(), line.addressed()),
        ParsedCommand.NotUnderstood::new);
  }

  private static String folded(String word) {
    return word.length() > 20 ? word : word.toLowerCase(Locale.ROOT);
  }
}

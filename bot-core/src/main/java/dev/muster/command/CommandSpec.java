// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One verb of the {@code /incident} language. The table of them is the one source for the parser,
 * the help, the completion in the composer and the written list of commands.
 *
 * @param verb the verb itself, in lower case
 * @param aliases other words for it
 * @param usages its forms; capitals stand for what is to be filled in, brackets for optional parts
 * @param example one complete, valid command without {@code /incident}
 * @param who who may do it, in the ordinary case
 * @param scope which incident it is about
 * @param freeText whether it ends in free text, so that a last word {@code INC-3} belongs to that
 * @param changes what it changes, a noun phrase; empty if nothing
 * @param help what it does, one sentence
 */
public record CommandSpec(
    String verb,
    List<String> aliases,
    List<String> usages,
    String example,
    Requirement who,
    Scope scope,
    boolean freeText,
    String changes,
    String help) {

  /** What a person types before a verb where the platform knows slash commands. */
  public static final String PREFIX = "/incident ";

  /** Keeps unmodifiable copies. */
  public CommandSpec {
    aliases = List.copyOf(aliases);
    usages = List.copyOf(usages);
  }

  /** Returns the whole table, in the order people read it. */
  public static List<CommandSpec> all() {
    return CommandTable.ALL;
  }

  /** Returns the entry whose verb or alias is {@code word}, in any case and any locale. */
  public static Optional<CommandSpec> find(String word) {
    return Optional.ofNullable(CommandTable.BY_WORD.get(word.toLowerCase(Locale.ROOT)));
  }

  /** Returns the example as it is typed. */
  public String typedExample() {
    return PREFIX + example;
  }
}

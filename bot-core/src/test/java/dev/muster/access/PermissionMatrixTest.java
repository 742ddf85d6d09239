// SPDX-License-Identifier: Apache-2.0
package dev.muster.access;

import static dev.muster.access.AccessWorld.ADA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.access.AccessWorld.Hat;
import dev.muster.access.AccessWorld.Kind;
import dev.muster.access.AccessWorld.Privacy;
import dev.muster.chat.Profile;
import dev.muster.command.CommandParser;
import dev.muster.command.CommandSpec;
import dev.muster.command.ParsedCommand;
import dev.muster.command.Requirement;
import dev.muster.command.Requirements;
import dev.muster.command.Scope;
import dev.muster.incident.Incident;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every verb for every kind of person in every kind of incident, against a table of its own. */
class PermissionMatrixTest {

  private static final Set<String> READING =
      Set.of("help", "list", "status", "join", "actions", "subscribe", "unsubscribe", "version");
  private static final Set<String> DECLARING = Set.of("declare", "declare!");
  private static final Set<String> COMMANDING =
      Set.of("role", "close", "cancel", "commander", "merge", "private", "public");
  private static final Set<String> ADMINISTERING = Set.of("link-person", "unlink-person");
  private static final Set<String> LETTING_IN = Set.of("invite", "space");
  private static final Set<String> SPEAKING = Set.of("next");

  static List<CommandSpec> specs() {
    return CommandSpec.all();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void verb_forEveryPersonAndIncident_isAllowedExactlyWhereTheTableSaysSo(CommandSpec spec) {
    for (Kind kind : Kind.values()) {
      for (Hat hat : Hat.values()) {
        for (Privacy privacy : Privacy.values()) {
          check(spec, kind, hat, privacy);
        }
      }
    }
  }

  private static void check(CommandSpec spec, Kind kind, Hat hat, Privacy privacy) {
    for (boolean vacant : new boolean[] {true, false}) {
      Optional<Incident> incident =
          spec.scope() == Scope.NONE
              ? Optional.empty()
              : Optional.of(AccessWorld.incident(hat, privacy, vacant));
      AccessDecision decision =
          AccessWorld.policy(kind).decide(profile(kind), needed(spec, incident), incident);
      boolean expected = expected(spec, kind, hat, privacy, vacant);
      String cell = spec.verb() + " " + kind + " " + hat + " " + privacy + " vacant " + vacant;
      assertEquals(expected, decision.match(() -> true, denied -> false), cell);
      decision.match(() -> true, denied -> explained(denied.text(), cell));
    }
  }

  private static boolean explained(String text, String cell) {
    assertTrue(text.length() > 20, cell);
    return true;
  }

  private static Optional<Profile> profile(Kind kind) {
    return kind == Kind.UNKNOWN ? Optional.empty() : Optional.of(AccessWorld.profile(kind));
  }

  private static Requirement needed(CommandSpec spec, Optional<Incident> incident) {
    ParsedCommand.Understood understood =
        (ParsedCommand.Understood) new CommandParser().parse("web", spec.example());
    return Requirements.of(understood.intent(), spec, ADA, incident);
  }

  private static boolean expected(
      CommandSpec spec, Kind kind, Hat hat, Privacy privacy, boolean vacant) {
    boolean about = spec.scope() != Scope.NONE;
    if (about && privacy == Privacy.PRIVATE_STRANGER
        || kind == Kind.UNKNOWN
        || kind == Kind.INACTIVE) {
      return false;
    }
    if (READING.contains(spec.verb())) {
      return true;
    }
    boolean insider = kind != Kind.BOT && kind != Kind.EXTERNAL;
    boolean works = insider && kind != Kind.VIEWER;
    boolean leads = insider && about && (hat == Hat.COMMANDER || hat == Hat.DEPUTY);
    boolean vacantNow = vacant && hat != Hat.COMMANDER;
    boolean commands = leads || kind == Kind.ADMIN || works && vacantNow;
    boolean commanding =
        COMMANDING.contains(spec.verb())
            || LETTING_IN.contains(spec.verb()) && privacy != Privacy.PUBLIC;
    if (ADMINISTERING.contains(spec.verb())) {
      return kind == Kind.ADMIN;
    }
    if (DECLARING.contains(spec.verb())) {
      return insider;
    }
    if (SPEAKING.contains(spec.verb())) {
      return commands || insider && hat == Hat.COMMUNICATIONS;
    }
    return commanding ? commands : works || leads;
  }

  @ParameterizedTest
  @CsvSource({
    "postmortem, EVERYBODY",
    "postmortem edit, RESPONDER",
    "postmortem edit summary x, RESPONDER",
    "postmortem draft, COMMANDER_OR_AUTHOR",
    "postmortem publish, COMMANDER_OR_AUTHOR",
    "timeline, EVERYBODY",
    "timeline export, RESPONDER"
  })
  void formsOfAVerb_askForWhatTheyDo(String text, Requirement needed) {
    ParsedCommand.Understood understood =
        (ParsedCommand.Understood) new CommandParser().parse("web", text);
    Optional<Incident> about = Optional.of(AccessWorld.incident(Hat.NONE, Privacy.PUBLIC, false));
    assertEquals(needed, Requirements.of(understood.intent(), understood.spec(), ADA, about));
  }

  @Test
  void privateIncident_forAStranger_looksLikeNone() {
    Incident hidden = AccessWorld.incident(Hat.NONE, Privacy.PRIVATE_STRANGER, true);
    AccessDecision decision =
        AccessWorld.policy(Kind.ADMIN)
            .decide(profile(Kind.ADMIN), Requirement.EVERYBODY, Optional.of(hidden));
    assertEquals(new AccessDecision.Denied(AccessPolicy.unseen(hidden.id())), decision);
  }
}

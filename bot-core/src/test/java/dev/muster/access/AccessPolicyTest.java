// SPDX-License-Identifier: Apache-2.0
package dev.muster.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.access.AccessWorld.Hat;
import dev.muster.access.AccessWorld.Kind;
import dev.muster.access.AccessWorld.Privacy;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.command.CommandParser;
import dev.muster.command.ParsedCommand;
import dev.muster.command.Requirement;
import dev.muster.command.Requirements;
import dev.muster.incident.Incident;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessPolicyTest {

  private static Profile member(String platform, String id) {
    return Profile.member(new Person(new UserRef(platform, id), id));
  }

  private static AccessRules rules(List<String> approvers, List<String> admins) {
    Map<String, List<String>> groups = Map.of("sre", List.of("ada", "slack:U1"), "none", List.of());
    return new AccessRules(Level.VIEWER, groups, List.of("sam"), approvers, admins);
  }

  @ParameterizedTest
  @CsvSource({
    "web, ada, APPROVER", "slack, U1, APPROVER", "slack, ada, VIEWER", "teams, U1, VIEWER",
    "web, sam, RESPONDER", "web, root, ADMIN", "web, sre, VIEWER", "web, eve, VIEWER",
    "slack, slack:U1, VIEWER"
  })
  void level_comesFromExactIdentities(String platform, String id, Level level) {
    AccessPolicy policy = new AccessPolicy(rules(List.of("sre", "missing"), List.of("root")));
    assertEquals(level, policy.levelOf(member(platform, id)));
  }

  @ParameterizedTest
  @CsvSource({
    "web, ada, RESPONDER",
    "web, root, RESPONDER",
    "web, eve, RESPONDER",
    "web, boss, ADMIN",
    "slack, U1, APPROVER"
  })
  void name_thatAProgramChose_getsNoListsLevel(String platform, String id, Level level) {
    AccessRules rules =
        new AccessRules(
            Level.APPROVER, Map.of(), List.of(), List.of("ada", "slack:U1"), List.of("root"));
    AccessPolicy policy =
        new AccessPolicy(
            rules,
            user -> user.id().equals("boss") ? Optional.of(Level.ADMIN) : Optional.empty(),
            false);
    assertEquals(level, policy.levelOf(member(platform, id)));
    AccessPolicy viewers =
        new AccessPolicy(rules(List.of("ada"), List.of("root")), user -> Optional.empty(), false);
    assertEquals(Level.VIEWER, viewers.levelOf(member("web", "root")));
  }

  @Test
  void name_thatAProgramChose_actsOnNothingPrivate() {
    AccessPolicy policy =
        new AccessPolicy(AccessRules.everybody(Level.RESPONDER), user -> Optional.empty(), false);
    Optional<Profile> ada = Optional.of(AccessWorld.profile(Kind.RESPONDER));
    for (Privacy privacy : Privacy.values()) {
      Incident incident = AccessWorld.incident(Hat.COMMANDER, privacy, false);
      boolean allowed =
          policy
              .decide(ada, Requirement.RESPONDER, Optional.of(incident))
              .match(() -> true, denied -> false);
      assertEquals(privacy == Privacy.PUBLIC, allowed, privacy.name());
    }
  }

  @Test
  void emptyOrUnknownGroup_namesNobody() {
    AccessPolicy policy = new AccessPolicy(rules(List.of("none", "missing", ""), List.of()));
    assertEquals(Level.VIEWER, policy.levelOf(member("web", "ada")));
    assertEquals(Level.VIEWER, policy.levelOf(member("web", "none")));
  }

  @Test
  void displayName_decidesNothing() {
    AccessPolicy policy = new AccessPolicy(rules(List.of(), List.of("root")));
    Profile fake = Profile.member(new Person(new UserRef("web", "eve"), "root"));
    assertEquals(Level.VIEWER, policy.levelOf(fake));
  }

  @Test
  void approverOrAdmin_isNotLoweredByTheDefault() {
    AccessRules all = new AccessRules(Level.ADMIN, Map.of(), List.of("a"), List.of("b"), List.of());
    assertEquals(Level.ADMIN, new AccessPolicy(all).levelOf(member("web", "a")));
    assertEquals(Level.ADMIN, new AccessPolicy(all).levelOf(member("web", "b")));
  }

  @ParameterizedTest
  @CsvSource({
    "severity 1, false, RESPONDER",
    "severity 3, false, RESPONDER",
    "severity 4, false, COMMANDER",
    "commander me, true, RESPONDER",
    "commander me, false, COMMANDER",
    "commander @ada, true, RESPONDER",
    "commander @sam, true, COMMANDER",
    "role scribe me, false, RESPONDER",
    "role scribe @sam, false, COMMANDER",
    "role, false, EVERYBODY",
    "commander nobody, false, COMMANDER",
    "status, false, EVERYBODY",
    "status public, false, RESPONDER",
    "timeline, false, EVERYBODY",
    "timeline add x, false, RESPONDER",
    "invite @sam, false, RESPONDER"
  })
  void requirement_dependsOnWhatExactlyIsAsked(String text, boolean vacant, Requirement needed) {
    Incident incident = AccessWorld.incident(Hat.NONE, Privacy.PUBLIC, vacant);
    var command = (ParsedCommand.Understood) new CommandParser().parse("web", text);
    assertEquals(
        needed,
        Requirements.of(command.intent(), command.spec(), AccessWorld.ADA, Optional.of(incident)));
  }

  @Test
  void ownHat_mayBeTakenOff() {
    Incident incident = AccessWorld.incident(Hat.SCRIBE, Privacy.PUBLIC, false);
    var command = (ParsedCommand.Understood) new CommandParser().parse("web", "role scribe nobody");
    assertEquals(
        Requirement.RESPONDER,
        Requirements.of(command.intent(), command.spec(), AccessWorld.ADA, Optional.of(incident)));
  }

  @Test
  void refusal_namesWhoMayDoIt() {
    Incident incident = AccessWorld.incident(Hat.NONE, Privacy.PUBLIC, false);
    String text =
        AccessWorld.policy(Kind.RESPONDER)
            .decide(
                Optional.of(AccessWorld.profile(Kind.RESPONDER)),
                Requirement.COMMANDER,
                Optional.of(incident))
            .match(() -> "", denied -> denied.text());
    assertEquals("Only the commander or the deputy may do this. Ask Li, who is in command.", text);
  }

  @Test
  void nobodyIsAdmin_whenTheListIsEmpty() {
    var decision =
        AccessWorld.policy(Kind.APPROVER)
            .decide(
                Optional.of(AccessWorld.profile(Kind.APPROVER)),
                Requirement.ADMIN,
                Optional.empty());
    assertTrue(decision.match(() -> "", denied -> denied.hint()).startsWith("Nobody is an admin"));
  }
}

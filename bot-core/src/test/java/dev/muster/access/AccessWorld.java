// SPDX-License-Identifier: Apache-2.0
package dev.muster.access;

import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Role;
import dev.muster.incident.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes one person, one policy and one incident of every kind. */
final class AccessWorld {

  static final UserRef ADA = new UserRef("web", "ada");
  static final UserRef LI = new UserRef("web", "li");

  enum Kind {
    VIEWER,
    RESPONDER,
    APPROVER,
    ADMIN,
    BOT,
    EXTERNAL,
    INACTIVE,
    UNKNOWN
  }

  enum Hat {
    NONE,
    COMMANDER,
    DEPUTY,
    COMMUNICATIONS,
    SCRIBE
  }

  enum Privacy {
    PUBLIC,
    PRIVATE_MEMBER,
    PRIVATE_STRANGER
  }

  private AccessWorld() {}

  static Profile profile(Kind kind) {
    return new Profile(
        new Person(ADA, "Ada"),
        Optional.empty(),
        Optional.empty(),
        kind == Kind.BOT,
        kind == Kind.EXTERNAL,
        kind != Kind.INACTIVE);
  }

  /** Rules that try their best to make Ada an admin where only her kind stands against it. */
  static AccessPolicy policy(Kind kind) {
    return switch (kind) {
      case VIEWER -> new AccessPolicy(AccessRules.everybody(Level.VIEWER));
      case RESPONDER -> new AccessPolicy(AccessRules.everybody(Level.RESPONDER));
      case APPROVER ->
          new AccessPolicy(
              new AccessRules(
                  Level.RESPONDER,
                  Map.of("sre", List.of("ada")),
                  List.of(),
                  List.of("sre"),
                  List.of()));
      default ->
          new AccessPolicy(
              new AccessRules(Level.ADMIN, Map.of(), List.of(), List.of(), List.of("ada")));
    };
  }

  static Incident incident(Hat hat, Privacy privacy, boolean vacant) {
    Map<Role, Person> roles = new HashMap<>();
    if (!vacant) {
      roles.put(Role.COMMANDER, new Person(LI, "Li"));
    }
    if (hat != Hat.NONE) {
      roles.put(Role.valueOf(hat.name()), new Person(ADA, "Ada"));
    }
    return new Incident(
        new IncidentId(1),
        "checkout",
        Severity.SEV3,
        IncidentStatus.INVESTIGATING,
        Optional.empty(),
        roles,
        List.of(),
        Map.of(),
        "",
        List.of(),
        privacy != Privacy.PUBLIC,
        false,
        Optional.empty(),
        privacy == Privacy.PRIVATE_STRANGER ? Set.of(LI) : Set.of(ADA, LI),
        new Incident.Declarer("person", LI.toString(), "Li"),
        true,
        1);
  }
}

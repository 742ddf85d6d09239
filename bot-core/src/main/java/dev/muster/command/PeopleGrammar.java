// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.incident.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the verbs about people: {@code commander}, {@code role}, {@code invite}. */
final class PeopleGrammar {

  /** More people at once are a group, and groups have names. */
  private static final int MOST_INVITED = 50;

  private PeopleGrammar() {}

  static Reading<Intent> commander(VerbLine line) {
    return assigned(line, Role.COMMANDER);
  }

  static Reading<Intent> role(VerbLine line) {
    if (line.words().isEmpty()) {
      return Reading.of(new Intent.ShowRoles());
    }
    String word = line.words().take();
    Optional<Role> role = word.length() > 20 ? Optional.empty() : Role.parse(word);
    return role.map(known -> assigned(line, known)).orElseGet(() -> noSuchRole(word));
  }

  static Reading<Intent> invite(VerbLine line) {
    return PersonWords.readAll(line, MOST_INVITED).map(Intent.Invite::new);
  }

  private static Reading<Intent> assigned(VerbLine line, Role role) {
    if (PersonWords.isNobody(line.words().ahead())) {
      return Reading.of(new Intent.ReleaseRole(role));
    }
    return PersonWords.readRest(line).map(person -> new Intent.AssignRole(role, person));
  }

  private static Reading<Intent> noSuchRole(String word) {
    List<String> roles = Arrays.stream(Role.values()).map(Role::word).toList();
    String near = Nearest.to(word, roles, 1).get(0);
    return Refusal.example(
        "unknown_role",
        "There is no role " + Refusal.quoted(word) + ". Roles are " + Refusal.anyOf(roles) + ".",
        "role " + near + " me");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.chat.spi.Check;
import dev.muster.slack.client.Identity;
import dev.muster.slack.client.Scope;
import java.util.List;
import java.util.function.Predicate;

/** Compares what the workspace granted with what the product asks for. Pure. */
final class ScopeCheck {

  private ScopeCheck() {}

  /**
   * Returns a finding for each missing scope that the product does not do its job without, and a
   * note for each other one; none when Slack did not say what is granted.
   */
  static Check of(Identity.Self self) {
    List<Scope> missing = self.scopes().isEmpty() ? List.of() : Scope.missing(self.scopes());
    List<String> needed = mends(missing, scope -> scope.need() == Scope.Need.ALWAYS);
    List<String> others = mends(missing, scope -> scope.need() != Scope.Need.ALWAYS);
    return new Check(needed.isEmpty(), needed, others);
  }

  private static List<String> mends(List<Scope> missing, Predicate<Scope> which) {
    return missing.stream().filter(which).map(Scope::mend).toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.chat.spi.Check;
import dev.muster.slack.client.Identity;
import dev.muster.slack.client.Scope;
import java.util.List;

/** Compares what the workspace granted with what the product asks for. Pure. */
final class ScopeCheck {

  private ScopeCheck() {}

  /**
   * Returns one finding for each missing scope; none when Slack did not say what is granted. Only
   * those that the product does not do its job without make the check fail.
   */
  static Check of(Identity.Self self) {
    List<Scope> missing = self.scopes().isEmpty() ? List.of() : Scope.missing(self.scopes());
    return new Check(
        missing.stream().noneMatch(scope -> scope.need() == Scope.Need.ALWAYS),
        missing.stream().map(Scope::mend).toList());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.chat.spi.Check;
import dev.muster.slack.client.Identity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what the workspace granted with what the product cannot work without. Pure. */
final class ScopeCheck {

  private static final Map<String, String> NEEDED = needed();

  private ScopeCheck() {}

  private static Map<String, String> needed() {
    Map<String, String> needed = new LinkedHashMap<>();
    needed.put("commands", "/incident and shortcuts do not work");
    needed.put("chat:write", "the bot cannot post");
    needed.put("channels:manage", "the bot cannot open incident channels");
    needed.put("channels:read", "the bot cannot find its channels");
    needed.put("channels:history", "there is no timeline of messages");
    needed.put("groups:write", "the bot cannot open private incidents");
    needed.put("groups:read", "the bot cannot find its private channels");
    needed.put("groups:history", "there is no timeline of private incidents");
    needed.put("users:read", "people appear without their names");
    return needed;
  }

  /** Returns one finding for each missing scope; none when Slack did not say what is granted. */
  static Check of(Identity.Self self) {
    if (self.scopes().isEmpty()) {
      return new Check(true, List.of());
    }
    List<String> findings =
        NEEDED.entrySet().stream()
            .filter(scope -> !self.scopes().contains(scope.getKey()))
            .map(
                scope ->
                    "Without the scope "
                        + scope.getKey()
                        + " "
                        + scope.getValue()
                        + ". Add it to the app's manifest and install the app again.")
            .toList();
    return new Check(findings.isEmpty(), findings);
  }
}

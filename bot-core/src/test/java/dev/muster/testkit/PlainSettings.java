// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.access.AccessPolicy;
import dev.muster.access.AccessRules;
import dev.muster.engine.ReactionNames;
import dev.muster.engine.Settings;
import java.util.List;
import java.util.Map;

/** What an operator decided who decided nothing but who may do what. */
final class PlainSettings {

  private PlainSettings() {}

  static Settings with(AccessRules access) {
    return new Settings(
        "http://localhost:8080",
        List.of(),
        false,
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        true,
        new AccessPolicy(access),
        Map.of(),
        ReactionNames.of(List.of("pushpin", "bookmark_tabs"), List.of("white_check_mark")),
        "1.2.3");
  }
}

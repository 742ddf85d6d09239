// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.access.AccessRules;
import dev.muster.access.Level;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessSettingsTest {

  private static AccessRules rules(Level level, List<String> responders, List<String> approvers) {
    return new AccessSettings(
            level, Map.of("sre", List.of("ada", "li")), responders, approvers, List.of(), true)
        .rules();
  }

  @Test
  void rules_everyoneApprovesAndResponds_everybodyIsApprover() {
    AccessRules rules = rules(Level.RESPONDER, List.of(), List.of("everyone"));

    assertEquals(Level.APPROVER, rules.everybody());
    assertEquals(List.of(), rules.approvers());
  }

  @Test
  void rules_everyoneApprovesAmongViewers_respondersApprove() {
    AccessRules rules = rules(Level.VIEWER, List.of("sre"), List.of("everyone"));

    assertEquals(Level.VIEWER, rules.everybody());
    assertEquals(List.of("sre"), rules.approvers());
  }

  @Test
  void rules_namedApprovers_onlyTheyApprove() {
    AccessRules rules = rules(Level.RESPONDER, List.of(), List.of("sre"));

    assertEquals(Level.RESPONDER, rules.everybody());
    assertEquals(List.of("sre"), rules.approvers());
  }
}

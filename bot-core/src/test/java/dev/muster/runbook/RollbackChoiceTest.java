// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import static dev.muster.runbook.RunbookFixtures.accepted;
import static dev.muster.runbook.RunbookFixtures.manual;
import static dev.muster.runbook.RunbookFixtures.reason;
import static dev.muster.runbook.RunbookFixtures.rejection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RollbackChoiceTest {

  private static final Runbook CHECKOUT = book("rollback-checkout", true, "checkout", "version");
  private static final Runbook PAYMENTS = book("rollback-payments", true, "payments", "version");
  private static final Runbook ANY = book("rollback-any", true, "", "service", "version");
  private static final Runbook RESTART = book("restart", false, "checkout");

  @Test
  void rollback_withoutAnyConfigured_saysHowToAddOne() {
    assertEquals("no_rollback", reason(choose(List.of(RESTART), List.of(), "", "")));
  }

  @Test
  void rollback_ofANamedService_takesItsRunbook() {
    RollbackChoice choice =
        accepted(choose(List.of(CHECKOUT, PAYMENTS, ANY), List.of(), "Payments", "1.4"));

    assertEquals("rollback-payments", choice.runbook().name());
    assertEquals(Map.of("version", "1.4"), choice.parameters());
  }

  @Test
  void rollback_ofAServiceThatListsItsRunbook_takesIt() {
    Runbook listed = book("undo", true, "", "service");

    RollbackChoice choice =
        accepted(
            RollbackChoice.choose(
                List.of(listed, ANY), Map.of("search", List.of("undo")), List.of(), "search", ""));

    assertEquals("undo", choice.runbook().name());
    assertEquals(Map.of("service", "search"), choice.parameters());
  }

  @Test
  void rollback_ofAServiceWithoutItsOwn_takesTheGeneralOne() {
    RollbackChoice choice = accepted(choose(List.of(CHECKOUT, ANY), List.of(), "search", "1.4"));

    assertEquals("rollback-any", choice.runbook().name());
    assertEquals(Map.of("service", "search", "version", "1.4"), choice.parameters());
  }

  @Test
  void rollback_withoutAService_takesTheIncidentsOne() {
    RollbackChoice choice =
        accepted(choose(List.of(CHECKOUT, PAYMENTS), List.of("checkout"), "", ""));

    assertEquals("rollback-checkout", choice.runbook().name());
  }

  @Test
  void rollback_withoutAServiceAnywhere_takesTheOnlyOneOrAsks() {
    accepted(choose(List.of(CHECKOUT, RESTART), List.of(), "", ""));

    String text = rejection(choose(List.of(CHECKOUT, PAYMENTS), List.of(), "", "")).text();

    assertTrue(text.contains("rollback-checkout, rollback-payments"), text);
  }

  @Test
  void rollback_ofAServiceNobodyConfigured_listsWhatThereIs() {
    var rejection = rejection(choose(List.of(CHECKOUT), List.of(), "serach", ""));

    assertEquals("no_rollback_for_service", rejection.reason());
    assertTrue(rejection.hint().contains("rollback-checkout"), rejection.hint());
  }

  @Test
  void rollback_toAVersionTheRunbookDoesNotTake_isRefused() {
    Runbook last = book("rollback-last", true, "checkout");

    assertEquals("no_version", reason(choose(List.of(last), List.of(), "checkout", "1.4")));
  }

  private static Verdict<RollbackChoice> choose(
      List<Runbook> books, List<String> services, String service, String version) {
    return RollbackChoice.choose(books, Map.of(), services, service, version);
  }

  private static Runbook book(String name, boolean rollback, String service, String... parameters) {
    List<Parameter> asked =
        List.of(parameters).stream().map(each -> new Parameter(each, false, null)).toList();
    Runbook.When when = new Runbook.When(service, null);
    return new Runbook(name, rollback, when, asked, List.of(manual("a", "Do.")), "h");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import dev.muster.incident.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which runbook {@code rollback [service] [to version]} starts, and with which parameters.
 *
 * @param runbook the chosen runbook
 * @param parameters {@code service} and {@code version}, as far as given and known to the runbook
 */
public record RollbackChoice(Runbook runbook, Map<String, String> parameters) {

  private static final List<String> VERSION_NAMES = List.of("version", "to", "tag", "revision");

  /**
   * Chooses the one rollback runbook for a service: one whose {@code when.service} names it or that
   * the service lists; failing that, one for no service in particular. Without a service the
   * incident's services are tried; without those the only rollback runbook there is.
   *
   * @param runbooks every configured runbook
   * @param listed names of runbooks by the service that lists them in the configuration
   * @param incidentServices services the incident affects
   * @param service what the person typed; may be empty
   * @param version what the person typed; may be empty
   */
  public static Verdict<RollbackChoice> choose(
      List<Runbook> runbooks,
      Map<String, List<String>> listed,
      List<String> incidentServices,
      String service,
      String version) {
    List<Runbook> all = runbooks.stream().filter(Runbook::rollback).toList();
    if (all.isEmpty()) {
      return Verdict.reject(
          "no_rollback",
          "No rollback is configured.",
          "Add a runbook with rollback: true to the runbooks folder.");
    }
    List<String> services = service.isBlank() ? incidentServices : List.of(service.strip());
    List<Runbook> fitting = fitting(all, listed, services);
    if (fitting.isEmpty()) {
      return Verdict.reject(
          "no_rollback_for_service",
          "No rollback is configured for " + String.join(", ", services) + ".",
          "Configured are: " + names(all) + ".");
    }
    if (fitting.size() > 1) {
      return Verdict.reject(
          "several_rollbacks",
          "Several rollbacks fit: " + names(fitting) + ".",
          "Name one, for example: runbook " + fitting.get(0).name());
    }
    String chosen = service.isBlank() ? soleService(fitting.get(0), services) : service.strip();
    return withParameters(fitting.get(0), chosen, version.strip());
  }

  private static List<Runbook> fitting(
      List<Runbook> all, Map<String, List<String>> listed, List<String> services) {
    if (services.isEmpty()) {
      return all;
    }
    List<Runbook> special =
        all.stream()
            .filter(each -> services.stream().anyMatch(name -> isFor(each, name, listed)))
            .toList();
    return special.isEmpty()
        ? all.stream().filter(each -> isForAny(each, listed)).toList()
        : special;
  }

  private static boolean isFor(Runbook runbook, String service, Map<String, List<String>> listed) {
    return runbook.when().isFor(service)
        || listed.entrySet().stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(service))
            .anyMatch(entry -> entry.getValue().contains(runbook.name()));
  }

  private static boolean isForAny(Runbook runbook, Map<String, List<String>> listed) {
    return runbook.when().service().isEmpty()
        && listed.values().stream().noneMatch(names -> names.contains(runbook.name()));
  }

  private static String soleService(Runbook runbook, List<String> services) {
    if (!runbook.when().service().isEmpty()) {
      return runbook.when().service();
    }
    return services.size() == 1 ? services.get(0) : "";
  }

  private static Verdict<RollbackChoice> withParameters(
      Runbook runbook, String service, String version) {
    Map<String, String> parameters = new TreeMap<>();
    if (!service.isEmpty() && runbook.parameter("service").isPresent()) {
      parameters.put("service", service);
    }
    if (version.isEmpty()) {
      return Verdict.accept(new RollbackChoice(runbook, parameters));
    }
    Optional<String> name =
        VERSION_NAMES.stream().filter(each -> runbook.parameter(each).isPresent()).findFirst();
    if (name.isEmpty()) {
      return Verdict.reject(
          "no_version",
          "Runbook " + runbook.name() + " takes no version.",
          "Leave out 'to " + version + "', or add a parameter called version to the runbook.");
    }
    parameters.put(name.get(), version);
    return Verdict.accept(new RollbackChoice(runbook, parameters));
  }

  private static String names(List<Runbook> runbooks) {
    return runbooks.stream().map(Runbook::name).sorted().collect(Collectors.joining(", "));
  }
}

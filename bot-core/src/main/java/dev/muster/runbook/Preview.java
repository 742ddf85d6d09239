// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Rejection;
import dev.muster.incident.Severity;
import dev.muster.incident.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one step of a runbook would do, filled for an example incident; nothing is sent.
 *
 * @param stepId which step
 * @param kind what it does
 * @param needsApproval whether a second person would have to consent
 * @param request the call of a webhook with its secrets masked; empty for other kinds
 * @param text what people would read; empty for a webhook
 */
public record Preview(
    String stepId,
    Step.Kind kind,
    boolean needsApproval,
    Optional<RenderedRequest> request,
    String text) {

  /** Stands for everything an earlier step would answer; it fits into every place. */
  private static final String ANSWERED = "1";

  /**
   * Fills every step in order, or says which parameter or value does not fit.
   *
   * @param parameters values by name, as a person would give them
   */
  public static Verdict<List<Preview>> of(Runbook runbook, Map<String, String> parameters) {
    Optional<Rejection> problem = RunParameters.problem(runbook, parameters);
    if (problem.isPresent()) {
      return Verdict.reject(problem.get());
    }
    Verdict<List<Preview>> previews = Verdict.accept(List.of());
    for (Step step : runbook.steps()) {
      TemplateValues values = values(runbook, step, parameters);
      previews =
          previews.match(
              before -> of(step, values).match(next -> added(before, next), Verdict::reject),
              Verdict::reject);
    }
    return previews;
  }

  private static Verdict<Preview> of(Step step, TemplateValues values) {
    if (step.kind() == Step.Kind.WEBHOOK) {
      return RequestTemplate.render(step, values)
          .match(
              call -> Verdict.accept(preview(step, Optional.of(call.masked()), "")),
              Verdict::reject);
    }
    Filler filler = new Filler(step.id(), values);
    String text = filler.fill(step.body(), Encoding.TEXT);
    return filler
        .problem()
        .map(Verdict::<Preview>reject)
        .orElseGet(() -> Verdict.accept(preview(step, Optional.empty(), text)));
  }

  private static Preview preview(Step step, Optional<RenderedRequest> request, String text) {
    return new Preview(step.id(), step.kind(), step.needsApproval(), request, text);
  }

  private static Verdict<List<Preview>> added(List<Preview> before, Preview next) {
    List<Preview> all = new ArrayList<>(before);
    all.add(next);
    return Verdict.accept(List.copyOf(all));
  }

  private static TemplateValues values(Runbook runbook, Step step, Map<String, String> parameters) {
    Map<String, String> more = new TreeMap<>();
    RequestTemplate.names(step).stream()
        .filter(name -> name.startsWith("steps."))
        .forEach(name -> more.put(name, ANSWERED));
    runbook.parameters().forEach(each -> more.put(each.name(), ""));
    more.putAll(parameters);
    String service = runbook.when().service();
    return TemplateValues.ofIncident(
            new IncidentId(1),
            "Example incident",
            Severity.SEV3,
            IncidentStatus.INVESTIGATING,
            service.isEmpty() ? List.of("example") : List.of(service))
        .with(more);
  }
}

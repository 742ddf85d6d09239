// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.chat.spi.Default;
import dev.muster.chat.spi.Within;
import dev.muster.incident.Severity;
import dev.muster.runbook.Parameter;
import dev.muster.runbook.Runbook;
import dev.muster.runbook.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The shape of a runbook's file: its keys, as people write them. */
record RunbookFile(
    String name,
    @Default("false") boolean rollback,
    WhenKeys when,
    List<ParameterKeys> parameters,
    List<StepKeys> steps)
    implements Checked {

  @Override
  public void check() {
    runbook("");
  }

  Runbook runbook(String contentHash) {
    return new Runbook(
        name,
        rollback,
        new Runbook.When(when.service().orElse(""), when.severity().orElse(null)),
        parameters.stream().map(ParameterKeys::parameter).toList(),
        steps.stream().map(StepKeys::step).toList(),
        contentHash);
  }

  /** Which incidents it is meant for. */
  record WhenKeys(Optional<String> service, Optional<Severity> severity) {}

  /** A value that the person who starts it gives. */
  record ParameterKeys(String name, @Default("false") boolean required, List<String> choices)
      implements Checked {
    @Override
    public void check() {
      parameter();
    }

    Parameter parameter() {
      return new Parameter(name, required, choices);
    }
  }

  /** One action. */
  record StepKeys(
      String id,
      Step.Kind kind,
      Optional<Step.Approval> approval,
      Optional<String> method,
      Optional<LateText> url,
      Map<String, LateText> headers,
      Optional<LateText> body,
      SuccessKeys success,
      @Within(min = "1ms", max = "15m") Optional<Duration> timeout,
      @Default("false") boolean idempotent)
      implements Checked {

    @Override
    public void check() {
      step();
    }

    Step step() {
      return new Step(
          id,
          kind,
          approval.orElse(null),
          method.orElse(null),
          url.map(LateText::text).orElse(null),
          headers.entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().text())),
          body.map(LateText::text).orElse(null),
          success.success(),
          timeout.orElse(null),
          idempotent);
    }
  }

  /** Which answers count as success. */
  record SuccessKeys(List<Integer> status, Map<String, String> json) implements Checked {
    @Override
    public void check() {
      success();
    }

    Step.Success success() {
      return new Step.Success(status, json);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import dev.muster.chat.PlainWords;
import dev.muster.incident.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks what a person gave against what a runbook asks for. */
final class RunParameters {

  /** A longer value is a document, not a parameter. */
  private static final int MAX_LENGTH = 1_000;

  private RunParameters() {}

  static Optional<Rejection> problem(Runbook runbook, Map<String, String> given) {
    for (Map.Entry<String, String> entry : given.entrySet()) {
      Optional<Parameter> parameter = runbook.parameter(entry.getKey());
      if (parameter.isEmpty()) {
        return refuse(runbook, "unknown_parameter", "has no parameter " + entry.getKey() + ".");
      }
      Optional<Rejection> problem = valueProblem(runbook, parameter.get(), entry.getValue());
      if (problem.isPresent()) {
        return problem;
      }
    }
    String missing =
        runbook.parameters().stream()
            .filter(each -> each.required() && given.getOrDefault(each.name(), "").isBlank())
            .map(Parameter::name)
            .collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? Optional.empty()
        : refuse(runbook, "missing_parameter", "also needs " + missing + ".");
  }

  private static Optional<Rejection> valueProblem(
      Runbook runbook, Parameter parameter, String value) {
    List<String> choices = parameter.choices();
    if (!choices.isEmpty() && !value.isEmpty() && !choices.contains(value)) {
      return refuse(
          runbook,
          "not_a_choice",
          "takes one of " + String.join(", ", choices) + " as " + parameter.name() + ".");
    }
    if (value.length() > MAX_LENGTH || !isOneLine(value)) {
      return refuse(
          runbook,
          "bad_value",
          "takes one line of at most "
              + MAX_LENGTH
              + " visible characters as "
              + parameter.name()
              + ".");
    }
    return Optional.empty();
  }

  /** What nobody could see on the card would be sent all the same. */
  private static boolean isOneLine(String value) {
    return PlainWords.isPlain(value) && value.chars().noneMatch(Character::isISOControl);
  }

  private static Optional<Rejection> refuse(Runbook runbook, String reason, String rest) {
    return Optional.of(
        new Rejection(
            reason,
            "Runbook " + runbook.name() + " " + rest,
            "For example: runbook " + runbook.name() + example(runbook)));
  }

  private static String example(Runbook runbook) {
    return runbook.parameters().stream()
        .map(each -> " " + each.name() + "=" + exampleValue(each))
        .collect(Collectors.joining());
  }

  private static String exampleValue(Parameter parameter) {
    return parameter.choices().isEmpty() ? "…" : parameter.choices().get(0);
  }
}

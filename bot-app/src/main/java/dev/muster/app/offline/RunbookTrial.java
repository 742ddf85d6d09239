// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.offline;

import dev.muster.config.BotConfig;
import dev.muster.config.load.Nearest;
import dev.muster.incident.Rejection;
import dev.muster.runbook.Parameter;
import dev.muster.runbook.Preview;
import dev.muster.runbook.RenderedRequest;
import dev.muster.runbook.Runbook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Shows every request that a runbook would send, filled for an example incident and with its
 * secrets masked. Sends nothing and looks up no secret.
 */
public final class RunbookTrial {

  private static final int USAGE = 2;
  private static final int CONFIG = 3;
  private static final String CONSENT = ", after another person approved it";
  private static final List<String> MADE_LATER =
      List.of("Idempotency-Key", "X-Muster-Run", "X-Muster-Callback");
  private static final String COMMAND = "java -jar muster.jar runbook test ";

  private final BotConfig config;

  /** Takes the configuration whose runbooks may be tried. */
  public RunbookTrial(BotConfig config) {
    this.config = config;
  }

  /**
   * Fills the steps of a runbook.
   *
   * @param name which runbook
   * @param assignments parameters as {@code name=value}
   * @return 0 with the steps; 2 for an assignment that is none; 3 when there is no such runbook or
   *     it cannot be filled with these values
   */
  public Ending show(String name, List<String> assignments) {
    Optional<Runbook> runbook = config.runbook(name);
    if (runbook.isEmpty()) {
      List<String> known = config.runbooks().stream().map(Runbook::name).toList();
      return new Ending(
          CONFIG,
          "",
          "There is no runbook %s in %s. %s"
              .formatted(name, config.runbooksFolder(), Nearest.hint(name, known)));
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        return badAssignment(runbook.get(), assignment);
      }
      if (values.put(assignment.substring(0, equals), assignment.substring(equals + 1)) != null) {
        return new Ending(
            USAGE,
            "",
            "--var " + assignment.substring(0, equals) + " was given twice. Give it once.");
      }
    }
    return Preview.of(runbook.get(), values)
        .match(
            steps -> Ending.fine(text(runbook.get(), steps)),
            rejection -> refused(runbook.get(), values, rejection));
  }

  private static Ending badAssignment(Runbook runbook, String assignment) {
    return new Ending(
        USAGE,
        "",
        "--var takes name=value, not %s. For example: %s".formatted(assignment, example(runbook)));
  }

  private static Ending refused(Runbook runbook, Map<String, String> values, Rejection rejection) {
    List<String> known = runbook.parameters().stream().map(Parameter::name).toList();
    String unknown =
        values.keySet().stream()
            .filter(each -> !known.contains(each))
            .findFirst()
            .map(each -> Nearest.hint(each, known) + " ")
            .orElse("");
    return new Ending(
        CONFIG,
        "",
        "%s %sFor example: %s".formatted(rejection.sentence(), unknown, example(runbook)));
  }

  private static String example(Runbook runbook) {
    return COMMAND
        + runbook.name()
        + runbook.parameters().stream()
            .filter(Parameter::required)
            .map(each -> " --var " + each.name() + "=" + exampleValue(each))
            .collect(Collectors.joining());
  }

  private static String exampleValue(Parameter parameter) {
    return parameter.choices().isEmpty() ? "VALUE" : parameter.choices().get(0);
  }

  private static String text(Runbook runbook, List<Preview> steps) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Runbook %s as it would run for the example incident INC-1. Nothing was sent."
            .formatted(runbook.name()));
    int number = 0;
    for (Preview step : steps) {
      number++;
      lines.add("");
      lines.add(
          "%d. %s: %s%s"
              .formatted(number, step.stepId(), kind(step), step.needsApproval() ? CONSENT : ""));
      lines.addAll(indented(step.request().map(RunbookTrial::request).orElse(step.text())));
    }
    return String.join("\n", lines);
  }

  private static String kind(Preview step) {
    return switch (step.kind()) {
      case WEBHOOK -> "webhook";
      case MANUAL -> "a person does it and says so";
      case MESSAGE -> "message in the incident's channel";
    };
  }

  private static String request(RenderedRequest request) {
    List<String> lines = new ArrayList<>();
    lines.add(request.method() + " " + request.url());
    request.headers().forEach((name, value) -> lines.add(name + ": " + value));
    MADE_LATER.forEach(name -> lines.add(name + ": (made for each run)"));
    if (!request.body().isEmpty()) {
      lines.add("");
      lines.add(request.body());
    }
    return String.join("\n", lines);
  }

  private static List<String> indented(String text) {
    return text.stripTrailing().lines().map(line -> ("   " + line).stripTrailing()).toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.access.AccessPolicy;
import dev.muster.access.AccessRules;
import dev.muster.access.Level;
import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.alert.AlertMessage;
import dev.muster.alert.AlertRule;
import dev.muster.alert.MessageAlerts;
import dev.muster.chat.Addressing;
import dev.muster.engine.ReactionNames;
import dev.muster.engine.Settings;
import dev.muster.incident.Severity;
import dev.muster.oncall.EscalationPolicy;
import dev.muster.oncall.Rotation;
import dev.muster.oncall.Schedule;
import dev.muster.oncall.Target;
import dev.muster.runbook.Parameter;
import dev.muster.runbook.Runbook;
import dev.muster.runbook.Step;
import dev.muster.webhook.WebhookResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Incidents acted out so that the bot says everything it can say: every message, form and screen of
 * the product, as the engine really makes them, for adapters to render. {@code SlotsTest} in this
 * project fails when a place that makes messages was not reached.
 */
public final class Rehearsal {

  /** What monitoring sends is known by this source. */
  static final String SOURCE = "alertmanager";

  /** How people address the bot where nothing else is said. */
  private static final Addressing USUAL = new Addressing("/incident ", "@muster ");

  private final String platform;
  private final Addressing addressing;
  private final Function<Foreign, String> words;

  private Rehearsal(String platform, Addressing addressing, Function<Foreign, String> words) {
    this.platform = platform;
    this.addressing = addressing;
    this.words = words;
  }

  /** Returns everything said when people write as people do. */
  public static List<Said> typical(String platform, Path folder) {
    return typical(platform, USUAL, folder);
  }

  /** Returns everything said on a platform where people address the bot in another way. */
  public static List<Said> typical(String platform, Addressing addressing, Path folder) {
    return new Rehearsal(platform, addressing, Foreign::typical).play(folder);
  }

  /** Returns everything said, with {@link Foreign#mark()} wherever words come from outside. */
  public static List<Said> marked(String platform, Path folder) {
    return marked(platform, USUAL, folder);
  }

  /** Returns the same where people address the bot in another way. */
  public static List<Said> marked(String platform, Addressing addressing, Path folder) {
    return new Rehearsal(platform, addressing, Foreign::mark).play(folder);
  }

  /** Returns everything said when these words are written wherever words can be written. */
  public static List<Said> with(String platform, Path folder, Function<Foreign, String> words) {
    return new Rehearsal(platform, USUAL, words).play(folder);
  }

  /**
   * Returns what {@link #typical} does when the engine and the chat take that time for each step.
   */
  static List<Said> paced(String platform, Path folder, Runnable pace) {
    return new Rehearsal(platform, USUAL, Foreign::typical).play(folder, pace);
  }

  private List<Said> play(Path folder) {
    return play(folder, () -> {});
  }

  private List<Said> play(Path folder, Runnable pace) {
    try (Stage stage = set(folder, pace)) {
      new RehearsalScenes(stage, words).play();
      return List.copyOf(stage.said());
    }
  }

  /** Returns a stage on which the scenes can be played, for tests that interfere with them. */
  static Stage stage(String platform, Path folder) {
    return new Rehearsal(platform, USUAL, Foreign::typical).set(folder, () -> {});
  }

  private Stage set(Path folder, Runnable pace) {
    Stage stage = new Stage(platform, folder, pace);
    stage.world.addressed(addressing);
    stage.engine.configure(plain -> settings());
    return stage;
  }

  private Settings settings() {
    Map<Severity, Settings.SeverityRule> severities = new EnumMap<>(Severity.class);
    severities.put(
        Severity.SEV2,
        new Settings.SeverityRule(
            Optional.of(Duration.ofMinutes(60)), Optional.of(Duration.ofMinutes(10)), "default"));
    severities.put(
        Severity.SEV1,
        new Settings.SeverityRule(
            Optional.empty(), Optional.empty(), "", Optional.of(Duration.ofMinutes(20))));
    MessageAlerts reader = Rehearsal::read;
    return new Settings(
        "https://muster.example.com",
        List.of(platform),
        false,
        Map.of(platform, "incidents"),
        Map.of(platform, Set.of("alerts")),
        severities,
        List.of(
            new Settings.ServiceEntry("checkout", "payments", "payments", List.of("rollback")),
            new Settings.ServiceEntry("search", "web", "", List.of())),
        List.of(schedule()),
        List.of(policy()),
        runbooks(),
        AlertRule.defaults(),
        Map.of(platform, reader),
        true,
        new AccessPolicy(rules()),
        Map.of(),
        ReactionNames.of(List.of("pushpin"), List.of("white_check_mark")),
        "1.2.3");
  }

  private AccessRules rules() {
    return new AccessRules(
        Level.APPROVER, Map.of(), List.of(), List.of(), List.of(platform + ":Uops"));
  }

  private Schedule schedule() {
    return new Schedule(
        "payments",
        ZoneId.of("Europe/Berlin"),
        new Rotation(
            List.of(platform + ":Usam"),
            Duration.ofDays(7),
            LocalDateTime.parse("2026-01-05T09:00")),
        List.of());
  }

  private EscalationPolicy policy() {
    return new EscalationPolicy(
        "default",
        List.of(
            new EscalationPolicy.Level(List.of(Target.parse("schedule:payments")), Duration.ZERO),
            new EscalationPolicy.Level(
                List.of(Target.parse("person:" + platform + ":Uli")), Duration.ofMinutes(5)),
            new EscalationPolicy.Level(
                List.of(Target.parse("group:nobody")), Duration.ofMinutes(20))));
  }

  /** Reads {@code [firing] NAME: TITLE}, {@code [resolved]}, or {@code [like]}: it may be NAME. */
  private static Optional<Alert> read(AlertMessage message) {
    String text = message.text();
    if (!text.startsWith("[")) {
      return Optional.empty();
    }
    String name = text.substring(text.indexOf(' ') + 1, text.indexOf(':'));
    String title = text.substring(text.indexOf(':') + 2);
    if (text.startsWith("[like]")) {
      return Optional.of(like(message, name, title));
    }
    Alert firing = alert(message.source(), name, title, "", "warning", message.at());
    return Optional.of(text.startsWith("[resolved]") ? resolved(firing, message.at()) : firing);
  }

  private static Alert like(AlertMessage message, String name, String title) {
    return new Alert(
        new AlertKey(message.source(), "like " + name),
        Alert.Status.FIRING,
        title,
        "warning",
        Map.of("alertname", name),
        Map.of(AlertMessage.READ_AS, "words", AlertMessage.MESSAGE, message.text()),
        message.at(),
        Optional.empty(),
        "",
        List.of());
  }

  /** Returns the same alert when it has stopped. */
  static Alert resolved(Alert firing, Instant at) {
    return new Alert(
        firing.key(),
        Alert.Status.RESOLVED,
        firing.title(),
        firing.severity(),
        firing.labels(),
        firing.annotations(),
        firing.startsAt(),
        Optional.of(at),
        firing.url(),
        firing.flags());
  }

  /** Returns a firing alert. */
  static Alert alert(
      String source, String name, String title, String url, String severity, Instant at) {
    return new Alert(
        new AlertKey(source, name),
        Alert.Status.FIRING,
        title,
        severity,
        Map.of("alertname", name, "severity", severity, "service", "checkout"),
        Map.of("summary", title),
        at,
        Optional.empty(),
        url,
        List.of());
  }

  private static List<Runbook> runbooks() {
    Step call = webhook("call-deployer", Step.Approval.REQUIRED);
    Runbook rollback =
        new Runbook(
            "rollback-checkout",
            true,
            new Runbook.When("checkout", null),
            List.of(new Parameter("version", true, List.of())),
            List.of(call),
            "");
    Runbook checks =
        new Runbook(
            "check-queue",
            false,
            Runbook.When.ALWAYS,
            List.of(),
            List.of(
                step("look", Step.Kind.MANUAL, "Look at the length of the queue."),
                step("drain", Step.Kind.MANUAL, "Drain it when it is longer than 1,000."),
                step("tell", Step.Kind.MESSAGE, "The queue was looked at."),
                webhook("probe", Step.Approval.NONE),
                step("end", Step.Kind.MANUAL, "Write down what you saw.")),
            "");
    Runbook stuck =
        new Runbook(
            "check-answer",
            false,
            Runbook.When.ALWAYS,
            List.of(),
            List.of(
                webhook("probe", Step.Approval.NONE),
                step("compare", Step.Kind.MANUAL, "Compare with {{steps.probe.length}}.")),
            "");
    return List.of(rollback, checks, stuck);
  }

  private static Step webhook(String id, Step.Approval approval) {
    return new Step(
        id,
        Step.Kind.WEBHOOK,
        approval,
        "POST",
        "https://deployer.example.com/" + id,
        Map.of("Content-Type", "application/json"),
        "{\"incident\":\"{{incident.id}}\",\"title\":\"{{incident.title}}\"}",
        null,
        null,
        false);
  }

  private static Step step(String id, Step.Kind kind, String body) {
    return new Step(id, kind, Step.Approval.NONE, null, null, null, body, null, null, false);
  }

  /** What a called target may answer. */
  enum Outcome {
    RAN,
    FAILED,
    LOST;

    WebhookResult result(String body) {
      return switch (this) {
        case RAN -> new WebhookResult.Answered(200, body, false, true, Map.of());
        case FAILED -> new WebhookResult.Answered(404, body, false, true, Map.of());
        case LOST ->
            new WebhookResult.Unknown(WebhookResult.Reason.CONNECTION_LOST, "The reply was lost.");
      };
    }
  }
}

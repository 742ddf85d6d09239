// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Button;
import dev.muster.chat.Fact;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.runbook.RenderedRequest;
import dev.muster.runbook.RunbookRun;
import dev.muster.runbook.StepRun;
import dev.muster.runbook.StepState;
import dev.muster.store.ActionStore.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The card of one step, in whatever state it is; buttons go when they no longer count. */
final class StepCards {

  private final Incident incident;
  private final RunbookRun run;
  private final StepRun step;
  private final ButtonMint mint;

  StepCards(Incident incident, RunbookRun run, StepRun step, ButtonMint mint) {
    this.incident = incident;
    this.run = run;
    this.step = step;
    this.mint = mint;
  }

  /** Returns the slot of a step's card. */
  static String slot(RunbookRun run, String stepId) {
    return "step/" + run.id() + "/" + stepId;
  }

  BotMessage card() {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of(sentence()));
    if (step.request() != null) {
      sections.add(new Section("Exact request", Phrase.of(requestText()), Section.Style.CODE));
    } else if (!step.text().isEmpty()) {
      sections.add(Section.of("What to do", step.text()));
    }
    if (!step.note().isEmpty()) {
      sections.add(Section.of("Result", step.note()));
    }
    return BotMessage.card(sentence(), title())
        .withFacts(facts())
        .withSections(sections)
        .withButtons(buttons())
        .withTone(tone());
  }

  private String title() {
    return (run.runbook().rollback() ? "Rollback" : "Runbook")
        + " · "
        + run.runbook().name()
        + " · "
        + step.stepId();
  }

  private String what() {
    return run.runbook().name() + " / " + step.stepId();
  }

  private String sentence() {
    return switch (step.state()) {
      case AWAITING_APPROVAL ->
          step.consent().requester().name()
              + " asks to run "
              + what()
              + " for "
              + incident.id()
              + ". Somebody else must approve the exact request.";
      case APPROVED, REQUESTED ->
          step.request() == null ? what() + " waits for a person." : what() + " is about to run.";
      case DISPATCHED -> what() + " is running.";
      case RETRY_SCHEDULED ->
          what() + " got no answer. It is repeated with the same key by itself.";
      case OUTCOME_UNKNOWN -> "We do not know whether " + what() + " ran.";
      case SUCCEEDED -> what() + " ran.";
      case FAILED -> what() + " did not succeed.";
      case REFUSED -> what() + " was refused. Nothing was run.";
      case EXPIRED -> what() + " lapsed: nobody approved it in time. Nothing was run.";
      case CANCELLED -> what() + " was called off.";
      case SKIPPED -> what() + " was skipped.";
      case WAITING -> what() + " waits for the steps before it.";
    };
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of("State", step.state().word().replace('_', ' ')));
    run.parameters().forEach((name, value) -> facts.add(Fact.of(name, value)));
    if (step.consent() != null) {
      facts.add(Fact.of("Asked by", step.consent().requester().name()));
      if (step.consent().approver() != null) {
        facts.add(Fact.of("Approved by", step.consent().approver().name()));
      }
      if (!step.consent().digest().isEmpty()) {
        facts.add(Fact.of("Digest", step.consent().digest().substring(0, 16)));
        if (step.state() == StepState.AWAITING_APPROVAL) {
          facts.add(Fact.of("Lapses", UtcText.minute(step.consent().expiresAt())));
        }
      }
    }
    if (!step.idempotencyKey().isEmpty() && step.request() != null) {
      facts.add(Fact.of("Idempotency-Key", step.idempotencyKey()));
    }
    return facts;
  }

  private String requestText() {
    RenderedRequest shown = step.request().masked();
    StringBuilder text = new StringBuilder(shown.method() + " " + shown.url());
    shown
        .headers()
        .forEach((name, value) -> text.append('\n').append(name).append(": ").append(value));
    if (!shown.body().isEmpty()) {
      text.append("\n\n").append(shown.body());
    }
    return text.toString();
  }

  private List<Button> buttons() {
    Map<String, String> about = new TreeMap<>(Map.of("run", run.id(), "step", step.stepId()));
    return switch (step.state()) {
      case AWAITING_APPROVAL -> approvalButtons(about);
      case OUTCOME_UNKNOWN -> {
        about.put("generation", step.generation() + "." + step.attempt());
        yield List.of(
            mint.button("It ran", Press.IT_RAN, Use.ONCE, about),
            danger(
                "Run again", Press.RUN_AGAIN, about, "Only if you are sure that it did not run."));
      }
      case REQUESTED, APPROVED ->
          step.request() != null || step.text().isEmpty()
              ? List.of()
              : List.of(
                  mint.primary("Done", Press.STEP_DONE, Use.ONCE, about),
                  mint.button("Skip", Press.STEP_SKIPPED, Use.ONCE, about));
      default -> List.of();
    };
  }

  private List<Button> approvalButtons(Map<String, String> about) {
    about.put("digest", step.consent().digest());
    String text =
        step.request() == null
            ? what()
            : step.request().method() + " " + step.request().masked().url();
    return List.of(
        danger("Approve", Press.APPROVE, about, "Runs once: " + text),
        mint.button("Refuse", Press.REFUSE, Use.REPEATEDLY, about));
  }

  private Button danger(String label, String action, Map<String, String> about, String text) {
    Use use = action.equals(Press.APPROVE) ? Use.REPEATEDLY : Use.ONCE;
    return mint.asking(
        mint.button(label, action, use, about), Button.Style.DANGER, label + "?", text, label);
  }

  private Tone tone() {
    return switch (step.state()) {
      case SUCCEEDED, SKIPPED -> Tone.GOOD;
      case OUTCOME_UNKNOWN, FAILED -> Tone.URGENT;
      case AWAITING_APPROVAL, EXPIRED, REFUSED -> Tone.WARNING;
      default -> Tone.NEUTRAL;
    };
  }
}

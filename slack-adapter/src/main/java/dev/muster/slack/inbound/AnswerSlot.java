// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.slack.api.bolt.context.builtin.ViewSubmissionContext;
import com.slack.api.bolt.response.Response;
import com.slack.api.model.view.View;
import dev.muster.chat.Answer;
import dev.muster.chat.Form;
import dev.muster.chat.spi.Receipt;
import dev.muster.slack.client.FormMark;
import dev.muster.slack.client.FormVerbs;
import dev.muster.slack.client.LateWindows;
import dev.muster.slack.render.FormRenderer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Answers a submitted form: with what the engine decided when that comes in time, else with
 * <em>Working…</em>, replaced as soon as it comes. Slack waits three seconds for the first answer.
 */
final class AnswerSlot {

  private static final Duration IN_TIME = Duration.ofSeconds(2);
  private static final String TITLE = "Incident";

  private final LateWindows late;
  private final Executor executor;

  AnswerSlot(LateWindows late, Executor executor) {
    this.late = late;
    this.executor = executor;
  }

  /** Answers the submission of {@code view}. */
  Response answer(Receipt.Stored receipt, View view, ViewSubmissionContext context) {
    try {
      Answer answer = receipt.answer().get(IN_TIME.toMillis(), TimeUnit.MILLISECONDS);
      return inTime(answer, view, context);
    } catch (TimeoutException e) {
      replaceLater(receipt.answer(), view);
      return context.ackWithUpdate(
          FormRenderer.notice(title(view), "Working… This window will tell you when it is done."));
    } catch (ExecutionException e) {
      return context.ackWithUpdate(FormRenderer.notice(title(view), FAILED));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return context.ackWithUpdate(FormRenderer.notice(title(view), FAILED));
    }
  }

  private static final String FAILED =
      "What you typed is kept, but it could not be worked on yet. It will be tried again; look"
          + " into the channel.";

  private static Response inTime(Answer answer, View view, ViewSubmissionContext context) {
    if (answer instanceof Answer.FieldErrors errors && errors.instead().isEmpty()) {
      Map<String, String> byBlock = byBlock(errors, view);
      return byBlock.isEmpty()
          ? context.ackWithUpdate(
              FormRenderer.notice(title(view), String.join(" ", errors.fields().values())))
          : context.ackWithErrors(byBlock);
    }
    Optional<View> shown = shown(answer, view);
    return shown.isPresent() ? context.ackWithUpdate(shown.get()) : context.ack();
  }

  private static Optional<View> shown(Answer answer, View view) {
    if (answer instanceof Answer.Notice notice) {
      return Optional.of(FormRenderer.notice(title(view), notice.text()));
    }
    Optional<Form> form =
        answer instanceof Answer.FieldErrors errors
            ? errors.instead()
            : answer instanceof Answer.ShowForm show ? Optional.of(show.form()) : Optional.empty();
    String channel = FormMark.read(view.getPrivateMetadata()).channel();
    return form.map(shown -> FormVerbs.render(shown, channel));
  }

  /** Slack takes errors by the names of input blocks and nothing else. */
  private static Map<String, String> byBlock(Answer.FieldErrors errors, View view) {
    List<String> blocks =
        view.getBlocks().stream()
            .map(block -> block.getBlockId())
            .filter(id -> FormRenderer.fieldOf(id).isPresent())
            .toList();
    Map<String, String> byBlock = new LinkedHashMap<>();
    errors
        .fields()
        .forEach(
            (field, sentence) -> {
              String block = FormRenderer.blockId(field);
              if (blocks.contains(block)) {
                byBlock.put(block, sentence);
              } else if (!blocks.isEmpty()) {
                byBlock.merge(blocks.get(0), sentence, (a, b) -> a + " " + b);
              }
            });
    return byBlock;
  }

  /** Slack waits for the first answer meanwhile, so that nothing here may hold it up. */
  private void replaceLater(CompletableFuture<Answer> answer, View view) {
    String title = title(view);
    CompletableFuture.runAsync(() -> late.began(view.getId(), title), executor)
        .whenComplete(
            (began, failed) ->
                answer.whenCompleteAsync(
                    (decided, broke) -> late.show(view.getId(), title, late(decided, view)),
                    executor));
  }

  private static View late(Answer decided, View view) {
    if (decided == null) {
      return FormRenderer.notice(title(view), FAILED);
    }
    if (decided instanceof Answer.FieldErrors errors && errors.instead().isEmpty()) {
      return TypedAgain.withErrors(view, errors.fields());
    }
    return shown(decided, view)
        .orElseGet(() -> FormRenderer.notice(title(view), "Done. You can close this window."));
  }

  private static String title(View view) {
    return view.getTitle() == null ? TITLE : view.getTitle().getText();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.bot.schema.AdaptiveCardInvokeResponse;
import com.microsoft.bot.schema.Attachment;
import com.microsoft.bot.schema.teams.TaskModuleContinueResponse;
import com.microsoft.bot.schema.teams.TaskModuleMessageResponse;
import com.microsoft.bot.schema.teams.TaskModuleResponseBase;
import com.microsoft.bot.schema.teams.TaskModuleTaskInfo;
import dev.muster.chat.Answer;
import dev.muster.chat.Form;
import dev.muster.teams.client.Json;
import dev.muster.teams.render.FormRenderer;
import dev.muster.teams.render.TypedHere;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a person sees as the direct answer to their click. */
sealed interface Shown {

  /**
   * Said while the decision takes longer than the platform waits; the rest follows as a message.
   */
  String WORKING = "Working… The answer follows here.";

  String CARD_TYPE = "application/vnd.microsoft.card.adaptive";

  /**
   * A form, at first or again.
   *
   * @param form the form, holding what was typed
   * @param errors a sentence by field name
   */
  record FormCard(Form form, Map<String, String> errors) implements Shown {}

  /**
   * A sentence.
   *
   * @param text the sentence
   */
  record Words(String text) implements Shown {}

  /**
   * A form was taken; it closes.
   *
   * @param title the form's title
   */
  record Closed(String title) implements Shown {}

  /** Nothing more than that it arrived. */
  record Noted() implements Shown {}

  /** Returns what a person sees for an answer of the core to what their card sent. */
  static Shown of(Answer answer, Optional<CardPress> sent) {
    if (answer instanceof Answer.ShowForm show) {
      return new FormCard(show.form(), Map.of());
    }
    if (answer instanceof Answer.Notice notice) {
      return new Words(notice.text());
    }
    if (answer instanceof Answer.FieldErrors wrong) {
      Optional<Form> again = sent.flatMap(CardPress::again);
      return again.isPresent()
          ? new FormCard(again.get(), wrong.fields())
          : new Words(String.join(" ", wrong.fields().values()));
    }
    Optional<String> title = sent.flatMap(CardPress::again).map(Form::title);
    return title.isPresent() ? new Closed(title.get()) : new Noted();
  }

  /** Returns the same as it is said in a conversation. */
  default Shown saidIn(String conversation) {
    if (this instanceof FormCard card) {
      Map<String, String> errors = new LinkedHashMap<>();
      card.errors().forEach((name, text) -> errors.put(name, TypedHere.in(conversation, text)));
      return new FormCard(TypedHere.in(conversation, card.form()), errors);
    }
    return this instanceof Words words ? new Words(TypedHere.in(conversation, words.text())) : this;
  }

  /** Returns the answer to a card's button. */
  default AdaptiveCardInvokeResponse inCard() {
    if (this instanceof FormCard form) {
      return card(FormRenderer.card(form.form(), form.errors(), false));
    }
    if (this instanceof Closed closed) {
      return card(FormRenderer.closed(closed.title() + ": received."));
    }
    return message(this instanceof Words words ? words.text() : "Received.");
  }

  /** Returns the answer to a dialog's call; null closes the dialog. */
  default TaskModuleResponseBase inDialog() {
    if (this instanceof FormCard form) {
      TaskModuleTaskInfo task = new TaskModuleTaskInfo();
      task.setTitle(form.form().title());
      task.setHeight("medium");
      task.setWidth("medium");
      Attachment attachment = new Attachment();
      attachment.setContentType(CARD_TYPE);
      attachment.setContent(FormRenderer.card(form.form(), form.errors(), true));
      task.setCard(attachment);
      TaskModuleContinueResponse response = new TaskModuleContinueResponse();
      response.setValue(task);
      return response;
    }
    if (this instanceof Words words) {
      TaskModuleMessageResponse response = new TaskModuleMessageResponse();
      response.setValue(FormRenderer.notice(words.text()));
      return response;
    }
    return null;
  }

  /** Returns the answer to a client that asks for a newer card and need not. */
  static AdaptiveCardInvokeResponse upToDate() {
    return message("This card is up to date.");
  }

  /** Returns an answer that shows this person a card in the place of the one they look at. */
  static AdaptiveCardInvokeResponse card(JsonNode card) {
    return response(200, CARD_TYPE, card);
  }

  private static AdaptiveCardInvokeResponse message(String text) {
    return response(200, "application/vnd.microsoft.activity.message", FormRenderer.notice(text));
  }

  /** Returns the answer to a button that is not ours. */
  static AdaptiveCardInvokeResponse notOurs() {
    ObjectNode error =
        Json.object().put("code", "BadRequest").put("message", "This button is not known here.");
    return response(400, "application/vnd.microsoft.error", error);
  }

  private static AdaptiveCardInvokeResponse response(int status, String type, Object value) {
    AdaptiveCardInvokeResponse response = new AdaptiveCardInvokeResponse();
    response.setStatusCode(status);
    response.setType(type);
    response.setValue(value);
    return response;
  }
}

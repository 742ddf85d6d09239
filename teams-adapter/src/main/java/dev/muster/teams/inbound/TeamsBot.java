// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.microsoft.bot.builder.TurnContext;
import com.microsoft.bot.builder.teams.TeamsActivityHandler;
import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.ActivityTypes;
import com.microsoft.bot.schema.AdaptiveCardInvokeResponse;
import com.microsoft.bot.schema.AdaptiveCardInvokeValue;
import com.microsoft.bot.schema.teams.MessagingExtensionAction;
import com.microsoft.bot.schema.teams.MessagingExtensionActionResponse;
import com.microsoft.bot.schema.teams.MessagingExtensionQuery;
import com.microsoft.bot.schema.teams.MessagingExtensionResponse;
import com.microsoft.bot.schema.teams.MessagingExtensionResult;
import com.microsoft.bot.schema.teams.TaskModuleRequest;
import com.microsoft.bot.schema.teams.TaskModuleResponse;
import dev.muster.chat.Answer;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.Quotation;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Receipt;
import dev.muster.teams.client.OwnViews;
import dev.muster.teams.client.PendingDialogs;
import dev.muster.teams.client.Places;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The SDK's handler for Teams, filled with ours: every activity becomes deliveries that are stored
 * before the call is answered; invokes are answered with what the core decided within two seconds.
 * It runs on the server's thread and sends nothing itself. Thread-safe.
 */
final class TeamsBot extends TeamsActivityHandler {

  /** Teams shows an error after about five seconds; two leave room for the way. */
  private static final Duration WAIT = Duration.ofSeconds(2);

  private final ChatInbox inbox;
  private final EventDecoder decoder;
  private final Places places;
  private final OwnViews views;
  private final PendingDialogs dialogs;
  private final LateAnswers late;
  private final Supplier<String> ids;

  TeamsBot(
      ChatInbox inbox,
      EventDecoder decoder,
      Places places,
      PendingDialogs dialogs,
      LateAnswers late,
      Supplier<String> ids) {
    this.inbox = inbox;
    this.decoder = decoder;
    this.places = places;
    this.views = new OwnViews(places);
    this.dialogs = dialogs;
    this.late = late;
    this.ids = ids;
  }

  /**
   * The SDK has no handlers for edits and deletions, would call Teams for member events, and fails
   * on events without a name; what nobody needs ends here.
   */
  @Override
  public CompletableFuture<Void> onTurn(TurnContext context) {
    return switch (String.valueOf(context.getActivity().getType())) {
      case ActivityTypes.MESSAGE_UPDATE,
          ActivityTypes.MESSAGE_DELETE,
          ActivityTypes.MESSAGE_REACTION,
          ActivityTypes.CONVERSATION_UPDATE,
          ActivityTypes.INSTALLATION_UPDATE ->
          hear(context);
      case ActivityTypes.MESSAGE, ActivityTypes.INVOKE -> super.onTurn(context);
      default -> CompletableFuture.completedFuture(null);
    };
  }

  @Override
  protected CompletableFuture<Void> onMessageActivity(TurnContext context) {
    Optional<CardPress> sent = CardPress.of(context.getActivity().getValue());
    if (sent.isEmpty()) {
      return hear(context);
    }
    heard(context).ifPresent(heard -> accept(context, delivery(heard, sent.get(), opening(heard))));
    return CompletableFuture.completedFuture(null);
  }

  private FormOpening opening(Heard heard) {
    return decoder.opening(heard, Optional.empty());
  }

  private CompletableFuture<Void> hear(TurnContext context) {
    heard(context)
        .ifPresent(
            heard -> {
              List<Delivery> deliveries = decoder.plain(heard);
              deliveries.forEach(delivery -> take(context, delivery));
              if (deliveries.isEmpty()) {
                places.keep(heard.alongside(places));
              }
            });
    return CompletableFuture.completedFuture(null);
  }

  private void take(TurnContext context, Delivery delivery) {
    accept(context, delivery)
        .filter(Receipt.Stored::repeat)
        .flatMap(known -> decoder.readFirst(delivery))
        .ifPresent(command -> accept(context, command));
  }

  private Optional<Heard> heard(TurnContext context) {
    Turn turn = turn(context);
    Activity activity = context.getActivity();
    Optional<Heard> heard = Heard.of(activity, turn, places);
    boolean named = activity.getId() != null && !activity.getId().isBlank();
    if (heard.isEmpty() || !named) {
      turn.ended(Turn.Ending.INCOMPLETE);
      return Optional.empty();
    }
    return heard;
  }

  private static Turn turn(TurnContext context) {
    return context.getTurnState().get(Turn.KEY);
  }

  private Optional<Receipt.Stored> accept(TurnContext context, Delivery delivery) {
    Turn turn = turn(context);
    Turn.Ending before = turn.ending();
    turn.ended(Turn.Ending.NOT_STORED);
    if (inbox.accept(delivery) instanceof Receipt.Stored stored) {
      turn.ended(before);
      turn.stored();
      return Optional.of(stored);
    }
    return Optional.empty();
  }

  private Delivery delivery(Heard heard, CardPress sent, FormOpening opening) {
    return sent.press().isPresent()
        ? decoder.press(heard, sent.press().get(), opening)
        : decoder.submission(heard, sent.form().orElseThrow(), sent.values());
  }

  @Override
  protected CompletableFuture<AdaptiveCardInvokeResponse> onAdaptiveCardInvoke(
      TurnContext context, AdaptiveCardInvokeValue value) {
    if (OwnViews.VERB.equals(value.getAction().getVerb())) {
      return CompletableFuture.completedFuture(ownView(context));
    }
    Optional<CardPress> sent = CardPress.of(value.getAction().getData());
    if (sent.isEmpty()) {
      return CompletableFuture.completedFuture(Shown.notOurs());
    }
    Optional<Heard> heard = heard(context);
    Optional<Shown> shown =
        heard.flatMap(
            h ->
                accept(context, delivery(h, sent.get(), opening(h)))
                    .map(stored -> answered(h, stored, sent)));
    return CompletableFuture.completedFuture(shown.map(Shown::inCard).orElseGet(Shown::notOurs));
  }

  /** Decides nothing and stores nothing, so the core is not asked. */
  private AdaptiveCardInvokeResponse ownView(TurnContext context) {
    Optional<String> message = Optional.ofNullable(context.getActivity().getReplyToId());
    return heard(context)
        .flatMap(
            heard ->
                message.flatMap(id -> views.of(heard.message(id), heard.by().person().ref().id())))
        .map(Shown::card)
        .orElseGet(Shown::upToDate);
  }

  @Override
  protected CompletableFuture<TaskModuleResponse> onTeamsTaskModuleFetch(
      TurnContext context, TaskModuleRequest request) {
    Optional<CardPress> sent = CardPress.of(request.getData()).filter(s -> s.press().isPresent());
    Shown shown =
        sent.flatMap(
                s ->
                    inDialog(
                        context,
                        (heard, opening) -> decoder.press(heard, s.press().get(), opening)))
            .orElseGet(() -> new Shown.Words("This button is not known here."));
    return dialog(shown);
  }

  @Override
  protected CompletableFuture<TaskModuleResponse> onTeamsTaskModuleSubmit(
      TurnContext context, TaskModuleRequest request) {
    return dialog(submitted(context, request));
  }

  @Override
  protected CompletableFuture<MessagingExtensionActionResponse> onTeamsMessagingExtensionFetchTask(
      TurnContext context, MessagingExtensionAction action) {
    Optional<Shortcut> shortcut = Shortcut.of(action.getCommandId());
    Optional<Quotation> chosen = heard(context).flatMap(heard -> decoder.chosen(heard, action));
    boolean needed = shortcut.filter(s -> s.kind() == Shortcut.Kind.MESSAGE).isPresent();
    if (needed && chosen.isEmpty()) {
      return extension(new Shown.Words("Choose this in the menu of a message."));
    }
    Optional<Shown> shown =
        shortcut.flatMap(
            s -> inDialog(context, (heard, open) -> decoder.command(heard, s, chosen, open)));
    return extension(shown.orElseGet(() -> new Shown.Words("This command is not known here.")));
  }

  @Override
  protected CompletableFuture<MessagingExtensionActionResponse>
      onTeamsMessagingExtensionSubmitAction(TurnContext context, MessagingExtensionAction action) {
    return extension(submitted(context, action));
  }

  @Override
  protected CompletableFuture<MessagingExtensionResponse> onTeamsMessagingExtensionQuery(
      TurnContext context, MessagingExtensionQuery query) {
    MessagingExtensionResult nothing = new MessagingExtensionResult();
    nothing.setType("result");
    nothing.setAttachmentLayout("list");
    nothing.setAttachments(List.of());
    MessagingExtensionResponse response = new MessagingExtensionResponse();
    response.setComposeExtension(nothing);
    return CompletableFuture.completedFuture(response);
  }

  private Shown submitted(TurnContext context, TaskModuleRequest request) {
    Optional<CardPress> sent = CardPress.of(request.getData()).filter(s -> s.form().isPresent());
    Optional<Heard> heard = sent.flatMap(unused -> heard(context));
    return heard
        .flatMap(
            h ->
                accept(context, delivery(h, sent.get(), opening(h)))
                    .map(stored -> answered(h, stored, sent)))
        .orElseGet(() -> new Shown.Words("This form is not known here."));
  }

  private interface Decoding {
    Delivery delivery(Heard heard, FormOpening opening);
  }

  /** Stores what asks for a dialog and waits for the form, whichever way the core hands it over. */
  private Optional<Shown> inDialog(TurnContext context, Decoding decoding) {
    Optional<Heard> heard = heard(context);
    if (heard.isEmpty()) {
      return Optional.empty();
    }
    String name = ids.get();
    CompletableFuture<Optional<Form>> form = dialogs.begin(name);
    try {
      FormOpening opening = decoder.opening(heard.get(), Optional.of(name));
      Optional<Receipt.Stored> stored = accept(context, decoding.delivery(heard.get(), opening));
      return stored.map(s -> formOrAnswer(name, form, s, heard.get()));
    } finally {
      dialogs.end(name);
    }
  }

  private Shown formOrAnswer(
      String name, CompletableFuture<Optional<Form>> form, Receipt.Stored stored, Heard heard) {
    CompletableFuture<Shown> speaking = new CompletableFuture<>();
    form.thenAccept(f -> f.ifPresent(shown -> speaking.complete(asForm(shown))));
    stored
        .answer()
        .thenAccept(
            a -> {
              if (!(a instanceof Answer.Accepted)) {
                speaking.complete(Shown.of(a, Optional.empty()));
              }
            });
    Optional<Shown> inTime = inTime(speaking).or(() -> dialogs.end(name).map(TeamsBot::asForm));
    return inTime
        .map(shown -> shown.saidIn(heard.conversation().id()))
        .orElseGet(() -> working(heard, stored, Optional.empty()));
  }

  private Shown answered(Heard heard, Receipt.Stored stored, Optional<CardPress> sent) {
    return inTime(stored.answer())
        .map(answer -> Shown.of(answer, sent).saidIn(heard.conversation().id()))
        .orElseGet(() -> working(heard, stored, sent));
  }

  /** The core needs longer than Teams waits; what it decides is told as soon as it has. */
  private Shown working(Heard heard, Receipt.Stored stored, Optional<CardPress> sent) {
    late.follow(stored, EventDecoder.reply(heard), opening(heard), sent);
    return new Shown.Words(Shown.WORKING);
  }

  private static Shown asForm(Form form) {
    return new Shown.FormCard(form, Map.of());
  }

  private static <T> Optional<T> inTime(CompletableFuture<T> future) {
    try {
      return Optional.of(future.get(WAIT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static CompletableFuture<TaskModuleResponse> dialog(Shown shown) {
    TaskModuleResponse response = new TaskModuleResponse();
    response.setTask(shown.inDialog());
    return CompletableFuture.completedFuture(response.getTask() == null ? null : response);
  }

  private static CompletableFuture<MessagingExtensionActionResponse> extension(Shown shown) {
    MessagingExtensionActionResponse response = new MessagingExtensionActionResponse();
    response.setTask(shown.inDialog());
    return CompletableFuture.completedFuture(response);
  }
}

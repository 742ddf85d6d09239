// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.slack.api.Slack;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.context.Context;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Lets Bolt read and route what people do by hand, after our own check of the request. Bolt gets no
 * token and no middleware: it neither verifies a second time nor calls Slack before the answer.
 */
final class SdkBridge implements AutoCloseable {

  private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);
  private static final String SENT_AT = "muster.sent-at";
  private static final String RAW = "muster.raw";

  private final App app;
  private final SlackRequestParser parser;
  private final ChatInbox inbox;
  private final AnswerSlot slot;
  private final InstantSource clock;

  SdkBridge(Slack slack, ChatInbox inbox, AnswerSlot slot, InstantSource clock) {
    // Each value that Bolt would otherwise read from the environment is set here.
    AppConfig config =
        AppConfig.builder()
            .slack(slack)
            .singleTeamBotToken(null)
            .signingSecret(null)
            .clientId(null)
            .clientSecret(null)
            .requestVerificationEnabled(false)
            .unmatchedRequestHandler(request -> Response.ok())
            .build();
    this.app = new App(config, slack, List.of());
    this.parser = new SlackRequestParser(config);
    this.inbox = inbox;
    this.slot = slot;
    this.clock = clock;
    route();
  }

  private void route() {
    app.command(
        ANY,
        (request, context) ->
            stored(
                Optional.of(Interactions.command(request.getPayload(), arrival(context))),
                receipt -> context.ack()));
    app.blockAction(
        ANY,
        (request, context) ->
            stored(
                Interactions.press(request.getPayload(), arrival(context)),
                receipt -> context.ack()));
    app.viewSubmission(
        ANY,
        (request, context) ->
            stored(
                Optional.of(Interactions.form(request.getPayload(), arrival(context))),
                receipt -> slot.answer(receipt, request.getPayload().getView(), context)));
    app.globalShortcut(
        ANY,
        (request, context) ->
            stored(
                Interactions.shortcut(request.getPayload(), arrival(context)),
                receipt -> context.ack()));
    app.messageShortcut(
        ANY,
        (request, context) ->
            stored(
                Interactions.shortcut(request.getPayload(), arrival(context)),
                receipt -> context.ack()));
  }

  /** Acknowledges only what is stored. */
  private Response stored(
      Optional<Delivery> delivery, Function<Receipt.Stored, Response> acknowledge) {
    if (delivery.isEmpty()) {
      return Response.ok();
    }
    Receipt receipt = inbox.accept(delivery.get());
    return receipt instanceof Receipt.Stored stored
        ? acknowledge.apply(stored)
        : Response.error(503);
  }

  private Interactions.Arrival arrival(Context context) {
    Map<String, String> values = context.getAdditionalValues();
    return new Interactions.Arrival(
        Instant.ofEpochSecond(Long.parseLong(values.get(SENT_AT))),
        clock.instant(),
        values.get(RAW).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Runs one verified request.
   *
   * @param body the form, already known to be strict
   * @param raw what may be stored of it
   * @param sentAt the timestamp header, verified, in seconds
   * @throws Exception what Bolt or the store threw; nothing was acknowledged
   */
  Response run(String body, byte[] raw, long sentAt) throws Exception {
    SlackRequestParser.HttpRequest http =
        SlackRequestParser.HttpRequest.builder()
            .requestUri(SlackRoute.PATH)
            .queryString(Map.of())
            .requestBody(body)
            .headers(new RequestHeaders(Map.of()))
            .remoteAddress("")
            .build();
    Request<?> request;
    try {
      request = parser.parse(http);
    } catch (RuntimeException e) {
      // Nothing of ours runs in there; whatever it throws, a value has another shape than Slack's.
      return Response.error(400);
    }
    if (request == null) {
      return Response.ok();
    }
    request.getContext().getAdditionalValues().put(SENT_AT, Long.toString(sentAt));
    request.getContext().getAdditionalValues().put(RAW, new String(raw, StandardCharsets.UTF_8));
    return app.run(request);
  }

  /** Ends Bolt's threads. */
  @Override
  public void close() {
    app.stop();
    app.executorService().shutdownNow();
  }
}

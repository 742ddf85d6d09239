// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.Answer;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Fact;
import dev.muster.chat.Form;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Shows the chat page with an incident on it, for looking at the page without a whole bot. */
final class PagePreview {

  private static final List<Form.Field> FIELDS =
      List.of(
          new Form.Field(
              "title",
              "Title",
              Form.Kind.LINE,
              true,
              "What is broken, for whom?",
              "",
              List.of(),
              100),
          new Form.Field(
              "severity",
              "Severity",
              Form.Kind.CHOICE,
              false,
              "Not sure? Take SEV3.",
              "SEV3",
              List.of(
                  new Form.Option("SEV1", "SEV1 – customers cannot use the product"),
                  new Form.Option("SEV2", "SEV2 – an important part does not work"),
                  new Form.Option("SEV3", "SEV3 – degraded, with a way around")),
              10),
          new Form.Field(
              "commander", "Commander", Form.Kind.PERSON, false, "", "<@web:ada>", List.of(), 64),
          new Form.Field(
              "private",
              "Private incident: only invited people can see it.",
              Form.Kind.TICK,
              false,
              "",
              "",
              List.of(),
              5));

  private final InstantSource clock = InstantSource.system();
  private final KeyedMemory memory = new KeyedMemory();
  private final TestRuntime runtime;
  private final ChatPlatform platform;

  private PagePreview() throws IOException {
    runtime = new TestRuntime(clock, memory, Files.createTempDirectory("preview"));
    RecordingInbox recording = new RecordingInbox(memory);
    recording.answerWith(PagePreview::checked);
    ChatInbox inbox =
        delivery -> {
          var receipt = recording.accept(delivery);
          react(delivery.event());
          return receipt;
        };
    platform = new WebChatPlatformFactory().create(new WebChatConfig(List.of()), inbox, runtime);
    runtime.route(
        "GET",
        "/api/v1/commands",
        request ->
            RouteAnswer.json(
                200,
                """
                {"items":[
                {"verb":"declare","usage":"/incident declare [title]","help":"Open an incident"},
                {"verb":"severity","usage":"/incident severity 2 [reason]","help":"Change the severity"},
                {"verb":"status","usage":"/incident status","help":"Show where the incident stands"}]}
                """));
  }

  private static Answer checked(ChatEvent event) {
    return event instanceof ChatEvent.FormSubmitted form && form.values().get("title") == null
        ? new Answer.FieldErrors(
            Map.of("title", "Say what is broken, for example Checkout is down."))
        : new Answer.Accepted();
  }

  private void react(ChatEvent event) {
    if (event instanceof ChatEvent.CommandInvoked command) {
      Form form =
          new Form(
              "form-" + command.message().orElseThrow().id(),
              "Declare an incident",
              "Declare",
              "Opens a channel and posts in #incidents.",
              FIELDS);
      platform.openForm(command.opening().orElseThrow(), command.reply().user(), form);
    }
    if (event instanceof ChatEvent.ButtonPressed press) {
      platform.tell(
          key("told" + press.at()),
          press.reply(),
          BotMessage.line("Only ada may do that. Ask @ada."));
    }
  }

  private OnceKey key(String value) {
    return OnceKey.first(value, clock.instant());
  }

  private static Button button(String label, String action, Button.Style style) {
    Optional<Button.Confirm> confirm =
        style == Button.Style.PLAIN
            ? Optional.empty()
            : Optional.of(
                new Button.Confirm(
                    label + "?", "This asks li and sam (payments on-call) at once.", label));
    return new Button(label, action, "token-" + action, style, confirm);
  }

  private void fill() {
    platform.start();
    ChannelRef incident =
        ((ChatOutcome.Done<OpenedChannel>)
                platform.openChannel(
                    key("open"),
                    new ChannelSpec(
                        "inc-12-checkout-errors", "SEV2 · identified · commander ada", false)))
            .value()
            .channel();
    BotMessage headline =
        BotMessage.card(
                "SEV2 INC-12 Checkout errors is identified. Commander ada.",
                "🟠 SEV2 · INC-12 · Checkout errors 500 for card payments")
            .withTone(BotMessage.Tone.WARNING)
            .withFacts(
                List.of(
                    Fact.of("Status", "identified"),
                    new Fact("Commander", Phrase.of(new Span.Who(Channels.person("ada")))),
                    new Fact("Started", Phrase.of(clock.instant().minusSeconds(1800))),
                    new Fact("Next update", Phrase.of(clock.instant().plusSeconds(900))),
                    Fact.of("Services", "checkout, payments")))
            .withSections(
                List.of(
                    Section.of(
                        "Impact",
                        "12 % of card payments fail in the EU. See https://example.invalid/d/1 for <b>graphs</b>."),
                    new Section(
                        "", Phrase.of("Messages here become the timeline."), Section.Style.NOTE)))
            .withButtons(
                List.of(
                    button("Write update", "update", Button.Style.PRIMARY),
                    button("Change severity", "severity", Button.Style.PLAIN),
                    button("Acknowledge", "ack", Button.Style.PLAIN),
                    button("Escalate to payments", "escalate", Button.Style.DANGER)));
    MessageRef card = post(incident, headline);
    platform.pin(card);
    platform.bookmark(incident, "Incident page", "http://localhost:8099/incidents/INC-12");
    platform.invite(incident, List.of(Channels.person("ada").ref(), Channels.person("li").ref()));
    ChatCaller people = new ChatCaller(runtime);
    String root =
        say(
            people,
            "li",
            incident,
            "error rate jumped right after deploy 4711, looking at it with @ada",
            null);
    say(people, "li", incident, "the `payments-api` pods restart every 40 s", null);
    say(people, "ada", incident, "ok. rolling back 4711 then? @li please watch the graphs", null);
    say(people, "sam", incident, "I can take communications", root);
    say(people, "ada", incident, "thanks!", root);
    people.send(
        "POST", "messages/" + root + "/reactions", Map.of("user", "ada", "name", "pushpin"));
    people.send("POST", "messages/" + root + "/reactions", Map.of("user", "sam", "name", "eyes"));
    BotMessage rollback =
        BotMessage.card("Rollback of checkout waits for approval.", "Rollback checkout to 4710")
            .withTone(BotMessage.Tone.URGENT)
            .withSections(
                List.of(
                    new Section(
                        "Request",
                        Phrase.of(
                            "POST https://deploy.example/rollback\nAuthorization: ********\n\n{\"service\":\"checkout\",\"to\":\"4710\"}"),
                        Section.Style.CODE),
                    new Section(
                        "",
                        Phrase.of("Digest 9f3a 77c1. Asked by ada; another person approves."),
                        Section.Style.NOTE)))
            .withButtons(
                List.of(
                    button("Approve rollback", "approve", Button.Style.PRIMARY),
                    button("Refuse", "refuse", Button.Style.PLAIN)));
    post(incident, rollback);
    post(
        new ChannelRef("web", "incidents"),
        headline.withButtons(List.of(button("Join", "join", Button.Style.PLAIN))));
    post(
        incident,
        BotMessage.line("Severity SEV3 → SEV2 by ada – payments affected")
            .withMentions(List.of(Channels.person("li"))));
  }

  private MessageRef post(ChannelRef channel, BotMessage message) {
    return ((ChatOutcome.Done<MessageRef>)
            platform.post(key(channel + message.text()), channel, Optional.empty(), message))
        .value();
  }

  private String say(
      ChatCaller people, String user, ChannelRef channel, String text, String thread) {
    Map<String, String> body =
        thread == null
            ? Map.of("user", user, "channel", channel.id(), "text", text)
            : Map.of("user", user, "channel", channel.id(), "text", text, "thread", thread);
    return people.send("POST", "messages", body).id();
  }

  /** Serves the page on port 8099 until the process is ended. */
  public static void main(String[] arguments) throws Exception {
    PagePreview preview = new PagePreview();
    preview.fill();
    try (PageServer server = new PageServer(preview.runtime, 8099)) {
      new CountDownLatch(1).await();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.Answer;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.ChatEvent.ButtonPressed;
import dev.muster.chat.ChatEvent.CommandInvoked;
import dev.muster.chat.ChatEvent.FormSubmitted;
import dev.muster.chat.Form;
import dev.muster.chat.Form.Field;
import dev.muster.chat.Form.Kind;
import dev.muster.chat.FormOpening;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.Reading;
import dev.muster.teams.render.FormRenderer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Buttons, forms and dialogs are answered in the HTTP response itself. */
final class InvokeTest extends OnTeams {

  private static final String CARD = "application/vnd.microsoft.card.adaptive";
  private static final String MESSAGE = "application/vnd.microsoft.activity.message";

  private FakePerson ada;

  @BeforeEach
  void meet() {
    ada = ground.teams().tenant().person("ada");
    ground.place();
  }

  private static Form form() {
    List<Form.Option> severities =
        List.of(new Form.Option("SEV1", "Worst"), new Form.Option("SEV2", "Bad"));
    return new Form(
        "form-1",
        "Declare",
        "Declare",
        "Opens a channel.",
        List.of(
            new Field("title", "Title", Kind.LINE, true, "e.g. checkout", "", List.of(), 250),
            new Field("severity", "Severity", Kind.CHOICE, true, "", "SEV2", severities, 10),
            new Field("lead", "Commander", Kind.PERSON, false, "", "", List.of(), 100),
            new Field("drill", "Drill", Kind.TICK, false, "", "false", List.of(), 5)));
  }

  private JsonNode answer(ObjectNode invoke) {
    RouteAnswer answer = ground.push(invoke);
    assertEquals(200, status(answer));
    return TeamsGround.body(answer);
  }

  private ObjectNode press(String token) {
    ObjectNode data = Json.object();
    data.putObject("muster").put("press", token);
    return ground.pushes().press(ada, ground.place(), Optional.empty(), data);
  }

  private static ObjectNode filled(JsonNode card, Map<String, String> values) {
    ObjectNode data = (ObjectNode) Reading.card(card).form("form-1").orElseThrow().deepCopy();
    values.forEach((name, value) -> data.put("field_" + name, value));
    return data;
  }

  @Test
  void press_accepted_isAnsweredWithALine() {
    JsonNode answer = answer(press("t1"));

    assertEquals(200, answer.path("statusCode").asInt());
    assertEquals(MESSAGE, answer.path("type").asText());
    assertEquals("t1", onlyHeard(ButtonPressed.class).token());
  }

  @Test
  void press_notice_isAnsweredWithIt() {
    inbox.answerWith(event -> new Answer.Notice("This was decided already."));

    assertEquals("This was decided already.", answer(press("t1")).path("value").asText());
  }

  @Test
  void press_formShown_isAnsweredWithItsCard() {
    inbox.answerWith(event -> new Answer.ShowForm(form()));

    JsonNode answer = answer(press("t1"));

    assertEquals(CARD, answer.path("type").asText());
    assertEquals(
        List.of("field_title", "field_severity", "field_lead", "field_drill"),
        List.copyOf(Reading.card(answer.path("value")).inputs().keySet()));
  }

  @Test
  void message_engineBlocked_isAnsweredAtOnce() {
    inbox.block();

    assertEquals(200, status(ground.push(ground.writes("ada", "it is the database"))));

    assertEquals(1, inbox.deliveries().size());
    assertEquals(Duration.ZERO, inbox.longestWait());
  }

  /** What is decided after Teams had to be answered is told to the one who waits for it. */
  @Test
  void clicks_decidedLate_areAnsweredInTimeAndToldPrivately() {
    Map<String, CompletableFuture<Answer>> late =
        Map.of(
            "t1", inbox.open(),
            "t2", inbox.open(),
            "form-1", inbox.open());
    inbox.answerLater(event -> late.get(token(event)));
    ObjectNode data =
        filled(FormRenderer.card(form(), Map.of(), false), Map.of("title", "x", "lead", ada.aad()));
    ObjectNode form = ground.pushes().press(ada, ground.place(), Optional.empty(), data);

    List<String> said = atOnce(List.of(press("t1"), fetch("t2"), form));

    assertTrue(inbox.longestWait().compareTo(Duration.ofSeconds(3)) < 0, "Teams would give up");
    assertTrue(said.stream().allMatch(each -> each.startsWith("Working")), said.toString());
    late.get("t1").complete(new Answer.Notice("You command INC-1."));
    late.get("t2").complete(new Answer.Notice("Somebody else was quicker."));
    late.get("form-1").complete(new Answer.FieldErrors(Map.of("title", "Say what is broken.")));
    List<String> told = toldToAda();
    assertEquals(3, told.size(), told.toString());
    assertEquals(List.of("You command INC-1.", "Somebody else was quicker."), told.subList(0, 2));
    assertTrue(told.get(2).contains("Say what is broken."), told.toString());
    Reading again = Reading.of(seenByAda().get(2).activity());
    assertEquals("x", again.inputs().get("field_title"));
    assertEquals(ada.aad(), again.inputs().get("field_lead"));
    assertEquals(3, inbox.deliveries().size());
  }

  private List<String> atOnce(List<ObjectNode> invokes) {
    ExecutorService callers = Executors.newFixedThreadPool(invokes.size());
    List<CompletableFuture<JsonNode>> answers =
        invokes.stream()
            .map(invoke -> CompletableFuture.supplyAsync(() -> answer(invoke), callers))
            .toList();
    callers.shutdown();
    return answers.stream()
        .map(CompletableFuture::join)
        .map(each -> each.path("value").asText(each.at("/task/value").asText()))
        .toList();
  }

  private static String token(ChatEvent event) {
    return event instanceof ButtonPressed press ? press.token() : ((FormSubmitted) event).token();
  }

  private List<FakeMessage> seenByAda() {
    try {
      ground.runtime().executor().submit(() -> {}).get(60, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
    return ground.place().messages().stream()
        .filter(m -> m.onlyFor().filter(ada::equals).isPresent())
        .toList();
  }

  private List<String> toldToAda() {
    return seenByAda().stream().map(m -> Reading.of(m.activity()).words()).toList();
  }

  /** Teams was seen repeating a slow invoke with the same id, then with new ones. */
  @Test
  void press_repeated_isOneDeliveryPerIdAndOneToken() {
    ObjectNode press = press("t1");
    answer(press);
    answer(press);
    assertEquals(1, inbox.deliveries().size());

    answer(press.put("id", UUID.randomUUID().toString()));

    assertEquals(2, inbox.deliveries().size());
    assertNotEquals(inbox.deliveries().get(0).key(), inbox.deliveries().get(1).key());
    assertTrue(inbox.deliveries().stream().allMatch(d -> d.key().startsWith("press:t1:")));
  }

  @Test
  void press_notStored_isAskedForAgain() {
    inbox.breakDisk();

    assertEquals(503, status(ground.push(press("t1"))));
  }

  @Test
  void press_foreignOrBrokenPayload_isRefusedInTheAnswer() {
    for (String data :
        new String[] {"{}", "{\"muster\":7}", "{\"muster\":{\"press\":[1]}}", "{\"muster\":{}}"}) {
      ObjectNode invoke = press("t1");
      invoke.withObjectProperty("value").withObjectProperty("action").set("data", json(data));
      assertEquals(400, answer(invoke).path("statusCode").asInt(), data);
    }
    ObjectNode both = press("t1");
    both.at("/value/action/data/muster");
    ((ObjectNode) both.at("/value/action/data/muster")).put("form", "f1");
    assertEquals(400, answer(both).path("statusCode").asInt());
    assertEquals(0, inbox.deliveries().size());
  }

  private static JsonNode json(String text) {
    try {
      return Json.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void press_bySubmitFallback_isHeardWithoutAnAnswer() {
    ObjectNode message = ground.writes("ada", "");
    message.remove("text");
    message.putObject("value").putObject("muster").put("press", "t1");

    RouteAnswer answer = ground.push(message);

    assertEquals(200, status(answer));
    assertEquals("t1", onlyHeard(ButtonPressed.class).token());
  }

  @Test
  void form_wrongField_comesBackWithTheSentenceAndWhatWasTyped() {
    inbox.answerWith(event -> new Answer.FieldErrors(Map.of("title", "Say what <is> *broken*.")));
    JsonNode card = FormRenderer.card(form(), Map.of(), false);
    Map<String, String> typed =
        Map.of("title", "x", "severity", "SEV1", "lead", ada.aad(), "drill", "true");

    JsonNode answer =
        answer(ground.pushes().press(ada, ground.place(), Optional.empty(), filled(card, typed)));

    Reading again = Reading.card(answer.path("value"));
    assertEquals(Map.of("title", "Say what <is> *broken*."), again.errors());
    assertEquals("x", again.inputs().get("field_title"));
    assertEquals("SEV1", again.inputs().get("field_severity"));
    assertEquals(ada.aad(), again.inputs().get("field_lead"));
    assertEquals("true", again.inputs().get("field_drill"));
    FormSubmitted heard = onlyHeard(FormSubmitted.class);
    assertEquals("<@teams:" + ada.aad() + ">", heard.values().get("lead"));
    assertTrue(again.form("form-1").isPresent());
  }

  @Test
  void form_accepted_closes() {
    JsonNode card = FormRenderer.card(form(), Map.of(), false);

    JsonNode answer =
        answer(
            ground
                .pushes()
                .press(ada, ground.place(), Optional.empty(), filled(card, Map.of("title", "x"))));

    assertEquals(CARD, answer.path("type").asText());
    assertEquals("Declare: received.", Reading.card(answer.path("value")).words());
  }

  private ObjectNode fetch(String token) {
    ObjectNode data = Json.object();
    data.putObject("muster").put("press", token);
    return ground.pushes().dialog("task/fetch", ada, ground.place(), data);
  }

  private static JsonNode dialogCard(JsonNode answer) {
    assertEquals("continue", answer.at("/task/type").asText());
    assertEquals(CARD, answer.at("/task/value/card/contentType").asText());
    return answer.at("/task/value/card/content");
  }

  @Test
  void dialog_answeredWithAForm_opensIt() {
    inbox.answerWith(event -> new Answer.ShowForm(form()));

    JsonNode answer = answer(fetch("t1"));

    assertEquals("Declare", answer.at("/task/value/title").asText());
    assertTrue(Reading.card(dialogCard(answer)).form("form-1").isPresent());
  }

  /** The core orders forms as effects; the effect finds the call that still waits. */
  @Test
  void dialog_formOrderedAsAnEffect_meetsTheWaitingCall() {
    inbox.answerWith(event -> orderForm(((ButtonPressed) event).opening().orElseThrow()));

    JsonNode answer = answer(fetch("t1"));

    assertTrue(Reading.card(dialogCard(answer)).form("form-1").isPresent());
  }

  private Answer orderForm(FormOpening opening) {
    done(ground.platform().openForm(opening, new UserRef("teams", ada.aad()), form()));
    return new Answer.Accepted();
  }

  @Test
  void dialog_wrongField_staysOpenAndAcceptedClosesIt() {
    JsonNode card = FormRenderer.card(form(), Map.of(), true);
    inbox.answerWith(InvokeTest::titleWanted);

    JsonNode wrong = answer(submit(filled(card, Map.of("title", "x"))));
    assertEquals(Map.of("title", "Longer."), Reading.card(dialogCard(wrong)).errors());
    RouteAnswer right = ground.push(submit(filled(card, Map.of("title", "Checkout down"))));

    assertEquals(200, status(right));
    assertFalse(TeamsGround.body(right).has("task"));
  }

  private static Answer titleWanted(ChatEvent event) {
    return ((FormSubmitted) event).values().get("title").length() < 3
        ? new Answer.FieldErrors(Map.of("title", "Longer."))
        : new Answer.Accepted();
  }

  private ObjectNode submit(JsonNode data) {
    return ground.pushes().dialog("task/submit", ada, ground.place(), data);
  }

  @Test
  void messageExtension_declare_isACommandThatOpensADialog() {
    inbox.answerWith(event -> orderForm(((CommandInvoked) event).opening().orElseThrow()));
    ObjectNode invoke =
        ground.pushes().dialog("composeExtension/fetchTask", ada, ground.place(), Json.object());
    invoke.withObjectProperty("value").put("commandId", "declare");

    JsonNode answer = answer(invoke);

    assertEquals("declare", onlyHeard(CommandInvoked.class).text());
    assertTrue(Reading.card(dialogCard(answer)).form("form-1").isPresent());
  }

  @Test
  void messageExtension_unknownCommandOrQuery_isAnsweredPolitely() {
    ObjectNode unknown =
        ground.pushes().dialog("composeExtension/fetchTask", ada, ground.place(), Json.object());
    unknown.withObjectProperty("value").put("commandId", "somethingElse");
    assertEquals("message", answer(unknown).at("/task/type").asText());

    ObjectNode query =
        ground.pushes().dialog("composeExtension/query", ada, ground.place(), Json.object());
    assertEquals("result", answer(query).at("/composeExtension/type").asText());
    assertEquals(0, inbox.deliveries().size());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.chat.About;
import dev.muster.chat.Answer;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Fact;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.Place;
import dev.muster.chat.PostedCard;
import dev.muster.chat.Profile;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UserRef;
import dev.muster.effect.Effect;
import dev.muster.effect.Target;
import dev.muster.incident.IncidentId;
import dev.muster.store.Inbound;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored can be read back, today and after classes have been renamed. */
class StoreJsonTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final UserRef ANA = new UserRef("web", "u1");
  private static final ChannelRef ROOM = new ChannelRef("web", "c1");
  private static final IncidentId ONE = new IncidentId(1);

  private final ObjectMapper json = StoreJson.mapper();

  @Test
  void mapper_forEachStore_isTheSameOne() {
    assertSame(StoreJson.mapper(), StoreJson.mapper());
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ChatEvent.class,
        Effect.class,
        Target.class,
        Inbound.class,
        Answer.class,
        Span.class
      })
  void names_everyCase_hasOneOfItsOwn(Class<?> sealed) {
    Map<Class<?>, String> names = StoredNames.of(sealed);

    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      assertTrue(names.containsKey(permitted), permitted.getName());
    }
    assertEquals(names.size(), Arrays.stream(sealed.getPermittedSubclasses()).count());
    assertEquals(names.size(), names.values().stream().distinct().count());
  }

  @Test
  void message_withEverything_comesBackEqual() {
    Person ana = new Person(ANA, "Ana");
    Phrase phrase =
        Phrase.of(
            new Span.Words("w"),
            new Span.Strong("s"),
            new Span.Code("c"),
            new Span.Who(ana),
            new Span.When(NOON),
            new Span.Link("l", "http://localhost"),
            new Span.Room(ROOM, "general"));
    Button button =
        new Button(
            "Run it",
            "run",
            "token",
            Button.Style.DANGER,
            Optional.of(new Button.Confirm("Sure?", "It rolls back.", "Yes")),
            true);
    Form form = form(phrase, button);
    BotMessage message =
        new BotMessage(
            "text",
            "title",
            List.of(new Fact("name", phrase)),
            List.of(new Section("head", phrase, Section.Style.QUOTE)),
            List.of(button),
            List.of(ana),
            BotMessage.Tone.URGENT,
            Optional.of(form),
            Optional.of(new About("INC-1", "http://localhost:8080/incidents/INC-1")),
            Optional.of(new BotMessage.ForSome(List.of(ANA), List.of(button))));
    ReplyTo reply = new ReplyTo(ANA, ROOM, Optional.of("h"), NOON, Optional.empty());
    List<Effect> effects =
        List.of(
            new Effect.ShowMessage(new Target.InIncident(ONE, "web"), "slot", "", message),
            new Effect.ShowMessage(new Target.Announcements("web"), "slot", "x", message),
            new Effect.PinMessage(new Target.Direct(ANA), "slot"),
            new Effect.OpenForm(new FormOpening("h", NOON), form, reply, message),
            new Effect.UpdateForm(ANA, form),
            new Effect.ReadHistory(ROOM, NOON),
            new Effect.AddReaction(new MessageRef(ROOM, "m"), "eyes"));

    for (Effect effect : effects) {
      String text = StoreJson.write(json, effect);
      assertEquals(effect, StoreJson.read(json, text, Effect.class), text);
    }
  }

  @Test
  void names_areTheOnesThatAreStoredAlready() {
    String text =
        StoreJson.write(json, new Effect.PinMessage(new Target.InChannel(ROOM), "headline"));

    assertEquals(
        "{\"is\":\"pin_message\",\"target\":{\"is\":\"in_channel\",\"channel\":"
            + "{\"platform\":\"web\",\"id\":\"c1\"}},\"slot\":\"headline\"}",
        text);
  }

  @Test
  void read_messageStoredBeforeItSaidWhatItIsAbout_isAboutNothing() {
    String stored = StoreJson.write(json, BotMessage.line("Hello."));
    assertFalse(stored.contains("about"), stored);

    assertEquals(BotMessage.line("Hello."), StoreJson.read(json, stored, BotMessage.class), stored);
  }

  @Test
  void read_whatANewerVersionAdded_isPassedOver() {
    Answer answer =
        StoreJson.read(json, "{\"is\":\"notice\",\"text\":\"hi\",\"later\":1}", Answer.class);

    assertEquals(new Answer.Notice("hi"), answer);
    assertFalse(StoreJson.write(json, answer).contains("later"));
  }

  @Test
  void messages_storedBeforeCardsWereToldApart_areRead() {
    String posted =
        """
        {"is":"message_posted","at":"2026-11-20T12:00:00Z","by":{"person":{"ref":{"platform":"web",
        "id":"u1"},"name":"Ana"},"bot":false,"external":false,"active":true},"place":{"channel":
        {"platform":"web","id":"c1"},"channelName":"alerts"},"message":{"channel":{"platform":"web",
        "id":"c1"},"id":"m1"},"text":"hello","files":[]}\
        """;
    String edited =
        """
        {"is":"message_edited","at":"2026-11-20T12:00:00Z","by":{"person":{"ref":{"platform":"web",
        "id":"u1"},"name":"Ana"},"bot":false,"external":false,"active":true},"message":{"channel":
        {"platform":"web","id":"c1"},"id":"m1"},"text":"hello"}\
        """;

    ChatEvent first = StoreJson.read(json, posted, ChatEvent.class);
    ChatEvent second = StoreJson.read(json, edited, ChatEvent.class);

    assertEquals(List.of(), ((ChatEvent.MessagePosted) first).cards());
    assertEquals(List.of(), ((ChatEvent.MessageEdited) second).cards());
  }

  @Test
  void message_withCards_comesBackEqual() {
    PostedCard card =
        new PostedCard(
            "before",
            "[FIRING:1] Slow",
            "https://alerts.example.com/1",
            "text",
            List.of(new PostedCard.Field("Severity", "critical")),
            "Grafana v12",
            BotMessage.Tone.URGENT,
            "summary",
            List.of("https://alerts.example.com/1"));
    ChatEvent message =
        new ChatEvent.MessagePosted(
            NOON,
            Profile.member(new Person(ANA, "Ana")),
            new Place(ROOM, "alerts", Optional.empty()),
            new MessageRef(ROOM, "m1"),
            "text",
            Optional.empty(),
            List.of(),
            List.of(card),
            true);

    assertEquals(message, StoreJson.read(json, StoreJson.write(json, message), ChatEvent.class));
  }

  private static Form form(Phrase phrase, Button button) {
    return new Form(
        "t",
        "Declare",
        "Send",
        "",
        List.of(
            new Form.Field(
                "title",
                "Title",
                Form.Kind.CHOICE,
                true,
                "",
                "",
                List.of(new Form.Option("a", "A")),
                250)),
        new Form.Lead(List.of(new Section("open", phrase, Section.Style.PLAIN)), List.of(button)));
  }
}

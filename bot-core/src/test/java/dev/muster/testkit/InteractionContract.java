// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static dev.muster.testkit.ContractArea.COMMANDS;
import static dev.muster.testkit.ContractArea.FORMS;
import static dev.muster.testkit.ContractArea.PRESSES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Answer;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent.ButtonPressed;
import dev.muster.chat.ChatEvent.CommandInvoked;
import dev.muster.chat.ChatEvent.FormSubmitted;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Section;
import dev.muster.chat.spi.Capability;
import dev.muster.chat.spi.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of commands, buttons and forms. */
abstract class InteractionContract extends MessageContract {

  /** Within which a person's submission is acknowledged, whatever the engine does. */
  private static final Duration ACKNOWLEDGED = Duration.ofSeconds(3);

  private static final String TOKEN = "form-token-0001";

  private MessageRef card(ChatWorld world) {
    BotMessage card =
        BotMessage.card("Nobody has taken command.", "INC-1")
            .withButtons(List.of(Button.of("Take command", "take_command", "press-token-1")));
    return posted(world.meetingPlace().channel(), card);
  }

  private static Form form(String token, String title) {
    List<Form.Option> severities =
        List.of(new Form.Option("SEV1", "SEV1"), new Form.Option("SEV2", "SEV2"));
    return new Form(
        token,
        title,
        "Declare",
        "Opens a channel.",
        List.of(
            new Form.Field("title", "Title", Form.Kind.LINE, true, "", "", List.of(), 100),
            new Form.Field(
                "severity", "Severity", Form.Kind.CHOICE, false, "", "SEV2", severities, 10)));
  }

  private CommandInvoked command(ChatWorld world, Person who, String text) {
    world.commands(who, world.meetingPlace().channel(), text);
    world.settle();
    List<CommandInvoked> heard = inbox.heard(CommandInvoked.class);
    return heard.get(heard.size() - 1);
  }

  private FormOpening openingFor(ChatWorld world, Person who) {
    return command(world, who, "declare").opening().orElseThrow();
  }

  @Test
  public final void command_given_isHeardWithItsWordsPlaceAndPerson() {
    ChatWorld world = world(COMMANDS);
    Person ada = world.person("ada");

    CommandInvoked heard = command(world, ada, "severity 2 payments fail");

    assertEquals("severity 2 payments fail", heard.text());
    assertEquals(ada.ref(), heard.by().person().ref());
    assertEquals(world.meetingPlace().channel(), heard.place().channel());
    assertEquals(ada.ref(), heard.reply().user());
  }

  @Test
  @Holds({Capability.THREADS, Capability.COMMANDS_IN_THREADS})
  public final void command_inAThread_isHeardWithItsRootTheUsualWayOrByAMention() {
    ChatWorld world = world(COMMANDS);
    Person ada = world.person("ada");
    ChannelRef channel = world.meetingPlace().channel();
    MessageRef root = world.types(ada, channel, Optional.empty(), "payments fail");

    world.commandsInThread(ada, channel, root.id(), "status");
    world.settle();

    List<CommandInvoked> heard = inbox.heard(CommandInvoked.class);
    assertEquals(List.of("status"), heard.stream().map(CommandInvoked::text).toList());
    assertEquals(channel, heard.get(0).place().channel());
    if (can(Capability.THREADS)) {
      assertEquals(Optional.of(root.id()), heard.get(0).place().thread());
    }
  }

  @Test
  public final void command_withoutWords_isHeardAsEmpty() {
    ChatWorld world = world(COMMANDS);

    assertEquals("", command(world, world.person("ada"), "").text().strip());
  }

  @Test
  public final void command_sameWordsTwice_areTwoDeliveries() {
    ChatWorld world = world(COMMANDS);
    Person ada = world.person("ada");
    command(world, ada, "status");
    command(world, ada, "status");

    List<String> keys = inbox.deliveries().stream().map(Delivery::key).distinct().toList();
    assertEquals(2, keys.size());
  }

  @Test
  public final void press_once_isHeardWithPersonTokenAndMessage() {
    ChatWorld world = world(PRESSES);
    Person ada = world.person("ada");
    MessageRef message = card(world);

    world.presses(ada, message, "press-token-1");
    world.settle();

    ButtonPressed heard = inbox.heard(ButtonPressed.class).get(0);
    assertEquals("press-token-1", heard.token());
    assertEquals(ada.ref(), heard.by().person().ref());
    assertEquals(message.channel(), heard.place().channel());
    heard.message().ifPresent(m -> assertEquals(message, m));
  }

  @Test
  public final void press_twice_givesTwoDeliveriesWithTheSameToken() {
    ChatWorld world = world(PRESSES);
    Person ada = world.person("ada");
    MessageRef message = card(world);

    world.presses(ada, message, "press-token-1");
    world.presses(ada, message, "press-token-1");
    world.settle();

    List<Delivery> heard =
        inbox.deliveries().stream().filter(d -> d.event() instanceof ButtonPressed).toList();
    assertEquals(2, heard.size());
    assertNotEquals(heard.get(0).key(), heard.get(1).key());
    assertTrue(heard.stream().allMatch(d -> token(d).equals("press-token-1")));
  }

  private static String token(Delivery delivery) {
    return ((ButtonPressed) delivery.event()).token();
  }

  @Test
  @Holds(Capability.FORMS)
  public final void form_opened_standsOpenForThatPersonAlone() {
    ChatWorld world = world(FORMS);
    Person ada = world.person("ada");
    if (!can(Capability.FORMS)) {
      FormOpening none = new FormOpening("none", clock.instant().plusSeconds(60));
      refused(platform().openForm(none, ada.ref(), form(TOKEN, "Declare")));
      return;
    }

    done(platform().openForm(openingFor(world, ada), ada.ref(), form(TOKEN, "Declare")));

    ShownForm open = world.formsOpenFor(ada).get(0);
    assertEquals("Declare", open.title());
    assertEquals(List.of("title", "severity"), open.fields());
    assertEquals(List.of(), world.formsOpenFor(world.person("li")));
  }

  @Test
  @Holds(Capability.FORMS)
  public final void form_openingExpired_isRefused() {
    ChatWorld world = world(FORMS);
    Person ada = world.person("ada");
    if (!can(Capability.FORMS)) {
      return;
    }
    FormOpening opening = openingFor(world, ada);
    clock.set(opening.expiresAt().plusSeconds(1));

    refused(platform().openForm(opening, ada.ref(), form(TOKEN, "Declare")));
  }

  @Test
  @Holds(Capability.FORMS)
  public final void form_submitted_isHeardWithItsValues() {
    ChatWorld world = world(FORMS);
    Person ada = openForm(world);

    Map<String, String> errors =
        world.submits(ada, TOKEN, Map.of("title", "Checkout <down> & out", "severity", "SEV1"));

    world.settle();
    FormSubmitted heard = inbox.heard(FormSubmitted.class).get(0);
    assertEquals(Map.of(), errors);
    assertEquals(TOKEN, heard.token());
    assertEquals(ada.ref(), heard.by().person().ref());
    assertEquals("Checkout <down> & out", heard.values().get("title"));
    assertEquals("SEV1", heard.values().get("severity"));
  }

  @Test
  @Holds({Capability.FORMS, Capability.FIELD_ERRORS})
  public final void form_fieldErrors_comeBackToThePerson() {
    ChatWorld world = world(FORMS);
    Person ada = openForm(world);
    Map<String, String> wrong = Map.of("title", "Say what is broken.");
    inbox.answerWith(event -> new Answer.FieldErrors(wrong));

    Map<String, String> errors =
        world.submits(ada, TOKEN, Map.of("title", "x", "severity", "SEV2"));

    if (can(Capability.FIELD_ERRORS)) {
      assertEquals(wrong, errors);
    } else {
      assertTrue(
          world.toldTo(ada).stream().anyMatch(m -> m.words().contains("Say what is broken.")));
    }
  }

  @Test
  @Holds(Capability.FORMS)
  public final void form_engineBlocked_isAcknowledgedInTime() {
    ChatWorld world = world(FORMS);
    Person ada = openForm(world);
    inbox.block();

    world.submits(ada, TOKEN, Map.of("title", "x", "severity", "SEV2"));

    assertTrue(inbox.longestWait().compareTo(ACKNOWLEDGED) < 0, () -> "" + inbox.longestWait());
    assertEquals(2, world.pushStatus() / 100);
    assertEquals(1, inbox.heard(FormSubmitted.class).size());
  }

  @Test
  @Holds(Capability.FORMS)
  public final void form_updated_replacesTheOpenOne() {
    ChatWorld world = world(FORMS);
    Person ada = openForm(world);
    if (!can(Capability.FORMS)) {
      return;
    }

    done(platform().updateForm(ada.ref(), form(TOKEN, "Declare anyway")));

    assertEquals(
        List.of("Declare anyway"), world.formsOpenFor(ada).stream().map(ShownForm::title).toList());
  }

  @Test
  @Holds(Capability.FORMS)
  public final void form_updatedToTellSomething_asksNothingMore() {
    ChatWorld world = world(FORMS);
    Person ada = openForm(world);
    if (!can(Capability.FORMS)) {
      return;
    }
    Form.Lead lead =
        new Form.Lead(
            List.of(Section.of("Open already", "INC-1 looks like this.")),
            List.of(Button.of("Join INC-1", "join", "press-token-2")));

    done(platform().updateForm(ada.ref(), form(TOKEN, "Declare anyway").withLead(lead)));
    assertEquals(List.of("title", "severity"), world.formsOpenFor(ada).get(0).fields());
    done(
        platform()
            .updateForm(ada.ref(), new Form(TOKEN, "Declared", "", "", List.of()).withLead(lead)));

    assertEquals("Declared", world.formsOpenFor(ada).get(0).title());
    assertEquals(List.of(), world.formsOpenFor(ada).get(0).fields());
  }

  @Test
  public final void form_inAMessage_canBeSubmittedOrIsLeftToAButton() {
    ChatWorld world = world(FORMS);
    ChannelRef place = world.meetingPlace().channel();
    BotMessage message = BotMessage.line("Fill in the update.").withForm(form(TOKEN, "Update"));

    MessageRef posted = done(platform().post(key("with form"), place, Optional.empty(), message));

    assertFalse(shown(posted).words().isBlank());
  }

  /** The core puts a verb behind it, in text that people copy. */
  @Test
  @Holds(Capability.COMMANDS_IN_THREADS)
  public final void addressing_whereverAsked_isWhatACommandBeginsWith() {
    world(FORMS);
    for (String begin :
        List.of(platform().addressing().usual(), platform().addressing().inThreads())) {
      assertTrue(begin.matches("[/@][A-Za-z0-9._ -]+ "), begin);
    }
    assertEquals(can(Capability.COMMANDS_IN_THREADS), !platform().addressing().differsInThreads());
  }

  private Person openForm(ChatWorld world) {
    Person ada = world.person("ada");
    if (can(Capability.FORMS)) {
      done(platform().openForm(openingFor(world, ada), ada.ref(), form(TOKEN, "Declare")));
    }
    return ada;
  }
}

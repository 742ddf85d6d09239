// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Answer;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.ChatEvent.CommandInvoked;
import dev.muster.chat.ChatEvent.FormSubmitted;
import dev.muster.chat.Form;
import dev.muster.chat.Person;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Receipt;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person who filled in a form sees, in time and late. */
class FormAnswersTest {

  private static final String TOKEN = "form-token-1";

  private final ManualClock clock = ManualClock.atNoon();
  private final List<ChatEvent> heard = new ArrayList<>();
  private CompletableFuture<Answer> answer = new CompletableFuture<>();
  private final KeyedMemory memory = new KeyedMemory();
  @TempDir Path folder;
  private TestRuntime runtime;
  private FakeSlack slack;
  private SlackChatWorld world;
  private Person ada;

  private final class Engine implements ChatInbox {
    @Override
    public Receipt accept(Delivery delivery) {
      heard.add(delivery.event());
      return new Receipt.Stored("d" + heard.size(), false, answer);
    }
  }

  @BeforeEach
  void openTheForm() {
    slack = new FakeSlack(clock);
    runtime = new TestRuntime(clock, memory, folder);
    ChatPlatform platform =
        new SlackPlatformFactory().create(Worlds.settings(slack.apiUrl()), new Engine(), runtime);
    world = new SlackChatWorld(slack, platform, runtime, clock);
    ada = world.person("ada");
    world.commands(ada, world.meetingPlace().channel(), "declare checkout <b>");
    CommandInvoked command = (CommandInvoked) heard.get(0);
    assertEquals("declare checkout <b>", command.text());
    assertInstanceOf(
        ChatOutcome.Done.class,
        platform.openForm(command.opening().orElseThrow(), ada.ref(), form()));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static Form form() {
    return new Form(
        TOKEN,
        "Declare an incident",
        "Declare",
        "Opens a channel.",
        List.of(
            new Form.Field("title", "Title", Form.Kind.LINE, true, "", "", List.of(), 250),
            new Form.Field(
                "severity",
                "Severity",
                Form.Kind.CHOICE,
                false,
                "",
                "SEV3",
                List.of(new Form.Option("SEV1", "SEV1"), new Form.Option("SEV3", "SEV3")),
                4),
            new Form.Field("private", "Private", Form.Kind.TICK, false, "", "", List.of(), 5),
            new Form.Field("ic", "Commander", Form.Kind.PERSON, false, "", "", List.of(), 50)));
  }

  private Map<String, String> submit(Map<String, String> values) {
    return world.submits(ada, TOKEN, values);
  }

  @Test
  void values_ofEveryKind_areHeardByTheirNames() {
    answer.complete(new Answer.Accepted());
    submit(
        Map.of(
            "title", "a <b> & @ada", "severity", "SEV1", "private", "true", "ic", ada.ref().id()));
    FormSubmitted submitted = (FormSubmitted) heard.get(1);
    assertEquals(
        Map.of(
            "title", "a <b> & @ada",
            "severity", "SEV1",
            "private", "true",
            "ic", "<@slack:" + ada.ref().id() + ">"),
        submitted.values());
    assertEquals(world.meetingPlace().channel(), submitted.reply().channel());
    assertEquals(List.of(), world.formsOpenFor(ada));
  }

  @Test
  void values_leftEmpty_areLeftOut() {
    answer.complete(new Answer.Accepted());
    submit(Map.of("title", "x", "severity", ""));
    assertEquals(Map.of("title", "x", "private", "false"), ((FormSubmitted) heard.get(1)).values());
  }

  @Test
  void fieldError_thenCorrected_isTwoDeliveriesOfOneForm() {
    answer.complete(new Answer.FieldErrors(Map.of("title", "Say what is broken.")));
    assertEquals(Map.of("title", "Say what is broken."), submit(Map.of("title", "x")));
    assertEquals(1, world.formsOpenFor(ada).size());

    answer = CompletableFuture.completedFuture(new Answer.Accepted());
    assertEquals(Map.of(), submit(Map.of("title", "checkout is down")));
    assertEquals(List.of(), world.formsOpenFor(ada));
    assertEquals(3, heard.size());
  }

  @Test
  void fieldError_ofAFieldThatIsNotThere_standsBesideTheFirst() {
    answer.complete(new Answer.FieldErrors(Map.of("elsewhere", "This is wrong.")));
    assertEquals(Map.of("title", "This is wrong."), submit(Map.of("title", "x")));
  }

  @Test
  void notice_andNextForm_replaceTheWindow() {
    answer.complete(new Answer.Notice("Somebody declared this a minute ago: INC-7."));
    submit(Map.of("title", "x"));
    assertTrue(world.pushAnswer().contains("INC-7"), world.pushAnswer());
    assertTrue(world.pushAnswer().contains("\"response_action\":\"update\""));
  }

  @Test
  void nextForm_replacesTheWindow() {
    Form next = new Form("form-token-2", "Really?", "Declare", "", form().fields());
    answer.complete(new Answer.ShowForm(next));
    submit(Map.of("title", "x"));
    assertEquals(
        List.of("form-token-2"), world.formsOpenFor(ada).stream().map(f -> f.token()).toList());
  }

  @Test
  void lateFieldError_bringsTheFormBackWithEverythingTyped() {
    submit(Map.of("title", "my long story", "severity", "SEV1", "private", "true"));
    assertTrue(world.pushAnswer().contains("Working"), world.pushAnswer());

    answer.complete(new Answer.FieldErrors(Map.of("title", "Shorter, please.")));

    String view = updated();
    for (String kept : new String[] {"my long story", "Shorter, please.", "\"SEV1\"", "declare"}) {
      assertTrue(view.toLowerCase().contains(kept.toLowerCase()), kept + " in " + view);
    }
    answer = CompletableFuture.completedFuture(new Answer.Accepted());
    submit(Map.of("title", "short"));
    assertEquals(TOKEN, ((FormSubmitted) heard.get(2)).token());
  }

  @Test
  void lateDone_saysSoInTheWindow() {
    submit(Map.of("title", "x"));
    answer.complete(new Answer.Accepted());
    assertTrue(updated().contains("Done."));
  }

  @Test
  void lateAnswer_thatSlackDoesNotTake_isShownAsSoonAsItDoes() {
    slack.arm("views.update", FakeFault.RATE_LIMITED);
    slack.arm("views.update", FakeFault.CUTS_BEFORE);
    slack.arm("views.update", FakeFault.FAILS_BEFORE);
    slack.arm("views.update", FakeFault.CREDENTIALS_REFUSED);
    submit(Map.of("title", "x"));
    answer.complete(new Answer.Accepted());
    updated();
    looksAfter(Duration.ofMillis(100));
    assertEquals(1, slack.calls("views.update").size(), "as long as Slack asked for");

    for (int i = 0; i < 3; i++) {
      looksAfter(Duration.ofMinutes(1));
      assertTrue(shown().contains("Working…"), shown());
    }
    looksAfter(Duration.ofMinutes(1));
    assertTrue(shown().contains("Done."), shown());

    looksAfter(Duration.ofMinutes(1));
    assertEquals(5, slack.calls("views.update").size());
    assertEquals(List.of(), memory.scan("working/", "", 1));
  }

  @Test
  void window_leftWorkingByARestart_isEnded() {
    submit(Map.of("title", "x"));
    until(() -> !memory.scan("working/", "", 1).isEmpty());
    runtime.close();
    runtime = new TestRuntime(clock, memory, folder);
    try (ChatPlatform next =
        new SlackPlatformFactory().create(Worlds.settings(slack.apiUrl()), new Engine(), runtime)) {
      ((SlackPlatform) next).lookAround();
    }

    assertTrue(shown().contains("Muster was restarted meanwhile."), shown());
    assertEquals(List.of(), memory.scan("working/", "", 1));
  }

  @Test
  void lateAnswer_afterTheFormWasReplacedByNewerWords_leavesThemStanding() {
    slack.arm("views.update", FakeFault.RATE_LIMITED);
    submit(Map.of("title", "x"));
    answer.complete(new Answer.Accepted());
    updated();
    Form newer = new Form(TOKEN, "Declare", "", "Newer.", List.of());
    until(
        () -> {
          clock.advance(Duration.ofSeconds(1));
          return world.platform().updateForm(ada.ref(), newer) instanceof ChatOutcome.Done;
        });

    looksAfter(Duration.ofMinutes(1));
    assertTrue(shown().contains("Newer."), shown());
  }

  @Test
  void window_whoseDecisionNeverComes_isForgottenAfterAnHour() {
    submit(Map.of("title", "x"));
    until(() -> !memory.scan("working/", "", 1).isEmpty());

    looksAfter(Duration.ofMinutes(59));
    assertEquals(1, memory.scan("working/", "", 9).size());
    looksAfter(Duration.ofMinutes(2));

    assertEquals(List.of(), memory.scan("working/", "", 1));
  }

  private void looksAfter(Duration time) {
    clock.advance(time);
    ((SlackPlatform) world.platform()).lookAround();
  }

  private String shown() {
    return world.windows(ada);
  }

  /** Waits for the call that replaces the window. */
  private String updated() {
    until(() -> !slack.calls("views.update").isEmpty());
    world.settle();
    return slack.calls("views.update").get(0).get("view");
  }

  private static void until(BooleanSupplier condition) {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < until) {
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }

  @Test
  void opening_usedTwice_isRefused() {
    CommandInvoked command = (CommandInvoked) heard.get(0);
    ChatOutcome<?> again =
        world.platform().openForm(command.opening().orElseThrow(), ada.ref(), form());
    assertInstanceOf(ChatOutcome.Refused.class, again);
    assertTrue(again.toString().contains("exchanged_trigger_id"), again.toString());
  }

  @Test
  void update_ofAFormThatIsNotOpen_isRefused() {
    Form other = new Form("other", "Other", "Go", "", form().fields());
    assertInstanceOf(ChatOutcome.Refused.class, world.platform().updateForm(ada.ref(), other));
  }
}

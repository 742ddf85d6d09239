// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.Answer;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.Quotation;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Receipt;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.testkit.Said.Way;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The real engine on a chat platform in memory that keeps everything it is asked to show. People
 * act on it one after another; every act is handled to its end before it returns.
 */
final class Stage implements AutoCloseable {

  private record Shown(Said said, ChannelRef where) {}

  final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T13:05:00Z"));
  final EngineHarness engine;
  final Elsewhere elsewhere = new Elsewhere(this);
  private final String platform;
  final InMemoryChatWorld world;
  private final List<Shown> shown = new CopyOnWriteArrayList<>();
  private volatile String scene = "Before anything happened";
  private final Map<String, ChatOutcome<?>> instead = new ConcurrentHashMap<>();
  private volatile boolean hearing;
  private BiConsumer<Person, Pressed> before = (who, button) -> {};
  private BiConsumer<Person, Pressed> after = (who, button) -> {};
  private final Runnable pace;
  private int acts;

  Stage(String platform, Path folder, Runnable pace) {
    this.platform = platform;
    this.pace = pace;
    engine = EngineHarness.inTurn(clock, folder, () -> !hearing, pace);
    world = new InMemoryChatWorld(platform, this::heard, clock);
  }

  /** Begins; the channel for announcements is there. */
  void begin() {
    engine.start(watched(world.platform()), elsewhere.platform());
  }

  /** What is answered at once is shown before anything that follows from it. */
  private Receipt heard(Delivery delivery) {
    hearing = true;
    try {
      Receipt receipt = engine.inboxOf(platform).accept(delivery);
      if (receipt instanceof Receipt.Stored stored) {
        keep(answer(stored));
      }
      return receipt;
    } finally {
      hearing = false;
      engine.advance(Duration.ZERO);
    }
  }

  private static Answer answer(Receipt.Stored stored) {
    try {
      return stored.answer().get(20, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void keep(Answer answer) {
    ChannelRef here = world.meetingPlace().channel();
    if (answer instanceof Answer.Notice notice) {
      keep(Way.NOTICE, BotMessage.line(notice.text()), Optional.empty(), here);
    } else if (answer instanceof Answer.ShowForm form) {
      keep(Way.FORM, BotMessage.line("A form."), Optional.of(form.form()), here);
    } else if (answer instanceof Answer.FieldErrors errors) {
      new TreeMap<>(errors.fields())
          .values()
          .forEach(text -> keep(Way.NOTICE, BotMessage.line(text), Optional.empty(), here));
    }
  }

  private void keep(Way way, BotMessage message, Optional<Form> form, ChannelRef where) {
    shown.add(new Shown(new Said(scene, way, message, form), where));
  }

  private ChatPlatform watched(ChatPlatform real) {
    return (ChatPlatform)
        Proxy.newProxyInstance(
            Stage.class.getClassLoader(),
            new Class<?>[] {ChatPlatform.class},
            (proxy, method, arguments) -> watch(real, method, arguments));
  }

  private Object watch(ChatPlatform real, Method method, Object[] given) throws Throwable {
    Way way =
        switch (method.getName()) {
          case "tell" -> Way.PRIVATE;
          case "showHome" -> Way.HOME;
          case "unfurl" -> Way.LINK;
          default -> Way.MESSAGE;
        };
    for (Object each : given == null ? new Object[0] : given) {
      if (each instanceof BotMessage message) {
        keep(way, message, Optional.empty(), place(given));
      } else if (each instanceof Form form) {
        keep(Way.FORM, BotMessage.line(form.title()), Optional.of(form), meeting());
      }
    }
    pace.run();
    ChatOutcome<?> outcome = instead.get(method.getName());
    if (outcome != null) {
      return outcome;
    }
    try {
      return method.invoke(real, given);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private ChannelRef place(Object[] given) {
    for (Object each : given) {
      if (each instanceof MessageRef message) {
        return message.channel();
      } else if (each instanceof ReplyTo reply) {
        return reply.channel();
      } else if (each instanceof ChannelRef channel) {
        return channel;
      }
    }
    return meeting();
  }

  /** Names what happens next. */
  void scene(String name) {
    scene = name;
  }

  ChannelRef meeting() {
    return world.meetingPlace().channel();
  }

  Person person(String name) {
    return world.person(name);
  }

  /** Opens a channel by hand and returns it. */
  ChannelRef channel(String name) {
    ChatOutcome<OpenedChannel> opened =
        world
            .platform()
            .openChannel(
                OnceKey.first("stage/" + name, clock.instant()), new ChannelSpec(name, "", false));
    return ((ChatOutcome.Done<OpenedChannel>) opened).value().channel();
  }

  /** Returns the channel of that name, which is there. */
  ChannelRef channelNamed(String name) {
    return ((ChatOutcome.Done<OpenedChannel>) world.platform().findChannel(name)).value().channel();
  }

  /** Returns the incident that was declared last. */
  String newestIncident() {
    return engine.read(
        tx ->
            tx.incidents().unclosed().stream()
                .map(Incident::id)
                .max(Comparator.comparingLong(IncidentId::number))
                .orElseThrow()
                .toString());
  }

  /** Returns the channel of an incident. */
  ChannelRef roomOf(String incident) {
    return engine.incident(incident).spaces().get(0).channel();
  }

  /** Gives a command. */
  void command(Person who, ChannelRef where, String text) {
    pass(Duration.ofSeconds(11));
    world.commands(who, where, text.replaceAll("@(li|sam)\\b", "<@" + platform + ":U$1>"));
    settle();
  }

  /** Gives a command that came this late, and without the right to open a form. */
  void commandLate(Person who, ChannelRef where, String text, Duration late) {
    pass(Duration.ofSeconds(11));
    Instant then = clock.instant().minus(late);
    ReplyTo reply =
        new ReplyTo(who.ref(), where, Optional.empty(), then, Optional.of("late-" + ++acts));
    hears(
        new ChatEvent.CommandInvoked(
            then,
            Profile.member(who),
            Place.of(where, ""),
            text,
            Optional.empty(),
            reply,
            Optional.empty()));
  }

  /** Gives a command about a message that was chosen. */
  void commandAbout(Person who, ChannelRef where, String text, String quoted) {
    pass(Duration.ofSeconds(11));
    Instant now = clock.instant();
    String handle = "about-" + ++acts;
    MessageRef message = new MessageRef(where, "M" + handle);
    Optional<String> link = Optional.of("https://chat.example.com/archives/" + handle);
    ReplyTo reply = new ReplyTo(who.ref(), where, Optional.empty(), now, Optional.of(handle));
    hears(
        new ChatEvent.CommandInvoked(
            now,
            Profile.member(who),
            Place.of(where, ""),
            text,
            Optional.empty(),
            reply,
            Optional.of(new FormOpening(handle, now.plusSeconds(3))),
            Optional.of(new Quotation(message, person("sam"), false, quoted, now, link))));
  }

  /** Presses the newest button of that action. */
  void press(Person who, String action) {
    press(who, action, card -> true);
  }

  /** Presses the newest button of that action on a card that fits. */
  void press(Person who, String action, Predicate<BotMessage> card) {
    pass(Duration.ofSeconds(7));
    Pressed button = newest(action, card);
    before.accept(who, button);
    world.presses(who, new MessageRef(button.where(), "M0"), button.token());
    settle();
    after.accept(who, button);
  }

  /** Lets something be done before and after each press of a scene. */
  void around(BiConsumer<Person, Pressed> earlier, BiConsumer<Person, Pressed> later) {
    before = earlier;
    after = later;
  }

  /** Presses a button of that token wherever, and returns what was said then. */
  List<Said> pressToken(Profile who, ChannelRef where, String token) {
    int already = shown.size();
    hearsPress(who, where, Optional.of(new MessageRef(where, "M0")), token);
    return said().subList(already, shown.size());
  }

  /** Presses it where no form can be opened. */
  void pressWithoutForm(Person who, String action) {
    pass(Duration.ofSeconds(7));
    Pressed button = newest(action, card -> true);
    hearsPress(Profile.member(who), button.where(), Optional.empty(), button.token());
  }

  private void hearsPress(
      Profile who, ChannelRef where, Optional<MessageRef> message, String token) {
    Instant now = clock.instant();
    Optional<String> answers = Optional.of("press-" + ++acts);
    ReplyTo reply = new ReplyTo(who.person().ref(), where, Optional.empty(), now, answers);
    hears(
        new ChatEvent.ButtonPressed(
            now, who, Place.of(where, ""), message, token, reply, Optional.empty()));
  }

  /** A button as a scene finds it. */
  record Pressed(String action, ChannelRef where, String token) {}

  private Pressed newest(String action, Predicate<BotMessage> card) {
    for (int i = shown.size() - 1; i >= 0; i--) {
      Shown at = shown.get(i);
      BotMessage message = at.said().message();
      boolean stands = world.look(at.where()).isPresent() && card.test(message);
      for (Button button : stands ? message.buttons() : List.<Button>of()) {
        if (button.action().equals(action)) {
          return new Pressed(action, at.where(), button.token());
        }
      }
    }
    throw new AssertionError("no button " + action + " in the scene: " + scene);
  }

  /** Submits the form that was shown last. */
  void submit(Person who, Map<String, String> values) {
    pass(Duration.ofSeconds(5));
    Form last =
        shown.stream().flatMap(s -> s.said().form().stream()).reduce((a, b) -> b).orElseThrow();
    world.submits(who, last.token(), values);
    settle();
  }

  /** Says something and returns the message. */
  MessageRef says(Person who, ChannelRef where, String text) {
    pass(Duration.ofSeconds(3));
    MessageRef message = world.types(who, where, Optional.empty(), text);
    settle();
    return message;
  }

  /** Says something in the thread of the bot's first message there that holds these words. */
  void saysUnder(Person who, ChannelRef where, String words, String text) {
    pass(Duration.ofSeconds(3));
    String root =
        world.messages(where).stream()
            .filter(m -> m.author().isEmpty() && m.words().contains(words))
            .map(m -> m.ref().id())
            .findFirst()
            .orElseThrow();
    world.types(who, where, Optional.of(root), text);
    settle();
  }

  /** Reacts to a message. */
  void reacts(Person who, MessageRef message, String name) {
    world.reacts(who, message, name);
    settle();
  }

  /** Delivers anything else. */
  void hears(ChatEvent event) {
    heard(Delivery.of("stage-" + ++acts, event));
    settle();
  }

  /** Lets time go by. */
  void pass(Duration time) {
    engine.advance(time);
    settle();
  }

  /** Has the platform answer every call of that verb so from now on, and do nothing. */
  void answers(String verb, ChatOutcome<?> outcome) {
    instead.put(verb, outcome);
  }

  /** Lets the platform do all it is asked again, and what waits for it be done. */
  void works() {
    instead.clear();
    pass(Duration.ofSeconds(40));
  }

  /** Waits until all is done, or nothing can be done before the platform works again. */
  void settle() {
    if (instead.values().stream().anyMatch(ChatOutcome.RetryLater.class::isInstance)) {
      engine.calm();
    } else {
      engine.settle();
    }
  }

  /** Returns everything shown so far, oldest first. */
  List<Said> said() {
    return shown.stream().map(Shown::said).toList();
  }

  @Override
  public void close() {
    engine.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Button;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.Place;
import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.command.CommandSpec;
import dev.muster.incident.Incident;
import dev.muster.incident.Rejection;
import dev.muster.incident.Role;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.store.ActionStore.Use;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts commands behind buttons of private answers, so that the nearest valid one is one press away.
 * A press does what the same person would do by typing it in the same place.
 */
final class Offers {

  private static final int LONGEST_LABEL = 30;
  private static final String TEXT = "text";
  private static final String FOR = "for";
  private static final String CHANNEL = "channel";
  private static final String THREAD = "thread";
  private static final String OFFERED = "offered";

  /** Whoever finds an older offer has long forgotten what it was the answer to. */
  private static final Duration STANDS = Duration.ofDays(1);

  private final Tokens tokens;

  Offers(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Returns a button that gives a command for the person of this exchange, once. */
  Button command(Exchange exchange, String label, String command) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put(TEXT, command);
    arguments.put(FOR, exchange.by().person().ref().toString());
    arguments.put(CHANNEL, exchange.place().channel().id());
    arguments.putAll(made(exchange.moment()));
    exchange.place().thread().ifPresent(root -> arguments.put(THREAD, root));
    String slot = "offer/" + exchange.occasion();
    return new ButtonMint(exchange.moment(), tokens, slot, Optional.empty())
        .button(label, Press.COMMAND, Use.ONCE, arguments);
  }

  /**
   * Returns a button that gives a command as it was probably meant. It shows the whole command, or,
   * since buttons are short and not every platform breaks their lines, what is meant otherwise.
   *
   * @param readable the command as a person reads it
   */
  Button asMeant(Exchange exchange, String readable, String command) {
    String whole = "Run: " + readable;
    boolean fits = whole.codePointCount(0, whole.length()) <= LONGEST_LABEL;
    return command(exchange, fits ? whole : "Use " + verb(command) + " instead", command);
  }

  /** A command may name its incident first. */
  private static String verb(String command) {
    return Stream.of(command.split("\\s+", 3))
        .limit(2)
        .filter(word -> CommandSpec.find(word).isPresent())
        .findFirst()
        .orElse("this");
  }

  /** Returns a button that opens the form of a verb, where a verb has one. */
  Optional<Button> form(Exchange exchange, Incident incident, String verb) {
    String slot = "form-of/" + exchange.occasion();
    ButtonMint mint = new ButtonMint(exchange.moment(), tokens, slot, Optional.of(incident.id()));
    return switch (verb) {
      case "update" ->
          Optional.of(mint.button("Write update", Press.UPDATE, Use.REPEATEDLY, Map.of()));
      case "severity" ->
          Optional.of(mint.button("Set severity", Press.SEVERITY, Use.REPEATEDLY, Map.of()));
      case "role" -> Optional.of(mint.button("Give a role", Press.ROLE, Use.REPEATEDLY, Map.of()));
      case "commander" ->
          Optional.of(
              mint.button(
                  "Choose a commander",
                  Press.ROLE,
                  Use.REPEATEDLY,
                  Map.of("role", Role.COMMANDER.word())));
      case "resolve" -> Optional.of(new Cards(incident).resolveButton(mint));
      case "close" -> Optional.of(new Cards(incident).closeButton(mint));
      default -> Optional.empty();
    };
  }

  /** Returns a button that shows the help, on one verb when {@code verb} is one. */
  Button help(Exchange exchange, String verb) {
    return CommandSpec.find(verb)
        .map(CommandSpec::verb)
        .map(known -> command(exchange, "Help on " + known, "help " + known))
        .orElseGet(() -> command(exchange, "Help", "help"));
  }

  /** Returns the command behind a pressed button. */
  static String command(ButtonAction action) {
    return action.arguments().getOrDefault(TEXT, "help");
  }

  /** Returns what a button keeps of when it was offered; such a button stands for a day. */
  static Map<String, String> made(Moment moment) {
    return Map.of(OFFERED, moment.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** Returns why an offer counts no more, if it is too old. */
  static Optional<Rejection> expired(Moment moment, ButtonAction action) {
    return Optional.ofNullable(action.arguments().get(OFFERED))
        .map(Instant::parse)
        .filter(at -> at.plus(STANDS).isBefore(moment.now()))
        .map(
            at ->
                new Rejection(
                    "expired",
                    "This button is from "
                        + UtcText.minute(at)
                        + " and no longer valid. Nothing was done.",
                    "To see what you can do now: /incident help"));
  }

  /** Returns what a button keeps of the one person who may press it. */
  static Map<String, String> meantFor(UserRef person) {
    return Map.of(FOR, person.toString());
  }

  /** Returns whether a button was offered to this person. */
  static boolean isFor(Exchange exchange, ButtonAction action) {
    return exchange.by().person().ref().toString().equals(action.arguments().get(FOR));
  }

  /** Returns where the command counts as given: where the offer was made. */
  static Place place(Exchange exchange, ButtonAction action) {
    ChannelRef pressed = exchange.place().channel();
    String channel = action.arguments().getOrDefault(CHANNEL, pressed.id());
    return new Place(
        new ChannelRef(pressed.platform(), channel),
        "",
        Optional.ofNullable(action.arguments().get(THREAD)));
  }
}

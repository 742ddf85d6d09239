// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.telemetry.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The people and the platform on the other side of an adapter, as the contract suite needs them.
 * What people do here reaches the adapter the way the real platform would deliver it, and is
 * delivered when the method returns, or at the latest after {@link #settle()}.
 */
public interface ChatWorld extends AutoCloseable {

  /** Returns the adapter under test, created over this world. */
  ChatPlatform platform();

  /** Returns where the adapter counts. */
  Telemetry telemetry();

  /** Returns the parts of the contract this world does not reach yet; empty when it is complete. */
  Set<ContractArea> notYet();

  /** Returns a channel that everybody and the bot are in, and that the bot did not open. */
  OpenedChannel meetingPlace();

  /** Returns an active person of that name, made on first use. */
  Person person(String name);

  /** Returns an identity of this platform that belongs to nobody. */
  UserRef nobody();

  /** Returns what a person types to mention somebody. */
  String mentionOf(Person who);

  /** Lets a person post; returns the message even when its push was turned away. */
  MessageRef types(Person who, ChannelRef where, Optional<String> thread, String text);

  /** Lets a person give a command; {@code text} is what follows the command's name. */
  void commands(Person who, ChannelRef where, String text);

  /**
   * Lets a person give a command in the thread under {@code root}: the usual way where the platform
   * has {@link dev.muster.chat.spi.Capability#COMMANDS_IN_THREADS}, else by mentioning the bot.
   */
  void commandsInThread(Person who, ChannelRef where, String root, String text);

  /** Lets a person change the words of their message. */
  void edits(Person who, MessageRef message, String text);

  /** Lets a person delete their message. */
  void deletes(Person who, MessageRef message);

  /** Lets a person react. */
  void reacts(Person who, MessageRef message, String name);

  /** Lets a person take a reaction back. */
  void takesBack(Person who, MessageRef message, String name);

  /** Lets a person press the button with that token on that message. */
  void presses(Person who, MessageRef message, String token);

  /**
   * Lets a person submit the form with that token.
   *
   * @return the sentences shown beside fields, by field name; empty when the form closed
   */
  Map<String, String> submits(Person who, String token, Map<String, String> values);

  /** Pushes the last thing a person did once more, exactly as before. */
  void repeatsLastPush();

  /** Returns the HTTP status by which the adapter acknowledged the last push. */
  int pushStatus();

  /**
   * Pushes what the platform never would: a message with a wrong signature or, where nothing is
   * signed, a body that breaks the rules.
   *
   * @return the HTTP status
   */
  int forges();

  /**
   * Pushes a well-signed message that was signed {@code age} ago; negative means in the future.
   *
   * @return the HTTP status; empty where pushes carry no time
   */
  OptionalInt pushesAged(Duration age);

  /** Waits, bounded, until everything pushed so far has reached the adapter. */
  void settle();

  /** Returns what a channel looks like now; empty when there is none. */
  Optional<ShownChannel> look(ChannelRef channel);

  /** Returns the messages that every member of a channel sees, oldest first. */
  List<ShownMessage> messages(ChannelRef channel);

  /** Returns the messages that only this person sees, wherever, oldest first. */
  List<ShownMessage> toldTo(Person who);

  /** Returns the forms that stand open for a person. */
  List<ShownForm> formsOpenFor(Person who);

  /** Returns whether a person can see that a channel exists. */
  boolean sees(Person who, ChannelRef channel);

  /** Returns whether a name keeps the platform's rules for channel names. */
  boolean isLegalName(String name);

  /** Returns the longest message text in characters that the platform shows whole. */
  int longestText();

  /** Returns whether this platform can suffer that fault at all. */
  boolean canSuffer(Fault fault);

  /** Lets a fault happen to the next call that changes something. */
  void arm(Fault fault);

  /** Returns the delay that {@link Fault#RATE_LIMITED} names. */
  Duration rateLimit();

  /** Returns every token and secret the adapter was given. */
  List<String> secrets();

  /**
   * Returns how many calls the platform got from the adapter so far, at least of those that show
   * something.
   */
  int calls();

  /** Closes the adapter and ends the world; nothing it began is left. */
  @Override
  void close();
}

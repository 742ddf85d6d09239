// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Rejection;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One exchange with a person: what they did, where, and how to answer them.
 *
 * @param moment the decision it is part of
 * @param by who
 * @param place where
 * @param reply how to answer privately
 * @param opening the right to open a form, if there is one
 * @param message the message that carried it, if there is one
 * @param at when it happened by the platform's clock
 * @param lookups what the platform said about the people it names
 */
record Exchange(
    Moment moment,
    Profile by,
    Place place,
    ReplyTo reply,
    Optional<FormOpening> opening,
    Optional<MessageRef> message,
    Instant at,
    Lookups lookups) {

  // The person is who we know them to be: an act alone may show neither name nor guest.
  Exchange {
    by = Acquaintance.known(moment, by);
  }

  /** Makes an exchange about which nothing was looked up. */
  Exchange(
      Moment moment,
      Profile by,
      Place place,
      ReplyTo reply,
      Optional<FormOpening> opening,
      Optional<MessageRef> message,
      Instant at) {
    this(moment, by, place, reply, opening, message, at, Lookups.NONE);
  }

  /** Returns every identity of the person. */
  Set<UserRef> selves() {
    return Identities.of(moment.tx(), by.person().ref());
  }

  /** Returns the person as the cause of facts. */
  Actor actor() {
    return new Actor.Human(by.person());
  }

  /** Returns what tells this exchange from every other one, the same when it is handled again. */
  String occasion() {
    return by.person().ref() + "/" + reply.inReplyTo().orElseGet(at::toString);
  }

  /** Answers privately with one line. */
  void tell(String text) {
    tell(BotMessage.line(text));
  }

  /** Answers privately. */
  void tell(BotMessage message) {
    new Orders(moment).tell(reply, message);
  }

  /** Tells why it did not happen. */
  void refuse(Rejection rejection) {
    tell(rejection.text());
  }

  /** Tells why it did not happen, with ways on. */
  void refuse(Rejection rejection, List<Button> ways) {
    tell(BotMessage.line(rejection.text()).withButtons(ways));
  }

  /** Returns the same exchange as if it had happened elsewhere. */
  Exchange in(Place other) {
    return new Exchange(moment, by, other, reply, opening, message, at, lookups);
  }

  /** Opens a form, or tells how to open it when this exchange carries no right to. */
  void open(Form form, BotMessage fallback) {
    opening.ifPresentOrElse(
        right -> new Orders(moment).openForm(right, form, reply, fallback.withForm(form)),
        () -> tell(fallback.withForm(form)));
  }

  /** Writes a fact of this person on an incident's timeline. */
  void write(IncidentId incident, NewEntry entry) {
    moment.tx().timeline().append(Stream.of(incident), entry, moment.now());
  }

  /** Returns a fact of this person, to be written. */
  NewEntry fact(EntryKind kind, String text) {
    return NewEntry.of(at, kind, actor(), People.readable(moment, text));
  }
}

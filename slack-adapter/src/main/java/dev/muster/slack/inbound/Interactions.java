// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.interactive_components.payload.GlobalShortcutPayload;
import com.slack.api.app_backend.interactive_components.payload.MessageShortcutPayload;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.model.view.ViewState;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.Quotation;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Delivery;
import dev.muster.slack.client.FormMark;
import dev.muster.slack.client.OpeningHandle;
import dev.muster.slack.render.FormRenderer;
import dev.muster.slack.render.MessageRenderer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decodes what people do by hand: commands, presses, forms, shortcuts. Pure. */
final class Interactions {

  /** A trigger opens one form within three seconds. */
  static final Duration TRIGGER_LASTS = Duration.ofSeconds(3);

  /** A reply address lasts half an hour. */
  static final Duration REPLY_LASTS = Duration.ofMinutes(30);

  private Interactions() {}

  /**
   * What every interaction brings besides its payload.
   *
   * @param at when Slack sent it
   * @param arrived when we got it
   * @param raw the payload, free of secrets
   */
  record Arrival(Instant at, Instant arrived, byte[] raw) {}

  /** Decodes a slash command. */
  static Delivery command(SlashCommandPayload payload, Arrival arrival) {
    Who who = new Who(payload.getUserId(), payload.getUserName(), payload.getTeamId(), "");
    ChannelRef where = new ChannelRef("slack", payload.getChannelId());
    String text = payload.getText() == null ? "" : payload.getText();
    ChatEvent event =
        new ChatEvent.CommandInvoked(
            arrival.at(),
            who.profile(),
            Place.of(where, nameOf(payload.getChannelName())),
            SlackText.neutral(text),
            Optional.empty(),
            replyTo(who, where, payload.getResponseUrl(), arrival, Optional.empty()),
            opening(payload.getTriggerId(), where.id(), arrival));
    return delivery(payload.getTeamId(), payload.getTriggerId(), event, arrival);
  }

  /** A private channel is called so in commands, whatever its name. */
  private static String nameOf(String channelName) {
    return channelName == null || channelName.equals("privategroup") ? "" : channelName;
  }

  /** Decodes a press; empty when the button is not one of ours. */
  static Optional<Delivery> press(BlockActionPayload payload, Arrival arrival) {
    BlockActionPayload.Action action = payload.getActions().get(0);
    boolean ours =
        action.getActionId() != null
            && action.getActionId().startsWith(MessageRenderer.ACTION_PREFIX)
            && action.getValue() != null;
    if (!ours) {
      return Optional.empty();
    }
    Who who = who(payload);
    String channelId =
        payload.getChannel() == null ? windowChannel(payload, who) : payload.getChannel().getId();
    ChannelRef where = new ChannelRef("slack", channelId);
    BlockActionPayload.Container container = payload.getContainer();
    Optional<MessageRef> message =
        Optional.ofNullable(container)
            .map(BlockActionPayload.Container::getMessageTs)
            .map(ts -> new MessageRef(where, ts));
    Optional<String> thread =
        Optional.ofNullable(container).map(BlockActionPayload.Container::getThreadTs);
    ChatEvent event =
        new ChatEvent.ButtonPressed(
            Ts.instant(String.valueOf(action.getActionTs())).orElse(arrival.at()),
            who.profile(),
            new Place(where, channelName(payload), thread),
            message,
            action.getValue(),
            replyTo(who, where, payload.getResponseUrl(), arrival, message.map(MessageRef::id))
                .inThread(thread),
            opening(payload.getTriggerId(), where.id(), arrival));
    String trigger =
        payload.getTriggerId() == null
            ? who.id() + "/" + action.getActionTs()
            : payload.getTriggerId();
    return Optional.of(delivery(payload.getTeam().getId(), trigger, event, arrival));
  }

  /** A button in a form of ours is pressed where the form was asked for. */
  private static String windowChannel(BlockActionPayload payload, Who who) {
    boolean modal = payload.getView() != null && "modal".equals(payload.getView().getType());
    String asked = modal ? FormMark.read(payload.getView().getPrivateMetadata()).channel() : "";
    return asked.isEmpty() ? who.id() : asked;
  }

  private static Who who(BlockActionPayload payload) {
    BlockActionPayload.User user = payload.getUser();
    return new Who(user.getId(), user.getName(), payload.getTeam().getId(), user.getTeamId());
  }

  private static String channelName(BlockActionPayload payload) {
    return payload.getChannel() == null ? "" : nameOf(payload.getChannel().getName());
  }

  /** Decodes a submitted form. */
  static Delivery form(ViewSubmissionPayload payload, Arrival arrival) {
    ViewSubmissionPayload.User user = payload.getUser();
    Who who = new Who(user.getId(), user.getName(), payload.getTeam().getId(), user.getTeamId());
    FormMark mark = FormMark.read(payload.getView().getPrivateMetadata());
    ChannelRef where =
        new ChannelRef("slack", mark.channel().isEmpty() ? who.id() : mark.channel());
    ChatEvent event =
        new ChatEvent.FormSubmitted(
            arrival.at(),
            who.profile(),
            mark.token(),
            values(payload.getView().getState()),
            new ReplyTo(who.ref(), where, Optional.empty(), arrival.at(), Optional.empty()));
    String submission =
        payload.getTriggerId() == null
            ? payload.getView().getId() + "/" + payload.getView().getHash()
            : payload.getTriggerId();
    return delivery(payload.getTeam().getId(), submission, event, arrival);
  }

  private static Map<String, String> values(ViewState state) {
    Map<String, String> values = new LinkedHashMap<>();
    if (state == null || state.getValues() == null) {
      return values;
    }
    state
        .getValues()
        .forEach(
            (block, actions) ->
                FormRenderer.fieldOf(block)
                    .ifPresent(
                        field ->
                            Optional.ofNullable(actions.get(FormRenderer.ACTION))
                                .flatMap(Interactions::value)
                                .ifPresent(value -> values.put(field, value))));
    return values;
  }

  private static Optional<String> value(ViewState.Value value) {
    if (value.getSelectedOptions() != null || "checkboxes".equals(value.getType())) {
      boolean ticked = value.getSelectedOptions() != null && !value.getSelectedOptions().isEmpty();
      return Optional.of(Boolean.toString(ticked));
    }
    if (value.getSelectedOption() != null) {
      return Optional.ofNullable(value.getSelectedOption().getValue());
    }
    if (value.getSelectedUser() != null) {
      return Optional.of("<@slack:" + value.getSelectedUser() + ">");
    }
    return Optional.ofNullable(value.getValue());
  }

  /** Decodes a shortcut from the menu; it has no channel, so answers go to the person. */
  static Optional<Delivery> shortcut(GlobalShortcutPayload payload, Arrival arrival) {
    Optional<Shortcut> shortcut = Shortcut.of(Shortcut.Kind.GLOBAL, payload.getCallbackId());
    if (shortcut.isEmpty()) {
      return Optional.empty();
    }
    GlobalShortcutPayload.User user = payload.getUser();
    Who who =
        new Who(user.getId(), user.getUsername(), payload.getTeam().getId(), user.getTeamId());
    ChannelRef where = new ChannelRef("slack", who.id());
    ChatEvent event =
        new ChatEvent.CommandInvoked(
            arrival.at(),
            who.profile(),
            Place.of(where, ""),
            shortcut.get().verb(),
            Optional.empty(),
            new ReplyTo(who.ref(), where, Optional.empty(), arrival.at(), Optional.empty()),
            opening(payload.getTriggerId(), where.id(), arrival));
    return Optional.of(delivery(payload.getTeam().getId(), payload.getTriggerId(), event, arrival));
  }

  /** Decodes a shortcut on a message: a command about that message. */
  static Optional<Delivery> shortcut(MessageShortcutPayload payload, Arrival arrival) {
    Optional<Shortcut> shortcut = Shortcut.of(Shortcut.Kind.MESSAGE, payload.getCallbackId());
    if (shortcut.isEmpty()) {
      return Optional.empty();
    }
    MessageShortcutPayload.User user = payload.getUser();
    Who who = new Who(user.getId(), user.getName(), payload.getTeam().getId(), user.getTeamId());
    ChannelRef where = new ChannelRef("slack", payload.getChannel().getId());
    Optional<Quotation> chosen = ChosenMessage.of(arrival.raw());
    ChatEvent.CommandInvoked event =
        new ChatEvent.CommandInvoked(
            arrival.at(),
            who.profile(),
            Place.of(where, nameOf(payload.getChannel().getName())),
            shortcut.get().verb(),
            Optional.empty(),
            replyTo(who, where, payload.getResponseUrl(), arrival, Optional.empty()),
            opening(payload.getTriggerId(), where.id(), arrival));
    return chosen
        .map(event::about)
        .map(about -> delivery(payload.getTeam().getId(), payload.getTriggerId(), about, arrival));
  }

  private static Delivery delivery(String team, String trigger, ChatEvent event, Arrival arrival) {
    return new Delivery("i/" + team + "/" + trigger, event, arrival.raw(), List.of());
  }

  private static Optional<FormOpening> opening(String trigger, String channel, Arrival arrival) {
    return Optional.ofNullable(trigger)
        .filter(t -> !t.isBlank())
        .map(
            t ->
                new FormOpening(
                    new OpeningHandle(t, channel).write(), arrival.arrived().plus(TRIGGER_LASTS)));
  }

  private static ReplyTo replyTo(
      Who who, ChannelRef where, String address, Arrival arrival, Optional<String> message) {
    Optional<String> handle = Optional.ofNullable(address).filter(a -> !a.isBlank());
    return new ReplyTo(who.ref(), where, handle, arrival.arrived().plus(REPLY_LASTS), message);
  }

  /**
   * Who acted.
   *
   * @param id the only part that decides anything
   * @param name for reading
   * @param team the workspace it happened in
   * @param ownTeam the person's own workspace; empty or null when Slack does not say
   */
  private record Who(String id, String name, String team, String ownTeam) {

    UserRef ref() {
      return new UserRef("slack", id);
    }

    Profile profile() {
      boolean external = ownTeam != null && !ownTeam.isEmpty() && !ownTeam.equals(team);
      Person person = new Person(ref(), name == null ? "" : name);
      return new Profile(person, Optional.empty(), Optional.empty(), false, external, true);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.chat.Answer;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Span;
import dev.muster.effect.Effect;
import dev.muster.effect.Target;
import dev.muster.store.Inbound;
import java.util.Map;

/**
 * The names under which cases of sealed types are stored. A name never changes and is never given
 * to another case, whatever its class is called one day.
 */
final class StoredNames {

  private static final Map<Class<?>, Map<Class<?>, String>> NAMES =
      Map.of(
          ChatEvent.class, chatEvents(),
          Effect.class, effects(),
          Target.class,
              Map.of(
                  Target.InIncident.class, "in_incident",
                  Target.InChannel.class, "in_channel",
                  Target.Announcements.class, "announcements",
                  Target.Direct.class, "direct"),
          Inbound.class,
              Map.of(
                  Inbound.Chat.class, "chat",
                  Inbound.Alerts.class, "alerts",
                  Inbound.LateResult.class, "late_result"),
          Answer.class,
              Map.of(
                  Answer.Accepted.class, "accepted",
                  Answer.FieldErrors.class, "field_errors",
                  Answer.Notice.class, "notice",
                  Answer.ShowForm.class, "show_form"),
          Span.class,
              Map.of(
                  Span.Words.class, "words",
                  Span.Strong.class, "strong",
                  Span.Code.class, "code",
                  Span.Who.class, "who",
                  Span.When.class, "when",
                  Span.Link.class, "link",
                  Span.Room.class, "room"));

  private StoredNames() {}

  /** Returns the fixed names of a sealed type's cases; empty for a type without fixed names. */
  static Map<Class<?>, String> of(Class<?> sealed) {
    return NAMES.getOrDefault(sealed, Map.of());
  }

  private static Map<Class<?>, String> chatEvents() {
    return Map.ofEntries(
        Map.entry(ChatEvent.CommandInvoked.class, "command_invoked"),
        Map.entry(ChatEvent.MessagePosted.class, "message_posted"),
        Map.entry(ChatEvent.MessageEdited.class, "message_edited"),
        Map.entry(ChatEvent.MessageDeleted.class, "message_deleted"),
        Map.entry(ChatEvent.ReactionAdded.class, "reaction_added"),
        Map.entry(ChatEvent.ReactionRemoved.class, "reaction_removed"),
        Map.entry(ChatEvent.MessagePinned.class, "message_pinned"),
        Map.entry(ChatEvent.MessageUnpinned.class, "message_unpinned"),
        Map.entry(ChatEvent.PersonChanged.class, "person_changed"),
        Map.entry(ChatEvent.ChannelDescribed.class, "channel_described"),
        Map.entry(ChatEvent.NotUnderstood.class, "not_understood"),
        Map.entry(ChatEvent.ButtonPressed.class, "button_pressed"),
        Map.entry(ChatEvent.FormSubmitted.class, "form_submitted"),
        Map.entry(ChatEvent.MemberJoined.class, "member_joined"),
        Map.entry(ChatEvent.MemberLeft.class, "member_left"),
        Map.entry(ChatEvent.ChannelChanged.class, "channel_changed"),
        Map.entry(ChatEvent.GapDetected.class, "gap_detected"),
        Map.entry(ChatEvent.ConnectionGap.class, "connection_gap"),
        Map.entry(ChatEvent.ChannelMoved.class, "channel_moved"),
        Map.entry(ChatEvent.HomeOpened.class, "home_opened"),
        Map.entry(ChatEvent.LinksPosted.class, "links_posted"),
        Map.entry(ChatEvent.OperatorNotice.class, "operator_notice"));
  }

  private static Map<Class<?>, String> effects() {
    return Map.ofEntries(
        Map.entry(Effect.OpenChannel.class, "open_channel"),
        Map.entry(Effect.SetTopic.class, "set_topic"),
        Map.entry(Effect.InvitePeople.class, "invite_people"),
        Map.entry(Effect.ShowMessage.class, "show_message"),
        Map.entry(Effect.PinMessage.class, "pin_message"),
        Map.entry(Effect.TellPerson.class, "tell_person"),
        Map.entry(Effect.OpenForm.class, "open_form"),
        Map.entry(Effect.UpdateForm.class, "update_form"),
        Map.entry(Effect.AddReaction.class, "add_reaction"),
        Map.entry(Effect.ArchiveChannel.class, "archive_channel"),
        Map.entry(Effect.UnarchiveChannel.class, "unarchive_channel"),
        Map.entry(Effect.PostDocument.class, "post_document"),
        Map.entry(Effect.ReadHistory.class, "read_history"),
        Map.entry(Effect.ReadAgain.class, "read_again"),
        Map.entry(Effect.ReadMessage.class, "read_message"),
        Map.entry(Effect.ShowHome.class, "show_home"),
        Map.entry(Effect.ShowLink.class, "show_link"),
        Map.entry(Effect.FindPerson.class, "find_person"),
        Map.entry(Effect.CallStep.class, "call_step"),
        Map.entry(Effect.AddBookmark.class, "add_bookmark"),
        Map.entry(Effect.RemoveBookmark.class, "remove_bookmark"),
        Map.entry(Effect.WithdrawMessage.class, "withdraw_message"),
        Map.entry(Effect.LeaveChannel.class, "leave_channel"),
        Map.entry(Effect.OpenThread.class, "open_thread"),
        Map.entry(Effect.CheckMembers.class, "check_members"),
        Map.entry(Effect.JoinChannel.class, "join_channel"));
  }
}

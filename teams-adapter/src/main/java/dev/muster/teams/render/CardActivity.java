// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.ActivityTypes;
import com.microsoft.bot.schema.Attachment;
import com.microsoft.bot.schema.ChannelAccount;
import com.microsoft.bot.schema.ConversationAccount;
import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Form;
import java.util.Map;
import java.util.Optional;

/** Makes the activities that the bot sends: one card each, and a line for notifications. Pure. */
public final class CardActivity {

  private static final String CARD_TYPE = "application/vnd.microsoft.card.adaptive";

  private CardActivity() {}

  /**
   * Returns the activity of a message.
   *
   * @param from the bot's own id; without it the connector answers 400
   * @param conversation where it goes, with its thread
   * @param message what is said
   * @param tag marks it as the one made for an order
   */
  public static Activity of(
      String from, String conversation, BotMessage message, Optional<String> tag) {
    BotMessage said = TypedHere.in(conversation, message);
    Activity activity = carrying(from, conversation, MessageRenderer.card(said, tag));
    activity.setSummary(MessageRenderer.summary(said));
    if (message.tone() == Tone.URGENT) {
      activity.setImportance("high");
    }
    return activity;
  }

  /** Returns the activity of a form that stands in a message of its own. */
  public static Activity of(String from, String conversation, Form form) {
    Form said = TypedHere.in(conversation, form);
    Activity activity = carrying(from, conversation, FormRenderer.card(said, Map.of(), false));
    activity.setSummary(FormRenderer.summary(said));
    return activity;
  }

  private static Activity carrying(String from, String conversation, ObjectNode card) {
    Activity activity = new Activity(ActivityTypes.MESSAGE);
    // The SDK reads its own clock here; Teams stamps what it receives anyway.
    activity.setTimestamp(null);
    activity.setFrom(new ChannelAccount(from));
    activity.setConversation(new ConversationAccount(conversation));
    Attachment attachment = new Attachment();
    attachment.setContentType(CARD_TYPE);
    attachment.setContent(card);
    activity.setAttachment(attachment);
    return activity;
  }
}

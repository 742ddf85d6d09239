// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform.Attachment;
import dev.muster.chat.spi.OnceKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Shows text files as cards with their name and their beginning. Uploading would need the right to
 * write all files of the tenant; what is no text is refused.
 *
 * @param messages posts where everybody reads
 * @param answers tells one person alone
 */
public record FileVerbs(MessageVerbs messages, PrivateVerbs answers) {

  /** Shows a file in a channel, or to the one person whose private place it names. */
  public ChatOutcome<MessageRef> attach(OnceKey key, ChannelRef channel, Attachment file) {
    if (!file.mediaType().startsWith("text/")) {
      return new ChatOutcome.Refused<>(
          "Only text files can be shown in Teams. Post a link to " + file.name() + " instead.");
    }
    String text = new String(file.bytes(), StandardCharsets.UTF_8);
    List<Section> sections =
        List.of(Section.of(file.comment()), new Section("", Phrase.of(text), Section.Style.CODE));
    BotMessage shown =
        BotMessage.card(file.name() + ". " + file.comment(), file.name()).withSections(sections);
    Optional<UserRef> person = channel.alone();
    return person.isPresent()
        ? answers.tellDirectly(key, person.get(), shown)
        : messages.post(key, channel, Optional.empty(), shown);
  }
}

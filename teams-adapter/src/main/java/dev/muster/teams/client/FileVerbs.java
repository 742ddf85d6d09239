// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UserRef;
import dev.muster.chat.WebAddress;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform.Attachment;
import dev.muster.chat.spi.OnceKey;
import dev.muster.teams.render.MessageRenderer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

  private static final String BEGINNING = "Teams shows its beginning:";

  /** Shows a file in a channel, or to the one person whose private place it names. */
  public ChatOutcome<MessageRef> attach(OnceKey key, ChannelRef channel, Attachment file) {
    if (!file.mediaType().startsWith("text/")) {
      return new ChatOutcome.Refused<>(
          "Only text files can be shown in Teams. Post a link to " + file.name() + " instead.");
    }
    String text = new String(file.bytes(), StandardCharsets.UTF_8);
    String part = text.length() > MessageRenderer.LONGEST_TEXT ? " " + BEGINNING : "";
    List<Section> sections =
        List.of(
            new Section("", linked(file.comment() + part), Section.Style.PLAIN),
            new Section("", Phrase.of(text), Section.Style.CODE));
    BotMessage shown =
        BotMessage.card(file.name() + ". " + file.comment(), file.name()).withSections(sections);
    Optional<UserRef> person = channel.alone();
    return person.isPresent()
        ? answers.tellDirectly(key, person.get(), shown)
        : messages.post(key, channel, Optional.empty(), shown);
  }

  /** Teams makes no link of an address in words, and all of the file may be at one. */
  private static Phrase linked(String words) {
    List<Span> spans = new ArrayList<>();
    for (String word : words.split(" ")) {
      spans.add(WebAddress.isLink(word) ? new Span.Link(word, word) : new Span.Words(word));
      spans.add(new Span.Words(" "));
    }
    return new Phrase(spans.subList(0, spans.size() - 1));
  }
}

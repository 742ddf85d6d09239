// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.ChatEventHandler;
import dev.muster.chat.PlainWords;
import dev.muster.chat.PostedCard;
import dev.muster.chat.Quotation;
import dev.muster.chat.SecretPatterns;
import dev.muster.chat.SharedFile;
import dev.muster.runbook.StepOutcome;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Takes secrets out of what comes in, before it is stored: nothing behind this door ever held them.
 * One delivery and one thread.
 */
final class Screening implements ChatEventHandler<ChatEvent> {

  private static final byte[] NOTHING = {};
  private static final int LONGEST_OUTPUT = 500;
  private static final String ALERT_FLAG = "redacted_";

  private final Set<String> kinds = new TreeSet<>();

  /** Returns the kinds of secrets that were taken out so far, in order. */
  Set<String> kinds() {
    return kinds;
  }

  /**
   * Returns what may be kept of the bytes as they arrived: all of them, or nothing when there was a
   * secret in them, because a secret can be written in more ways than are looked for.
   */
  byte[] raw(byte[] raw) {
    return raw(raw, raw);
  }

  /**
   * Returns what may be kept of the bytes.
   *
   * @param unseen what of them was not looked at before
   */
  byte[] raw(byte[] raw, byte[] unseen) {
    if (kinds.isEmpty()) {
      text(new String(unseen, StandardCharsets.UTF_8));
    }
    return kinds.isEmpty() ? raw : NOTHING;
  }

  /** Takes note of what the reader of alerts took out of them. */
  void alerts(List<Alert> alerts) {
    alerts.stream()
        .flatMap(alert -> alert.flags().stream())
        .filter(flag -> flag.startsWith(ALERT_FLAG))
        .map(flag -> flag.substring(ALERT_FLAG.length()))
        .forEach(kinds::add);
  }

  /** Returns what a target said without secrets. */
  StepOutcome outcome(StepOutcome outcome) {
    Map<String, String> outputs = new LinkedHashMap<>();
    outcome.outputs().forEach((name, value) -> outputs.put(text(name), cut(text(value))));
    return new StepOutcome(outcome.kind(), text(outcome.note()), outputs);
  }

  /** Only now: half a secret is not known as one. */
  private static String cut(String output) {
    return PlainWords.begin(output, LONGEST_OUTPUT);
  }

  private String text(String text) {
    SecretPatterns.Cleaned cleaned = SecretPatterns.clean(text);
    kinds.addAll(cleaned.kinds());
    return cleaned.text();
  }

  private Map<String, String> values(Map<String, String> values) {
    Map<String, String> cleaned = new LinkedHashMap<>();
    values.forEach((name, value) -> cleaned.put(text(name), text(value)));
    return cleaned;
  }

  private <T> List<T> each(List<T> all, Function<T, T> one) {
    return all.stream().map(one).toList();
  }

  private PostedCard card(PostedCard card) {
    return new PostedCard(
        text(card.before()),
        text(card.title()),
        text(card.titleUrl()),
        text(card.text()),
        each(card.fields(), f -> new PostedCard.Field(text(f.name()), text(f.value()))),
        text(card.footer()),
        card.tone(),
        text(card.summary()),
        each(card.links(), this::text));
  }

  private SharedFile file(SharedFile file) {
    return new SharedFile(
        file.id(),
        text(file.name()),
        file.mediaType(),
        file.size(),
        text(file.url()),
        file.keptBack());
  }

  private Quotation quotation(Quotation said) {
    return new Quotation(
        said.message(),
        said.author(),
        said.byProgram(),
        text(said.text()),
        said.at(),
        said.permalink());
  }

  @Override
  public ChatEvent commandInvoked(ChatEvent.CommandInvoked e) {
    return new ChatEvent.CommandInvoked(
        e.at(),
        e.by(),
        e.place(),
        text(e.text()),
        e.message(),
        e.reply(),
        e.opening(),
        e.about().map(this::quotation));
  }

  @Override
  public ChatEvent messagePosted(ChatEvent.MessagePosted e) {
    return new ChatEvent.MessagePosted(
        e.at(),
        e.by(),
        e.place(),
        e.message(),
        text(e.text()),
        e.permalink(),
        each(e.files(), this::file),
        each(e.cards(), this::card),
        e.broadcast());
  }

  @Override
  public ChatEvent messageEdited(ChatEvent.MessageEdited e) {
    return new ChatEvent.MessageEdited(
        e.at(), e.by(), e.message(), text(e.text()), each(e.cards(), this::card));
  }

  @Override
  public ChatEvent formSubmitted(ChatEvent.FormSubmitted e) {
    return new ChatEvent.FormSubmitted(e.at(), e.by(), e.token(), values(e.values()), e.reply());
  }

  @Override
  public ChatEvent linksPosted(ChatEvent.LinksPosted e) {
    return new ChatEvent.LinksPosted(
        e.at(), e.by(), e.message(), each(e.urls(), this::text), e.outsiders());
  }

  @Override
  public ChatEvent channelChanged(ChatEvent.ChannelChanged e) {
    return new ChatEvent.ChannelChanged(e.at(), e.channel(), e.change(), text(e.name()));
  }

  @Override
  public ChatEvent channelDescribed(ChatEvent.ChannelDescribed e) {
    return new ChatEvent.ChannelDescribed(e.at(), e.by(), e.channel(), e.part(), text(e.text()));
  }

  @Override
  public ChatEvent messageDeleted(ChatEvent.MessageDeleted event) {
    return event;
  }

  @Override
  public ChatEvent reactionAdded(ChatEvent.ReactionAdded event) {
    return event;
  }

  @Override
  public ChatEvent reactionRemoved(ChatEvent.ReactionRemoved event) {
    return event;
  }

  @Override
  public ChatEvent messagePinned(ChatEvent.MessagePinned event) {
    return event;
  }

  @Override
  public ChatEvent messageUnpinned(ChatEvent.MessageUnpinned event) {
    return event;
  }

  @Override
  public ChatEvent buttonPressed(ChatEvent.ButtonPressed event) {
    return event;
  }

  @Override
  public ChatEvent memberJoined(ChatEvent.MemberJoined event) {
    return event;
  }

  @Override
  public ChatEvent memberLeft(ChatEvent.MemberLeft event) {
    return event;
  }

  @Override
  public ChatEvent gapDetected(ChatEvent.GapDetected event) {
    return event;
  }

  @Override
  public ChatEvent connectionGap(ChatEvent.ConnectionGap event) {
    return event;
  }

  @Override
  public ChatEvent channelMoved(ChatEvent.ChannelMoved event) {
    return event;
  }

  @Override
  public ChatEvent homeOpened(ChatEvent.HomeOpened event) {
    return event;
  }

  @Override
  public ChatEvent operatorNotice(ChatEvent.OperatorNotice event) {
    return event;
  }

  @Override
  public ChatEvent personChanged(ChatEvent.PersonChanged event) {
    return event;
  }

  @Override
  public ChatEvent notUnderstood(ChatEvent.NotUnderstood event) {
    return event;
  }
}

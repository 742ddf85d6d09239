// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.ChatEvent.MessageDeleted;
import dev.muster.chat.ChatEvent.MessageEdited;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform.Attachment;
import dev.muster.chat.spi.ChatPlatform.HistoryPage;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.OnceKey;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.Fault;
import dev.muster.teams.fake.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Channels and history through Graph. */
final class GraphChannelTest extends OnTeams {

  private ChatOutcome<OpenedChannel> open(OnceKey key, String name) {
    return ground.platform().openChannel(key, new ChannelSpec(name, "SEV2 · open", false));
  }

  private FakeConversation made(OpenedChannel channel) {
    return ground.teams().tenant().conversation(channel.channel().id()).orElseThrow();
  }

  private long channels() {
    return ground.teams().tenant().conversations().stream()
        .filter(c -> c.kind().equals("channel"))
        .count();
  }

  @Test
  void open_replyLost_isFoundByOurTagUnderItsOwnName() {
    long before = channels();
    OnceKey key = key("order-1");
    ground.teams().arm(Part.GRAPH, Fault.after(Fault.Kind.LOSES_THE_REPLY));
    is(ChatOutcome.Unknown.class, open(key, "inc-1 checkout"));

    OpenedChannel found = done(open(key.again(), "inc-1 checkout"));

    assertEquals("inc-1 checkout", found.name());
    assertEquals(before + 1, channels());
  }

  /** Whoever makes next week's channel today gets nothing by it. */
  @Test
  void open_strangerTookTheName_getsASuffixEvenAfterALostReply() {
    FakeConversation stranger = ground.teams().tenant().channel("inc-2", "mine [muster-fake]");
    OnceKey key = key("order-2");
    ground.teams().arm(Part.GRAPH, Fault.answer(500));
    is(ChatOutcome.Unknown.class, open(key, "inc-2"));

    is(ChatOutcome.RetryLater.class, open(key.again(), "inc-2"));
    clock.advance(Duration.ofSeconds(10));
    OpenedChannel ours = done(open(key.again().again(), "inc-2"));

    assertEquals("inc-2-2", ours.name());
    assertNotEquals(stranger.id(), ours.channel().id());
  }

  @Test
  void topic_changed_keepsTheTagByWhichTheChannelIsOurs() {
    OnceKey key = key("order-3");
    OpenedChannel channel = done(open(key, "inc-3"));

    done(ground.platform().setTopic(channel.channel(), "SEV1 · mitigated"));

    assertEquals("SEV1 · mitigated [muster-order-3]", made(channel).description());
    assertEquals(channel.channel(), done(open(key.again(), "inc-3")).channel());
  }

  /** "First post immediately after creation: expect 404/403 for some seconds." */
  @Test
  void post_channelNotReady_isAskedForLaterAndBelievedAfterAMinute() {
    OpenedChannel channel = done(open(key("order-4"), "inc-4"));
    ground.teams().arm(Part.CONNECTOR, Fault.answer(404));
    is(ChatOutcome.RetryLater.class, post(channel, "p1"));

    clock.advance(Duration.ofSeconds(61));
    ground.teams().arm(Part.CONNECTOR, Fault.answer(404));

    is(ChatOutcome.Refused.class, post(channel, "p2"));
  }

  private ChatOutcome<?> post(OpenedChannel channel, String key) {
    return ground
        .platform()
        .post(key(key), channel.channel(), Optional.empty(), BotMessage.line("Hello."));
  }

  @Test
  void open_private_isAChatWithItsOwnerAndTheApp() {
    OnceKey key = key("order-5");
    ground.teams().arm(Part.GRAPH, Fault.after(Fault.Kind.LOSES_THE_REPLY));
    ChannelSpec spec = new ChannelSpec("inc-5 secret", "", true);
    is(ChatOutcome.Unknown.class, ground.platform().openChannel(key, spec));

    OpenedChannel chat = done(ground.platform().openChannel(key.again(), spec));
    FakePerson ada = ground.teams().tenant().person("ada");
    done(ground.platform().invite(chat.channel(), List.of(new UserRef("teams", ada.aad()))));
    done(post(chat, "p"));

    assertEquals("groupChat", made(chat).kind());
    assertEquals(
        List.of("owner", "ada"), made(chat).members().stream().map(FakePerson::name).toList());
    assertEquals(
        1,
        ground.teams().tenant().conversations().stream()
            .filter(c -> c.kind().equals("groupChat"))
            .count());
  }

  @Test
  void file_text_isShownByItsBeginningAndAnyOtherIsRefused() {
    byte[] text = "# INC-1\n".repeat(2000).getBytes(StandardCharsets.UTF_8);
    Attachment draft = new Attachment("postmortem.md", "text/markdown", text, "The draft.");
    Attachment picture = new Attachment("graph.png", "image/png", text, "A graph.");

    done(ground.platform().attach(key("f1"), ground.placeRef(), draft));
    is(ChatOutcome.Refused.class, ground.platform().attach(key("f2"), ground.placeRef(), picture));

    String words = Reading.of(ground.place().messages().get(0).activity()).words();
    assertTrue(
        words.startsWith("postmortem.md\nThe draft. Teams shows its beginning:\n# INC-1"), words);
    assertTrue(words.endsWith("…"), words);
  }

  @Test
  void topic_ofAChat_isLeftToItsCard() {
    ChannelSpec spec = new ChannelSpec("inc-7 secret", "", true);
    OpenedChannel chat = done(ground.platform().openChannel(key("order-7"), spec));

    done(ground.platform().setTopic(chat.channel(), "SEV1 · open"));

    assertEquals("inc-7 secret", made(chat).name());
  }

  @Test
  void invite_twice_mentionsOnce() {
    FakePerson ada = ground.teams().tenant().person("ada");
    OpenedChannel channel = done(open(key("order-6"), "inc-6"));
    List<UserRef> people = List.of(new UserRef("teams", ada.aad()));
    ground.teams().arm(Part.CONNECTOR, Fault.after(Fault.Kind.LOSES_THE_REPLY));

    is(ChatOutcome.Unknown.class, ground.platform().invite(channel.channel(), people));
    assertEquals(List.of(), done(ground.platform().invite(channel.channel(), people)));
    assertEquals(List.of(), done(ground.platform().invite(channel.channel(), people)));

    assertEquals(1, made(channel).messages().size());
  }

  private FakeMessage says(String name, String text) {
    clock.advance(Duration.ofSeconds(1));
    FakeConversation place = ground.place();
    return ground.said(place, ground.teams().tenant().person(name), text);
  }

  @Test
  void history_editsDeletionsAndThreads_comeOldestFirstUnderTheirLiveKeys() {
    Instant since = clock.instant();
    FakeConversation place = ground.place();
    FakeMessage edited = says("ada", "frist");
    FakeMessage gone = says("li", "oops");
    FakePerson ada = ground.teams().tenant().person("ada");
    clock.advance(Duration.ofSeconds(1));
    ground.push(ground.pushes().message(edited, place));
    ground.teams().tenant().edit(edited, Json.object().put("text", "first"));
    ground.push(ground.pushes().edit(edited, place));
    clock.advance(Duration.ofSeconds(1));
    ground.push(ground.pushes().deletion(gone, place));
    ground.teams().tenant().delete(gone);
    FakeMessage reply =
        ground
            .teams()
            .tenant()
            .say(
                place,
                Optional.of(edited.id()),
                Optional.of(ada),
                Optional.empty(),
                Json.object().put("text", "a < b & c"));
    ground.push(ground.pushes().message(reply, place));

    List<Delivery> past =
        done(ground.platform().readHistory(ground.placeRef(), since, Optional.empty()))
            .deliveries();

    assertEquals(
        inbox.deliveries().stream().map(Delivery::key).sorted().toList(),
        past.stream().map(Delivery::key).sorted().toList());
    assertTrue(past.stream().anyMatch(d -> d.event() instanceof MessageDeleted));
    assertTrue(
        past.stream()
            .anyMatch(d -> d.event() instanceof MessageEdited e && e.text().equals("first")));
    List<Instant> times = past.stream().map(d -> d.event().at()).toList();
    assertEquals(times.stream().sorted().toList(), times);
  }

  @Test
  void history_moreThanOnePage_isWholeAndInOrder() {
    Instant since = clock.instant();
    List<String> written = new ArrayList<>();
    for (int i = 0; i < 230; i++) {
      written.add("message:" + ground.place().id() + ":" + says("ada", "m" + i).id());
    }

    List<String> read = new ArrayList<>();
    Optional<String> next = Optional.empty();
    do {
      ChatOutcome<HistoryPage> got = ground.platform().readHistory(ground.placeRef(), since, next);
      while (got instanceof ChatOutcome.RetryLater<HistoryPage> later && later.paced()) {
        clock.advance(later.after());
        got = ground.platform().readHistory(ground.placeRef(), since, next);
      }
      HistoryPage page = done(got);
      page.deliveries().forEach(d -> read.add(d.key()));
      next = page.next();
      clock.advance(Duration.ofSeconds(10));
    } while (next.isPresent());

    assertEquals(written, read);
  }

  @Test
  void history_notPermitted_isRefusedWithTheMend() {
    ground.place();
    ground.teams().arm(Part.READING, Fault.answer(403));
    ground.teams().arm(Part.READING, Fault.answer(403));

    ChatOutcome<HistoryPage> outcome =
        ground.platform().readHistory(ground.placeRef(), clock.instant(), Optional.empty());

    is(ChatOutcome.Refused.class, outcome);
    assertTrue(outcome.toString().contains("permissions"), outcome.toString());
  }
}

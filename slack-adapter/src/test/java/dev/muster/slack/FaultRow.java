// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.ChatEvent.CommandInvoked;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.ChatPlatform.Attachment;
import dev.muster.chat.spi.OnceKey;
import dev.muster.slack.fake.LedgerEntry;
import dev.muster.slack.fake.SlackRoster;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.RepeatedOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One method of the Web API in the fault matrix: the order that leads to it, and what the ledger
 * must say in the end.
 *
 * @param method the method that suffers
 * @param effect how the effect begins in the ledger, or one of two; empty for a question
 * @param least how often it must have happened
 * @param most how often it may have happened
 * @param preparing sets the scene, before the fault is armed
 */
record FaultRow(
    String method, String effect, int least, int most, Function<Scene, RepeatedOrder> preparing) {

  private static final BotMessage SAID = BotMessage.line("Said once.");

  /** A world at its beginning. */
  record Scene(SlackChatWorld world, RecordingInbox inbox, ManualClock clock) {

    CommandInvoked command() {
      return inbox.heard(CommandInvoked.class).get(0);
    }

    ChatPlatform platform() {
      return world.platform();
    }

    ChannelRef place() {
      return world.meetingPlace().channel();
    }

    UserRef ada() {
      return world.person("ada").ref();
    }

    private <T> T done(ChatOutcome<T> outcome) {
      return ((ChatOutcome.Done<T>) outcome).value();
    }

    ChannelRef opened() {
      OnceKey key = OnceKey.first("before", clock.instant());
      return done(platform().openChannel(key, new ChannelSpec("inc-1", "", false, ""))).channel();
    }

    MessageRef posted() {
      OnceKey key = OnceKey.first("posted", clock.instant());
      return done(platform().post(key, place(), Optional.empty(), BotMessage.line("Before.")));
    }

    ReplyTo reply(Optional<String> handle) {
      return new ReplyTo(
          ada(), place(), handle, clock.instant().plus(Duration.ofMinutes(30)), Optional.empty());
    }
  }

  RepeatedOrder prepare(Scene scene) {
    return preparing.apply(scene);
  }

  /** A window that was asked for once; the trigger behind it is used up. */
  boolean once() {
    return method.equals("views.open");
  }

  /** An address that Slack handed out: it answers with a status and no {@code ok}. */
  boolean isNoMethod() {
    return method.equals("response_url") || method.equals("upload");
  }

  @Override
  public String toString() {
    return method;
  }

  private static FaultRow change(
      String method, String effect, Function<Scene, RepeatedOrder> preparing) {
    return new FaultRow(method, effect, 1, 1, preparing);
  }

  private static FaultRow repeatable(
      String method, String effect, Function<Scene, RepeatedOrder> preparing) {
    return new FaultRow(method, effect, 1, Integer.MAX_VALUE, preparing);
  }

  private static FaultRow question(String method, Function<Scene, RepeatedOrder> preparing) {
    return new FaultRow(method, "", 0, 0, preparing);
  }

  static List<FaultRow> all() {
    List<FaultRow> all = new ArrayList<>(channels());
    all.addAll(messages());
    all.addAll(privately());
    all.addAll(windowsAndFiles());
    all.addAll(questions());
    return all;
  }

  private static List<FaultRow> channels() {
    ChannelSpec spec = new ChannelSpec("inc-7-checkout", "", false, "");
    return List.of(
        change("conversations.create", "created", s -> k -> s.platform().openChannel(k, spec)),
        change(
            "conversations.setPurpose",
            "set the purpose",
            s -> k -> s.platform().setPurpose(s.place(), "why it is there")),
        change(
            "conversations.rename",
            "renamed",
            s -> {
              ChannelRef channel = s.opened();
              return k -> s.platform().rename(channel, "inc-1-other");
            }),
        change(
            "conversations.setTopic",
            "set the topic",
            s -> k -> s.platform().setTopic(s.place(), "SEV1")),
        change(
            "conversations.invite",
            "invited",
            s -> {
              ChannelRef channel = s.opened();
              List<UserRef> people = List.of(s.ada());
              return k -> s.platform().invite(channel, people);
            }),
        change(
            "conversations.archive",
            "archived",
            s -> {
              ChannelRef channel = s.opened();
              return k -> s.platform().archive(channel);
            }),
        change(
            "conversations.unarchive",
            "unarchived",
            s -> {
              ChannelRef channel = s.opened();
              s.platform().archive(channel);
              return k -> s.platform().unarchive(channel);
            }),
        change("bookmarks.add", "bookmarked", FaultRow::bookmark),
        change("bookmarks.list", "bookmarked", FaultRow::bookmark),
        change(
            "bookmarks.remove",
            "unbookmarked",
            s -> {
              s.platform().bookmark(s.place(), "Call", "https://meet.example.com/1");
              return k -> s.platform().unbookmark(s.place(), "https://meet.example.com/1");
            }));
  }

  private static RepeatedOrder bookmark(Scene s) {
    return k -> s.platform().bookmark(s.place(), "Page", "https://muster.example.com/INC-1");
  }

  private static List<FaultRow> messages() {
    return List.of(
        change(
            "chat.postMessage",
            "posted",
            s -> k -> s.platform().post(k, s.place(), Optional.empty(), SAID)),
        change(
            "conversations.join",
            "posted",
            s -> {
              s.world().slack().withoutScope("chat:write.public");
              String id = s.world().people().strangersChannel("outside", false);
              ChannelRef there = new ChannelRef("slack", id);
              return k -> s.platform().post(k, there, Optional.empty(), SAID);
            }),
        repeatable("chat.update", "changed", s -> onMessage(s, m -> s.platform().edit(m, SAID))),
        change("chat.delete", "deleted", s -> onMessage(s, m -> s.platform().delete(m))),
        change("pins.add", "pinned", s -> onMessage(s, m -> s.platform().pin(m))),
        change("reactions.add", "reacted", s -> onMessage(s, m -> s.platform().react(m, "eyes"))),
        question("chat.getPermalink", s -> onMessage(s, m -> s.platform().permalink(m))),
        change(
            "chat.unfurl",
            "unfurled",
            s -> {
              String url = "https://muster.example.com/incidents/INC-1";
              String ts = s.world().people().types("ada", s.place().id(), url);
              MessageRef shared = new MessageRef(s.place(), ts);
              return k -> s.platform().unfurl(shared, url, SAID);
            }));
  }

  private static RepeatedOrder onMessage(Scene s, Function<MessageRef, ChatOutcome<?>> act) {
    MessageRef message = s.posted();
    return k -> act.apply(message);
  }

  /** What nobody can look up again may be said twice, but never not at all. */
  private static List<FaultRow> privately() {
    return List.of(
        new FaultRow(
            "response_url",
            "showed/posted",
            1,
            2,
            s -> {
              s.world().people().runs("ada", s.place().id(), "/incident help");
              ReplyTo reply = s.command().reply();
              return k -> s.platform().tell(k, reply, SAID);
            }),
        new FaultRow(
            "chat.postEphemeral",
            "showed/posted",
            1,
            2,
            s -> {
              ReplyTo reply = s.reply(Optional.empty());
              return k -> s.platform().tell(k, reply, SAID);
            }),
        change(
            "conversations.open",
            "posted",
            s -> {
              ReplyTo reply = s.reply(Optional.empty());
              ReplyTo direct =
                  new ReplyTo(
                      reply.user(),
                      new ChannelRef("slack", "D0NONE"),
                      Optional.empty(),
                      reply.expiresAt(),
                      Optional.empty());
              return k -> s.platform().tell(k, direct, SAID);
            }));
  }

  private static List<FaultRow> windowsAndFiles() {
    byte[] bytes = "the postmortem".getBytes(StandardCharsets.UTF_8);
    Attachment file = new Attachment("postmortem.md", "text/markdown", bytes, "");
    Function<Scene, RepeatedOrder> attach = s -> k -> s.platform().attach(k, s.place(), file);
    Function<Scene, RepeatedOrder> alone =
        s -> k -> s.platform().attach(k, ChannelRef.aloneWith(s.ada()), file);
    return List.of(
        new FaultRow("views.open", "opened", 0, 1, s -> opening(s, "f1")),
        repeatable(
            "views.update",
            "replaced",
            s -> {
              opening(s, "f2").give(OnceKey.first("open", s.clock().instant()));
              return k -> s.platform().updateForm(s.ada(), form("f2"));
            }),
        repeatable("views.publish", "showed", s -> k -> s.platform().showHome(s.ada(), SAID)),
        change("files.getUploadURLExternal", "shared", attach),
        change("upload", "shared", attach),
        change("files.completeUploadExternal", "shared", attach),
        change("files.info", "shared", attach),
        change("conversations.open", "shared", alone));
  }

  private static RepeatedOrder opening(Scene s, String token) {
    s.world().people().runs("ada", s.place().id(), "/incident declare");
    FormOpening opening = s.command().opening().orElseThrow();
    return k -> s.platform().openForm(opening, s.ada(), form(token));
  }

  private static Form form(String token) {
    return new Form(
        token,
        "Declare an incident",
        "Declare",
        "Opens a channel.",
        List.of(new Form.Field("title", "Title", Form.Kind.LINE, true, "", "", List.of(), 250)));
  }

  private static List<FaultRow> questions() {
    return List.of(
        question("conversations.info", s -> k -> s.platform().findChannel(s.place().id())),
        question("conversations.members", s -> k -> s.platform().members(s.place())),
        question("conversations.history", s -> k -> read(s)),
        question(
            "conversations.replies",
            s -> {
              String root = s.world().people().types("ada", s.place().id(), "root");
              s.world().people().replies("ada", s.place().id(), root, "reply");
              return k -> read(s);
            }),
        question(
            "users.conversations",
            s -> {
              s.world().people().channel("made-later");
              return k -> s.platform().findChannel("made-later");
            }),
        question("users.info", s -> k -> s.platform().findPerson(s.ada().id())),
        question(
            "users.lookupByEmail",
            s -> {
              s.ada();
              return k -> s.platform().findPerson("ada@acme.invalid");
            }),
        question("usergroups.list", s -> group(s)),
        question("usergroups.users.list", s -> group(s)));
  }

  private static ChatOutcome<?> read(Scene s) {
    return s.platform()
        .readHistory(s.place(), s.clock().instant().minus(Duration.ofHours(1)), Optional.empty());
  }

  private static RepeatedOrder group(Scene s) {
    new SlackRoster(s.world().slack()).group("sre", "ada");
    return k -> s.platform().findGroup("@sre");
  }

  /** Returns whether a line of the ledger is what this order was given for. */
  boolean counts(LedgerEntry entry) {
    return Stream.of(effect.split("/"))
        .anyMatch(begin -> !begin.isEmpty() && entry.effect().startsWith(begin));
  }
}

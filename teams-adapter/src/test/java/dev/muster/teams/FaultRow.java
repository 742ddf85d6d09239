// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.OnceKey;
import dev.muster.teams.fake.FakeCall;
import dev.muster.teams.fake.FakeFault;
import dev.muster.teams.fake.FakeTeams;
import dev.muster.teams.fake.FakeTenant;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RepeatedOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One call of the sign-in, the connector or Graph in the fault matrix: the order that leads to it,
 * and what the ledger must say in the end.
 *
 * @param call the call that suffers
 * @param counts the call whose carrying out is counted
 * @param least how often it must have happened
 * @param most how often it may have happened
 * @param preparing sets the scene, before the fault is armed
 */
record FaultRow(
    FakeCall call, FakeCall counts, int least, int most, Function<Scene, RepeatedOrder> preparing) {

  private static final BotMessage SAID = BotMessage.line("Said once.");
  private static final int ANY = Integer.MAX_VALUE;

  /** A world at its beginning. */
  record Scene(TeamsChatWorld world, ManualClock clock) {

    ChatPlatform platform() {
      return world.platform();
    }

    ChannelRef place() {
      return world.meetingPlace().channel();
    }

    UserRef ada() {
      return world.person("ada").ref();
    }

    private static <T> T done(ChatOutcome<T> outcome) {
      return ((ChatOutcome.Done<T>) outcome).value();
    }

    private OnceKey key(String name) {
      return OnceKey.first(name, clock.instant());
    }

    ChannelRef opened(boolean isPrivate) {
      ChannelSpec spec = new ChannelSpec("inc-1", "", isPrivate, "");
      ChannelRef channel = done(platform().openChannel(key("before"), spec)).channel();
      // By then Teams knows it everywhere.
      clock.advance(Duration.ofMinutes(2));
      return channel;
    }

    MessageRef posted() {
      return done(platform().post(key("posted"), place(), Optional.empty(), SAID));
    }

    ReplyTo reply(Optional<String> handle) {
      return new ReplyTo(
          ada(), place(), handle, clock.instant().plus(Duration.ofMinutes(30)), Optional.empty());
    }

    FormOpening opening() {
      return new FormOpening(place().id(), clock.instant().plus(Duration.ofMinutes(30)));
    }
  }

  RepeatedOrder prepare(Scene scene) {
    return preparing.apply(scene);
  }

  /** What nobody can look up again: it is not said twice, and the order ends by saying so. */
  boolean once() {
    return call == FakeCall.SEND_TARGETED;
  }

  /** A chat was made already when this call is turned away; only looking finds it again. */
  boolean beganBefore() {
    return call == FakeCall.INSTALL_APP;
  }

  @Override
  public String toString() {
    return call.name();
  }

  private static FaultRow change(FakeCall call, Function<Scene, RepeatedOrder> preparing) {
    return new FaultRow(call, call, 1, 1, preparing);
  }

  private static FaultRow repeatable(FakeCall call, Function<Scene, RepeatedOrder> preparing) {
    return new FaultRow(call, call, 1, ANY, preparing);
  }

  /** What is asked on the way to a change; the change is made once. */
  private static FaultRow before(
      FakeCall call, FakeCall counts, Function<Scene, RepeatedOrder> preparing) {
    return new FaultRow(call, counts, 1, 1, preparing);
  }

  private static FaultRow question(FakeCall call, Function<Scene, RepeatedOrder> preparing) {
    return new FaultRow(call, FakeCall.SEND, 0, 0, preparing);
  }

  static List<FaultRow> all() {
    List<FaultRow> all = new ArrayList<>(signingIn());
    all.addAll(messages());
    all.addAll(privately());
    all.addAll(channels());
    all.addAll(chats());
    all.addAll(questions());
    return all;
  }

  /** Each side has a token of its own. */
  private static List<FaultRow> signingIn() {
    ChannelSpec spec = new ChannelSpec("inc-6-login", "", false, "");
    return List.of(
        before(
            FakeCall.SIGN_IN,
            FakeCall.SEND,
            s -> k -> s.platform().post(k, s.place(), Optional.empty(), SAID)),
        before(
            FakeCall.SIGN_IN,
            FakeCall.CREATE_CHANNEL,
            s -> k -> s.platform().openChannel(k, spec)));
  }

  private static List<FaultRow> messages() {
    return List.of(
        change(FakeCall.SEND, s -> k -> s.platform().post(k, s.place(), Optional.empty(), SAID)),
        repeatable(FakeCall.UPDATE, s -> onMessage(s, m -> s.platform().edit(m, SAID))),
        change(FakeCall.DELETE, s -> onMessage(s, m -> s.platform().delete(m))),
        before(
            FakeCall.GET_MEMBER,
            FakeCall.SEND,
            s -> {
              List<UserRef> people = List.of(s.ada());
              return k -> s.platform().invite(s.place(), people);
            }),
        new FaultRow(
            FakeCall.LIST_REPLIES,
            FakeCall.SEND,
            0,
            0,
            s -> {
              Optional<String> thread = Optional.of(s.posted().id());
              return lost(s, FakeCall.SEND, k -> s.platform().post(k, s.place(), thread, SAID));
            }));
  }

  /** Gives the order once with its reply lost; given again it has to find out. */
  private static RepeatedOrder lost(Scene s, FakeCall call, RepeatedOrder order) {
    OnceKey key = s.key("lost");
    s.world().teams().arm(call, FakeFault.LOSES_THE_REPLY);
    order.give(key);
    return k -> order.give(new OnceKey(key.value(), k.attempt() + 1, key.firstTriedAt()));
  }

  private static RepeatedOrder onMessage(Scene s, Function<MessageRef, ChatOutcome<?>> act) {
    MessageRef message = s.posted();
    s.clock().advance(Duration.ofSeconds(10));
    return k -> act.apply(message);
  }

  private static List<FaultRow> privately() {
    return List.of(
        new FaultRow(
            FakeCall.SEND_TARGETED,
            FakeCall.SEND_TARGETED,
            0,
            1,
            s -> {
              ReplyTo reply = s.reply(Optional.of(s.place().id()));
              return k -> s.platform().tell(k, reply, SAID);
            }),
        repeatable(
            FakeCall.UPDATE_TARGETED,
            s -> {
              Scene.done(s.platform().openForm(s.opening(), s.ada(), form()));
              return k -> s.platform().updateForm(s.ada(), form());
            }),
        before(
            FakeCall.OPEN_DIRECT,
            FakeCall.SEND,
            s -> {
              ReplyTo reply = s.reply(Optional.empty());
              return k -> s.platform().tell(k, reply, SAID);
            }));
  }

  private static Form form() {
    return new Form(
        "f1",
        "Declare an incident",
        "Declare",
        "Opens a channel.",
        List.of(new Form.Field("title", "Title", Form.Kind.LINE, true, "", "", List.of(), 250)));
  }

  private static List<FaultRow> channels() {
    ChannelSpec spec = new ChannelSpec("inc-7-checkout", "", false, "");
    return List.of(
        change(FakeCall.CREATE_CHANNEL, s -> k -> s.platform().openChannel(k, spec)),
        new FaultRow(
            FakeCall.LIST_CHANNELS,
            FakeCall.CREATE_CHANNEL,
            0,
            0,
            s -> lost(s, FakeCall.CREATE_CHANNEL, k -> s.platform().openChannel(k, spec))),
        repeatable(
            FakeCall.CHANGE_CHANNEL,
            s -> {
              ChannelRef channel = s.opened(false);
              return k -> s.platform().rename(channel, "inc-1-other");
            }),
        before(
            FakeCall.GET_CHANNEL,
            FakeCall.CHANGE_CHANNEL,
            s -> {
              ChannelRef channel = s.opened(false);
              return k -> s.platform().setTopic(channel, "SEV1");
            }),
        change(
            FakeCall.ARCHIVE,
            s -> {
              ChannelRef channel = s.opened(false);
              return k -> s.platform().archive(channel);
            }),
        change(
            FakeCall.UNARCHIVE,
            s -> {
              ChannelRef channel = s.opened(false);
              Scene.done(s.platform().archive(channel));
              return k -> s.platform().unarchive(channel);
            }));
  }

  private static List<FaultRow> chats() {
    ChannelSpec spec = new ChannelSpec("inc-8-leak", "", true, "");
    Function<Scene, RepeatedOrder> open = s -> k -> s.platform().openChannel(k, spec);
    return List.of(
        change(FakeCall.CREATE_CHAT, open),
        before(FakeCall.INSTALL_APP, FakeCall.CREATE_CHAT, open),
        new FaultRow(
            FakeCall.LIST_CHATS,
            FakeCall.CREATE_CHAT,
            0,
            0,
            s -> lost(s, FakeCall.CREATE_CHAT, k -> s.platform().openChannel(k, spec))),
        repeatable(
            FakeCall.ADD_MEMBER,
            s -> {
              ChannelRef chat = s.opened(true);
              List<UserRef> people = List.of(s.ada());
              return k -> s.platform().invite(chat, people);
            }),
        repeatable(
            FakeCall.RENAME_CHAT,
            s -> {
              ChannelRef chat = s.opened(true);
              return k -> s.platform().rename(chat, "inc-1-other");
            }),
        question(
            FakeCall.LIST_CHAT_MESSAGES,
            s -> {
              ChannelRef chat = s.opened(true);
              return k -> read(s, chat);
            }),
        question(
            FakeCall.GET_CHAT_MESSAGE,
            s -> {
              MessageRef typed = typed(s, s.opened(true), Optional.empty());
              return k -> s.platform().readMessage(typed);
            }));
  }

  private static MessageRef typed(Scene s, ChannelRef where, Optional<String> thread) {
    return s.world().types(s.world().person("ada"), where, thread, "The words of a person.");
  }

  private static List<FaultRow> questions() {
    return List.of(
        question(FakeCall.LIST_MEMBERS, s -> k -> s.platform().members(s.place())),
        question(
            FakeCall.GET_TEAM,
            s -> {
              ChannelRef elsewhere =
                  TeamsGround.ref(s.world().teams().tenant().channel("elsewhere", ""));
              // Nobody has told yet which group the team is.
              String li = s.world().teams().tenant().person("li").aad();
              Person early = new Person(new UserRef("teams", li), "li");
              s.world().types(early, elsewhere, Optional.empty(), "The words of a person.");
              return k -> read(s, elsewhere);
            }),
        question(FakeCall.GET_PRIMARY_CHANNEL, s -> k -> s.platform().findPerson(s.ada().id())),
        question(FakeCall.LIST_MESSAGES, s -> k -> read(s, s.place())),
        question(
            FakeCall.GET_MESSAGE,
            s -> {
              MessageRef typed = typed(s, s.place(), Optional.empty());
              return k -> s.platform().readMessage(typed);
            }),
        question(
            FakeCall.GET_REPLY,
            s -> {
              MessageRef root = typed(s, s.place(), Optional.empty());
              MessageRef reply = typed(s, s.place(), Optional.of(root.id()));
              return k -> s.platform().readMessage(reply);
            }),
        question(
            FakeCall.LIST_GROUP_MEMBERS,
            s -> {
              s.ada();
              return k -> s.platform().findGroup(FakeTenant.EVERYBODY);
            }));
  }

  private static ChatOutcome<?> read(Scene s, ChannelRef channel) {
    return s.platform()
        .readHistory(channel, s.clock().instant().minus(Duration.ofHours(1)), Optional.empty());
  }

  /** Returns how often what this order was given for was carried out, among those calls. */
  long carriedOut(List<FakeTeams.Call> calls) {
    return calls.stream()
        .filter(each -> each.done() && each.kind().filter(counts::equals).isPresent())
        .count();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.slack.fake.FakeFault;
import dev.muster.teams.fake.FakeCall;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** One bot, everybody it knows, and the means to break what lies between. */
interface Stage extends AutoCloseable {

  /** On which chat. */
  enum Chat {
    /** The built-in one, in the bot's own process: its calls break at the port. */
    BUILT_IN {
      @Override
      Stage open(Path folder, Path classesInFront) {
        return new WebStage(folder, classesInFront);
      }

      /** It is never away: it is the bot. */
      @Override
      List<Turn.Kind> faults() {
        return super.faults().stream().filter(kind -> kind != Turn.Kind.AWAY).toList();
      }

      /** A request of a person or of monitoring carries no order of its own. */
      @Override
      List<Postman.Fault> deliveryFaults() {
        return List.of(Postman.Fault.AGAIN);
      }

      @Override
      List<String> calls() {
        return List.of(
            "openChannel", "setTopic", "invite", "post", "post", "post", "edit", "pin", "tell");
      }

      @Override
      List<String> callFaults() {
        return names(CallFaults.Fault.values());
      }

      @Override
      int atOnce() {
        return 3;
      }
    },
    /** Slack over HTTP; its calls break on the wire. */
    SLACK {
      @Override
      Stage open(Path folder, Path classesInFront) {
        return ChatStage.onSlack(folder);
      }

      @Override
      List<String> calls() {
        return List.of(
            "conversations.create",
            "conversations.setTopic",
            "conversations.setPurpose",
            "conversations.invite",
            "conversations.history",
            "chat.postMessage",
            "chat.postMessage",
            "chat.postMessage",
            "chat.postEphemeral",
            "chat.update",
            "pins.add",
            "bookmarks.add",
            "users.info");
      }

      @Override
      List<String> callFaults() {
        return names(FakeFault.values());
      }
    },
    /** Teams; its calls break on the wire. */
    TEAMS {
      @Override
      Stage open(Path folder, Path classesInFront) {
        return ChatStage.onTeams(folder);
      }

      @Override
      List<String> calls() {
        return Stream.of(
                FakeCall.SEND,
                FakeCall.SEND,
                FakeCall.SEND,
                FakeCall.SEND_TARGETED,
                FakeCall.UPDATE,
                FakeCall.CREATE_CHANNEL,
                FakeCall.LIST_CHANNELS,
                FakeCall.GET_CHANNEL,
                FakeCall.CHANGE_CHANNEL,
                FakeCall.GET_MEMBER,
                FakeCall.LIST_MESSAGES,
                FakeCall.LIST_REPLIES,
                FakeCall.SIGN_IN)
            .map(Enum::name)
            .toList();
      }

      /** What is slow there is slow by the clock of a test in one process. */
      @Override
      List<String> callFaults() {
        Set<String> inOneProcess = Set.of("ANSWERS_SLOWLY", "ANSWERS_TOO_LATE");
        return names(dev.muster.teams.fake.FakeFault.values()).stream()
            .filter(fault -> !inOneProcess.contains(fault))
            .toList();
      }
    };

    /**
     * Starts a bot on it, with one incident open.
     *
     * @param classesInFront a folder that stands first on the class path; null for none
     */
    abstract Stage open(Path folder, Path classesInFront);

    /** Returns what somebody may do; what stands there twice is done twice as often. */
    List<Turn.Kind> acts() {
      return List.of(
          Turn.Kind.DECLARE,
          Turn.Kind.ALERT,
          Turn.Kind.SAY,
          Turn.Kind.DEED,
          Turn.Kind.DEED,
          Turn.Kind.SEVERITY,
          Turn.Kind.ESCALATE,
          Turn.Kind.ROLL_BACK,
          Turn.Kind.ROLL_BACK,
          Turn.Kind.APPROVE,
          Turn.Kind.APPROVE,
          Turn.Kind.REST);
    }

    /** Returns what may go wrong. */
    List<Turn.Kind> faults() {
      return List.of(
          Turn.Kind.CALL,
          Turn.Kind.CALL,
          Turn.Kind.CALL,
          Turn.Kind.TARGET,
          Turn.Kind.TARGET,
          Turn.Kind.DELIVERY,
          Turn.Kind.AWAY,
          Turn.Kind.KILL,
          Turn.Kind.KILL,
          Turn.Kind.RESTART,
          Turn.Kind.SLOW_DISK,
          Turn.Kind.CLOCK,
          Turn.Kind.FREEZE);
    }

    /** Returns how a delivery may go wrong. */
    List<Postman.Fault> deliveryFaults() {
      return List.of(Postman.Fault.values());
    }

    /** Returns which calls may go wrong. */
    abstract List<String> calls();

    /** Returns how a call may go wrong. */
    abstract List<String> callFaults();

    /** Returns how many acts may be under way at once. */
    int atOnce() {
      return 1;
    }

    /** An operator has to mend credentials, so they are not what ends by itself. */
    private static List<String> names(Enum<?>[] all) {
      return Arrays.stream(all)
          .map(Enum::name)
          .filter(name -> !name.equals("CREDENTIALS_REFUSED"))
          .toList();
    }
  }

  /** Returns the bot. */
  CrashBot bot();

  /** Lets somebody act; returns once it is acknowledged, or lost its way by an armed fault. */
  void act(Turn turn);

  /** Lets something go wrong from now on. */
  void arm(Turn turn);

  /** Returns whether nothing is pending. */
  boolean rests();

  /** The chat takes everything again. */
  void back();

  /** Returns how often the bot noticed that the clock of its machine was set. */
  int clockSteps();

  /** What a bot refuses whose clock is wrong is brought once more when it is right. */
  void clockIsWrong(boolean wrong);

  /** Ends all faults. */
  void heal();

  /** Returns every broken promise as a sentence, once all has come to rest. */
  List<String> problems();

  @Override
  void close();
}

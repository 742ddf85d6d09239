// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.Space;
import dev.muster.store.NoticeBoard;
import dev.muster.store.NoticeBoard.Notice;
import dev.muster.telemetry.Telemetry;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators what only they can mend: at once, then once a day while it lasts, privately to
 * the admins, and in the announcements of another platform when no admin can be reached, or when a
 * platform does not know the bot any more and nobody is an admin. Whoever looks at the pages sees
 * it as well; the log names platform and topic.
 */
final class Notices {

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final Duration TELL_EVERY = Duration.ofDays(1);

  /** A need that comes and goes is one need. */
  private static final Duration QUIET_FOR = Duration.ofHours(1);

  private static final String SLOT = "notice/";

  private final Holds holds;
  private final Telemetry telemetry;

  Notices(Holds holds, Telemetry telemetry) {
    this.holds = holds;
    this.telemetry = telemetry;
  }

  /** Takes what an adapter noticed. */
  void heard(Moment moment, ChatEvent.OperatorNotice event) {
    if (event.topic().equals(ChatEvent.OperatorNotice.CREDENTIALS)) {
      hold(event);
    }
    if (event.over()) {
      over(moment, event.platform(), event.topic());
    } else {
      raise(moment, event.platform(), event.topic(), event.sentence());
    }
  }

  /** A platform that says it does not know the bot any more need not refuse an order first. */
  private void hold(ChatEvent.OperatorNotice event) {
    if (event.over()) {
      holds.works(event.platform());
    } else {
      holds.refused(event.platform());
    }
  }

  /** Says that an operator is needed. */
  void raise(Moment moment, String platform, String topic, String sentence) {
    NoticeBoard board = new NoticeBoard(moment.tx());
    Optional<Notice> open = board.find(platform, topic);
    boolean tell = open.isEmpty() || !open.get().told().plus(TELL_EVERY).isAfter(moment.now());
    Notice notice =
        new Notice(
            platform,
            topic,
            open.map(Notice::since).orElse(moment.now()),
            tell ? moment.now() : open.get().told(),
            sentence);
    board.put(notice);
    showAdmins(moment);
    if (tell && !wasToldLately(moment, notice)) {
      announce(moment, notice);
    }
  }

  /** Something stored cannot be read and was set aside; everything else goes on. */
  void unreadable(Moment moment, String what) {
    raise(
        moment,
        "store",
        "unreadable-" + what,
        "A stored "
            + what
            + " cannot be read and was set aside: a newer version of Muster wrote it, or the file"
            + " is damaged. Start the newer version, or compare the incidents of today with their"
            + " channels, and run doctor, which checks the file.");
  }

  /** Says that the operator is no longer needed. */
  void over(Moment moment, String platform, String topic) {
    NoticeBoard board = new NoticeBoard(moment.tx());
    if (board.find(platform, topic).isPresent()) {
      if (topic.equals(ChatEvent.OperatorNotice.CREDENTIALS)) {
        Patience.knownAgain(moment, platform);
      }
      end(moment, platform, topic);
    }
  }

  private static void end(Moment moment, String platform, String topic) {
    new NoticeBoard(moment.tx()).remove(platform, topic);
    LOG.info("operator_notice_over platform={} topic={}", platform, topic);
    showAdmins(moment);
    write(moment, platform, topic, "No longer needed on " + platform + ": " + topic + ".");
  }

  private static void showAdmins(Moment moment) {
    moment.settings().access().admins().forEach(admin -> HomeDesk.changedFor(moment, admin));
  }

  /** Ends what was needed about the channels of an incident that is done. */
  static void ended(Moment moment, Incident incident) {
    NoticeBoard board = new NoticeBoard(moment.tx());
    for (Space space : incident.spaces()) {
      board.open().stream()
          .filter(notice -> notice.platform().equals(space.platform()))
          .map(Notice::topic)
          .filter(topic -> topic.endsWith("/" + space.channel().id()))
          .forEach(topic -> end(moment, space.platform(), topic));
    }
  }

  private boolean wasToldLately(Moment moment, Notice notice) {
    String name = "told/" + notice.platform() + "/" + notice.topic();
    boolean lately =
        moment
            .tx()
            .note(name)
            .map(Instant::parse)
            .filter(at -> at.plus(QUIET_FOR).isAfter(moment.now()))
            .isPresent();
    if (!lately) {
      moment.tx().keepNote(name, moment.now().toString());
    }
    return lately;
  }

  private void announce(Moment moment, Notice notice) {
    // A sentence may hold a channel's name, which is made of an incident's title.
    LOG.warn("operator_needed platform={} topic={}", notice.platform(), notice.topic());
    moment
        .tx()
        .afterCommit(
            () -> telemetry.count("muster_operator_notices_total", "platform", notice.platform()));
    write(moment, notice.platform(), notice.topic(), notice.sentence());
    tell(moment, notice);
  }

  private static void write(Moment moment, String platform, String topic, String sentence) {
    Facts.journal(
        moment,
        NewEntry.of(moment.now(), EntryKind.OPERATOR_NOTICE, new Actor.Bot(), sentence)
            .because(topic)
            .with(Map.of("platform", platform, "topic", topic)));
  }

  private void tell(Moment moment, Notice notice) {
    String words = "Muster needs an operator (" + notice.platform() + "): " + notice.sentence();
    BotMessage message = BotMessage.line(words).withTone(Tone.WARNING);
    String slot = SLOT + notice.platform() + "/" + notice.topic() + "/" + notice.told();
    List<UserRef> reachable =
        moment.settings().access().admins().stream()
            .filter(admin -> isOn(moment, admin.platform()) && !holds.isHeld(admin.platform()))
            .filter(admin -> !isDead(notice, admin.platform()))
            .toList();
    for (UserRef admin : reachable) {
      new Orders(moment).show(new Target.Direct(admin), slot, "", Priority.PAGING, message);
    }
    boolean nobody = moment.settings().access().admins().isEmpty();
    if (reachable.isEmpty() && (!nobody || isDead(notice, notice.platform()))) {
      elsewhere(moment, notice, slot, message);
    }
  }

  /** A platform takes no direct messages: its admins are called where incidents are announced. */
  static void notTold(Moment moment, UserRef admin, String slot, BotMessage message) {
    if (!slot.startsWith(SLOT)) {
      return;
    }
    List<Person> admins =
        moment.settings().access().admins().stream()
            .filter(other -> other.platform().equals(admin.platform()))
            .map(other -> People.known(moment, other))
            .toList();
    new Orders(moment)
        .show(
            new Target.Announcements(admin.platform()),
            slot,
            "",
            Priority.PAGING,
            message.withMentions(admins));
  }

  /** Returns what an admin is asked to mend; empty for anybody else. */
  static List<String> askedOf(Moment moment, UserRef user) {
    return moment.settings().access().admins().contains(user)
        ? new NoticeBoard(moment.tx())
            .open().stream().map(open -> open.platform() + ": " + open.sentence()).toList()
        : List.of();
  }

  private static boolean isOn(Moment moment, String platform) {
    return moment.settings().announceChannels().containsKey(platform);
  }

  private static boolean isDead(Notice notice, String platform) {
    return notice.topic().equals(ChatEvent.OperatorNotice.CREDENTIALS)
        && notice.platform().equals(platform);
  }

  /** No admin can be reached: everybody on another platform learns that one is needed. */
  private void elsewhere(Moment moment, Notice notice, String slot, BotMessage message) {
    moment.settings().announceChannels().keySet().stream()
        .filter(platform -> !holds.isHeld(platform) && !isDead(notice, platform))
        .forEach(
            platform ->
                new Orders(moment)
                    .show(new Target.Announcements(platform), slot, "", Priority.PAGING, message));
  }
}

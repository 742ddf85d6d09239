// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.spi.Capability;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Milestone;
import dev.muster.incident.Space;
import dev.muster.store.Timers.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets the channels of open incidents be read once more from time to time, in case a platform never
 * told of something: hourly where it tells of every change, every ten minutes where it does not,
 * and there once more as a whole before the postmortem is drafted. The draft waits for that, but
 * not for long.
 */
final class RoomReading {

  /** How often where a platform tells of edits, deletions and reactions by itself. */
  static final Duration SELDOM = Duration.ofHours(1);

  /** How often where it need not. */
  static final Duration OFTEN = Duration.ofMinutes(10);

  /** The draft is better without the last edits than late. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration OVERLAP = Duration.ofMinutes(5);
  private static final Duration LOOKS_AGAIN = Duration.ofSeconds(1);
  private static final String SINCE = "since";
  private static final String UNTIL = "until";
  private static final String PLATFORM = "platform";
  private static final String CHANNELS = "channels";

  private final Platforms platforms;
  private final Postmortems postmortems;

  RoomReading(Platforms platforms, Postmortems postmortems) {
    this.platforms = platforms;
    this.postmortems = postmortems;
  }

  /** Plans to read once more what is said from now on; what is planned stays planned. */
  void plan(Moment moment, Incident incident) {
    if (incident.status().isOpen()) {
      channels(incident).forEach(space -> plan(moment, incident, space.platform()));
    }
  }

  private void plan(Moment moment, Incident incident, String platform) {
    String subject = incident.id() + "/" + platform;
    if (moment.tx().timers().find(TimerKinds.ROOM_READ, subject).isEmpty()) {
      Map<String, String> details = Map.of(SINCE, moment.now().toString(), PLATFORM, platform);
      Instant due = moment.now().plus(tellsAll(platform) ? SELDOM : OFTEN);
      moment
          .tx()
          .timers()
          .set(new Timer(TimerKinds.ROOM_READ, subject, Optional.of(incident.id()), due, details));
    }
  }

  private static List<Space> channels(Incident incident) {
    return incident.spaces().stream().filter(space -> space.thread().isEmpty()).toList();
  }

  /** Where nobody knows the platform, nothing can be read anyway. */
  private boolean tellsAll(String platform) {
    return platforms
        .find(platform)
        .filter(found -> !found.capabilities().contains(Capability.REACTIONS_HEARD))
        .isEmpty();
  }

  private boolean isReadInTheEnd(String platform) {
    return !tellsAll(platform)
        && platforms
            .find(platform)
            .filter(found -> found.capabilities().contains(Capability.HISTORY))
            .isPresent();
  }

  /** Orders a channel to be read once more, and plans the next time. */
  void due(Moment moment, Timer timer) {
    Instant noted = Instant.parse(timer.details().get(SINCE));
    Instant since = ClockSteps.earliest(moment, noted).minus(OVERLAP);
    Optional<String> platform = Optional.ofNullable(timer.details().get(PLATFORM));
    timer
        .incident()
        .flatMap(id -> moment.tx().incidents().find(id))
        .filter(incident -> incident.status().isOpen())
        .ifPresent(
            incident -> {
              channels(incident).stream()
                  .filter(space -> platform.filter(p -> !p.equals(space.platform())).isEmpty())
                  .forEach(
                      space -> new Orders(moment).readAgain(incident.id(), space.channel(), since));
              plan(moment, incident);
            });
  }

  /** Drafts the postmortem of a closed incident, once its channels have been read as a whole. */
  void beforeTheDraft(Moment moment, Incident incident) {
    List<Space> last =
        channels(incident).stream().filter(space -> isReadInTheEnd(space.platform())).toList();
    if (last.isEmpty()) {
      postmortems.draft(moment, incident);
      return;
    }
    Instant declared = incident.reached(Milestone.DECLARED).orElse(moment.now());
    Instant since = ClockSteps.earliest(moment, declared).minus(OVERLAP);
    last.forEach(space -> new Orders(moment).readAgain(incident.id(), space.channel(), since));
    Instant until = moment.now().plus(PATIENCE);
    Set<String> waits =
        last.stream().map(space -> named(space.channel())).collect(Collectors.toSet());
    drafts(moment, incident, until, new Waiting(until, waits));
  }

  /** Until when the draft waits at most, and for which channels. */
  private record Waiting(Instant until, Set<String> channels) {

    static Waiting of(Timer timer) {
      String channels = timer.details().get(CHANNELS);
      return new Waiting(
          Instant.parse(timer.details().get(UNTIL)),
          channels.isEmpty() ? Set.of() : Set.of(channels.split(" ")));
    }

    Waiting without(String channel) {
      return new Waiting(
          until, channels.stream().filter(c -> !c.equals(channel)).collect(Collectors.toSet()));
    }

    Map<String, String> details() {
      return Map.of(UNTIL, until.toString(), CHANNELS, String.join(" ", channels));
    }
  }

  private static String named(ChannelRef channel) {
    return channel.platform() + "/" + channel.id();
  }

  private static void drafts(Moment moment, Incident incident, Instant due, Waiting waiting) {
    String subject = incident.id().toString();
    moment
        .tx()
        .timers()
        .set(
            new Timer(
                TimerKinds.DRAFT, subject, Optional.of(incident.id()), due, waiting.details()));
  }

  /** A channel was read once more, or could not be. */
  void read(Moment moment, ChannelRef channel) {
    Optional<Incident> found = moment.tx().incidents().livingIn(channel);
    Optional<Timer> timer =
        found.flatMap(i -> moment.tx().timers().find(TimerKinds.DRAFT, i.id().toString()));
    if (timer.isPresent()) {
      Waiting left = Waiting.of(timer.get()).without(named(channel));
      Instant due = left.channels().isEmpty() ? moment.now() : timer.get().due();
      drafts(moment, found.get(), due, left);
    }
  }

  /** Drafts, once what was read has been handled; a reopened incident needs no draft. */
  void draftDue(Moment moment, Timer timer) {
    Optional<Incident> found =
        timer
            .incident()
            .flatMap(id -> moment.tx().incidents().find(id))
            .filter(incident -> incident.status() == IncidentStatus.CLOSED);
    if (found.isEmpty()) {
      return;
    }
    Waiting waiting = Waiting.of(timer);
    boolean late = !moment.now().isBefore(waiting.until());
    if (late || moment.tx().inbox().backlog() == 0) {
      postmortems.draft(moment, found.get());
    } else {
      drafts(moment, found.get(), moment.now().plus(LOOKS_AGAIN), waiting);
    }
  }
}

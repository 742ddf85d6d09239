// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import com.slack.api.Slack;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.GapWatch;
import dev.muster.chat.spi.Memory;
import dev.muster.chat.spi.OperatorNotices;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.chat.spi.TheirClock;
import dev.muster.slack.client.ChannelDirectory;
import dev.muster.slack.client.Identity;
import dev.muster.slack.client.LateWindows;
import dev.muster.slack.client.SlackApi;
import dev.muster.slack.inbound.OutOfWindow;
import dev.muster.slack.inbound.Pulse;
import dev.muster.slack.inbound.PushIntake;
import dev.muster.slack.inbound.RequestVerifier;
import dev.muster.slack.inbound.SlackRoute;
import dev.muster.slack.socket.SocketMode;
import dev.muster.slack.socket.SocketTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How Slack reaches us: by requests, by connections that we open, or by both, with one intake
 * behind them; when an operator changes that, it follows within seconds. Notices what was missed,
 * and when nothing comes any more. Any thread may call.
 */
final class Hearing implements AutoCloseable {

  /** By as much a clock is wrong that was set by the time of another zone. */
  static final Duration FURTHEST = Duration.ofHours(15);

  private static final String CALLED = "called/http";
  private static final String UNHEARD = "events_stopped";
  private static final String OTHER_SECRET =
      " Requests came whose signature does not fit: copy the Signing Secret of the app's page"
          + " \"Basic Information\" into platforms.slack.signing-secret and reload the"
          + " configuration; restart where it comes from the environment.";

  private static final String OTHER_TIME =
      " Requests came whose time is more than five minutes from this machine's clock, and were"
          + " refused: set the clock right.";

  private final Supplier<SlackSettings> settings;
  private final Supplier<SocketMode> sockets;
  private final RequestDoor door;
  private final RequestVerifier verifier;
  private final OutOfWindow outside = new OutOfWindow();
  private final PlatformRuntime runtime;
  private final ChannelDirectory directory;
  private final Identity identity;
  private final Pulse pulse;
  private final PushIntake intake;
  private final OperatorNotices notices;
  private final TheirClock theirs;
  private final GapWatch gaps;
  private volatile Optional<SocketMode> socket;
  private volatile boolean knownToBeCalled;
  private boolean started;

  /**
   * What both ways share.
   *
   * @param api calls Slack
   * @param identity who we are
   * @param directory the names of channels
   * @param late replaces windows whose answer came late
   * @param notices tells operators
   * @param theirs knows what Slack's clock shows
   * @param timing the times of Socket Mode
   */
  record Parts(
      SlackApi api,
      Identity identity,
      ChannelDirectory directory,
      LateWindows late,
      OperatorNotices notices,
      TheirClock theirs,
      SocketTiming timing) {}

  /**
   * Registers the route; connects nothing.
   *
   * @param settings what is in force, asked for again and again
   */
  Hearing(Supplier<SlackSettings> settings, Parts parts, ChatInbox inbox, PlatformRuntime runtime) {
    this.settings = settings;
    this.runtime = runtime;
    this.directory = parts.directory();
    this.identity = parts.identity();
    this.pulse = new Pulse(runtime.clock());
    this.gaps =
        new GapWatch(
            SlackPlatform.NAME, inbox, runtime.memory(), runtime.telemetry(), this::alertChannels);
    this.intake = intake(parts, parts.api().sdk(), inbox);
    this.notices = parts.notices();
    this.theirs = parts.theirs();
    String apiUrl = settings.get().apiUrl();
    this.sockets = () -> socketMode(parts, apiUrl);
    this.socket = settings.get().opensSockets() ? Optional.of(sockets.get()) : Optional.empty();
    this.door = new RequestDoor(settings, runtime.clock());
    this.verifier = new RequestVerifier(() -> settings.get().signingSecret());
    SlackRoute route =
        new SlackRoute(
            door::isOpen, verifier, outside, intake, runtime.clock(), runtime.telemetry());
    runtime.route("POST", SlackRoute.PATH, route);
    runtime.telemetry().gauge("muster_slack_seconds_since_push", pulse::secondsSincePush);
  }

  private PushIntake intake(Parts parts, Slack sdk, ChatInbox inbox) {
    return new PushIntake(
        new PushIntake.Parts(
            identity,
            directory,
            parts.late(),
            runtime.executor(),
            sdk,
            pulse,
            parts.notices(),
            gaps::deaf),
        inbox,
        runtime.clock(),
        runtime.telemetry());
  }

  private SocketMode socketMode(Parts parts, String apiUrl) {
    return new SocketMode(
        new SocketMode.Parts(
            parts.api(),
            apiUrl,
            () -> settings.get().appToken(),
            intake,
            gaps,
            notices,
            theirs,
            parts.timing()),
        runtime);
  }

  /** Returns the channels that are read as alerts; empty while nobody knows where they are. */
  private Optional<List<ChannelRef>> alertChannels() {
    return identity
        .ifKnown()
        .map(
            known ->
                settings.get().alertChannels().stream()
                    .flatMap(channel -> idOf(channel).stream())
                    .map(id -> new ChannelRef(SlackPlatform.NAME, id))
                    .toList());
  }

  private Optional<String> idOf(String nameOrId) {
    return directory.nameOf(nameOrId).isEmpty() ? directory.idOf(nameOrId) : Optional.of(nameOrId);
  }

  /** Begins to hear. */
  synchronized void start() {
    started = true;
    socket.ifPresent(SocketMode::start);
    look();
  }

  /**
   * Opens or ends connections when an operator changed the mode. Slack and we do not change over at
   * the same moment, so what was said meanwhile is read afterwards.
   */
  private synchronized void follow() {
    boolean wanted = settings.get().opensSockets();
    if (!started || wanted == socket.isPresent()) {
      return;
    }
    gaps.deaf(runtime.clock().instant());
    if (wanted) {
      SocketMode opened = sockets.get();
      opened.start();
      socket = Optional.of(opened);
    } else {
      socket.ifPresent(SocketMode::leave);
      socket = Optional.empty();
    }
  }

  /** Requests come without our doing, so while they are the way, we are listening. */
  void look() {
    theirs.look();
    follow();
    verifier.heed(runtime.clock().instant());
    boolean takesRequests = door.isOpen() && settings.get().hearsRequests();
    pulse.look();
    pulse.takeEndedSilence().ifPresent(gaps::deaf);
    Instant now = runtime.clock().instant();
    outside.take(now).ifPresent(gaps::deaf);
    boolean byRequests = takesRequests && socket.map(SocketMode::isSwitchedOff).orElse(true);
    // What is refused for its time shows that Slack sends, and is read from the history.
    if (byRequests && (!pulse.isSilent() || outside.isUnderWay(now))) {
      gaps.listening(now, now);
      rememberFirstPush();
    }
    // Without any connection nothing can come, and that is told already.
    if (byRequests || socket.map(SocketMode::live).orElse(0) > 0) {
      tellOfSilence(byRequests);
    }
  }

  /** The first request ever is remembered, so that an examination can tell whether one came. */
  private void rememberFirstPush() {
    if (!knownToBeCalled && pulse.isFelt()) {
      runtime.memory().put(List.of(Memory.Write.of(CALLED, runtime.clock().instant().toString())));
      knownToBeCalled = true;
    }
  }

  private void tellOfSilence(boolean byRequests) {
    if (pulse.isSilent()) {
      String address = runtime.publicUrl() + SlackRoute.PATH;
      notices.tell(
          UNHEARD,
          "Slack sends no events: Muster posted, and for ten minutes its own message has not come"
              + " back. What people write is missing from timelines until they come; it is read up"
              + " then. Open the app's page \"Event Subscriptions\" and switch events on again"
              + (byRequests ? ", and see that its request URL is " + address + " and verified" : "")
              + "."
              + (verifier.isMisfit() ? OTHER_SECRET : "")
              + (outside.isUnderWay(runtime.clock().instant()) ? OTHER_TIME : ""));
    } else if (pulse.isProved()) {
      notices.over(UNHEARD, "Slack sends events again.");
    }
  }

  /** Notes that the bot posted; where it is no member, it does not hear itself. */
  void posted(MessageRef message) {
    if (!directory.nameOf(message.channel().id()).isEmpty()) {
      pulse.posted(message.channel().id(), message.id());
    }
  }

  /** Returns by how much the machine's clock is ahead of Slack's, as far as is known. */
  Optional<Duration> clockAhead() {
    return theirs.ahead();
  }

  /** Returns what keeps Slack from reaching us, if we can know; may wait a few seconds. */
  Optional<String> finding() {
    Optional<SocketMode> connected = socket;
    if (connected.isPresent()) {
      return connected.get().finding();
    }
    if (!knownToBeCalled && !pulse.isFelt() && runtime.memory().get(CALLED).isEmpty()) {
      return Optional.of(neverCalled(runtime.publicUrl()));
    }
    return pulse.isSilent()
        ? Optional.of(
            "Slack sends no events. Switch them on again on the app's page \"Event"
                + " Subscriptions\".")
        : Optional.empty();
  }

  /** Slack takes https addresses only, and cannot reach one that means this machine to itself. */
  static String neverCalled(String publicUrl) {
    String address = publicUrl + SlackRoute.PATH;
    String pages =
        " as request URL on the app's pages \"Event Subscriptions\", \"Interactivity & Shortcuts\""
            + " and \"Slash Commands\"";
    return publicUrl.startsWith("https://")
        ? "Slack has never called "
            + address
            + ". Write this address"
            + pages
            + ", and see that Slack can reach it from the Internet; while Muster runs, the first"
            + " page shows Verified."
        : "Slack has never called "
            + address
            + " and never will: it calls https addresses on the Internet only. Set"
            + " server.public-url to the one under which it reaches Muster, and write that with "
            + SlackRoute.PATH
            + " behind it"
            + pages
            + "; or write mode: socket, which needs no address.";
  }

  /** Ends everything that was begun. */
  @Override
  public synchronized void close() {
    started = false;
    socket.ifPresent(SocketMode::close);
    intake.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.Slack;
import com.slack.api.bolt.response.Response;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.OperatorNotices;
import dev.muster.chat.spi.Receipt;
import dev.muster.slack.client.ChannelDirectory;
import dev.muster.slack.client.Identity;
import dev.muster.slack.client.LateWindows;
import dev.muster.telemetry.Telemetry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes what is known to be from Slack, whichever way it came: reads what it means, stores that,
 * and only then says that it may be acknowledged. What means nothing to us is acknowledged as well,
 * because Slack switches off an app that refuses too much. A repeat is handled like a first try;
 * the store knows what it has. Any thread may call.
 */
public final class PushIntake implements AutoCloseable {

  private static final Set<String> BY_HAND =
      Set.of("block_actions", "view_submission", "shortcut", "message_action");

  private static final String FOREIGN_TEAM = "foreign_team";

  private final ChatInbox inbox;
  private final Identity identity;
  private final EventDecoder decoder;
  private final ChannelDirectory directory;
  private final Executor executor;
  private final Pulse pulse;
  private final OperatorNotices notices;
  private final SdkBridge bolt;
  private final Telemetry telemetry;
  private final Consumer<Instant> missed;
  private final InstantSource clock;

  /** Creates the intake. */
  public PushIntake(Parts parts, ChatInbox inbox, InstantSource clock, Telemetry telemetry) {
    this.inbox = inbox;
    this.identity = parts.identity();
    this.directory = parts.directory();
    this.executor = parts.executor();
    this.pulse = parts.pulse();
    this.notices = parts.notices();
    this.decoder = new EventDecoder(parts.identity()::ifKnown, directory::nameOf);
    this.bolt =
        new SdkBridge(parts.slack(), inbox, new AnswerSlot(parts.late(), parts.executor()), clock);
    this.telemetry = telemetry;
    this.missed = parts.missed();
    this.clock = clock;
  }

  /**
   * What the intake is made of.
   *
   * @param identity knows which messages are the bot's own
   * @param directory knows the names of channels
   * @param late replaces windows whose answer came late
   * @param executor runs that replacement
   * @param slack the SDK object that Bolt is given
   * @param pulse is told that something came
   * @param notices knows of what operators are told
   * @param missed is told when an event was not stored; Slack repeats it, but not for ever
   */
  public record Parts(
      Identity identity,
      ChannelDirectory directory,
      LateWindows late,
      Executor executor,
      Slack slack,
      Pulse pulse,
      OperatorNotices notices,
      Consumer<Instant> missed) {}

  /** Takes one payload of the Events API and waits until it is stored. */
  public Taken event(JsonNode payload) {
    return event(payload, delivery -> CompletableFuture.completedFuture(inbox.accept(delivery)))
        .join();
  }

  /** Takes one payload of the Events API; the future completes once it is stored. */
  CompletableFuture<Taken> eventSoon(JsonNode payload) {
    return event(payload, inbox::acceptSoon);
  }

  private CompletableFuture<Taken> event(
      JsonNode payload, Function<Delivery, CompletableFuture<Receipt>> accept) {
    Decoded decoded = decoded(payload);
    return decoded instanceof Decoded.Ignored nothing
        ? CompletableFuture.completedFuture(ignored(nothing.reason()))
        : store(((Decoded.Heard) decoded).delivery(), accept);
  }

  private Decoded decoded(JsonNode payload) {
    pulse.pushed();
    if (!StrictJson.text(payload, "type").equals("event_callback")) {
      return new Decoded.Ignored("unknown_type");
    }
    boolean forUs =
        isOurs(StrictJson.text(payload, "team_id"))
            || payload.path("authorizations").findValuesAsText("team_id").stream()
                .anyMatch(this::isOurs);
    if (!forUs) {
      return new Decoded.Ignored(FOREIGN_TEAM);
    }
    Decoded decoded = decoder.decode(payload);
    feel(payload.path("event"), decoded);
    return decoded;
  }

  /** Our own posts come back while Slack delivers to us; what others say shows the same. */
  private void feel(JsonNode event, Decoded decoded) {
    boolean own =
        decoded instanceof Decoded.Ignored nothing
            && nothing.reason().equals(MessageDecoder.OWN_MESSAGE);
    if (own) {
      pulse.heardOurselves(StrictJson.text(event, "channel"), StrictJson.text(event, "ts"));
    } else if (StrictJson.text(event, "type").equals("message")) {
      pulse.heardAnything();
    }
  }

  /**
   * Only the workspace whose token we hold is served; a shared channel's event from the other side
   * names us among those it is for. Until Slack has said who we are, the signature has to do.
   */
  private boolean isOurs(String team) {
    return team.isEmpty()
        || identity.ifKnown().map(self -> self.teamId().equals(team)).orElse(true);
  }

  /** Notes that Slack called without telling anything, as it does to verify an address. */
  public void called() {
    pulse.pushed();
  }

  /** Takes a push of a kind that nobody knows. */
  public Taken unknown() {
    return ignored("unknown_type");
  }

  /** What Slack gives up to repeat before it can be stored has to be read in the history. */
  private CompletableFuture<Taken> store(
      Delivery delivery, Function<Delivery, CompletableFuture<Receipt>> accept) {
    if (delivery.event() instanceof ChatEvent.ChannelChanged changed) {
      keepName(changed);
    }
    CompletableFuture<Receipt> receipt;
    try {
      receipt = accept.apply(delivery);
    } catch (RuntimeException | Error e) {
      missed.accept(clock.instant());
      throw e;
    }
    return receipt
        .whenComplete(
            (done, error) -> {
              if (!(done instanceof Receipt.Stored)) {
                missed.accept(clock.instant());
              }
            })
        .thenApply(done -> done instanceof Receipt.Stored ? stored(delivery) : notStored());
  }

  private Taken stored(Delivery delivery) {
    if (delivery.event() instanceof ChatEvent.OperatorNotice told) {
      notices.told(told.topic());
    }
    return new Taken.Acknowledged("");
  }

  private void keepName(ChatEvent.ChannelChanged changed) {
    switch (changed.change()) {
      case RENAMED -> directory.note(changed.channel().id(), changed.name());
      case ARCHIVED, DELETED -> directory.forget(changed.channel().id());
      case UNARCHIVED, BOT_REMOVED -> executor.execute(directory::refresh);
      case BOT_ADDED -> {
        if (directory.isStrange(changed.channel().id())) {
          executor.execute(directory::refresh);
        }
      }
      case SHARED, UNSHARED -> {}
    }
  }

  /**
   * Takes what somebody did by hand: a command, a press, a form or a shortcut.
   *
   * @param text the form-encoded body
   * @param sentAt when Slack sent it
   */
  public Taken byHand(String text, Instant sentAt) {
    pulse.pushed();
    Optional<Map<String, String>> fields = FormBody.read(text);
    if (fields.isEmpty()) {
      return refused("malformed", "The body is not a form.");
    }
    if (fields.get().containsKey("ssl_check")) {
      return new Taken.Acknowledged("");
    }
    if (!fields.get().containsKey("payload")) {
      if (!fields.get().containsKey("command")) {
        return ignored("unknown_type");
      }
      return isOurs(fields.get().getOrDefault("team_id", ""))
          ? byBolt(text, WithoutSecrets.of(fields.get()), sentAt)
          : ignored(FOREIGN_TEAM);
    }
    Optional<JsonNode> payload = StrictJson.object(fields.get().get("payload"));
    if (payload.isEmpty()) {
      return refused("malformed", "The payload is not one JSON object.");
    }
    String team = StrictJson.text(payload.get(), "team", "id");
    if (!isOurs(team)) {
      return foreign(payload.get(), team, sentAt);
    }
    // Bolt writes what it does not know into the log, whole; so it gets nothing of that kind.
    return BY_HAND.contains(StrictJson.text(payload.get(), "type"))
        ? byBolt(
            FormBody.write(Map.of("payload", payload.get().toString())),
            WithoutSecrets.of(payload.get()),
            sentAt)
        : ignored("unknown_type");
  }

  /**
   * A person of another company may read but not act. What they press in a channel that is shared
   * with them is heard as theirs, so that they are told why nothing happens.
   */
  private Taken foreign(JsonNode payload, String team, Instant sentAt) {
    boolean press =
        StrictJson.text(payload, "type").equals("block_actions")
            && !StrictJson.text(payload, "channel", "id").isEmpty()
            && identity.ifKnown().isPresent();
    if (!press) {
      return ignored(FOREIGN_TEAM);
    }
    ObjectNode heard = payload.deepCopy();
    heard.withObject("/team").put("id", identity.ifKnown().orElseThrow().teamId());
    heard.withObject("/user").put("team_id", team);
    String text = FormBody.write(Map.of("payload", heard.toString()));
    return byBolt(text, WithoutSecrets.of(heard), sentAt);
  }

  /** A payload that misses what it must have makes the decoder throw. */
  private Taken byBolt(String text, byte[] raw, Instant sentAt) {
    try {
      return answer(bolt.run(text, raw, sentAt.getEpochSecond()));
    } catch (NullPointerException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return refused("incomplete", "The payload misses a part that it must have.");
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("Bolt did not handle a request", e);
    }
  }

  private Taken answer(Response response) {
    return switch (response.getStatusCode()) {
      case 200 -> new Taken.Acknowledged(response.getBody() == null ? "" : response.getBody());
      case 503 -> notStored();
      default -> refused("not_understood", "The payload is not understood.");
    };
  }

  private Taken notStored() {
    telemetry.count("muster_chat_not_stored_total", "platform", "slack");
    return new Taken.NotStored();
  }

  private Taken ignored(String reason) {
    telemetry.count("muster_chat_ignored_total", "platform", "slack", "reason", reason);
    return new Taken.Acknowledged("");
  }

  private Taken refused(String reason, String sentence) {
    telemetry.count("muster_chat_refused_total", "platform", "slack", "reason", reason);
    return new Taken.Refused(reason, sentence);
  }

  /** Ends Bolt's threads. */
  @Override
  public void close() {
    bolt.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.PlatformRuntime;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of the built-in chat together; creating connects nothing. */
final class WebChat {

  private static final long PING_SECONDS = 15;
  private static final long TIDY_MINUTES = 10;
  private static final Logger LOG = LoggerFactory.getLogger(WebChat.class);

  private final WebChatConfig config;
  private final PlatformRuntime runtime;
  private final ChatRecords records;
  private final MessageIds messageIds;
  private final LiveStream live;
  private final Channels channels;
  private final BotMessages bot;
  private final Hearing hearing;
  private final Uploads uploads;
  private final KeptAnswers kept;
  private final Queue<ScheduledFuture<?>> standing = new ConcurrentLinkedQueue<>();

  WebChat(WebChatConfig config, ChatInbox inbox, PlatformRuntime runtime) {
    this.config = config;
    this.runtime = runtime;
    Json json = new Json();
    Object changing = new Object();
    records = new ChatRecords(runtime.memory(), json);
    messageIds = new MessageIds(runtime.memory());
    live = new LiveStream(runtime.executor(), json);
    channels = new Channels(records, live, runtime.publicUrl());
    bot = new BotMessages(records, messageIds, live, runtime.clock(), changing);
    hearing = new Hearing(runtime.publicUrl());
    uploads = new Uploads(runtime.files());
    kept = new KeptAnswers(runtime.memory(), runtime.clock());
    PersonMessages people =
        new PersonMessages(records, messageIds, bot, live, inbox, hearing, changing);
    Routes routes = new Routes(runtime);
    new SpeakRoutes(records, json, people, runtime.ids()).register(routes);
    new ActRoutes(records, json, people, bot, hearing, runtime.ids()).register(routes);
    new FileRoutes(records, json, people, uploads, runtime.ids()).register(routes);
    new ReadRoutes(records, json, messageIds, live).register(routes);
    new PageRoutes().register(routes);
  }

  /** Makes the channels that always exist and begins to keep connections open. */
  void start() {
    Channels.ALWAYS.forEach(name -> channels.ensure(name, topicOf(name)));
    config.alertChannels().stream()
        .map(Channels::legal)
        .forEach(name -> channels.ensure(name, topicOf("alerts")));
    messageIds.take().close();
    repeat(live::ping, PING_SECONDS, TimeUnit.SECONDS);
    repeat(this::tidy, TIDY_MINUTES, TimeUnit.MINUTES);
  }

  private void repeat(Runnable task, long every, TimeUnit unit) {
    standing.add(runtime.executor().scheduleWithFixedDelay(task, every, every, unit));
  }

  /** A store that takes no writes now takes them later. */
  private void tidy() {
    try {
      kept.turn();
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("error", e.getClass().getSimpleName()).log("web_chat_not_tidied");
    }
  }

  private static String topicOf(String name) {
    return switch (name) {
      case "incidents" -> "Incidents are announced here.";
      case "alerts" -> "Alert messages posted here are read and may open incidents.";
      default -> "For everybody.";
    };
  }

  void close() {
    standing.forEach(task -> task.cancel(false));
    standing.clear();
    live.close();
  }

  Instant now() {
    return runtime.clock().instant();
  }

  Supplier<String> ids() {
    return runtime.ids();
  }

  ChatRecords records() {
    return records;
  }

  Channels channels() {
    return channels;
  }

  BotMessages bot() {
    return bot;
  }

  Hearing hearing() {
    return hearing;
  }

  Uploads uploads() {
    return uploads;
  }
}

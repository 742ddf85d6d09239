// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.spi.RouteAnswer.EventSink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/**
 * Tells everybody who listens what has changed, in order, each only what they may see. A listener
 * that falls behind is let go; the page then connects again and reads what it missed.
 */
final class LiveStream {

  /** How many events wait for one listener before it is let go. */
  private static final int LONGEST_QUEUE = 1_000;

  private final Executor executor;
  private final Json json;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  LiveStream(Executor executor, Json json) {
    this.executor = executor;
    this.json = json;
  }

  /** Lets a person listen until they go. */
  void listen(String viewer, EventSink sink) {
    Listener listener = new Listener(viewer, sink);
    listeners.add(listener);
    sink.onClose(() -> listeners.remove(listener));
    listener.tell(new Event("hello", "{}", ""));
  }

  void message(WireChannel channel, WireMessage message) {
    Event event = new Event("message", json.write(message.shownIn(channel)), message.id());
    for (Listener listener : listeners) {
      if (channel.isSeenBy(listener.viewer) && message.isSeenBy(listener.viewer)) {
        listener.tell(event);
      }
    }
  }

  void channel(WireChannel channel) {
    tell(channel, new Event("channel", json.write(channel.shown()), ""));
  }

  /** Tells that a channel goes by another name from now on, and not by which it went before. */
  void renamed(WireChannel channel) {
    tell(channel, new Event("renamed", json.write(channel.shown()), ""));
  }

  private void tell(WireChannel channel, Event event) {
    listeners.stream().filter(l -> channel.isSeenBy(l.viewer)).forEach(l -> l.tell(event));
  }

  /** Keeps connections open and finds out who has gone. */
  void ping() {
    listeners.forEach(l -> l.tell(new Event("ping", "{}", "")));
  }

  void close() {
    listeners.forEach(l -> l.sink.close());
    listeners.clear();
  }

  private record Event(String name, String text, String id) {}

  /** One connection; its events are sent one after another, by one thread at a time. */
  private final class Listener {
    private final String viewer;
    private final EventSink sink;
    private final Deque<Event> queue = new ArrayDeque<>();
    private boolean sending;

    Listener(String viewer, EventSink sink) {
      this.viewer = viewer;
      this.sink = sink;
    }

    synchronized void tell(Event event) {
      queue.add(event);
      if (queue.size() > LONGEST_QUEUE) {
        queue.clear();
        leave();
      } else if (!sending) {
        sending = true;
        executor.execute(this::send);
      }
    }

    private void send() {
      for (Event event = next(); event != null; event = next()) {
        if (!sink.send(event.name(), event.text(), event.id())) {
          leave();
        }
      }
    }

    private synchronized Event next() {
      Event event = queue.poll();
      sending = event != null;
      return event;
    }

    private void leave() {
      listeners.remove(this);
      sink.close();
    }
  }
}

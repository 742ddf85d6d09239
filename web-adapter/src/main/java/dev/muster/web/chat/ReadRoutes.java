// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.chat.spi.RouteRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The calls by which people read: channels, messages, people, and the live stream. */
final class ReadRoutes {

  /** Messages looked at for the newest that somebody sees. */
  private static final int LOOK_BACK = 50;

  private final ChatRecords records;
  private final Json json;
  private final MessageIds ids;
  private final LiveStream live;

  ReadRoutes(ChatRecords records, Json json, MessageIds ids, LiveStream live) {
    this.records = records;
    this.json = json;
    this.ids = ids;
    this.live = live;
  }

  void register(Routes routes) {
    routes.add("GET", "/api/v1/chat/channels", this::channels);
    routes.add("GET", "/api/v1/chat/people", this::people);
    routes.add("GET", "/api/v1/chat/channels/{name}/messages", this::messages);
    routes.add("GET", "/api/v1/chat/stream", this::stream);
  }

  private RouteAnswer channels(RouteRequest request) throws Refusal {
    ApiCall call = ApiCall.reading(request, records);
    String viewer = call.viewer();
    String listener = call.listener();
    List<WireChannel> seen =
        records.channels().stream()
            .filter(channel -> channel.isSeenBy(viewer))
            .map(channel -> channel.withNewest(newest(channel.id(), listener)).shown())
            .toList();
    return RouteAnswer.json(200, json.write(Map.of("items", seen)));
  }

  /** Mostly the last message is for everybody, and there may be thousands of channels to ask. */
  private String newest(String channel, String viewer) {
    return Stream.of(1, LOOK_BACK)
        .flatMap(count -> records.before(channel, "", count).stream())
        .filter(message -> message.isNewsTo(viewer))
        .map(WireMessage::id)
        .findFirst()
        .orElse(null);
  }

  private RouteAnswer people(RouteRequest request) {
    return RouteAnswer.json(200, json.write(Map.of("items", records.people())));
  }

  private RouteAnswer messages(RouteRequest request) throws Refusal {
    ApiCall call = ApiCall.reading(request, records);
    WireChannel channel = call.channel(call.pathPart("name"), call.viewer());
    Wanted wanted = new Wanted(channel.id(), call.listener(), call.cursor("thread"), call.limit());
    Map<String, Object> body = new LinkedHashMap<>();
    if (call.query("before").isPresent()) {
      List<WireMessage> newestFirst = collect(wanted, call.cursor("before"), false);
      List<WireMessage> items = new ArrayList<>(page(channel, newestFirst, wanted.limit()));
      Collections.reverse(items);
      body.put("items", items);
      body.put("previous", newestFirst.size() > wanted.limit() ? items.get(0).id() : null);
      body.put("next", null);
    } else {
      List<WireMessage> found = collect(wanted, call.cursor("after"), true);
      List<WireMessage> items = page(channel, found, wanted.limit());
      body.put("items", items);
      body.put("next", found.size() > wanted.limit() ? items.get(items.size() - 1).id() : null);
    }
    return RouteAnswer.json(200, json.write(body));
  }

  /**
   * Which messages are wanted.
   *
   * @param channel of which channel
   * @param viewer who reads
   * @param thread of which thread; empty for all
   * @param limit how many at most
   */
  private record Wanted(String channel, String viewer, String thread, int limit) {
    boolean fits(WireMessage message) {
      return message.isSeenBy(viewer)
          && (thread.isEmpty() || message.id().equals(thread) || thread.equals(message.thread()));
    }
  }

  private static List<WireMessage> page(WireChannel channel, List<WireMessage> found, int limit) {
    return found.stream().limit(limit).map(message -> message.shownIn(channel)).toList();
  }

  /** Collects one message more than wanted, if there is one, so that the end is known. */
  private List<WireMessage> collect(Wanted wanted, String start, boolean forwards) {
    Optional<String> end = ids.earliestOnTheWay();
    List<WireMessage> found = new ArrayList<>();
    String cursor = start;
    List<WireMessage> page;
    do {
      page =
          forwards
              ? records.after(wanted.channel(), cursor, wanted.limit() + 1)
              : records.before(wanted.channel(), cursor, wanted.limit() + 1);
      for (WireMessage message : page) {
        cursor = message.id();
        if (wanted.fits(message) && (end.isEmpty() || cursor.compareTo(end.get()) < 0)) {
          found.add(message);
        }
      }
    } while (page.size() > wanted.limit() && found.size() <= wanted.limit());
    return found;
  }

  private RouteAnswer stream(RouteRequest request) throws Refusal {
    String viewer = ApiCall.reading(request, records).viewer();
    return new RouteAnswer.Events(sink -> live.listen(viewer, sink));
  }
}

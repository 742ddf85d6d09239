// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one incident leaves behind when all went well, to be doctored. */
final class SoundEvidence {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  final List<Evidence.Heard> heard = new ArrayList<>();
  final List<StoreNow.Delivery> deliveries = new ArrayList<>();
  final List<StoreNow.Order> orders = new ArrayList<>();
  final List<StoreNow.Fact> facts = new ArrayList<>();
  final List<StoreNow.Due> timers = new ArrayList<>();
  final List<StoreNow.Opened> incidents = new ArrayList<>();
  final List<String> damage = new ArrayList<>();
  final List<Line> lines = new ArrayList<>();
  final List<Line> announcements = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  final Map<String, String> sinks = new HashMap<>();
  final Set<String> secrets = new HashSet<>();
  final Map<String, Set<String>> confidential = new HashMap<>();
  int rooms = 1;
  String topic = "SEV2 investigating";
  int callsBeforeRestore;

  private long seq;

  SoundEvidence() {
    heard.add(new Evidence.Heard(Evidence.Kind.DECLARED, "Outage one"));
    heard.add(new Evidence.Heard(Evidence.Kind.SAID, "word one"));
    deliver(1, "Outage one");
    deliver(1, "word one");
    incidents.add(new StoreNow.Opened(1, "outage one", true));
    fact("incident_declared", "", "Ada declared.", Map.of("severity", "SEV2"));
    fact("channel_opened", "", "", Map.of());
    fact("channel_ready", "", "", Map.of());
    fact("message_logged", "m1", "word one", Map.of());
    fact("escalation_started", "", "", Map.of("level", "1"));
    step("step_approved", "d1");
    step("step_dispatched", "d1");
    step("step_succeeded", "d1");
    order(3);
    timers.add(new StoreNow.Due("summary", "INC-1", NOW.plusSeconds(60)));
    lines.add(new Line(true, false, "SEV2 · INC-1 · Outage one"));
    lines.add(new Line(false, false, "word one"));
    announcements.add(new Line(true, false, "SEV2 · INC-1 · Outage one"));
    calls.add("key-d1");
    sinks.put("log", "started");
  }

  void deliver(int state, String body) {
    deliveries.add(
        new StoreNow.Delivery("d" + deliveries.size(), state, NOW.minusSeconds(600), body));
  }

  void order(int state) {
    orders.add(
        new StoreNow.Order(
            "o" + orders.size(), 1, "INC-1/chat", state, NOW.minusSeconds(600), "{}"));
  }

  void fact(String kind, String ref, String text, Map<String, String> details) {
    factAt(NOW.minusSeconds(600), kind, ref, text, details);
  }

  void run(String version) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.putObject("parameters").put("version", version);
    facts.add(
        new StoreNow.Fact(
            1, ++seq, NOW.minusSeconds(600), "runbook_started", "r" + seq, "person", "", details));
  }

  void factAt(Instant at, String kind, String ref, String text, Map<String, String> details) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    details.forEach(node::put);
    facts.add(new StoreNow.Fact(1, ++seq, at, kind, ref, "bot", text, node));
  }

  void step(String kind, String digest) {
    fact(kind, "run/" + digest, "", Map.of("digest", digest, "idempotencyKey", "key-" + digest));
  }

  Evidence evidence() {
    List<Room> all = new ArrayList<>();
    for (int i = 0; i < rooms; i++) {
      all.add(new Room("C" + i, "inc-1-outage" + i, lines, topic, List.of("ada")));
    }
    return new Evidence(
        NOW,
        heard,
        new StoreNow(deliveries, orders, facts, timers, incidents, damage),
        all,
        announcements,
        calls,
        sinks,
        new Evidence.Rules(
            true,
            Duration.ofSeconds(60),
            List.of(Duration.ZERO, Duration.ofMinutes(30)),
            secrets,
            confidential,
            callsBeforeRestore));
  }
}

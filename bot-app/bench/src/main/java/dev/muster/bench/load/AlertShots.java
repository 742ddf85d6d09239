// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;

/**
 * Calls that state fifty alerts each, of a hundred names. The alerts are numbered; a number has
 * eight digits and its last two are the name's.
 */
public final class AlertShots implements Shots {

  /** How many alerts one call states. */
  public static final int IN_ONE = 50;

  /** One alert in so many is new; the others repeat any of those before. */
  private static final int NEW_IN = 20;

  private static final long SEED = 20_260_105;
  private static final String NUMBER = "77777777";
  private static final String NAME = "Check-99";
  private static final String STATED =
      """
      "labels":{"alertname":"Check-99","cluster":"eu-west-1","instance":"node-77777777:9100",\
      "job":"node","service":"checkout","severity":"critical"},\
      "annotations":{"summary":"The check fails on node-77777777",\
      "description":"The check has failed for more than five minutes on node-77777777:9100."},\
      "startsAt":"2026-01-05T09:00:00Z",\
      "generatorURL":"http://prometheus.example.com/graph?g0.expr=up%3D%3D0&g0.tab=1"\
      """;

  /** How a server wants to be told. */
  public enum Wording {
    /** As Alertmanager posts to a webhook. */
    WEBHOOK(
        "/alerts/bench",
        "{\"version\":\"4\",\"status\":\"firing\",\"alerts\":[",
        "{\"status\":\"firing\",\"fingerprint\":\"0000000077777777\"," + STATED + "}",
        "]}"),
    /** As Prometheus posts to Alertmanager. */
    API("/api/v2/alerts", "[", "{" + STATED + "}", "]");

    private final String path;
    private final String body;

    Wording(String path, String before, String alert, String behind) {
      this.path = path;
      this.body = before + (alert + ",").repeat(IN_ONE - 1) + alert + behind;
    }
  }

  private final byte[] body;
  private final byte[] head;
  private final List<Integer> numbers;
  private final List<Integer> names;
  private final LongUnaryOperator numberOf;
  private long made;

  private AlertShots(Wording wording, LongUnaryOperator numberOf) {
    body = wording.body.getBytes(StandardCharsets.US_ASCII);
    head =
        ("POST "
                + wording.path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                + "Content-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    numbers = places(wording.body, NUMBER);
    names = places(wording.body, NAME);
    this.numberOf = numberOf;
  }

  /** Every alert is another, beginning with that number. */
  public static AlertShots distinct(Wording wording, long first) {
    return new AlertShots(wording, i -> first + i);
  }

  /** One alert in twenty is new, beginning with that number. */
  public static AlertShots storm(Wording wording, long first) {
    SplittableRandom random = new SplittableRandom(SEED);
    return new AlertShots(
        wording, i -> first + (i % NEW_IN == 0 ? i / NEW_IN : random.nextLong(1 + i / NEW_IN)));
  }

  private static List<Integer> places(String body, String mark) {
    List<Integer> places = new ArrayList<>();
    for (int at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length())) {
      places.add(at);
    }
    return places;
  }

  @Override
  public void next(ByteBuffer into) {
    int each = numbers.size() / IN_ONE;
    for (int alert = 0; alert < IN_ONE; alert++) {
      long number = numberOf.applyAsLong(made++);
      for (int i = alert * each; i < (alert + 1) * each; i++) {
        write(number, numbers.get(i) + NUMBER.length(), NUMBER.length());
      }
      write(number % 100, names.get(alert) + NAME.length(), 2);
    }
    into.put(head).put(body);
  }

  private void write(long number, int end, int digits) {
    long left = number;
    for (int i = end - 1; i >= end - digits; i--) {
      body[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }
}

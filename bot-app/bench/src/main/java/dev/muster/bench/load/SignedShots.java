// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Requests as Slack signs them, made from one body in which every {@link #NUMBER} becomes a number
 * that never comes twice and every {@link #MOMENT} a time of its own, as Slack's ids and times are.
 */
public final class SignedShots implements Shots {

  /** Stands for a number of twelve digits. */
  public static final String NUMBER = "777777777777";

  /** Stands for a time as Slack writes it, seconds and microseconds. */
  public static final String MOMENT = "7777777777.777777";

  private static final int MICROS = 1_000_000;

  private final byte[] body;
  private final String type;
  private final SlackPost post;
  private final List<Integer> numbers;
  private final List<Integer> moments;
  private long made;

  /**
   * @param type the content type
   * @param body as it is sent, with the two marks
   * @param secret what Slack signs with
   * @param first the first number; different loads of one server must not share any
   */
  public SignedShots(String type, String body, String secret, long first) {
    this.body = body.getBytes(StandardCharsets.UTF_8);
    this.type = type;
    this.post = new SlackPost(secret);
    this.numbers = places(body, NUMBER);
    this.moments = places(body, MOMENT);
    this.made = first;
  }

  private static List<Integer> places(String body, String mark) {
    List<Integer> places = new ArrayList<>();
    for (int at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length())) {
      places.add(body.substring(0, at).getBytes(StandardCharsets.UTF_8).length);
    }
    return places;
  }

  @Override
  public void next(ByteBuffer into) {
    made++;
    long seconds = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    for (int place : numbers) {
      write(made, place, NUMBER.length());
    }
    for (int place : moments) {
      write(seconds, place, 10);
      write(made % MICROS, place + 11, 6);
    }
    post.put(into, type, body);
  }

  private void write(long number, int place, int digits) {
    long left = number;
    for (int i = place + digits - 1; i >= place; i--) {
      body[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }
}

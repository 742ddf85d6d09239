// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.slack.fake.Signed;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiFunction;

/** What somebody without the secret can do to a genuine request that they caught. */
enum Forgery {
  BIT_FLIPPED((request, random) -> request.withBody(flipped(request.body(), random))),
  BYTE_ADDED((request, random) -> request.withBody(longer(request.body(), random))),
  BYTE_TAKEN((request, random) -> request.withBody(shorter(request.body(), random))),
  CUT_OFF((r, random) -> r.withBody(Arrays.copyOf(r.body(), random.nextInt(r.body().length)))),
  NOTHING_LEFT((request, random) -> request.withBody(new byte[0])),
  MARKED_AS_UNICODE((request, random) -> request.withBody(marked(request.body()))),
  IN_LATIN_1((r, random) -> r.withBody(new String(r.body(), UTF_8).getBytes(ISO_8859_1))),
  IN_UTF_16((r, random) -> r.withBody(new String(r.body(), UTF_8).getBytes(UTF_16))),
  DOUBLED((r, random) -> r.withBody(together(r.body(), r.body()))),
  UNSIGNED((request, random) -> request.with(RawRequest.SIGNATURE)),
  UNTIMED((request, random) -> request.with(RawRequest.TIMESTAMP)),
  EMPTY_SIGNATURE((request, random) -> request.with(RawRequest.SIGNATURE, "")),
  SIGNED_TWICE_BADLY_FIRST(
      (r, random) -> r.with(RawRequest.SIGNATURE, guessed(random), signature(r))),
  SIGNED_TWICE_BADLY_LAST(
      (r, random) -> r.with(RawRequest.SIGNATURE, signature(r), guessed(random))),
  SIGNED_TWICE_ON_ONE_LINE(
      (r, random) -> r.with(RawRequest.SIGNATURE, guessed(random) + ", " + signature(r))),
  SIGNED_TWICE_ALIKE((r, random) -> r.with(RawRequest.SIGNATURE, signature(r), signature(r))),
  TIMED_TWICE(
      (r, random) ->
          r.with(RawRequest.TIMESTAMP, timestamp(r), "" + (seconds(r) + random.nextInt(100)))),
  OTHER_VERSION((r, random) -> r.with(RawRequest.SIGNATURE, "v1" + signature(r).substring(2))),
  WITHOUT_VERSION((r, random) -> r.with(RawRequest.SIGNATURE, signature(r).substring(3))),
  IN_CAPITALS((r, random) -> r.with(RawRequest.SIGNATURE, signature(r).toUpperCase(Locale.ROOT))),
  SPACE_INSIDE((r, random) -> r.with(RawRequest.SIGNATURE, spaced(signature(r), random))),
  DIGIT_CHANGED((r, random) -> r.with(RawRequest.SIGNATURE, digit(signature(r), random))),
  SIGNATURE_CUT((r, random) -> r.with(RawRequest.SIGNATURE, cut(signature(r), random))),
  SIGNATURE_LONGER((r, random) -> r.with(RawRequest.SIGNATURE, signature(r) + "00")),
  GUESSED((r, random) -> r.with(RawRequest.SIGNATURE, guessed(random))),
  OTHER_SECRET((r, random) -> r.with(RawRequest.SIGNATURE, otherSecret(r, random))),
  TIME_MOVED((r, random) -> r.with(RawRequest.TIMESTAMP, "" + (seconds(r) + near(random)))),
  TIME_BELOW_ZERO((r, random) -> r.with(RawRequest.TIMESTAMP, "-" + timestamp(r))),
  TIME_WITH_A_SIGN((r, random) -> r.with(RawRequest.TIMESTAMP, "+" + timestamp(r))),
  TIME_BEYOND_A_LONG((r, random) -> r.with(RawRequest.TIMESTAMP, timestamp(r) + "0000000000000")),
  TIME_IN_MILLIS((r, random) -> r.with(RawRequest.TIMESTAMP, timestamp(r) + "000")),
  TIME_WITH_ZEROS((r, random) -> r.with(RawRequest.TIMESTAMP, "0" + timestamp(r))),
  TIME_IN_LETTERS((r, random) -> r.with(RawRequest.TIMESTAMP, words(random))),
  TIME_WITH_A_FRACTION((r, random) -> r.with(RawRequest.TIMESTAMP, timestamp(r) + ".0")),
  TIME_OF_ARABIC_DIGITS((r, random) -> r.with(RawRequest.TIMESTAMP, arabic(timestamp(r))));

  private final BiFunction<RawRequest, Random, RawRequest> act;

  Forgery(BiFunction<RawRequest, Random, RawRequest> act) {
    this.act = act;
  }

  /** Returns the request as it is sent on. */
  RawRequest of(RawRequest genuine, Random random) {
    return act.apply(genuine, random);
  }

  private static String signature(RawRequest request) {
    return request.value(RawRequest.SIGNATURE);
  }

  private static String timestamp(RawRequest request) {
    return request.value(RawRequest.TIMESTAMP);
  }

  private static long seconds(RawRequest request) {
    return Long.parseLong(timestamp(request));
  }

  /** A time within the five minutes that is not the one that was signed. */
  private static int near(Random random) {
    return 1 + random.nextInt(299);
  }

  private static byte[] flipped(byte[] body, Random random) {
    byte[] changed = body.clone();
    changed[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
    return changed;
  }

  private static byte[] longer(byte[] body, Random random) {
    int at = random.nextInt(body.length + 1);
    byte[] one = {(byte) random.nextInt(256)};
    return together(
        together(Arrays.copyOf(body, at), one), Arrays.copyOfRange(body, at, body.length));
  }

  private static byte[] shorter(byte[] body, Random random) {
    int at = random.nextInt(body.length);
    return together(Arrays.copyOf(body, at), Arrays.copyOfRange(body, at + 1, body.length));
  }

  private static byte[] marked(byte[] body) {
    return together(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, body);
  }

  private static byte[] together(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  private static String guessed(Random random) {
    StringBuilder guess = new StringBuilder("v0=");
    for (int i = 0; i < 64; i++) {
      guess.append(Character.forDigit(random.nextInt(16), 16));
    }
    return guess.toString();
  }

  private static String spaced(String signature, Random random) {
    int at = 1 + random.nextInt(signature.length() - 1);
    return signature.substring(0, at) + " " + signature.substring(at);
  }

  private static String digit(String signature, Random random) {
    int at = 3 + random.nextInt(64);
    char other = signature.charAt(at) == '0' ? '1' : '0';
    return signature.substring(0, at) + other + signature.substring(at + 1);
  }

  private static String cut(String signature, Random random) {
    return signature.substring(0, 1 + random.nextInt(signature.length() - 1));
  }

  private static String otherSecret(RawRequest request, Random random) {
    java.time.Instant at = java.time.Instant.ofEpochSecond(seconds(request));
    return Signed.signature(request.body(), at, "a-guess-at-the-secret-" + random.nextInt());
  }

  private static String words(Random random) {
    String[] all = {"now", "soon", "0x6B00", "1e9", "NaN", "null", "١", "17951l0138"};
    return all[random.nextInt(all.length)];
  }

  private static String arabic(String digits) {
    StringBuilder other = new StringBuilder();
    digits.chars().forEach(digit -> other.append((char) (digit - '0' + '\u0660')));
    return other.toString();
  }
}

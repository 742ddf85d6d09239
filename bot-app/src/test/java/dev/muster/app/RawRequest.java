// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.slack.fake.Signed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A request to {@code /slack/events} whose every byte a test decides.
 *
 * @param lines the header lines but those about length
 * @param body the body before it is framed
 */
record RawRequest(List<String> lines, byte[] body) {

  static final String SIGNATURE = "X-Slack-Signature";
  static final String TIMESTAMP = "X-Slack-Request-Timestamp";

  /** Returns the request that Slack would send. */
  static RawRequest genuine(String type, byte[] body, Instant at) {
    return new RawRequest(
        List.of(
            "Host: muster.example",
            "User-Agent: Slackbot 1.0",
            "Content-Type: " + type,
            TIMESTAMP + ": " + at.getEpochSecond(),
            SIGNATURE + ": " + Signed.signature(body, at, Signed.SECRET)),
        body);
  }

  RawRequest withBody(byte[] other) {
    return new RawRequest(lines, other);
  }

  /** Puts these values, each on a line of its own, where the header stood. */
  RawRequest with(String header, String... values) {
    List<String> changed = new ArrayList<>(lines);
    changed.removeIf(line -> line.startsWith(header + ":"));
    Arrays.stream(values).map(value -> header + ": " + value).forEach(changed::add);
    return new RawRequest(changed, body);
  }

  String value(String header) {
    String line = lines.stream().filter(l -> l.startsWith(header + ":")).findFirst().orElseThrow();
    return line.substring(header.length() + 1).strip();
  }

  boolean isSame(RawRequest other) {
    return lines.equals(other.lines) && Arrays.equals(body, other.body);
  }

  /** Returns it as a client sends it that thinks little of the usual. */
  byte[] wire(Random random) {
    List<String> head = new ArrayList<>();
    lines.forEach(line -> head.add(inOtherCase(line, random)));
    boolean twice = lines.stream().anyMatch(line -> line.startsWith("Content-Length:"));
    boolean chunked = twice || random.nextBoolean();
    head.add(chunked ? "transfer-encoding: chunked" : "CONTENT-length: " + body.length);
    // The order of lines of one name is what a test decides.
    Collections.shuffle(head.subList(0, 2), random);
    String text = "POST /slack/events HTTP/1.1\r\n" + String.join("\r\n", head) + "\r\n\r\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    if (chunked) {
      inChunks(out, random);
    } else {
      out.writeBytes(body);
    }
    return out.toByteArray();
  }

  private static String inOtherCase(String line, Random random) {
    int colon = line.indexOf(':');
    String name = line.substring(0, colon);
    return switch (random.nextInt(3)) {
      case 0 -> name.toLowerCase(Locale.ROOT) + line.substring(colon);
      case 1 -> name.toUpperCase(Locale.ROOT) + line.substring(colon);
      default -> line;
    };
  }

  private void inChunks(ByteArrayOutputStream out, Random random) {
    for (int at = 0; at < body.length; ) {
      int size = Math.min(1 + random.nextInt(200), body.length - at);
      out.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(body, at, size);
      out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      at += size;
    }
    out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes requests with the headers that Slack's have, signed now. One thread. */
public final class SlackPost {

  private static final String HEAD =
      "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n"
          + "User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\nContent-Type: ";

  private final Mac mac;

  /**
   * @param secret what Slack signs with
   */
  public SlackPost(String secret) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes one request of that content type. */
  public void put(ByteBuffer into, String type, byte[] body) {
    long seconds = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    mac.update(("v0:" + seconds + ":").getBytes(StandardCharsets.US_ASCII));
    String head =
        HEAD
            + type
            + "\r\nContent-Length: "
            + body.length
            + "\r\nX-Slack-Request-Timestamp: "
            + seconds
            + "\r\nX-Slack-Signature: v0="
            + HexFormat.of().formatHex(mac.doFinal(body))
            + "\r\n\r\n";
    into.put(head.getBytes(StandardCharsets.US_ASCII)).put(body);
  }
}

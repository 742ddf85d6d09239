// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import dev.muster.testkit.TestRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests the way Slack does: version 0, HMAC-SHA256 over version, time and bytes. */
public final class Signed {

  /** The signing secret of the stand-in's app. */
  public static final String SECRET = "fake-signing-secret-abcdef0123456789";

  /** The type of events. */
  public static final String JSON = "application/json";

  /** The type of everything people do by hand. */
  public static final String FORM = "application/x-www-form-urlencoded";

  private Signed() {}

  /** Returns a genuine request. */
  public static TestRequest request(String type, String body, Instant at) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return request(type, bytes, at, signature(bytes, at, SECRET));
  }

  /** Returns the genuine request that carries a push, with the headers of a repetition. */
  public static TestRequest request(Push push, Instant at) {
    TestRequest plain = request(push.httpType(), push.httpBody(), at);
    Map<String, String> headers = new HashMap<>(plain.headers());
    headers.putAll(push.retryHeaders());
    return TestRequest.of("POST", plain.path(), headers, plain.content());
  }

  /** Returns a request with any signature. */
  public static TestRequest request(String type, byte[] body, Instant at, String signature) {
    return TestRequest.of(
        "POST",
        "/slack/events",
        Map.of(
            "Content-Type", type,
            "X-Slack-Request-Timestamp", Long.toString(at.getEpochSecond()),
            "X-Slack-Signature", signature),
        body);
  }

  /** Returns the signature. */
  public static String signature(byte[] body, Instant at, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(("v0:" + at.getEpochSecond() + ":").getBytes(StandardCharsets.UTF_8));
      return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

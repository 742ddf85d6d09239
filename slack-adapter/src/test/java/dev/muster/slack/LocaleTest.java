// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.spi.Secret;
import dev.muster.slack.fake.Signed;
import dev.muster.slack.inbound.RequestVerifier;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A verifier that reads the body as text of the machine's own encoding refuses every word with an
 * umlaut in a bare container; ours must not care.
 */
class LocaleTest {

  /**
   * Runs in a JVM of its own; its exit code is the verdict's number, 90 for UTF-8, or 91 when a
   * letter may be another one that this character set cannot tell from it.
   */
  static final class Probe {

    private Probe() {}

    /** Verifies one correctly signed body with letters beyond ASCII, and one that is forged. */
    public static void main(String[] arguments) {
      if (Charset.defaultCharset().equals(StandardCharsets.UTF_8)) {
        System.exit(90);
      }
      Instant now = Instant.ofEpochSecond(1_795_190_138);
      byte[] body = "{\"text\":\"\u00fcn\u00ef \ud83d\udd25\"}".getBytes(StandardCharsets.UTF_8);
      byte[] forged = "{\"text\":\"\u00fan\u00ef \ud83d\udd25\"}".getBytes(StandardCharsets.UTF_8);
      String signature = Signed.signature(body, now, Signed.SECRET);
      if (verdict(forged, signature, now) != RequestVerifier.Verdict.FORGED) {
        System.exit(91);
      }
      RequestVerifier.Verdict verdict = verdict(body, signature, now);
      System.exit(verdict.ordinal());
    }

    private static RequestVerifier.Verdict verdict(byte[] body, String signature, Instant now) {
      return new RequestVerifier(() -> Secret.of(Signed.SECRET))
          .judge(
              Optional.of(Long.toString(now.getEpochSecond())), Optional.of(signature), body, now);
    }
  }

  @Test
  void signature_ofWordsBeyondAscii_holdsUnderThePosixLocale()
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=US-ASCII",
                "-cp",
                System.getProperty("java.class.path"),
                Probe.class.getName())
            .inheritIO()
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    assertEquals(RequestVerifier.Verdict.GENUINE.ordinal(), process.exitValue());
  }
}

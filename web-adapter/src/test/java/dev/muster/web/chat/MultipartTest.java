// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MultipartTest {

  private static Multipart.Part first(String parameters) throws IOException, Refusal {
    String body =
        "--b\r\nContent-Disposition: form-data; " + parameters + "\r\n\r\nada\r\n--b--\r\n";
    return Multipart.of(
            "multipart/form-data; boundary=b",
            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
        .orElseThrow()
        .first()
        .orElseThrow();
  }

  @Test
  void names_withQuotes_areReadAsMeant() throws Exception {
    Multipart.Part part = first("name=\"file\"; filename=\"a \\\"b\\\" %22c%22.txt\"");

    assertEquals("file", part.name());
    assertEquals("a \"b\" \"c\".txt", part.fileName().orElseThrow());
  }

  @Test
  void name_asLongAsAHeaderMayBe_isReadWithALittleStack() throws Exception {
    FutureTask<Integer> reading =
        new FutureTask<>(() -> first("name=\"" + "h".repeat(4_000) + "\"").name().length());
    new Thread(null, reading, "little-stack", 192 * 1024).start();

    assertEquals(4_000, reading.get(60, TimeUnit.SECONDS));
    assertThrows(Refusal.class, () -> first("name=\"" + "h".repeat(9_000) + "\""));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code export} puts into an archive, and that {@code verify} accepts it. */
final class IncidentArchiveTest {

  private static final String NASTY = "<script>alert(1)</script> <img src=http://evil.example/x>";

  private static final Set<String> TAGS =
      Set.of(
          "!doctype",
          "html",
          "head",
          "meta",
          "title",
          "style",
          "body",
          "h1",
          "h2",
          "p",
          "strong",
          "table",
          "tr",
          "th",
          "td",
          "small",
          "span");

  @TempDir private Path folder;

  private Shell.Ended run(String... words) {
    String[] args = new String[words.length + 2];
    System.arraycopy(words, 0, args, 0, words.length);
    args[words.length] = "--config";
    args[words.length + 1] = folder.resolve("bot.yaml").toString();
    return Shell.run(args);
  }

  private static String text(Path zip, String name) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile());
        InputStream in = file.getInputStream(file.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void export_aPrivateIncidentBesideARunningBot_isReadableSignedAndInert() throws Exception {
    Path zip = folder.resolve("out.zip");
    try (BotHarness bot = BotHarness.start(folder, ManualClock.atNoon(), "")) {
      bot.http().say("ada", "incidents", "/incident declare! " + NASTY + " sev2 --private");
      bot.http()
          .until(
              "declared", () -> bot.http().get("/api/v1/incidents/INC-1?as=ada").status() == 200);
      bot.http().say("ada", "incidents", "/incident timeline add INC-1 " + NASTY);
      bot.http().entry("INC-1", "ada", "note_added");

      Shell.Ended ended = run("export", "inc-1", "--out", zip.toString());
      assertEquals(0, ended.code(), ended.err());
      assertTrue(
          ended.out().startsWith("Wrote " + zip + ", signed with the key SHA256:"), ended.out());
      Shell.Ended again = run("export", "INC-1", "--out", zip.toString());
      assertEquals(1, again.code());
      assertTrue(again.err().contains("exists already"), again.err());
      Shell.Ended unknown = run("export", "INC-9", "--out", folder + "/nine.zip");
      assertEquals(1, unknown.code());
      assertTrue(unknown.err().contains("There is no INC-9"), unknown.err());
      assertFalse(Files.exists(folder.resolve("nine.zip")));

      Shell.Ended verified = run("verify", zip.toString());
      assertEquals(0, verified.code(), verified.err() + verified.out());
      String key = verified.out().replaceFirst("(?s).*Key: (.*)\\.\\n.*", "$1");
      assertTrue(run("verify", "--store").out().contains(key), key);
    }
    assertInert(text(zip, "INC-1.html"));
    JsonNode json = new ObjectMapper().readTree(text(zip, "INC-1.json"));
    assertTrue(json.path("incident").path("private").asBoolean());
    assertTrue(json.path("timeline").size() > 2);
    assertTrue(json.path("postmortem").isNull());
    assertTrue(text(zip, "INC-1.md").startsWith("# Timeline of INC-1"));
    assertTrue(text(zip, "public-key.pem").startsWith("-----BEGIN PUBLIC KEY-----"));
  }

  private static void assertInert(String html) {
    assertTrue(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), html);
    Set<String> tags = new TreeSet<>();
    Matcher tag = Pattern.compile("<([^ >]*)").matcher(html);
    while (tag.find()) {
      tags.add(tag.group(1).replace("/", ""));
    }
    assertTrue(TAGS.containsAll(tags), tags.toString());
    assertTrue(html.contains("default-src 'none'"), html);
  }
}

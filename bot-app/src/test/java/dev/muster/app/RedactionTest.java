// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Words that no pattern knows go in through every door, and the command takes them out again. */
final class RedactionTest {

  /** With what JSON, HTML and forms write in other ways. */
  private static final String SECRET = "qzxvhunter77 \"iron\" & <door> a\\b";

  private static final String NEEDLE = "xvhunter77";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  @TempDir private Path folder;
  private EveryDoor doors;
  private BotHarness bot;
  private BotHttp http;
  private String room;

  @BeforeEach
  void start() throws IOException {
    log.start();
    rootLogger().addAppender(log);
    Files.writeString(folder.resolve("words.txt"), SECRET + "\n\nqzxvhunter77\n");
    doors = new EveryDoor(folder, "It said {{steps.call.echo}}.");
    bot = doors.bot();
    http = bot.http();
    http.ask("ada", "general", "/incident declare! checkout leaked sev2");
    room = http.channelOf("INC-1", "ada");
  }

  @AfterEach
  void stop() {
    doors.close();
    rootLogger().detachAppender(log);
  }

  private static Logger rootLogger() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private Shell.Ended run(String... words) {
    String[] args = Stream.concat(Stream.of(words), config()).toArray(String[]::new);
    return Shell.run(args);
  }

  private Stream<String> config() {
    return Stream.of("--config", folder.resolve("bot.yaml").toString());
  }

  private String place(String kind, String part) {
    return http.entries("INC-1", "ada", kind).stream()
        .filter(entry -> entry.path("text").asText().contains(part))
        .map(entry -> entry.path("seq").asText())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void wordsThroughEveryDoor_redacted_areNowhere_andTheChainFits() throws Exception {
    everyDoor();
    bot.settle();
    String place = place("message_logged", "the way in is");
    Path backups = Files.createDirectories(folder.resolve("data/backups"));
    assertEquals(0, run("backup", backups.resolve("old.db").toString()).code());
    Shell.Ended running = redact(place);
    assertEquals(1, running.code());
    assertTrue(running.err().contains("Stop it first: kill "), running.err());
    bot.stop();
    Set<String> held = tablesHolding();
    assertTrue(held.containsAll(Set.of("inbox", "timeline_words", "incident", "alert")), "" + held);
    assertTrue(held.containsAll(Set.of("memory", "effect", "aggregate")), held.toString());

    Shell.Ended done = redact(place);

    assertEquals(0, done.code(), done.err());
    assertTrue(done.err().contains("backups/old.db"), done.err());
    assertFalse(done.err().contains("identifiers"), done.err());
    assertEquals(Set.of(), tablesHolding());
    assertEquals(List.of(), filesHolding());
    Shell.Ended again = redact(place);
    assertTrue(again.out().contains("Entries changed: 0, other values: 0."), again.toString());
    Shell.Ended verified = run("verify", "--store");
    assertEquals(0, verified.code(), verified.out() + verified.err());
    assertFalse(verified.out().contains("of which erased: 0"), verified.out());
    exported();
    bot.startAgain();
    http = bot.http();
    shown(place);
    assertFalse(log.list.stream().anyMatch(e -> holds(e.getFormattedMessage())));
  }

  private Shell.Ended redact(String place) {
    String words = folder.resolve("words.txt").toString();
    return run("redact", "INC-1", place, "--words", words, "--reason", "a password");
  }

  private static boolean holds(String text) {
    return text.toLowerCase(Locale.ROOT).contains(NEEDLE);
  }

  private void everyDoor() {
    http.say("ada", room, "the way in is " + SECRET);
    String id = http.say("ada", room, "wait");
    Map<String, String> edit = Map.of("user", "ada", "text", "or was it " + SECRET);
    assertEquals(202, http.json("PATCH", "/api/v1/chat/messages/" + id, edit).status());
    for (String verb :
        List.of("note ", "update ", "impact ", "action ", "task ", "timeline add ", "nonsense ")) {
      bot.advance(Duration.ofSeconds(2));
      http.say("ada", room, "/incident " + verb + SECRET);
    }
    bot.advance(Duration.ofSeconds(11));
    form();
    alert();
    runbook();
    http.say("ada", room, "/incident resolve " + SECRET);
    bot.settle();
    http.say("ada", room, "/incident close completed");
    http.entry("INC-1", "ada", "postmortem_drafted");
  }

  private void form() {
    JsonNode asked = http.ask("ada", room, "/incident update");
    JsonNode form = asked.path("card").path("form");
    Map<String, String> values = new TreeMap<>();
    form.path("fields").forEach(field -> values.put(field.path("name").asText(), SECRET));
    assertFalse(values.isEmpty(), asked.toString());
    http.submit("ada", form.path("token").asText(), values);
  }

  private void alert() {
    Map<String, Object> alert =
        Map.of(
            "status",
            "firing",
            "fingerprint",
            "f1",
            "labels",
            Map.of("alertname", "Leak", "severity", "critical", "pod", SECRET),
            "annotations",
            Map.of("summary", "leaking", "description", "x " + SECRET),
            "startsAt",
            "2026-11-20T12:00:00Z");
    doors.alerts(List.of(alert));
    http.until("the alert", () -> http.get("/api/v1/alerts").body().contains("Leak"));
  }

  private void runbook() {
    doors.receiver().answers(200, BotHttp.write(Map.of("echo", SECRET)));
    http.ask("ada", room, "/incident runbook fix note=qzxvhunter77");
    http.message("ada", room, "It said ");
    doors.receiver().answers(500, BotHttp.write(Map.of("echo", SECRET)));
    http.ask("ada", room, "/incident runbook fix note=x");
    http.entry("INC-1", "ada", "step_outcome_unknown");
    bot.settle();
    doors.reports(1, Map.of("status", "failed", "message", SECRET));
    http.entry("INC-1", "ada", "step_failed");
  }

  /** Which tables hold the words before, so that taking them out of all is worth something. */
  private Set<String> tablesHolding() throws SQLException {
    Set<String> found = new TreeSet<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/muster.db"));
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        if (isHeldBy(statement, table)) {
          found.add(table);
        }
      }
    }
    return found;
  }

  private static boolean isHeldBy(Statement statement, String table) throws SQLException {
    StringBuilder all = new StringBuilder();
    try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          byte[] value = rows.getBytes(i);
          all.append(value == null ? "" : new String(value, StandardCharsets.ISO_8859_1));
          all.append('\n');
        }
      }
    }
    return holds(all.toString());
  }

  private List<String> filesHolding() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      List<String> found = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean old = file.getParent().getFileName().toString().equals("backups");
        if (!old && holds(Files.readString(file, StandardCharsets.ISO_8859_1))) {
          found.add(file.toString());
        }
      }
      return found;
    }
  }

  private void exported() throws IOException {
    String zip = folder.resolve("out.zip").toString();
    assertEquals(0, run("export", "INC-1", "--out", zip).code());
    Shell.Ended verified = Shell.run("verify", zip);
    assertEquals(0, verified.code(), verified.out() + verified.err());
    int marked = 0;
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(Path.of(zip)))) {
      for (ZipEntry part = in.getNextEntry(); part != null; part = in.getNextEntry()) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        assertFalse(holds(text), part.getName());
        marked += text.replace("\\", "").contains("the way in is [redacted]") ? 1 : 0;
      }
    }
    assertEquals(4, marked, "the page, the JSON, the Markdown and the chain say what was done");
    Path copy = folder.resolve("new.db");
    assertEquals(0, run("backup", copy.toString()).code());
    assertFalse(holds(Files.readString(copy, StandardCharsets.ISO_8859_1)));
    assertEquals(0, run("verify", copy.toString()).code());
  }

  private void shown(String place) {
    for (String path :
        List.of(
            "/",
            "/board",
            "/incidents",
            "/incidents/INC-1",
            "/incidents/INC-1/postmortem",
            "/api/v1/incidents/INC-1",
            "/api/v1/incidents/INC-1/postmortem",
            "/api/v1/alerts?limit=500",
            "/api/v1/journal?limit=500",
            "/api/v1/chat/channels/" + room + "/messages?as=ada",
            "/api/v1/chat/channels/incidents/messages?as=ada")) {
      BotHttp.Answered answered = http.get(path);
      assertEquals(200, answered.status(), path);
      assertFalse(holds(answered.body()), path);
    }
    bot.settle();
    http.until("a search finds everything", bot::isSearchable);
    assertFalse(http.get("/api/v1/search?q=qzxvhunter77&as=ada").body().contains("\"seq\""));
    assertTrue(http.get("/api/v1/search?q=way&as=ada").body().contains("[redacted]"));
    String page = http.get("/incidents/INC-1").body();
    String by = System.getProperty("user.name");
    assertTrue(page.contains("(redacted by " + by + " at "), page);
    JsonNode told = http.entry("INC-1", "ada", "redacted");
    assertEquals("operator:" + by, told.path("actor").path("id").asText());
    assertEquals("a password", told.path("reason").asText());
    assertTrue(told.path("data").path("entries").has(place), told.toString());
    http.ask("ada", "general", "/incident declare! the next one sev3");
    assertEquals(200, http.get("/api/v1/incidents/INC-3").status());
  }

  /** In the built-in chat the name of a channel is what the chain knows it by. */
  @Test
  void title_redacted_staysInTheChannelsIdentifierAlone_andThatIsSaid() throws Exception {
    http.ask("ada", "general", "/incident declare! qzxvhunter77 leaked sev2");
    String named = http.channelOf("INC-2", "ada");
    assertTrue(holds(named), named);
    http.say("ada", named, "we look into it");
    bot.settle();
    bot.stop();
    String words = folder.resolve("words.txt").toString();

    Shell.Ended done = run("redact", "INC-2", "1", "--words", words, "--reason", "a password");

    assertEquals(0, done.code(), done.err());
    assertTrue(done.err().contains("Entries that hold it in their identifiers: "), done.err());
    assertEquals(Set.of("timeline"), tablesHolding());
    assertEquals(0, run("verify", "--store").code());
    bot.startAgain();
    http = bot.http();
    String now = http.channelOf("INC-2", "ada");
    assertEquals(named.replace("qzxvhunter77", "redacted"), now);
    http.say("ada", now, "/incident timeline add found it");
    http.entry("INC-2", "ada", "note_added");
    http.message("ada", now, "we look into it");
    assertEquals("[redacted] leaked", http.incident("INC-2", "ada").path("title").asText());
  }

  @Test
  void wholeMessage_redacted_leavesNothingButWhoAndWhy() {
    http.say("ada", room, "they sleep at Zanzibar road 12 tonight");
    bot.settle();
    String place = place("message_logged", "Zanzibar");
    String declared = place("incident_declared", "checkout");
    bot.stop();

    Shell.Ended more = run("redact", "INC-1", declared, "--reason", "private");
    assertEquals(1, more.code());
    assertTrue(more.err().contains("name it with --words"), more.err());
    assertEquals(1, run("redact", "INC-1", "999", "--reason", "private").code());
    assertEquals(2, run("redact", "INC-1", place).code());
    Shell.Ended done = run("redact", "INC-1", place, "--reason", "private");
    assertEquals(0, done.code(), done.err());

    bot.startAgain();
    http = bot.http();
    String said = http.entries("INC-1", "ada", "message_logged").get(0).path("text").asText();
    assertTrue(said.startsWith("[redacted] (redacted by "), said);
    String shown = http.get("/api/v1/chat/channels/" + room + "/messages?as=ada").body();
    assertFalse(shown.contains("Zanzibar"), shown);
    assertEquals(0, run("verify", "--store").code());
  }
}

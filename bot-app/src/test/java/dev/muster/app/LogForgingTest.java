// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Nobody outside writes a line into the log: with the shipped settings each event is one line, its
 * stack trace is nothing but frames and causes, and no control or invisible character is in either.
 */
class LogForgingTest {

  private static final Path ROOT = Path.of(System.getProperty("muster.root", ".."));
  private static final Pattern EVENT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{12}Z (ERROR|WARN |INFO |DEBUG) .*");
  private static final Pattern TRACE =
      Pattern.compile("\\s+at .*|\\s*\\.\\.\\. \\d.*|\\s*Caused by: .*|\\s*Suppressed: .*");
  private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\t]]");
  private static final String CONFIG =
      """
      alerts: { sources: [ { name: alertmanager, kind: alertmanager, token: "let-me-in" } ] }
      access: { default: responder, admins: [ada] }
      """;

  @TempDir private Path folder;

  /** How many of the corpus were made for a log; of the others the doors are shown every fourth. */
  private static final int LINES = 5;

  private static List<String> corpus() {
    List<String> lines =
        List.of(
            "x\n2026-11-22T12:00:00.000Z ERROR Forged [main] all is lost",
            "x\r2026-11-22T12:00:00.000Z ERROR Forged [main] all is lost",
            "x\u0085y\u2028z\u000Bw\f",
            "x\n\n\n2026-11-22T12:00:00.000Z WARN  Forged [main] a\u001B[2K\rb",
            "\n2026-11-22T12:00:00.000Z INFO  Forged [main] {}");
    return Stream.concat(lines.stream(), Payloads.all().stream()).toList();
  }

  /** Returns the pattern of a file of settings. */
  private static String pattern(Path settings) throws Exception {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(settings.toFile());
    LogToStandardError appender =
        (LogToStandardError)
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("stderr");
    String pattern = ((PatternLayoutEncoder) appender.getEncoder()).getPattern();
    context.stop();
    return pattern;
  }

  private FileAppender<ILoggingEvent> log(LoggerContext context, String settings) throws Exception {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern(ROOT.resolve(settings)));
    encoder.start();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setFile(folder.resolve("log").toString());
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }

  private List<String> written() throws IOException {
    return List.of(Files.readString(folder.resolve("log")).split("\n"));
  }

  private static void checkLines(List<String> lines, long events) {
    List<String> strange =
        lines.stream()
            .filter(line -> !EVENT.matcher(line).matches() && !TRACE.matcher(line).matches())
            .filter(line -> !line.matches("[a-zA-Z.$]+(Exception|Error)(: .*)?"))
            .toList();
    assertEquals(List.of(), strange, "lines that are neither event nor trace");
    assertEquals(List.of(), lines.stream().filter(line -> HIDDEN.matcher(line).find()).toList());
    assertEquals(events, lines.stream().filter(line -> EVENT.matcher(line).matches()).count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"config/logback.xml", "bot-app/src/main/resources/logback.xml"})
  void textFromOutside_inEveryPartOfAnEvent_staysInItsLine(String settings) throws Exception {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    Logger logger = context.getLogger("dev.muster.Door");
    FileAppender<ILoggingEvent> appender = log(context, settings);
    logger.addAppender(appender);
    for (String text : corpus()) {
      logger.warn("refused what={}", text);
      logger.atWarn().addKeyValue("what", text).log("refused");
      Throwable cause = new IllegalArgumentException(text);
      cause.addSuppressed(new IllegalStateException(text));
      logger.error("failed path={}", text, new IllegalStateException(text, cause));
    }
    appender.stop();

    List<String> lines = written();
    checkLines(lines, 3L * corpus().size());
    assertTrue(lines.stream().anyMatch(line -> line.contains("\tat dev.muster")), "has frames");
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("Caused by: ")), "has causes");
  }

  @Test
  void doorsOfTheProgram_takeTheCorpus_andTheLogHasOneLineForEachEvent() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    FileAppender<ILoggingEvent> appender =
        log(root.getLoggerContext(), "bot-app/src/main/resources/logback.xml");
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    Logger ours = root.getLoggerContext().getLogger("dev.muster");
    Level usual = ours.getLevel();
    ours.setLevel(Level.TRACE);
    BotHarness bot = BotHarness.start(folder.resolve("bot"), ManualClock.atNoon(), CONFIG);
    try {
      root.addAppender(appender);
      root.addAppender(events);
      knock(bot);
      bot.settle();
      bot.stop();
    } finally {
      bot.close();
      root.detachAppender(appender);
      root.detachAppender(events);
      ours.setLevel(usual);
      appender.stop();
    }

    assertTrue(events.list.size() > 2, events.list.size() + " events");
    checkLines(written(), events.list.size());
  }

  private static void knock(BotHarness bot) {
    BotHttp http = bot.http();
    http.ask("ada", "general", "/incident declare! checkout is down sev2");
    String room = http.channelOf("INC-1", "ada");
    List<String> corpus = corpus();
    for (int i = 0; i < corpus.size(); i += i < LINES ? 1 : 4) {
      String text = corpus.get(i);
      http.post("/api/v1/chat/messages", Map.of("user", "ada", "channel", room, "text", text));
      http.post("/api/v1/chat/messages", Map.of("user", text, "channel", text, "text", text));
      http.post("/api/v1/chat/presses", Map.of("user", "ada", "token", text));
      http.post("/alerts/alertmanager", text, "Authorization", "Bearer let-me-in");
      http.post("/alerts/" + encoded(text), "{}");
      http.get("/" + encoded(text) + "?as=" + encoded(text));
      http.get("/api/v1/incidents/" + encoded(text) + "?cursor=" + encoded(text));
    }
    for (String text : Payloads.packed(900)) {
      bot.advance(Duration.ofSeconds(1));
      http.say("ada", room, "/incident " + text.replaceAll("[\r\n]", " "));
      http.say("ada", room, "/incident title " + text.replaceAll("[\r\n]", " "));
    }
  }

  private static String encoded(String text) {
    String start = text.length() > 200 ? text.substring(0, 200) : text;
    return URLEncoder.encode(start, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

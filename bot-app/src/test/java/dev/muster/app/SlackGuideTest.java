// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.config.ConfigResult;
import dev.muster.config.LiveConfig;
import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.FakeSocket;
import dev.muster.slack.fake.Posted;
import dev.muster.slack.fake.SlackPeople;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what {@code docs/slack.md} says, step by step and word by word, against the stand-in for
 * Slack.
 */
final class SlackGuideTest {

  private static final Path ROOT = Path.of(System.getProperty("muster.root", ".."));
  private static final Pattern STEP =
      Pattern.compile("(?ms)^(\\d+)\\. \\*\\*.*?(?=^\\d+\\. \\*\\*|^## )");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ +```\\w*\\n(.*?)^ +```");

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final FakeSlack slack = new FakeSlack(InstantSource.system());
  private final FakeSocket socket = new FakeSocket(slack);
  private final SlackPeople people =
      new SlackPeople(slack, push -> SlackBot.overSocket(socket, push));
  private BotApp app;

  @AfterEach
  void stop() {
    if (app != null) {
      app.close();
    }
    socket.close();
    slack.close();
  }

  private static List<String> steps() throws IOException {
    return STEP.matcher(Files.readString(ROOT.resolve("docs/slack.md")))
        .results()
        .map(found -> found.group())
        .toList();
  }

  /** Returns what stands in a step's box, without its indentation. */
  private static String box(String step) {
    Matcher block = BLOCK.matcher(step);
    assertTrue(block.find(), step);
    return block.group(1).stripTrailing().stripIndent().strip();
  }

  @Test
  void guide_doneStepByStep_leadsToAnIncidentThatIsClosed() throws IOException {
    List<String> steps = steps();
    assertEquals(10, steps.size());
    theAppIsMadeFromTheManifest(steps.get(0));
    tokenIsKept(box(steps.get(1)), "SLACK_APP_TOKEN", FakeSlack.APP_TOKEN);
    tokenIsKept(box(steps.get(2)), "SLACK_BOT_TOKEN", FakeSlack.BOT_TOKEN);
    Path config = slackIsSwitchedOn(box(steps.get(3)));
    theDoctorIsAsked(box(steps.get(4)), config);
    musterStarts(box(steps.get(5)), config);
    theChannelForAnnouncementsIsMade(box(steps.get(6)));
    ChannelNow room = anIncidentIsDeclared(steps.get(7));
    aThreadIsAnswered(box(steps.get(8)), room);
    theIncidentEnds(box(steps.get(9)), room);
  }

  /** The stand-in grants what the shipped manifest asks for. */
  private static void theAppIsMadeFromTheManifest(String step) throws IOException {
    assertTrue(step.contains("(../config/slack/manifest.yaml)"), step);
    String manifest = Files.readString(ROOT.resolve("config/slack/manifest.yaml"));
    assertTrue(step.contains("muster.example.com") && manifest.contains("muster.example.com"));
  }

  private void tokenIsKept(String line, String name, String token) {
    String begin = token.substring(0, 5);
    assertEquals("export " + name + "=" + begin + "...", line);
    environment.put(name, token);
  }

  /** The two keys of the box are changed in the shipped file, and what a test must change. */
  private Path slackIsSwitchedOn(String box) throws IOException {
    assertEquals("platforms:\n  slack:\n    enabled: true\n    mode: socket", box);
    String shipped = Files.readString(ROOT.resolve("config/bot.yaml"));
    int at = shipped.indexOf("\n  slack:\n");
    String from =
        shipped
            .substring(at)
            .replaceFirst("enabled: false", "enabled: true")
            .replaceFirst("mode: http", "mode: socket")
            .replaceFirst("https://slack.com/api/", Matcher.quoteReplacement(slack.apiUrl()));
    String text = shipped.substring(0, at) + from;
    text = text.replaceFirst("port: 8080", "port: 0").replaceFirst(":8080", ":0");
    text = text.replaceFirst("jdbc:sqlite:data/", "jdbc:sqlite:" + folder.resolve("data") + "/");
    copy(ROOT.resolve("config/runbooks"), folder.resolve("config/runbooks"));
    return Files.writeString(folder.resolve("config/bot.yaml"), text);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private ConfigResult load(Path config) {
    return Adapters.loader(environment::get).load(Optional.of(config));
  }

  private void theDoctorIsAsked(String box, Path config) {
    assertTrue(box.endsWith("java -jar bot-app/target/muster.jar doctor"), box);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    boolean fine =
        Assembly.examine(load(config), new PrintStream(said, true, StandardCharsets.UTF_8));
    String report = said.toString(StandardCharsets.UTF_8);
    assertTrue(fine, report);
    assertTrue(report.contains("ok     slack      Credentials and permissions are fine."), report);
  }

  private void musterStarts(String box, Path config) {
    assertEquals("java -jar bot-app/target/muster.jar", box);
    ConfigResult.Loaded loaded = assertInstanceOf(ConfigResult.Loaded.class, load(config));
    LiveConfig live = new LiveConfig(loaded, () -> load(config));
    StartOutcome outcome = new Assembly(live, environment::get).start();
    app = assertInstanceOf(StartOutcome.Running.class, outcome, outcome::toString).app();
    socket.awaitLive(1);
  }

  private void theChannelForAnnouncementsIsMade(String box) {
    assertEquals("/invite @muster", box);
    people.strangersChannel("incidents", false, "ada");
    people.joins("muster", "incidents");
  }

  private ChannelNow anIncidentIsDeclared(String step) {
    people.strangersChannel("anywhere", false, "ada");
    people.runs("ada", "anywhere", box(step));
    BotHttp http = new BotHttp(app.port());
    String name = "inc-1-checkout-answers-with-errors";
    assertTrue(step.contains("#" + name), step);
    ChannelNow room = http.await(name, () -> people.sight().channel(name));
    http.until("the card", () -> shows("incidents", "INC-1"));
    http.until("the invitation", () -> !people.sight().channel(name).get().members().isEmpty());
    return room;
  }

  private boolean shows(String channel, String part) {
    return people.sight().messages(channel).stream().anyMatch(m -> m.words().contains(part));
  }

  private void aThreadIsAnswered(String box, ChannelNow room) {
    String root = people.types("ada", room.id(), "Error rate is at 12 %");
    people.replies("ada", room.id(), root, box);
    new BotHttp(app.port())
        .until(
            "the answer in the thread",
            () ->
                people.sight().toldTo("ada").stream()
                    .anyMatch(m -> m.words().contains("INC-1") && m.words().contains("SEV3")));
  }

  private void theIncidentEnds(String box, ChannelNow room) {
    box.lines().forEach(line -> people.runs("ada", room.id(), line));
    new BotHttp(app.port())
        .until(
            "the draft of the postmortem",
            () ->
                people.sight().messages(room.id()).stream()
                    .filter(Posted::isFromBot)
                    .anyMatch(m -> m.words().toLowerCase().contains("postmortem")));
  }
}

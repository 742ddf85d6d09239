// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A stranger looks everywhere for two private incidents: INC-1 was declared for everybody and made
 * private later, INC-2 was private from the beginning. Their words are nowhere.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class PrivacyCrawlTest {

  /** Words of the incidents, none of which the stranger ever says; the first was public once. */
  private static final List<String> SECRETS =
      List.of(
          "marmalade",
          "zanzibar",
          "kumquat",
          "quagmire",
          "jabberwock",
          "obelisk",
          "periwinkle",
          "xylophone");

  private static final Pattern HREF = Pattern.compile("(?:href|src|action)=\"(/[^\"#]*)");
  private static final int MOST_PAGES = 400;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private BotHarness bot;
  private BotHttp http;
  private List<String> oldTokens;

  @BeforeAll
  void keepSecrets(@TempDir Path folder) {
    log.start();
    rootLogger().addAppender(log);
    bot = BotHarness.start(folder, ManualClock.atNoon(), "");
    http = bot.http();
    http.ask("ada", "general", "/incident declare! marmalade prices leaked sev2");
    http.channelOf("INC-1", "ada");
    http.ask("eve", "general", "/incident subscribe INC-1");
    bot.settle();
    oldTokens = tokensSeenByEve();
    assertTrue(oldTokens.size() > 3, oldTokens.toString());
    String open = http.channelOf("INC-1", "ada");
    http.ask("ada", open, "/incident private");
    http.ask("ada", open, "/incident private confirm");
    bot.settle();
    fill("INC-1");
    bot.advance(Duration.ofSeconds(11));
    http.ask("ada", "general", "/incident declare! zanzibar door stands open sev1 --private");
    bot.settle();
    fill("INC-2");
    bot.advance(Duration.ofMinutes(61));
    bot.settle();
  }

  @AfterAll
  void stop() {
    bot.close();
    rootLogger().detachAppender(log);
  }

  private static Logger rootLogger() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private void fill(String incident) {
    String room = http.channelOf(incident, "ada");
    http.say("ada", room, "the kumquat is in the crate");
    http.say("ada", room, "/incident title zanzibar door stands open in " + incident);
    http.say("ada", room, "/incident impact quagmire in payroll");
    http.say("ada", room, "/incident action jabberwock the lock @sam");
    http.say("ada", room, "/incident link https://g.example.com/obelisk obelisk board");
    http.say("ada", room, "/incident timeline add periwinkle seen at the door");
    http.say("ada", room, "/incident update the xylophone was found");
    http.entry(incident, "ada", "status_update_posted");
    bot.settle();
  }

  private List<String> channelsOfEve() {
    List<String> names = new ArrayList<>();
    http.get("/api/v1/chat/channels?as=eve")
        .json()
        .path("items")
        .forEach(channel -> names.add(channel.path("name").asText()));
    return names;
  }

  private List<String> tokensSeenByEve() {
    List<String> tokens = new ArrayList<>();
    for (String channel : channelsOfEve()) {
      http.messages("eve", channel)
          .forEach(
              message ->
                  message
                      .at("/card/buttons")
                      .forEach(button -> tokens.add(button.path("token").asText())));
    }
    return tokens;
  }

  private static Set<String> found(String text) {
    String folded = text.toLowerCase(Locale.ROOT);
    Set<String> found = new TreeSet<>();
    SECRETS.stream().filter(folded::contains).forEach(found::add);
    return found;
  }

  private static void noteIn(Map<String, Set<String>> leaks, String where, String text) {
    Set<String> found = found(text);
    if (!found.isEmpty()) {
      leaks.put(where, found);
    }
  }

  private void lookAtChannels(Map<String, Set<String>> leaks, String when) {
    for (String channel : channelsOfEve()) {
      for (JsonNode message : http.messages("eve", channel)) {
        noteIn(leaks, when + " #" + channel, message.toString());
      }
    }
  }

  @Test
  void member_findsAllOfIt() {
    for (String incident : List.of("INC-1", "INC-2")) {
      String all =
          http.get("/api/v1/incidents/" + incident + "/timeline?as=ada&limit=500").body()
              + http.get("/api/v1/incidents/" + incident + "?as=ada").body();
      Set<String> missing = new TreeSet<>(SECRETS);
      missing.removeAll(found(all));
      missing.remove("marmalade");
      assertEquals(Set.of(), missing, incident);
    }
  }

  @Test
  void page_everyOneAStrangerReaches_holdsNothing() {
    Deque<String> next = new ArrayDeque<>(List.of("/", "/chat", "/board", "/status", "/incidents"));
    JsonNode paths = http.get("/api/v1/openapi.json").json().path("paths");
    paths
        .properties()
        .forEach(
            path -> {
              if (path.getValue().has("get") && !path.getKey().endsWith("/stream")) {
                List.of("INC-1", "INC-2").forEach(id -> next.add(filled(path.getKey(), id)));
              }
            });
    SECRETS.forEach(word -> next.add("/api/v1/search?q=" + word.substring(0, 4)));
    SECRETS.forEach(word -> next.add("/api/v1/incidents?q=" + word.substring(0, 4)));
    next.addAll(List.of("/metrics", "/livez", "/readyz", "/incidents/INC-1", "/incidents/INC-2"));
    next.addAll(List.of("/incidents/INC-1/postmortem", "/incidents?status=closed&severity=SEV2"));
    Map<String, Set<String>> leaks = new LinkedHashMap<>();
    Set<String> seen = new TreeSet<>();
    while (!next.isEmpty() && seen.size() < MOST_PAGES) {
      String path = next.poll();
      if (seen.add(path)) {
        String asEve = path + (path.contains("?") ? "&" : "?") + "as=eve";
        for (String address : List.of(path, asEve)) {
          String body = http.get(address).body();
          noteIn(leaks, address, body);
          HREF.matcher(body)
              .results()
              .map(m -> m.group(1).replace("&amp;", "&"))
              .forEach(next::add);
        }
      }
    }
    assertTrue(seen.size() > 30 && next.isEmpty(), seen.size() + " pages, left " + next);
    assertEquals(Map.of(), leaks);
  }

  private static String filled(String path, String incident) {
    String whole = path.startsWith("/api/v1") ? path : "/api/v1" + path;
    return whole.replace("{name}", "incidents").replaceAll("\\{[^}]*}", incident);
  }

  @Test
  void command_everyVerbOfAStranger_tellsNothing() {
    List<JsonNode> verbs = new ArrayList<>();
    http.get("/api/v1/commands").json().path("items").forEach(verbs::add);
    Map<String, Set<String>> leaks = new LinkedHashMap<>();
    for (JsonNode verb : verbs) {
      for (String words :
          List.of(
              verb.path("verb").asText() + " INC-2",
              "INC-1 " + verb.path("example").asText().replace("/incident ", ""))) {
        bot.advance(Duration.ofSeconds(1));
        noteIn(leaks, words, http.ask("eve", "general", "/incident " + words).toString());
      }
    }
    bot.settle();
    lookAtChannels(leaks, "after the commands");
    assertEquals(Map.of(), leaks);
  }

  @Test
  void channel_everyOneAStrangerSees_holdsNothing() {
    Map<String, Set<String>> leaks = new LinkedHashMap<>();
    lookAtChannels(leaks, "as it is");
    noteIn(leaks, "channels", http.get("/api/v1/chat/channels?as=eve").body());
    assertEquals(Map.of(), leaks);
  }

  @Test
  void button_kept_tellsAStrangerNothing() {
    Map<String, Set<String>> leaks = new LinkedHashMap<>();
    for (String token : oldTokens) {
      bot.advance(Duration.ofSeconds(1));
      Map<String, String> press = Map.of("user", "eve", "token", token);
      noteIn(leaks, "press", http.post("/api/v1/chat/presses", press).body());
    }
    bot.settle();
    lookAtChannels(leaks, "after the presses");
    assertEquals(Map.of(), leaks);
    assertEquals(404, http.get("/api/v1/incidents/INC-1?as=eve").status());
  }

  @Test
  void log_ofTheProgram_holdsNothing() {
    Map<String, Set<String>> leaks = new LinkedHashMap<>();
    for (ILoggingEvent event : List.copyOf(log.list)) {
      noteIn(leaks, event.getLoggerName(), event.getFormattedMessage());
    }
    assertEquals(Map.of(), leaks);
  }
}

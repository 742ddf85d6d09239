// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.ManualClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ada is on Slack and signs in on the web. Private incidents of Slack are there for her on the web
 * from when an admin says that she is one person until an admin says that she is not.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LinkedPersonTest {

  /** Where a member finds an incident on the web, by address and by command. */
  private static final List<String> PLACES =
      List.of(
          "/api/v1/incidents",
          "/api/v1/incidents?q=SECRET",
          "/api/v1/incidents/ID",
          "/api/v1/incidents/ID/timeline?limit=500",
          "/api/v1/search?q=SECRET",
          "/",
          "/incidents",
          "/incidents/ID",
          "/board",
          "list",
          "status ID",
          "ID timeline");

  private final ManualClock clock = ManualClock.atNoon();
  private FakeProvider provider;
  private SlackBot bot;
  private SignInBrowser web;
  private SignInBrowser eve;
  private int declared;

  /** In the title and in what was said in the channel; each test has its own. */
  private String secret;

  private String id;
  private String room;

  @BeforeAll
  void start(@TempDir Path folder) {
    provider = new FakeProvider(clock);
    bot = SlackBot.without(clock);
    String yaml =
        "server: { port: 0, auth: { oidc: "
            + provider.yaml()
            + " } }\nplatforms:\n  web: { enabled: true }\n"
            + SlackBot.platform(bot.slack(), "http")
            + "access: { default: responder, admins: [\"slack:"
            + bot.people().person("root")
            + "\"] }\nincidents: { platforms: [slack] }\n";
    bot.serve(BotHarness.start(folder, clock, yaml), () -> true);
    web = signedIn("1001", "ada");
    eve = signedIn("1002", "eve");
    bot.people().channel("office", "ada", "root");
  }

  @AfterAll
  void stop() {
    bot.close();
    provider.close();
  }

  @BeforeEach
  void declare() {
    declared++;
    id = "INC-" + declared;
    secret = "wiretap" + "abcdefgh".charAt(declared);
    bot.people().runs("ada", "office", "/incident declare! " + secret + " found sev2 --private");
    room = bot.channel("inc-" + declared + "-").id();
    bot.people().types("ada", room, "the " + secret + " sits in the switch");
    bot.settle();
    bot.bot().http().until("a search finds it", bot.bot()::isSearchable);
  }

  /** Keeps everybody under the limit of commands in ten seconds. */
  @AfterEach
  void part() {
    rootSays("unlink-person web:ada confirm");
    bot.bot().advance(Duration.ofSeconds(11));
  }

  private SignInBrowser signedIn(String subject, String name) {
    provider.person = FakeProvider.person(subject, name, "engineers");
    SignInBrowser browser = new SignInBrowser(bot.bot().http().port());
    assertEquals("/incidents", SignInBrowser.to(browser.signIn()));
    command(browser, name, "help");
    return browser;
  }

  private void rootSays(String words) {
    bot.people().runs("root", "office", "/incident " + words);
    bot.settle();
  }

  private void link() {
    rootSays("link-person slack:" + bot.sight().idOf("ada") + " web:ada confirm");
  }

  /** Returns the private answer to a command on the web. */
  private String command(SignInBrowser browser, String name, String words) {
    Map<String, String> said =
        Map.of("user", name, "channel", "general", "text", "/incident " + words);
    HttpResponse<String> taken = browser.write("POST", "/api/v1/chat/messages", said);
    assertEquals(202, taken.statusCode(), taken.body());
    String id = BotHttp.parse(taken.body()).path("id").asText();
    return bot.find("an answer to " + words, () -> answer(browser, name, id));
  }

  private static Optional<String> answer(SignInBrowser browser, String name, String id) {
    String after = "";
    while (after != null) {
      String path = "/api/v1/chat/channels/general/messages?as=" + name + "&after=" + after;
      JsonNode page = BotHttp.parse(browser.get(path, "Accept", "application/json").body());
      for (JsonNode message : page.path("items")) {
        if (message.path("inReplyTo").asText().equals(id)) {
          return Optional.of(BotHttp.words(message));
        }
      }
      after = page.path("next").textValue();
    }
    return Optional.empty();
  }

  private static String body(SignInBrowser browser, String path) {
    String accept = path.startsWith("/api/") ? "application/json" : "text/html";
    return browser.get(path, "Accept", accept).body();
  }

  private String filled(String place) {
    return place.replace("SECRET", secret).replace("ID", id);
  }

  /** Returns where somebody finds the incident. */
  private List<String> found(SignInBrowser browser, String name) {
    return PLACES.stream().filter(place -> look(browser, name, place).contains(secret)).toList();
  }

  private String look(SignInBrowser browser, String name, String place) {
    return place.startsWith("/")
        ? body(browser, filled(place))
        : command(browser, name, filled(place));
  }

  /** What is hidden from somebody is answered as what is not. */
  private void looksLikeNone(SignInBrowser browser, String name) {
    assertEquals(List.of(), found(browser, name));
    for (String place : List.of("/api/v1/incidents/ID", "/incidents/ID", "status ID")) {
      String unknown = look(browser, name, place.replace("ID", "INC-777"));
      assertEquals(unknown.replace("INC-777", id), look(browser, name, place));
    }
  }

  private TreeSet<String> members() {
    TreeSet<String> members = new TreeSet<>();
    bot.sight().channel(room).orElseThrow().members().forEach(members::add);
    return members;
  }

  @Test
  void privateIncident_isThereForTheOtherIdentity_fromTheLinkToTheParting() {
    looksLikeNone(web, "ada");

    link();
    assertEquals(PLACES, found(web, "ada"));
    looksLikeNone(eve, "eve");

    rootSays("unlink-person web:ada confirm");
    looksLikeNone(web, "ada");
    assertTrue(members().contains(bot.sight().idOf("ada")), "whose it was stays in it");
    bot.people().runs("ada", room, "/incident update the " + secret + " is out");
    bot.message(room, "the update", m -> m.words().contains("is out"));
  }

  @Test
  void privateIncident_declaredWhileLinked_isGoneWithTheLink() {
    link();
    declare();
    assertEquals(PLACES, found(web, "ada"));

    rootSays("unlink-person slack:" + bot.sight().idOf("ada") + " confirm");
    looksLikeNone(web, "ada");
  }

  @Test
  void privateIncident_whoseChannelOnSlackIsLeft_isGoneOnTheWebToo() {
    link();
    assertEquals(PLACES, found(web, "ada"));

    bot.people().leaves("ada", room);
    bot.settle();

    looksLikeNone(web, "ada");
  }

  /** A level belongs to an identity: nobody gets one by a link. */
  @Test
  void level_ofTheOtherIdentity_isNotHadByTheLink() {
    Map<String, Integer> before = new LinkedHashMap<>();
    List<String> ofAdmins = List.of("/account/tokens", "/api/v1/tokens");
    ofAdmins.forEach(path -> before.put(path, status(path)));
    link();
    String refused = command(web, "ada", "unlink-person web:eve confirm");
    assertTrue(refused.contains("Only an admin may do this"), refused);
    ofAdmins.forEach(path -> assertEquals(before.get(path), status(path)));
  }

  private int status(String path) {
    return web.get(path, "Accept", "application/json").statusCode();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Kills the bot at random instants while a private incident is worked on among public ones. What
 * its members say is there once for them, and nowhere for anybody else: not in a room, on a page,
 * in an answer of the API or in a log, whatever a death and a recovery stirred up.
 */
final class PrivateKills {

  private static final String CANARY = "kumquat";
  private static final String MEMBER = "ada";
  private static final String STRANGER = "eve";
  private static final int LINES = 4;
  private static final int LOOK_EVERY = 5;
  private static final int MOST_PAGES = 120;
  private static final Pattern HREF = Pattern.compile("href=\"(/[^\"#]*)\"");

  private final CrashTrial trial;
  private final RandomKills kills;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private String room = "";

  PrivateKills(CrashTrial trial, long seed) {
    this.trial = trial;
    kills = new RandomKills(trial, seed);
  }

  /** Kills so often, and returns what went wrong first; nothing when all is well. */
  List<String> run(int times) {
    trial.bot().start();
    deliver("incidents", "/incident declare! Something is out sev1 --private", "begin");
    room = Sender.await("its room", CrashBot.PATIENCE_SECONDS, this::itsRoom);
    kills.begin();
    List<String> problems = List.of();
    for (int kill = 1; kill <= times && problems.isEmpty(); kill++) {
      String name = "round" + kill;
      CompletableFuture<Void> talk = CrashTrial.meanwhile(() -> talk(name));
      kills.round();
      CrashTrial.finish(talk);
      if (kill % LOOK_EVERY == 0 || kill == times) {
        problems = problems();
      }
    }
    return problems;
  }

  private Optional<String> itsRoom() {
    return new WebSight(trial.sender(), MEMBER)
        .rooms().stream()
            .map(Room::name)
            .filter(n -> n.startsWith(Room.begin("INC-1")))
            .findFirst();
  }

  private void deliver(String channel, String text, String key) {
    trial
        .sender()
        .deliver(
            "/api/v1/chat/messages", Map.of("user", MEMBER, "channel", channel, "text", text), key);
  }

  /** Commands tell what a member said in ways that words do not. */
  private void talk(String name) {
    for (int line = 0; line < LINES; line++) {
      String text = "the " + CANARY + " was seen " + name + "-" + line + ".";
      deliver(room, text, name + line);
      said.add(text);
    }
    for (String verb : List.of("title", "action", "impact", "update", "timeline add")) {
      deliver(room, "/incident " + verb + " " + CANARY + " of " + name, name + verb);
    }
    String severity = "sev" + (1 + said.size() / LINES % 2);
    deliver(room, "/incident severity " + severity + " because of " + name, name + "severity");
  }

  private List<String> problems() {
    trial.sender().settle();
    List<String> problems = new ArrayList<>();
    Invariant.allBroken(evidence()).stream()
        .filter(problem -> !problem.contains("0 announcements of INC-1 "))
        .forEach(problems::add);
    List<Line> seen = lines();
    for (String text : said) {
      long times = seen.stream().filter(line -> line.words().contains(text)).count();
      if (times != 1) {
        problems.add(times + " times for members: " + text);
      }
    }
    for (String viewer : List.of("", STRANGER)) {
      holding(viewer).forEach(page -> problems.add("I10 a stranger reads it at " + page));
    }
    if (holding(MEMBER).isEmpty()) {
      problems.add("a member reads it nowhere, so nobody looked");
    }
    return problems;
  }

  /** Nobody announces what is private. */
  private Evidence evidence() {
    Map<String, String> sinks = new HashMap<>(trial.bot().sinks());
    sinks.remove(Sinks.DATABASE);
    List<Evidence.Heard> heard = new ArrayList<>(trial.ledger().heard());
    said.forEach(text -> heard.add(new Evidence.Heard(Evidence.Kind.SAID, text)));
    return new Evidence(
        trial.bot().now(),
        heard,
        StoreNow.read(trial.bot().store()),
        new WebSight(trial.sender(), MEMBER).rooms(),
        new WebSight(trial.sender(), STRANGER).announcements(),
        trial.receiver().keys(),
        sinks,
        Evidence.Rules.USUAL.hiding(Map.of(CANARY, Set.of(room))));
  }

  private List<Line> lines() {
    return new WebSight(trial.sender(), MEMBER)
        .rooms().stream()
            .filter(each -> each.name().equals(room))
            .flatMap(each -> each.lines().stream())
            .filter(line -> !line.byTheBot())
            .toList();
  }

  /** Returns the addresses at which somebody, or nobody in particular, reads of it. */
  private Set<String> holding(String viewer) {
    Set<String> holding = new TreeSet<>();
    Deque<String> next = new ArrayDeque<>(firstPages());
    for (JsonNode channel : channelsOf(viewer.isEmpty() ? STRANGER : viewer)) {
      next.add("/api/v1/chat/channels/" + channel.path("name").asText() + "/messages?limit=500");
    }
    Set<String> seen = new TreeSet<>();
    while (!next.isEmpty() && seen.size() < MOST_PAGES) {
      String path = next.poll();
      if (seen.add(path)) {
        String as = (path.contains("?") ? "&as=" : "?as=") + viewer;
        String body = read(viewer.isEmpty() ? path : path + as);
        if (body.replace("q=" + CANARY, "").contains(CANARY)) {
          holding.add(path + " as " + viewer);
        }
        HREF.matcher(body)
            .results()
            .map(found -> found.group(1).replace("&amp;", "&"))
            .filter(link -> !link.contains("stream"))
            .forEach(next::add);
      }
    }
    return holding;
  }

  private static List<String> firstPages() {
    List<String> pages = new ArrayList<>(List.of("/", "/chat", "/board", "/status", "/metrics"));
    pages.addAll(List.of("/incidents", "/incidents/INC-1", "/incidents/INC-1/postmortem"));
    for (String more : List.of("", "/INC-1", "/INC-1/timeline", "/INC-1/steps", "?q=" + CANARY)) {
      pages.add("/api/v1/incidents" + more);
    }
    pages.addAll(List.of("/api/v1/journal?limit=500", "/api/v1/search?q=" + CANARY));
    pages.addAll(List.of("/api/v1/chat/channels", "/api/v1/alerts", "/api/v1/health"));
    return pages;
  }

  private List<JsonNode> channelsOf(String viewer) {
    return trial
        .sender()
        .get("/api/v1/chat/channels?as=" + viewer)
        .path("items")
        .findParents("name");
  }

  private String read(String path) {
    try {
      HttpResponse<String> answer = trial.sender().read(path);
      return answer.body();
    } catch (IOException e) {
      throw new AssertionError("the bot does not answer " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

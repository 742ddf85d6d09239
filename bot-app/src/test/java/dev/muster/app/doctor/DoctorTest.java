// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.app.Adapters;
import dev.muster.app.Assembly;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Check;
import dev.muster.config.BotConfig;
import dev.muster.config.ConfigResult;
import dev.muster.store.NoticeBoard;
import dev.muster.store.NoticeBoard.Notice;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.store.sql.StoreReader;
import dev.muster.telemetry.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the examination says about healthy and sick surroundings. */
final class DoctorTest {

  private static final String ANY_PORT = "server: { port: 0 }\n";

  private static final String PEOPLE =
      """
      platforms:
        slack: { enabled: true, bot-token: xoxb-1, signing-secret: canary }
      oncall:
        schedules:
          - name: s
            people: [li, "slack:U1", "slack:busy", "slack:ada@b.c", "web:elsewhere"]
            rotate-every: 7d
            start: "2026-01-05T09:00"
        policies:
          - name: default
            levels:
              - { notify: ["schedule:s", "person:slack:gone"], after: 0s }
              - { notify: ["person:li", "person:slack:hidden"], after: 5m }
      access:
        groups: { sre: ["slack:U9", "bare"] }
        admins: [sre, "slack:U1"]
      """;

  @TempDir private Path folder;
  private Path database;
  private boolean fine;

  @BeforeEach
  void place() {
    database = folder.resolve("muster.db");
  }

  private String examine(String yaml) throws IOException {
    String store = "store: { url: \"jdbc:sqlite:" + database + "\" }\n";
    Path file = Files.writeString(folder.resolve("bot.yaml"), store + yaml);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    fine =
        Assembly.examine(
            Adapters.loader(Map.<String, String>of()::get).load(Optional.of(file)),
            new PrintStream(said, true, StandardCharsets.UTF_8));
    return said.toString(StandardCharsets.UTF_8);
  }

  private SqlStore opened() {
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + database,
            InstantSource.system(),
            () -> UUID.randomUUID().toString(),
            new Telemetry());
    return ((StoreOpening.Opened) opening).store();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void assertLine(String start, String said) {
    assertTrue(said.lines().anyMatch(each -> each.startsWith(start)), said);
  }

  @Test
  void newPlace_nothingIsWrongAndNothingIsMade() throws IOException {
    String said = examine(ANY_PORT);

    assertTrue(fine, said);
    assertTrue(said.contains("muster.db does not exist yet"), said);
    assertTrue(said.endsWith("Nothing is wrong.\n"), said);
    assertFalse(Files.exists(database));
    for (String subject : new String[] {"encoding", "disk", "clock", "store", "address", "web"}) {
      assertLine("ok     " + subject, said);
    }
  }

  @Test
  void runningStore_isReadBesideItsOwner() throws IOException {
    try (SqlStore running = opened()) {
      running.memory("web").get("nothing");
      String said = examine(ANY_PORT);

      assertTrue(fine, said);
      assertTrue(said.contains("is sound. Incidents that are not closed: 0."), said);
    }
  }

  @Test
  void whatMusterAsksFor_isRepeated_asWrongWhileItRuns() throws IOException {
    Instant since = Instant.parse("2026-11-20T12:00:31Z");
    String sentence = "No connection to Slack has lived.";
    try (SqlStore store = opened()) {
      store.run(
          tx -> {
            new NoticeBoard(tx).put(new Notice("slack", "socket_dead", since, since, sentence));
            return null;
          });
      store.run(
          tx -> {
            new NoticeBoard(tx).put(new Notice("slack", "optional/x", since, since, "Declined."));
            return null;
          });
      assertEquals(
          List.of(
              "WRONG  slack      Since 2026-11-20T12:00:00Z: " + sentence,
              "note   slack      Since 2026-11-20T12:00:00Z: Declined."),
          repeated(true));
    }

    String said = examine(ANY_PORT);

    assertTrue(fine, said);
    assertLine("note   slack      When Muster last ran, it asked. Since 2026-11-20T12:00", said);
  }

  private List<String> repeated(boolean running) throws IOException {
    try (StoreReader reader = StoreReader.open("jdbc:sqlite:" + database)) {
      return NoticeCheck.look(reader, running).stream().map(Finding::line).toList();
    }
  }

  @Test
  void damagedStore_isWrongAndThePlatformsAreStillLookedAt() throws IOException {
    Files.writeString(database, "no database at all, but long enough to be looked at".repeat(99));

    String said = examine(ANY_PORT);

    assertFalse(fine);
    assertLine("WRONG  store", said);
    assertLine("ok     web", said);
    assertTrue(said.endsWith("To mend: 1 thing.\n"), said);
  }

  @Test
  void storeThatOthersCanRead_namesTheCommand() throws IOException {
    opened().close();
    Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));

    String said = examine(ANY_PORT);

    assertFalse(fine);
    assertTrue(said.contains("Run: chmod 600 " + database), said);
  }

  @Test
  void clockSetBack_isWrong() throws IOException {
    opened().close();
    Files.setLastModifiedTime(database, FileTime.from(Instant.now().plus(Duration.ofDays(1))));

    String said = examine(ANY_PORT);

    assertFalse(fine);
    assertTrue(said.contains("Set the clock: timedatectl set-ntp true."), said);
  }

  @Test
  void portOfAnotherProgram_isWrong() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String said = examine("server: { port: " + other.getLocalPort() + " }\n");

      assertFalse(fine);
      assertTrue(said.contains("set server.host and server.port"), said);
    }
  }

  @Test
  void brokenConfiguration_listsEveryProblem() throws IOException {
    String said = examine("server: { prot: 1 }\nseverities: { SEV1: { ack-within: 5 } }\n");

    assertFalse(fine);
    assertEquals(2, said.lines().filter(each -> each.startsWith("WRONG  config")).count(), said);
  }

  @Test
  void targetThatIsDown_isOnlyNoted() throws IOException {
    String said =
        examine(ANY_PORT + "outbound: { allow: [\"http://127.0.0.1:" + closedPort() + "\"] }\n");

    assertTrue(fine, said);
    assertLine("note   outbound", said);
  }

  @Test
  void platformThatCannotBeReached_isWrongWithoutItsToken() throws IOException {
    String said =
        examine(
            """
            server: { port: 0 }
            platforms:
              slack:
                enabled: true
                bot-token: xoxb-canary-token
                signing-secret: canary-secret
                api-url: http://127.0.0.1:%d/api/
            """
                .formatted(closedPort()));

    assertFalse(fine);
    assertLine("WRONG  slack", said);
    assertFalse(said.contains("canary"), said);
  }

  @Test
  void platformThatIsWrong_andDoesWithoutSomething_notesTheLatter() {
    Check check = new Check(false, List.of("The token is dead."), List.of("No pins."));
    ChatPlatform sick =
        (ChatPlatform)
            Proxy.newProxyInstance(
                DoctorTest.class.getClassLoader(),
                new Class<?>[] {ChatPlatform.class},
                (proxy, method, given) -> method.getName().equals("check") ? check : "slack");
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      assertEquals(
          List.of("WRONG  slack      The token is dead.", "note   slack      No pins."),
          PlatformCheck.look(sick, executor).stream().map(Finding::line).toList());
    } finally {
      executor.shutdownNow();
    }
  }

  private static ChatPlatform slackThatFinds(Supplier<ChatOutcome<OpenedChannel>> found) {
    return (ChatPlatform)
        Proxy.newProxyInstance(
            DoctorTest.class.getClassLoader(),
            new Class<?>[] {ChatPlatform.class},
            (proxy, method, given) ->
                switch (method.getName()) {
                  case "name" -> "slack";
                  case "findChannel" -> given[0].equals("incidents") ? found.get() : null;
                  default -> throw new AssertionError(method.getName());
                });
  }

  @Test
  void channelOfAnnouncements_thatIsNotThere_isNoted() throws IOException {
    Path file = Files.writeString(folder.resolve("bot.yaml"), PEOPLE);
    ConfigResult read = Adapters.loader(Map.<String, String>of()::get).load(Optional.of(file));
    BotConfig config = ((ConfigResult.Loaded) read).config();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      ChatPlatform lost = slackThatFinds(() -> new ChatOutcome.Refused<>("Type /invite there."));
      ChatPlatform busy = slackThatFinds(() -> new ChatOutcome.RetryLater<>("busy", Duration.ZERO));
      ChatPlatform broken =
          slackThatFinds(
              () -> {
                throw new IllegalStateException("broken");
              });
      assertEquals(
          List.of(
              "note   slack      Incidents are announced nowhere: the channel of announce-channel,"
                  + " incidents, is not found. Type /invite there."),
          ChannelCheck.look(config, lost, executor).stream().map(Finding::line).toList());
      for (ChatPlatform silent : List.of(busy, broken)) {
        assertEquals(
            List.of(
                "note   slack      Whether the channel of announce-channel, incidents, is there"
                    + " could not be found out now. Ask again later."),
            ChannelCheck.look(config, silent, executor).stream().map(Finding::line).toList());
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void peopleWhomAPlatformDoesNotKnow_areNamedOnce() throws IOException {
    Person ada = new Person(new UserRef("slack", "U1"), "Ada");
    Profile gone = new Profile(ada, Optional.empty(), Optional.empty(), false, false, false);
    ConcurrentMap<String, ChatOutcome<Profile>> answers =
        new ConcurrentHashMap<>(
            Map.of(
                "U1", new ChatOutcome.Done<>(Profile.member(ada)),
                "ada@b.c", new ChatOutcome.Done<>(Profile.member(ada)),
                "gone", new ChatOutcome.Done<>(gone),
                "busy", new ChatOutcome.RetryLater<>("busy", Duration.ofSeconds(1)),
                "hidden", new ChatOutcome.Refused<>("no", ChatOutcome.Cause.PERMISSION)));
    ChatPlatform platform =
        (ChatPlatform)
            Proxy.newProxyInstance(
                DoctorTest.class.getClassLoader(),
                new Class<?>[] {ChatPlatform.class},
                (proxy, method, given) ->
                    method.getName().equals("name")
                        ? "slack"
                        : answers.getOrDefault(
                            (String) given[0], new ChatOutcome.Refused<>("nobody")));
    Path file = Files.writeString(folder.resolve("bot.yaml"), PEOPLE);
    ConfigResult read = Adapters.loader(Map.<String, String>of()::get).load(Optional.of(file));
    BotConfig config = ((ConfigResult.Loaded) read).config();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      List<String> said =
          PeopleCheck.look(config, platform, executor).stream().map(Finding::line).toList();
      assertEquals(1, said.size(), said::toString);
      assertTrue(said.get(0).startsWith("note   slack      "), said::toString);
      assertTrue(
          said.get(0).contains("names li, ada@b.c (write slack:U1), gone (deactivated), U9. Calls"),
          said::toString);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void disk_littleOrNothingLeft_saysSo() {
    long gigabyte = 1L << 30;

    assertEquals(
        Finding.Verdict.OK, MachineCheck.disk(folder, 50 * gigabyte, 100 * gigabyte).verdict());
    assertEquals(
        Finding.Verdict.NOTE, MachineCheck.disk(folder, 9 * gigabyte, 100 * gigabyte).verdict());
    assertTrue(MachineCheck.disk(folder, gigabyte / 4, gigabyte).isWrong());
  }
}

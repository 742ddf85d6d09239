// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.teams.fake.FakeKeys;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever answers, and whatever an activity names: neither token nor secret leaves for elsewhere.
 */
final class TokenTravelsTest extends OnTeams {

  private final AtomicInteger visits = new AtomicInteger();
  private HttpServer thief;

  @BeforeEach
  void lieInWait() throws IOException {
    thief = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    thief.createContext(
        "/",
        exchange -> {
          visits.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    thief.start();
    ground.place();
  }

  @AfterEach
  void leave() {
    thief.stop(0);
  }

  /** Another name of this machine, which is on no list; so the visit would be seen. */
  private String elsewhere() {
    return "http://localhost:" + thief.getAddress().getPort() + "/";
  }

  private ChatOutcome<?> post(ChatPlatform platform) {
    return platform.post(key("p"), ground.placeRef(), Optional.empty(), BotMessage.line("Hello."));
  }

  private ChatOutcome<?> tell(ChatPlatform platform) {
    FakePerson ada = ground.teams().tenant().person("ada");
    UserRef user = new UserRef("teams", ada.aad());
    String place = ground.placeRef().id();
    ReplyTo to =
        new ReplyTo(
            user,
            ground.placeRef(),
            Optional.of(place),
            clock.instant().plusSeconds(60),
            Optional.empty());
    return platform.tell(key("t"), to, BotMessage.line("For you."));
  }

  private static Arguments way(Part part, Function<TokenTravelsTest, ChatOutcome<?>> call) {
    return Arguments.of(part, call);
  }

  static Stream<Arguments> ways() {
    Function<TokenTravelsTest, ChatOutcome<?>> post = t -> t.post(t.ground.platform());
    Function<TokenTravelsTest, ChatOutcome<?>> open =
        t -> t.ground.platform().openChannel(t.key("o"), new ChannelSpec("inc-1", "", false));
    Function<TokenTravelsTest, ChatOutcome<?>> find = t -> t.ground.platform().findChannel("x");
    return Stream.of(
        way(Part.LOGIN, post),
        way(Part.CONNECTOR, post),
        way(Part.CONNECTOR, t -> t.tell(t.ground.platform())),
        way(Part.GRAPH, open),
        way(Part.READING, find));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void answer_thatLeadsElsewhere_isNotFollowed(
      Part part, Function<TokenTravelsTest, ChatOutcome<?>> call) {
    for (int status : new int[] {301, 302, 307, 308}) {
      ground.teams().arm(part, Fault.redirect(status, elsewhere()));
      call.apply(this);
    }

    assertEquals(0, visits.get());
  }

  @Test
  void keys_thatLieElsewhere_areNotFetched() {
    clock.advance(Duration.ofHours(49));
    ground.teams().arm(Part.METADATA, Fault.redirect(302, elsewhere()));

    assertEquals(503, status(ground.push(ground.writes("ada", "x"))));

    assertEquals(0, visits.get());
  }

  /** The token of the call is genuine each time; it is the address that is not. */
  @Test
  void serviceUrl_foreign_isNeitherKeptNorCalled() {
    int before = memory.scan("address", "", 1000).size();
    for (String foreign :
        new String[] {
          "https://evil.example/",
          "https://smba.trafficmanager.net.evil.example/teams/",
          "https://evil.example/smba.trafficmanager.net/",
          "https://127.0.0.1@evil.example/",
          "http://127.0.0.1.evil.example/",
          "http://127.0.0.1:1@evil.example/",
          "file:///etc/passwd",
          "//127.0.0.1/",
          "javascript:1",
          " ",
          ""
        }) {
      ObjectNode claims = ground.pushes().claims().put("serviceurl", foreign);
      ObjectNode message = ground.writes("ada", "hello").put("serviceUrl", foreign);
      String token = "Bearer " + FakeKeys.connector().sign(claims);

      assertEquals(401, status(ground.push(message, token)), foreign);
    }
    assertEquals(before, memory.scan("address", "", 1000).size());
    done(ground.platform().findChannel("meeting-place"));
    assertFalse(
        ground.teams().ledger().stream().anyMatch(call -> call.path().contains("evil")),
        "called elsewhere");
  }
}

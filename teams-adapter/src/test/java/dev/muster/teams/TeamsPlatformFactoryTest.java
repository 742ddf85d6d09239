// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.spi.Capability;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.ChatPlatformFactory;
import dev.muster.chat.spi.PlatformRuntime;
import dev.muster.chat.spi.Secret;
import dev.muster.teams.client.Json;
import dev.muster.testkit.TestRequest;
import dev.muster.testkit.TestRuntime;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The platform is found by its name and refuses to start where it would be open to anybody. */
final class TeamsPlatformFactoryTest extends OnTeams {

  private static final String LOGIN = "https://login.microsoftonline.com/";
  private static final String METADATA =
      "https://login.botframework.com/v1/.well-known/openidconfiguration";
  private static final String GRAPH = "https://graph.microsoft.com/v1.0/";

  private static TeamsSettings config(String app, String password, boolean anonymous) {
    return config(app, password, "", GRAPH, anonymous);
  }

  private static TeamsSettings config(
      String app, String password, String certificate, String graph, boolean anonymous) {
    return new TeamsSettings(
        app,
        Secret.of(password),
        Secret.of(certificate),
        "tenant",
        List.of("group"),
        LOGIN,
        METADATA,
        graph,
        List.of("127.0.0.1"),
        anonymous,
        "",
        "",
        List.of());
  }

  private static String refusal(Runnable creation) {
    return assertThrows(IllegalArgumentException.class, creation::run).getMessage();
  }

  @Test
  void factory_askedByTheServiceLoader_isFoundUnderItsName() {
    List<String> names = new ArrayList<>();
    for (ChatPlatformFactory<?> factory : ServiceLoader.load(ChatPlatformFactory.class)) {
      names.add(factory.name());
    }

    assertEquals(List.of("teams"), names);
  }

  @Test
  void config_withoutAppOrPassword_isRefusedWithTheMend() {
    assertTrue(refusal(() -> config("", "secret", false)).contains("app-id"));
    assertTrue(refusal(() -> config("app", "", false)).contains("app-password"));
  }

  @Test
  void config_certificateOrForeignAddress_isRefusedWithTheMend() {
    assertTrue(refusal(() -> config("app", "", "cert.pem", GRAPH, false)).contains("${file:"));
    assertTrue(
        refusal(() -> config("app", "x", "", "https://evil.example/", false))
            .contains("graph-url"));
    assertFalse(config("app", "x", "", "http://127.0.0.1:1/", false).anonymous());
  }

  @Test
  void config_printed_tellsNoPassword() {
    assertFalse(config("app", "hunter2-hunter2", false).toString().contains("hunter2"));
  }

  private ChatPlatform anonymous(TestRuntime runtime) {
    return new TeamsPlatformFactory().create(config("", "", true), inbox, runtime);
  }

  @Test
  void anonymous_onLoopback_hearsUnsignedActivitiesOfThatTenant() {
    try (TestRuntime runtime = new TestRuntime(clock, memory, folder);
        ChatPlatform platform = anonymous(runtime)) {
      ObjectNode message = ground.writes("ada", "hello");
      message.withObjectProperty("conversation").put("tenantId", "tenant");
      message.withObjectProperty("channelData").putObject("tenant").put("id", "tenant");

      assertEquals("teams", platform.name());
      assertEquals(200, unsigned(runtime, message));
      assertEquals(401, unsigned(runtime, message.put("channelId", "directline")));
    }
    assertEquals(1, inbox.deliveries().size());
  }

  /** A page in a browser of this machine reaches loopback, and so does a proxy on it. */
  @Test
  void anonymous_calledByAPageOrThroughAProxy_isRefused() {
    try (TestRuntime runtime = new TestRuntime(clock, memory, folder);
        ChatPlatform platform = anonymous(runtime)) {
      ObjectNode message = ground.writes("ada", "hello");
      message.withObjectProperty("conversation").put("tenantId", "tenant");
      message.withObjectProperty("channelData").putObject("tenant").put("id", "tenant");

      assertEquals(401, unsigned(runtime, message, Map.of("Origin", "https://evil.example")));
      assertEquals(401, unsigned(runtime, message, Map.of("Origin", "null")));
      assertEquals(401, unsigned(runtime, message, Map.of("X-Forwarded-For", "203.0.113.7")));
      assertEquals(401, unsigned(runtime, message, Map.of("Host", "evil.example:8080")));
      assertEquals(415, unsigned(runtime, message, Map.of("Content-Type", "text/plain")));
      assertEquals(200, unsigned(runtime, message, Map.of("Host", "localhost:8080")));
    }
    assertEquals(1, inbox.deliveries().size());
  }

  private static int unsigned(TestRuntime runtime, ObjectNode message) {
    return unsigned(runtime, message, Map.of());
  }

  private static int unsigned(
      TestRuntime runtime, ObjectNode message, Map<String, String> headers) {
    return status(
        runtime.call(TestRequest.of("POST", "/api/messages", headers, Json.bytes(message))));
  }

  /** Everything as the runtime says, except that the server listens to the network. */
  private static PlatformRuntime onTheNetwork(PlatformRuntime runtime) {
    return (PlatformRuntime)
        Proxy.newProxyInstance(
            PlatformRuntime.class.getClassLoader(),
            new Class<?>[] {PlatformRuntime.class},
            (proxy, method, arguments) ->
                method.getName().equals("isLocalOnly") ? false : method.invoke(runtime, arguments));
  }

  @Test
  void anonymous_onTheNetwork_isRefusedWithTheMend() {
    try (TestRuntime runtime = new TestRuntime(clock, memory, folder)) {
      TeamsPlatformFactory factory = new TeamsPlatformFactory();

      String told =
          refusal(() -> factory.create(config("", "", true), inbox, onTheNetwork(runtime)));

      assertTrue(told.contains("server.host"), told);
    }
  }

  @Test
  void privateIncident_withoutAnOwner_isRefusedAndNotClaimed() {
    try (TestRuntime runtime = new TestRuntime(clock, memory, folder);
        ChatPlatform platform = anonymous(runtime)) {
      assertFalse(platform.capabilities().contains(Capability.PRIVATE_CHANNELS));
      is(
          ChatOutcome.Refused.class,
          platform.openChannel(key("k"), new ChannelSpec("inc-1", "", true)));
    }
  }
}

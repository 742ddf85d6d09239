// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.access.Level;
import dev.muster.chat.spi.Secret;
import dev.muster.config.BotConfig;
import dev.muster.config.load.Configs.ChatKeys;
import dev.muster.incident.Severity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

  @TempDir Path folder;

  @Test
  void load_withoutFile_givesTheEmbeddedDefaults() {
    BotConfig config = Configs.defaults();

    assertEquals("127.0.0.1", config.server().host());
    assertEquals(8080, config.server().port());
    assertEquals(URI.create("http://localhost:8080"), config.server().publicUrl());
    assertEquals("jdbc:sqlite:data/muster.db", config.store().url());
    assertEquals(List.of("web"), config.incidentPlatforms());
    assertEquals(List.of("alerts"), config.platforms().get("web").alertChannels());
    assertFalse(config.platforms().get("slack").enabled());
    assertEquals(Level.RESPONDER, config.access().defaultLevel());
    assertTrue(config.access().everyoneApproves());
    assertTrue(config.access().admins().isEmpty());
    assertEquals(
        Optional.of(Duration.ofMinutes(30)), config.severities().get(Severity.SEV1).updateEvery());
    assertEquals(Optional.empty(), config.severities().get(Severity.SEV4).updateEvery());
    assertEquals(
        Optional.of(Duration.ofMinutes(10)), config.severities().get(Severity.SEV2).ackWithin());
    assertEquals(Optional.empty(), config.severities().get(Severity.SEV3).ackWithin());
  }

  @Test
  void load_emptyFileOrOnlyComments_equalsTheDefaults() {
    Configs configs = new Configs(folder);

    for (String text :
        List.of("", "# nothing\n\n", "---\n", "server:\nalerts:\nplatforms:\n  slack:\n")) {
      String read = configs.config(text).toString().replace(folder + "/", "");
      assertEquals(Configs.defaults().toString(), read);
    }
  }

  @Test
  void load_otherPort_publicUrlFollowsUnlessWritten() {
    Configs configs = new Configs(folder);

    assertEquals(
        URI.create("http://localhost:9191"),
        configs.config("server: { port: 9191 }").server().publicUrl());
    assertEquals(
        URI.create("http://localhost:43210"),
        configs.config("server: { port: 0 }").server().publicUrl(43210));
    assertEquals(
        URI.create("https://m.example"),
        configs
            .config("server: { port: 9191, public-url: https://m.example }")
            .server()
            .publicUrl(9191));
  }

  @Test
  void load_enabledPlatform_bindsTheAdaptersRecord() {
    Configs configs = new Configs(folder, Map.of("BOT", "xoxb-7"));

    BotConfig config =
        configs.config(
            """
            platforms:
              slack:
                enabled: true
                mode: Socket
                bot-token: "${BOT}"
                announce-channel: ops
                alert-channels: [alerts, more]
            """);

    ChatKeys keys = config.platforms().get("slack").settings(ChatKeys.class);
    assertEquals(ChatKeys.Mode.SOCKET, keys.mode());
    assertEquals(Secret.of("xoxb-7"), keys.botToken());
    assertTrue(keys.appToken().isBlank());
    assertEquals("ops", config.platforms().get("slack").announceChannel());
    assertEquals(List.of("alerts", "more"), config.platforms().get("slack").alertChannels());
    assertEquals(List.of("slack"), config.incidentPlatforms());
    assertFalse(config.toString().contains("xoxb-7"));
  }

  @Test
  void load_disabledPlatform_looksNothingUpButKnowsItsKeys() {
    Configs configs = new Configs(folder);

    assertFalse(
        configs
            .config("platforms: { slack: { enabled: false, bot-token: \"${NOT_SET}\" } }")
            .platforms()
            .get("slack")
            .enabled());
    assertEquals(
        List.of(
            "bot.yaml:1:39 platforms.slack.bot-tokn: The key bot-tokn is not known."
                + " Did you mean bot-token?"),
        configs.lines("platforms: { slack: { enabled: false, bot-tokn: \"${NOT_SET}\" } }"));
  }

  @Test
  void load_namesOfServicesAndPeople_areTakenAsWritten() {
    BotConfig config =
        new Configs(folder)
            .config(
                """
                x-anchor-free: [1, 2]
                services:
                  - { name: NO, owner: 12:30 }
                  - { name: 010, owner: 1.10, x-note: ~ }
                  - { name: true, owner: 0x1F }
                access: { groups: { on: [null, ~a, 1e3] } }
                """);

    assertEquals(
        List.of("NO", "010", "true"),
        config.services().stream().map(BotConfig.ServiceEntry::name).toList());
    assertEquals(
        List.of("12:30", "1.10", "0x1F"),
        config.services().stream().map(BotConfig.ServiceEntry::owner).toList());
    assertEquals(List.of("null", "~a", "1e3"), config.access().groups().get("on"));
  }

  @Test
  void load_severityPartlyWritten_keepsItsOtherDefaults() {
    BotConfig config =
        new Configs(folder)
            .config(
                """
                severities:
                  SEV1: { update-every: off }
                  sev3: { ack-within: 1h30m, policy: nights }
                oncall:
                  policies: [ { name: nights, levels: [ { notify: ["person:ada"] } ] } ]
                """);

    assertEquals(Optional.empty(), config.severities().get(Severity.SEV1).updateEvery());
    assertEquals(
        Optional.of(Duration.ofMinutes(5)), config.severities().get(Severity.SEV1).ackWithin());
    assertEquals(
        Optional.of(Duration.ofMinutes(90)), config.severities().get(Severity.SEV3).ackWithin());
    assertEquals(Optional.of("nights"), config.severities().get(Severity.SEV3).policy());
    assertEquals(Optional.empty(), config.severities().get(Severity.SEV2).policy());
  }
}

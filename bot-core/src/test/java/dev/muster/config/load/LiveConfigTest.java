// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.muster.config.BotConfig;
import dev.muster.config.ConfigProblem;
import dev.muster.config.ConfigResult;
import dev.muster.config.LiveConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConfigTest {

  private static final String RUNBOOK = "name: fix\nsteps: [ { id: a, kind: manual, body: %s } ]\n";

  @TempDir Path folder;
  private Configs configs;
  private LiveConfig live;

  @BeforeEach
  void begin() {
    configs = new Configs(folder);
    configs.write("runbooks/fix.yaml", RUNBOOK.formatted("look"));
    live = new LiveConfig(configs.loaded("services: [ { name: a } ]"), configs::read);
  }

  @Test
  void reload_ofARightFile_takesItOver() {
    String before = live.sha256();
    configs.write("bot.yaml", "services: [ { name: b } ]");

    ConfigResult result = live.reload();

    assertInstanceOf(ConfigResult.Loaded.class, result);
    assertEquals("b", live.current().services().get(0).name());
    assertNotEquals(before, live.sha256());
  }

  @Test
  void reload_ofAChangedRunbook_changesTheFingerprint() {
    String before = live.sha256();
    String contentBefore = live.current().runbooks().get(0).contentHash();
    configs.write("runbooks/fix.yaml", RUNBOOK.formatted("listen"));

    live.reload();

    assertNotEquals(before, live.sha256());
    assertNotEquals(contentBefore, live.current().runbooks().get(0).contentHash());
  }

  @Test
  void reload_ofAnUnchangedFile_keepsTheFingerprint() {
    String before = live.sha256();

    live.reload();

    assertEquals(before, live.sha256());
  }

  @Test
  void reload_ofABrokenRunbook_keepsTheOldOne() {
    BotConfig before = live.current();
    configs.write("runbooks/fix.yaml", "name: fix\n");

    assertInstanceOf(ConfigResult.Refused.class, live.reload());
    assertSame(before, live.current());
  }

  @Test
  void reload_whenTheFileIsGoneOrAFolder_keepsTheOldOne() throws IOException {
    BotConfig before = live.current();
    Files.delete(folder.resolve("bot.yaml"));
    assertInstanceOf(ConfigResult.Refused.class, live.reload());

    Files.createDirectory(folder.resolve("bot.yaml"));
    assertInstanceOf(ConfigResult.Refused.class, live.reload());
    assertSame(before, live.current());
  }

  @Test
  void reload_throughASymbolicLink_followsIt() throws IOException {
    Path other = configs.write("versions/2.yaml", "services: [ { name: c } ]");
    Files.delete(folder.resolve("bot.yaml"));
    Files.createSymbolicLink(folder.resolve("bot.yaml"), other);

    live.reload();

    assertEquals("c", live.current().services().get(0).name());
  }

  private static String slack(String more) {
    return "platforms: { slack: { enabled: true, bot-token: one" + more + " } }";
  }

  private List<String> restarts(String before, String after) {
    live = new LiveConfig(configs.loaded(before), configs::read);
    configs.write("bot.yaml", after);
    return live
        .reload()
        .match(ConfigResult.Loaded::warnings, ConfigResult.Refused::problems)
        .stream()
        .map(ConfigProblem::path)
        .toList();
  }

  @Test
  void reload_ofAPlatform_namesOnlyWhatItsAdapterDoesNotHeed() {
    String before = slack("");
    String token = before.replace("one", "two");

    assertEquals(List.of(), restarts(before, token));
    assertEquals(List.of(), restarts(before, slack(", announce-channel: all")));
    assertEquals(
        List.of("platforms.slack.mode", "platforms.slack.api-url"),
        restarts(before, slack(", mode: socket, api-url: 'https://other.example/'")));
    assertEquals(List.of("platforms.slack.enabled"), restarts("services: []", before));
  }

  @Test
  void reload_thatNeedsARestart_saysSo() {
    configs.write("bot.yaml", "server: { port: 9999 }");

    List<ConfigProblem> warnings =
        live.reload().match(ConfigResult.Loaded::warnings, ConfigResult.Refused::problems);

    assertEquals(List.of("server"), warnings.stream().map(ConfigProblem::path).toList());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.testkit.ManualClock;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exit codes, and what goes to standard output and what to standard error. */
final class MainTest {

  @TempDir private Path folder;

  private Path config(String text) throws IOException {
    return Files.writeString(folder.resolve("bot.yaml"), text);
  }

  @ParameterizedTest
  @CsvSource({
    "frobnicate, 2",
    "run now, 2",
    "run --config, 2",
    "--nonsense, 2",
    "check-config one two, 2",
    "doctor now, 2",
    "runbook, 2",
    "runbook test, 2",
    "runbook play rollback-checkout, 2",
    "runbook test rollback-checkout --var, 2",
    "runbook test rollback-checkout --out, 2",
    "run --var a=b, 2",
    "backup, 2",
    "backup a b, 2",
    "restore, 2",
    "restore a --above seven, 2",
    "restore a --store, 2",
    "export, 2",
    "export nonsense, 2",
    "export INC-1 --out, 2",
    "about-person ada, 2",
    "forget-person slack:U1, 2",
    "forget-person slack: --reason x, 2",
    "forget-person slack: --short-names, 2",
    "redact INC-1, 2",
    "redact INC-1 0 --reason x, 2",
    "redact INC-1 1 --reason x --out y, 2",
    "verify, 2",
    "verify --store a, 2",
    "version, 0",
    "help, 0",
    "--help, 0"
  })
  void command_usedRightOrWrong_hasItsExitCode(String words, int code) {
    Shell.Ended ended = Shell.run(words.split(" "));

    assertEquals(code, ended.code());
    assertEquals(code == 2, ended.out().isEmpty());
    assertEquals(code == 0, ended.err().isEmpty());
    assertTrue(code == 0 || ended.err().contains("help"), ended.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {" : ", "web: ", " :ada"})
  void person_namedByBlanks_isBadUsage(String person) {
    assertEquals(2, Shell.run("forget-person", person, "--reason", "asked").code());
  }

  @Test
  void checkConfig_storeThatNobodyCouldOpen_isThreeAndSaysWhy() throws IOException {
    String file = config("store: { url: \"jdbc:sqlite:data/muster.db?cache=shared\" }").toString();

    Shell.Ended ended = Shell.run("check-config", file);

    assertEquals(3, ended.code(), ended.out());
    assertTrue(ended.err().contains("unknown parameter cache"), ended.err());
  }

  @Test
  void checkConfig_goodFile_saysSoOnStandardOutput() throws IOException {
    Shell.Ended ended = Shell.run("check-config", config("").toString());

    assertEquals(0, ended.code());
    assertTrue(ended.out().contains("fine"), ended.out());
  }

  @Test
  void config_bad_isThreeWithEveryProblem() throws IOException {
    String file =
        config("server: { prot: 1 }\nseverities: { SEV1: { ack-within: 5 } }\n").toString();

    for (String command : new String[] {"check-config", "run"}) {
      Shell.Ended ended = Shell.run(command, "--config", file);
      assertEquals(3, ended.code());
      assertEquals("", ended.out());
      assertTrue(ended.err().contains("bot.yaml:1:"), ended.err());
      assertTrue(ended.err().contains("port"), ended.err());
      assertTrue(ended.err().contains("bot.yaml:2:"), ended.err());
    }
  }

  @Test
  void run_storeThatCannotBeOpened_isFour() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "no database at all");
    String file =
        config(
                "server: { port: 0 }\nstore: { url: \"jdbc:sqlite:"
                    + folder.resolve("notes.txt")
                    + "\" }\n")
            .toString();

    Shell.Ended ended = Shell.run("run", "--config", file);
    assertEquals(4, ended.code(), ended.err());
    assertTrue(ended.err().contains("notes.txt"), ended.err());
  }

  @Test
  void run_onATakenPort_isSix() throws IOException {
    try (BotHarness other = BotHarness.start(folder.resolve("other"), ManualClock.atNoon(), "")) {
      int port = other.http().port();
      String file =
          config(
                  "server: { port: "
                      + port
                      + " }\nstore: { url: \"jdbc:sqlite:"
                      + folder.resolve("muster.db")
                      + "\" }\n")
              .toString();

      Shell.Ended ended = Shell.run("run", "--config", file);
      assertEquals(6, ended.code(), ended.err());
      assertTrue(ended.err().contains(String.valueOf(port)), ended.err());
    }
  }

  @Test
  void run_atAnAddressOfAnotherMachine_isSixAndSaysSo() throws IOException {
    String store = folder.resolve("muster.db").toString();
    String file =
        config(
                "server: { host: 203.0.113.7, port: 0 }\nstore: { url: \"jdbc:sqlite:"
                    + store
                    + "\" }\n")
            .toString();

    Shell.Ended ended = Shell.run("run", "--config", file);

    assertEquals(6, ended.code(), ended.err());
    assertTrue(ended.err().contains("203.0.113.7 is no address of this machine"), ended.err());
  }

  @Test
  void run_untilSigterm_saysWhenItIsReadyAndEndsWithZero() throws Exception {
    config("server: { port: 0 }\n");
    Process process = child().redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String ready = out.readLine();
      assertTrue(
          String.valueOf(ready).matches("Muster is ready at http://localhost:[0-9]+"), ready);
      int port = Integer.parseInt(ready.replaceFirst(".*:", ""));
      assertEquals(200, new BotHttp(port).get("/readyz").status());
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
      assertTrue(Files.exists(folder.resolve("data/muster.db")));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void run_onceItIsReady_warmsUp_andASigtermMeanwhileLeavesNothingOfIt() throws Exception {
    config("server: { port: 0 }\n");
    Path thrownAway = folder.resolve("data/muster.db.thrown-away");
    ProcessBuilder.Redirect said = ProcessBuilder.Redirect.to(folder.resolve("said").toFile());
    Process process = child().redirectErrorStream(true).redirectOutput(said).start();
    try {
      new BotHttp(0).until("it warms up", () -> Files.exists(thrownAway.resolve("muster.db-wal")));
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
      assertFalse(Files.exists(thrownAway));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void run_whoseStartThrows_endsAndSaysWhy() throws Exception {
    config("server: { port: 0 }\n");
    Path services = Files.createDirectories(folder.resolve("more/META-INF/services"));
    Files.writeString(services.resolve("dev.muster.http.spi.PagesFactory"), "no.such.Pages");
    Path said = folder.resolve("said");
    Process process =
        child(folder.resolve("more") + File.pathSeparator)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the store's threads keep the process");
      assertEquals(1, process.exitValue(), Files.readString(said));
      String sentence = "Muster could not start: ServiceConfigurationError, as the log says";
      assertTrue(Files.readString(said).contains(sentence), Files.readString(said));
      assertTrue(Files.readString(said).contains("no.such.Pages"), Files.readString(said));
    } finally {
      process.destroyForcibly();
    }
  }

  private ProcessBuilder child() {
    return child("");
  }

  private ProcessBuilder child(String before) {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
            "-cp",
            before + classes,
            Main.class.getName(),
            "--config",
            "bot.yaml")
        .directory(folder.toFile());
  }

  /** Who was started by nohup is deaf to SIGHUP, and so is every child that is not told to hear. */
  private static ProcessBuilder hearing(ProcessBuilder child) throws IOException {
    Path status = Path.of("/proc/self/status");
    boolean deaf =
        Files.exists(status)
            && Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> line.matches(".*[13579bdf]"));
    if (deaf) {
      child.command().addAll(0, List.of("env", "--default-signal=HUP"));
    }
    return child;
  }

  private static void hangUp(Process process) throws Exception {
    String pid = String.valueOf(process.pid());
    assertEquals(0, new ProcessBuilder("kill", "-HUP", pid).start().waitFor());
  }

  @Test
  void sighup_whileItStarts_isHeededOnceItIsReady_andABadFileIsToldInTheLog() throws Exception {
    try (FakeSlack slack = new FakeSlack(InstantSource.system())) {
      slack.arm("auth.test", FakeFault.DELAYS);
      config(SlackBot.platforms(slack, "http"));
      BotHttp looking = new BotHttp(0);
      Process process =
          hearing(child())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("said").toFile())
              .start();
      try {
        looking.until("it asks Slack", () -> !slack.calls("auth.test").isEmpty());
        hangUp(process);
        looking.until("it is ready", () -> said().contains("Muster is ready at "));
        int port =
            Integer.parseInt(
                said().replaceFirst("(?s).*ready at http://localhost:([0-9]+).*", "$1"));
        BotHttp bot = new BotHttp(port);
        bot.until("taken over", () -> bot.get("/metrics").body().contains("\"taken_over\"} 1"));

        config(SlackBot.platforms(slack, "http").replace("mode: http", "mode: sockets"));
        hangUp(process);
        looking.until("the mend is told", () -> said().contains("mode is \"sockets\""));
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("said"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

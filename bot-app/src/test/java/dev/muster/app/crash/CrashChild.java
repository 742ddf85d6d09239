// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.Adapters;
import dev.muster.app.Assembly;
import dev.muster.app.BotApp;
import dev.muster.app.MovedOn;
import dev.muster.app.StartOutcome;
import dev.muster.chat.spi.ChatPlatformFactory;
import dev.muster.config.ConfigResult;
import dev.muster.config.LiveConfig;
import dev.muster.config.load.ConfigLoader;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole bot in a process of its own that may be killed at any of its {@link CrashPoints}. It is
 * wired by its {@code Assembly} like the real program; only the database driver and the factories
 * of the chats stand behind windows. On its standard input it takes {@code ARM pattern}, {@code
 * BREAK verb fault}, {@code HEAL}, {@code PASS millis}, {@code SET millis}, {@code RELOAD} and
 * {@code STOP}.
 */
public final class CrashChild {

  /** How it ends when the store broke under it, as the real program does. */
  static final int STORE_BROKE = 4;

  /** The property that says by how many milliseconds its clock was moved on before. */
  static final String AHEAD = "trial.ahead";

  /** The property that says by how many milliseconds the clock is out that it reads. */
  static final String WRONG = "trial.wrong";

  private CrashChild() {}

  /**
   * Runs until it is killed or its parent is gone.
   *
   * @param args the configuration file, and optionally a pattern that is armed before the start
   */
  public static void main(String[] args) throws Exception {
    CrashPoints points = CrashPoints.OF_THIS_PROCESS;
    CommitPoints.install(points);
    Thread.currentThread().setContextClassLoader(new Windows());
    if (args.length > 1) {
      points.arm(args[1]);
    }
    ConfigLoader loader = Adapters.loader(name -> null);
    Optional<Path> file = Optional.of(Path.of(args[0]));
    ConfigResult.Loaded loaded =
        loader
            .load(file)
            .match(
                fine -> fine,
                refused -> {
                  throw new IllegalArgumentException(refused.problems().toString());
                });
    LiveConfig live = new LiveConfig(loaded, () -> loader.load(file));
    MovedOn clock = new MovedOn(millis(Long.getLong(AHEAD, 0)), millis(Long.getLong(WRONG, 0)));
    StartOutcome outcome = assembly(live, clock, System.getenv(ShiftedClock.FILE)).start();
    if (outcome instanceof StartOutcome.NotRunning not) {
      points.tell("REFUSED " + not.sentence());
      System.exit(not.exitCode());
    }
    BotApp app = ((StartOutcome.Running) outcome).app();
    app.broken().thenAccept(sentence -> Runtime.getRuntime().halt(STORE_BROKE));
    points.tell("READY " + app.port());
    obey(points, app, clock);
    Runtime.getRuntime().halt(0);
  }

  private static Assembly assembly(LiveConfig live, MovedOn moved, String clockFile) {
    if (clockFile == null) {
      return moved.assembly(live, name -> null);
    }
    ShiftedClock clock = ShiftedClock.open(Path.of(clockFile));
    return new Assembly(
        live,
        name -> null,
        clock,
        () -> String.format("%013d-%s", clock.millis(), UUID.randomUUID()));
  }

  /** Returns when the parent is gone. */
  private static void obey(CrashPoints points, BotApp app, MovedOn clock) throws IOException {
    try (BufferedReader parent =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = parent.readLine(); line != null; line = parent.readLine()) {
        if (line.startsWith("ARM ")) {
          points.arm(line.substring(4));
        } else if (line.startsWith("BREAK ")) {
          String[] words = line.split(" ");
          points.faults().arm(words[1], CallFaults.Fault.valueOf(words[2]));
          points.tell("BREAKS");
        } else if (line.equals("HEAL")) {
          points.faults().clear();
          points.tell("HEALS");
        } else if (line.equals("RELOAD")) {
          app.reload();
          points.tell("RELOADED");
        } else if (line.startsWith("PASS ")) {
          clock.by(millis(Long.parseLong(line.substring(5))));
          app.wake();
          points.tell("PASSED");
        } else if (line.startsWith("SET ")) {
          clock.set(millis(Long.parseLong(line.substring(4))));
          points.tell("CLOCK");
        } else if (line.equals("STOP")) {
          app.close();
          points.tell("STOPPED");
        }
      }
    }
  }

  private static Duration millis(long number) {
    return Duration.ofMillis(number);
  }

  /** Shows our factories of the chats under trial and hides all others. */
  private static final class Windows extends ClassLoader {

    private static final String FACTORIES =
        "META-INF/services/" + ChatPlatformFactory.class.getName();

    Windows() {
      super(CrashChild.class.getClassLoader());
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals(FACTORIES)
          ? Collections.enumeration(
              Collections.singleton(
                  text(
                      Stream.of(
                              ChatPoints.Web.class, ChatPoints.Slack.class, ChatPoints.Teams.class)
                          .map(Class::getName)
                          .collect(Collectors.joining("\n")))))
          : super.getResources(name);
    }

    private static URL text(String content) throws IOException {
      return new URL(null, "memory:factories", new InMemory(content));
    }
  }

  /** An address whose content is a text. */
  private static final class InMemory extends URLStreamHandler {

    private final String content;

    InMemory(String content) {
      this.content = content;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          connected = true;
        }

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
        }
      };
    }
  }
}

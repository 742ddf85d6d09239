// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.doctor;

import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks each chat platform that is switched on, and closes it again. */
final class PlatformCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private PlatformCheck() {}

  static List<Finding> look(ChatPlatform platform, ExecutorService executor) {
    String name = platform.name();
    Future<Check> asked = executor.submit(platform::check);
    try {
      Check check = asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return findings(name, check);
    } catch (TimeoutException e) {
      asked.cancel(true);
      return List.of(
          Finding.wrong(
              name,
              "No answer within "
                  + PATIENCE.toSeconds()
                  + " s. Check the network and the proxy of this machine."));
    } catch (ExecutionException e) {
      return List.of(
          Finding.wrong(name, "The check broke: " + e.getCause().getClass().getSimpleName() + "."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(Finding.wrong(name, "The check was interrupted."));
    }
  }

  private static List<Finding> findings(String name, Check check) {
    List<Finding> all = new ArrayList<>();
    check
        .findings()
        .forEach(
            line -> all.add(check.ok() ? Finding.note(name, line) : Finding.wrong(name, line)));
    check.notes().forEach(line -> all.add(Finding.note(name, line)));
    return all.isEmpty() ? List.of(Finding.ok(name, "Credentials and permissions are fine.")) : all;
  }
}

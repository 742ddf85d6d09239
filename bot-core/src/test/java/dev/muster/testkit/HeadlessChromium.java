// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Chromium without a window, as whoever drives it starts it. */
public final class HeadlessChromium {

  /** The browser, as Debian installs it. */
  public static final Path BINARY = Path.of("/usr/bin/chromium");

  /** What drives it. */
  public static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private HeadlessChromium() {}

  /** Returns whether both are installed. */
  public static boolean isThere() {
    return Files.isExecutable(BINARY) && Files.isExecutable(DRIVER);
  }

  /** Returns its arguments: no window, no sandbox for root's sake, nothing from the internet. */
  public static List<String> arguments() {
    return List.of(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--hide-scrollbars");
  }
}

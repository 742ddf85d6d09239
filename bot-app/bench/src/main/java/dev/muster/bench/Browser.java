// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.testkit.HeadlessChromium;
import java.net.URI;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Chromium without a window. */
final class Browser implements AutoCloseable {

  private static final String PAINT =
      "return performance.getEntriesByName('first-paint').map(e => e.startTime)[0] || 0";

  private final ChromeDriver driver;

  Browser() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(HeadlessChromium.BINARY.toFile());
    options.addArguments(HeadlessChromium.arguments());
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(HeadlessChromium.DRIVER.toFile())
            .build();
    driver = new ChromeDriver(service, options);
  }

  static boolean isThere() {
    return HeadlessChromium.isThere();
  }

  /** Opens a page; returns the milliseconds from asking for it until something was seen. */
  double firstPaint(URI page) {
    driver.get("about:blank");
    driver.get(page.toString());
    double[] paint = {0};
    Office.await(
        "a paint of " + page,
        () -> {
          paint[0] = ((Number) driver.executeScript(PAINT)).doubleValue();
          return paint[0] > 0;
        });
    return paint[0];
  }

  @Override
  public void close() {
    driver.quit();
  }
}

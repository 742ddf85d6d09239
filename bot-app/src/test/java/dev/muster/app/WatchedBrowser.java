// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.muster.testkit.HeadlessChromium;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.FluentWait;

/**
 * A headless Chromium that tells what a page did with {@link Payloads}: which of them ran, what its
 * policy had to block, which elements nobody of us made, whom it asked. Every other host is led to
 * a trap on this machine.
 */
final class WatchedBrowser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Runs in every page before its own scripts. */
  private static final String WATCH =
      """
      window.found = [];
      window.canary = () => window.found.push("ran");
      for (const name of ["alert", "confirm", "prompt", "print"]) {
        window[name] = () => window.found.push("dialog " + name);
      }
      document.addEventListener("securitypolicyviolation",
        (event) => window.found.push("blocked " + event.violatedDirective + " " + event.blockedURI));
      """;

  /**
   * Returns what was found, and every element and attribute that none of our pages makes. The chat
   * gives its box a height; how Chromium shows what is no page is its own affair.
   */
  private static final String LOOK =
      """
      const found = new Set(window.found);
      const ours = new Set(arguments[0].split(" "));
      const addresses = ["href", "src", "action", "formaction", "data", "poster", "srcdoc", "ping",
        "background", "xlink:href"];
      const page = document.contentType === "text/html";
      const look = (root) => {
        for (const element of root.querySelectorAll("*")) {
          const tag = element.localName;
          if (!ours.has(tag)) found.add("element " + tag);
          if (element.classList.contains("canary")) found.add("made " + tag);
          for (const { name, value } of element.attributes) {
            if (name.startsWith("on")) found.add("attribute " + name);
            const size = name !== "style" || /^height: [0-9.]+px;$/.test(value);
            if (page && !size) found.add("style " + value);
            if (!addresses.includes(name)) continue;
            const url = new URL(value, document.baseURI);
            const link = tag === "a" && name === "href";
            if (!["http:", "https:"].includes(url.protocol)) found.add("address " + url.protocol);
            else if (!link && url.origin !== location.origin) found.add("asks " + url.origin);
          }
          if (tag === "template") look(element.content);
        }
      };
      look(document);
      const root = document.documentElement;
      if (root.scrollWidth > root.clientWidth + 1) found.add("sticks out " + root.scrollWidth);
      return [...found];
      """;

  private static final String OURS =
      "html head meta title link script noscript body a header footer main nav section article aside"
          + " div span p ul ol li h1 h2 h3 h4 img table thead tbody tr th td form label input select"
          + " option optgroup button details summary pre code dl dt dd bdi time strong em small"
          + " svg path blockquote hr br textarea datalist dialog";

  private final AtomicInteger asked = new AtomicInteger();
  private final HttpServer trap;
  private final ChromeDriver driver;

  WatchedBrowser() throws IOException {
    assumeTrue(HeadlessChromium.isThere(), "Chromium or its driver is not installed");
    trap = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    trap.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    trap.start();
    driver = driver(trap.getAddress().getPort());
    driver.executeCdpCommand(
        "Page.addScriptToEvaluateOnNewDocument", Map.<String, Object>of("source", WATCH));
  }

  private static ChromeDriver driver(int trapPort) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(HeadlessChromium.BINARY.toFile());
    options.addArguments(HeadlessChromium.arguments());
    options.addArguments(
        "--window-size=1200,900",
        "--host-resolver-rules=MAP evil.example:80 127.0.0.1:" + trapPort);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    return new ChromeDriver(
        new ChromeDriverService.Builder()
            .usingDriverExecutable(HeadlessChromium.DRIVER.toFile())
            .build(),
        options);
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Opens a page and returns what is wrong with it once it shows {@code shown}. */
  Set<String> open(String address, String shown) {
    driver.get(address);
    await(shown);
    return wrong();
  }

  /** Waits until the page shows some words. */
  void await(String shown) {
    new FluentWait<>(driver)
        .withTimeout(PATIENCE)
        .pollingEvery(Duration.ofMillis(50))
        .ignoring(WebDriverException.class)
        .withMessage(() -> "“" + shown + "” on " + driver.getCurrentUrl() + ":\n" + text())
        .until(d -> text().contains(shown));
  }

  /** Returns all text of the page, what is folded away included. */
  String text() {
    return String.valueOf(driver.executeScript("return document.documentElement.textContent"));
  }

  /** Returns what is wrong with the page that is open. */
  Set<String> wrong() {
    Set<String> wrong = new TreeSet<>();
    ((List<?>) driver.executeScript(LOOK, OURS)).forEach(found -> wrong.add((String) found));
    return wrong;
  }

  /** Returns the hosts other than {@code own} that were asked since the last time. */
  Set<String> foreign(String own) {
    Set<String> foreign = new TreeSet<>();
    driver
        .manage()
        .logs()
        .get(LogType.PERFORMANCE)
        .forEach(
            entry -> {
              JsonNode message = BotHttp.parse(entry.getMessage()).path("message");
              String url = message.at("/params/request/url").asText();
              if (message.path("method").asText().equals("Network.requestWillBeSent")
                  && !url.startsWith(own + "/")) {
                foreign.add(url);
              }
            });
    return foreign;
  }

  /** Returns how often the trap was asked. */
  int trapped() {
    return asked.get();
  }

  @Override
  public void close() {
    driver.quit();
    trap.stop(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.muster.config.ConfigResult;
import dev.muster.config.LiveConfig;
import dev.muster.config.load.ConfigLoader;
import dev.muster.testkit.HeadlessChromium;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.FluentWait;

/**
 * The whole job clicked through in headless Chromium by two people in two tabs: an alert, an
 * acknowledgement, a rollback that a second person approves, resolve, close, postmortem. Skipped
 * where Chromium and its driver are not installed. With {@code -Dmuster.screenshots=docs/images}
 * the pictures of the README are taken anew.
 */
@Tag("proof")
class BrowserJourneyTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String CHANNEL = "inc-1-checkout-answers-with-errors";

  private static final String ALERT =
      """
      { "version": "4", "status": "firing", "alerts": [ { "status": "firing",
        "labels": { "alertname": "CheckoutErrors", "service": "checkout", "severity": "critical" },
        "annotations": { "summary": "Checkout answers with errors" },
        "startsAt": "2026-11-20T12:00:00Z", "generatorURL": "http://prometheus.example.com/graph",
        "fingerprint": "aeb4d51443b30789" } ] }
      """;

  @TempDir Path folder;

  private final AtomicInteger calls = new AtomicInteger();
  private HttpServer target;
  private BotApp bot;
  private ChromeDriver browser;
  private String ada;
  private String li;

  @BeforeEach
  void startEverything() throws IOException {
    assumeTrue(HeadlessChromium.isThere(), "Chromium or its driver is not installed");
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/rollback",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          calls.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    target.start();
    startBot(target.getAddress().getPort());
    browser = browser();
    browser.get(bot.address() + "/chat?as=ada");
    ada = browser.getWindowHandle();
    browser.switchTo().newWindow(WindowType.TAB);
    browser.get(bot.address() + "/chat?as=li");
    li = browser.getWindowHandle();
  }

  @AfterEach
  void stopEverything() {
    if (browser != null) {
      browser.quit();
    }
    if (bot != null) {
      bot.close();
    }
    if (target != null) {
      target.stop(0);
    }
  }

  private void startBot(int targetPort) throws IOException {
    Files.createDirectories(folder.resolve("runbooks"));
    Files.writeString(
        folder.resolve("runbooks/rollback-checkout.yaml"),
        """
        name: rollback-checkout
        rollback: true
        when: { service: checkout }
        parameters: [ { name: version, required: true } ]
        steps:
          - id: call-deployer
            kind: webhook
            approval: required
            url: http://127.0.0.1:%d/rollback
            body: '{ "service": "checkout", "version": "{{version}}" }'
        """
            .formatted(targetPort));
    Path file = folder.resolve("bot.yaml");
    Files.writeString(
        file,
        """
        server: { port: 0 }
        store: { url: "jdbc:sqlite:%s/muster.db" }
        services: [ { name: checkout, owner: payments, runbooks: [rollback-checkout] } ]
        outbound: { allow: ["http://127.0.0.1:%d"] }
        """
            .formatted(folder, targetPort));
    ConfigLoader loader = Adapters.loader(name -> null);
    ConfigResult.Loaded loaded =
        loader
            .load(Optional.of(file))
            .match(
                good -> good,
                bad -> {
                  throw new AssertionError(bad.problems());
                });
    LiveConfig live = new LiveConfig(loaded, () -> loader.load(Optional.of(file)));
    bot = ((StartOutcome.Running) new Assembly(live, name -> null).start()).app();
  }

  private static ChromeDriver browser() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(HeadlessChromium.BINARY.toFile());
    options.addArguments(HeadlessChromium.arguments());
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.WARNING);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(HeadlessChromium.DRIVER.toFile())
            .build();
    ChromeDriver made = new ChromeDriver(service, options);
    made.manage().window().setSize(new Dimension(1360, 900));
    return made;
  }

  @Test
  void twoPeople_clickThroughAnIncident_fromAlertToPostmortem() throws Exception {
    fireAlert();
    as(ada);
    openChannel();
    press("ack");
    awaitText("You have taken INC-1 on");
    press("take_command");
    awaitText("ada is now commander");
    write("The deploy of 14:02 looks wrong.");
    as(li);
    openChannel();
    write("/incident rollback checkout to 1.4.1");
    awaitElement("[data-action=approve]");
    picture("approval");
    press("approve");
    confirm();
    awaitText("somebody else must approve it");
    as(ada);
    press("approve");
    confirm();
    awaitText("rollback-checkout / call-deployer ran.");
    assertEquals(1, calls.get(), "the deployer was called once");
    picture("chat");
    write("/incident impact 12 % of payments in Europe fail");
    press("resolve");
    click("#log form[aria-label='Resolve INC-1'] button[type=submit]");
    awaitText("Status investigating → resolved.");
    press("close");
    click("#log form[aria-label='Close INC-1'] button[type=submit]");
    awaitText("Postmortem draft · INC-1");
    assertTrue(complaints().isEmpty(), () -> "the page complained: " + complaints());
    readPages();
  }

  private void readPages() throws IOException {
    browser.get(bot.address() + "/incidents/INC-1");
    awaitText("Checkout answers with errors");
    picture("incident");
    browser.get(bot.address() + "/incidents/INC-1/postmortem");
    awaitText("12 % of payments in Europe fail");
    picture("postmortem");
    assertTrue(complaints().isEmpty(), () -> "a page complained: " + complaints());
    browser.manage().window().setSize(new Dimension(390, 844));
    browser.get(bot.address() + "/chat?as=ada#/" + CHANNEL);
    awaitText("Postmortem draft");
    Object overflow =
        browser.executeScript(
            "return document.documentElement.scrollWidth > document.documentElement.clientWidth");
    assertEquals(false, overflow, "nothing sticks out on a phone");
    picture("phone");
  }

  private List<LogEntry> complaints() {
    return browser.manage().logs().get(LogType.BROWSER).getAll();
  }

  private void fireAlert() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(bot.address() + "/alerts/alertmanager"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(ALERT))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(202, answer.statusCode(), answer.body());
  }

  private void as(String window) {
    browser.switchTo().window(window);
  }

  private void openChannel() {
    click("#channels [href$='" + CHANNEL + "']");
    awaitText("Messages here become the incident's timeline");
  }

  private void press(String action) {
    click("#log [data-action=" + action + "]");
  }

  private void confirm() {
    click("dialog[open] button[value=yes]");
  }

  /** Clicks the last element that fits; the page may redraw it between looking and clicking. */
  private void click(String css) {
    patience()
        .withMessage(() -> "could not click " + css + " on\n" + words())
        .until(
            driver -> {
              List<WebElement> found = driver.findElements(By.cssSelector(css));
              if (found.isEmpty()) {
                return false;
              }
              WebElement last = found.get(found.size() - 1);
              driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", last);
              last.click();
              return true;
            });
  }

  private void write(String text) {
    WebElement box = awaitElement("#composer textarea");
    box.sendKeys(text);
    box.sendKeys(Keys.ENTER);
  }

  private WebElement awaitElement(String css) {
    return patience()
        .withMessage(() -> "waited for " + css + " on\n" + words())
        .until(driver -> driver.findElement(By.cssSelector(css)));
  }

  private void awaitText(String text) {
    patience()
        .withMessage(() -> "waited for “" + text + "” on\n" + words())
        .until(driver -> words().contains(text));
  }

  private String words() {
    return browser.findElement(By.tagName("body")).getText();
  }

  private FluentWait<ChromeDriver> patience() {
    return new FluentWait<>(browser)
        .withTimeout(PATIENCE)
        .ignoring(WebDriverException.class)
        .pollingEvery(Duration.ofMillis(100));
  }

  private void picture(String name) throws IOException {
    String wanted = System.getProperty("muster.screenshots");
    if (wanted != null) {
      Path pictures = Files.createDirectories(Path.of(wanted));
      Files.write(pictures.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }
  }
}

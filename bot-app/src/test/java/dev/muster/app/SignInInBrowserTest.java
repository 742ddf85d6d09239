// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.muster.testkit.HeadlessChromium;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
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
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.FluentWait;

/**
 * Signing in, speaking, making a token and signing out in headless Chromium, and a page of another
 * site that tries to use the session. Skipped where Chromium and its driver are not installed. With
 * {@code -Dmuster.screenshots=FOLDER} it takes pictures.
 */
@Tag("proof")
class SignInInBrowserTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Everything a page of another site can send: a form, and calls with and without a check. */
  private static final String EVIL =
      """
      <!doctype html><title>win a prize</title>
      <iframe name="sink"></iframe>
      <form id="f" method="post" action="TARGET/sign-out" target="sink">
        <input name="csrf" value="guess"><input name="everywhere" value="yes"></form>
      <script>
        const body = JSON.stringify({ user: "ada", channel: "general", text: "from elsewhere" });
        const url = "TARGET/api/v1/chat/messages";
        const tries = [
          fetch(url, { method: "POST", mode: "no-cors", credentials: "include", body }),
          fetch(url, { method: "POST", credentials: "include", body,
            headers: { "Content-Type": "application/json", "X-CSRF-Token": "guess" } }),
          fetch("TARGET/api/v1/me", { credentials: "include" }).then((a) => a.text())
            .then((text) => { document.body.dataset.read = text; }),
        ];
        document.getElementById("f").submit();
        Promise.allSettled(tries).then(() => { document.title = "tried"; });
      </script>
      """;

  @TempDir Path folder;

  private final AtomicInteger pictures = new AtomicInteger();
  private SignInGround ground;
  private HttpServer evil;
  private ChromeDriver browser;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(HeadlessChromium.isThere(), "Chromium or its driver is not installed");
    ground = new SignInGround(folder);
    ground.mend();
    evil = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    evil.createContext(
        "/",
        exchange -> {
          byte[] page =
              EVIL.replace("TARGET", ground.browser().address()).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    evil.start();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(HeadlessChromium.BINARY.toFile());
    options.addArguments(HeadlessChromium.arguments());
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(HeadlessChromium.DRIVER.toFile())
                .build(),
            options);
    browser.manage().window().setSize(new Dimension(1200, 860));
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (evil != null) {
      evil.stop(0);
    }
    if (ground != null) {
      ground.close();
    }
  }

  private void await(String what, BooleanSupplier holds) {
    new FluentWait<>(browser)
        .withTimeout(PATIENCE)
        .pollingEvery(Duration.ofMillis(50))
        .ignoring(WebDriverException.class)
        .withMessage(what)
        .until(driver -> holds.getAsBoolean());
  }

  private String text() {
    return browser.findElement(By.tagName("body")).getText();
  }

  private void open(String path) {
    browser.get(ground.browser().address() + path);
  }

  private void press(String words) {
    browser
        .findElement(By.xpath("//*[self::a or self::button][contains(., '" + words + "')]"))
        .click();
  }

  private void picture(String name) throws IOException {
    String wanted = System.getProperty("muster.screenshots", "");
    if (!wanted.isEmpty()) {
      Path place = Files.createDirectories(Path.of(wanted));
      Files.write(
          place.resolve(pictures.incrementAndGet() + "-" + name + ".png"),
          browser.getScreenshotAs(OutputType.BYTES));
    }
  }

  private void signIn(String path) {
    open(path);
    press("Sign in with localhost");
  }

  @Test
  void person_signsInSpeaksAndSignsOut() throws IOException {
    open("/board");
    picture("sign-in");
    press("Sign in with localhost");
    await("the board after signing in", () -> browser.getCurrentUrl().endsWith("/board"));

    open("/chat");
    await("the chat knows who it is", () -> text().contains("You are\nada"));
    browser.findElement(By.id("composer-text")).sendKeys("Hello from a session", Keys.ENTER);
    await(
        "the message",
        () -> browser.findElement(By.id("log")).getText().contains("Hello from a session"));
    assertFalse(browser.getCurrentUrl().contains("as="), browser.getCurrentUrl());
    picture("chat");
    open("/account");
    picture("account");
    browser.manage().window().setSize(new Dimension(390, 800));
    picture("account-phone");
    press("Sign out here");
    await("signed out", () -> text().contains("Signed out"));
    picture("signed-out");
    open("/incidents");
    assertTrue(browser.getCurrentUrl().contains("/sign-in?to="), browser.getCurrentUrl());
    open("/sign-in?problem=no_role");
    picture("no-role");
  }

  @Test
  void admin_makesATokenAndRevokesIt() throws IOException {
    ground.provider().person = FakeProvider.person("9009", "root", "admins");
    signIn("/account/tokens");
    await("the page of tokens", () -> text().contains("Tokens of programs"));
    browser.findElement(By.id("name")).sendKeys("deployer", Keys.ENTER);
    await("the new token", () -> text().contains("It is shown this once"));
    picture("token");
    browser.manage().window().setSize(new Dimension(390, 800));
    picture("token-phone");
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    browser.manage().window().setSize(new Dimension(1200, 860));
    open("/account/tokens");
    assertFalse(text().contains("muster_"), "a token is shown once");
    picture("tokens-dark");
    press("Revoke");
    await("revoked", () -> text().contains("revoked"));
    open("/account/everybody");
    picture("everybody-dark");
  }

  @Test
  void pageOfAnotherSite_canDoNothingWithTheSession() {
    signIn("/board");
    await("the board", () -> browser.getCurrentUrl().endsWith("/board"));

    browser.get("http://127.0.0.1:" + evil.getAddress().getPort() + "/");
    await("everything was tried", () -> "tried".equals(browser.getTitle()));

    assertEquals(null, browser.findElement(By.tagName("body")).getDomAttribute("data-read"));
    open("/account");
    assertTrue(text().contains("Your account"), "the session stands");
    open("/api/v1/chat/channels/general/messages");
    assertFalse(text().contains("from elsewhere"), text());
  }
}

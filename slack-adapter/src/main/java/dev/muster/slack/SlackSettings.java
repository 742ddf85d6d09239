// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.chat.spi.Default;
import dev.muster.chat.spi.Live;
import dev.muster.chat.spi.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

/**
 * What an operator writes under {@code platforms.slack}.
 *
 * @param enabled whether Slack is used
 * @param mode how Slack reaches us: {@code http}, {@code socket} or {@code both}
 * @param botToken the bot token, {@code xoxb-…}
 * @param appToken the app-level token, {@code xapp-…}; needed for Socket Mode
 * @param signingSecret what Slack signs its requests with; needed for HTTP
 * @param apiUrl where the Web API lies; another than Slack's on loopback only
 * @param announceChannel the channel for announcements, name or id
 * @param alertChannels channels whose messages are read as alerts
 */
record SlackSettings(
    @Default("false") boolean enabled,
    @Default("http") @Live String mode,
    @Default("") @Live Secret botToken,
    @Default("") @Live Secret appToken,
    @Default("") @Live Secret signingSecret,
    @Default(SlackSettings.SLACK) String apiUrl,
    @Default("incidents") @Live String announceChannel,
    @Live List<String> alertChannels) {

  /** Slack's own Web API. */
  static final String SLACK = "https://slack.com/api/";

  private static final String HTTP = "http";
  private static final String SOCKET = "socket";
  private static final Set<String> MODES = Set.of(HTTP, SOCKET, "both");
  private static final String APP_TOKEN = "xapp-";
  private static final String ROTATING = "xoxe";
  private static final String OF_A_USER = "xoxp-";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

  // Refuses what cannot work while the platform is on; each sentence begins with its key.
  SlackSettings {
    alertChannels = List.copyOf(alertChannels);
    if (enabled) {
      requireMode(mode);
      requireBotToken(botToken);
      if (!mode.equals(HTTP)) {
        requireAppToken(appToken);
      }
      if (!mode.equals(SOCKET)) {
        requireSigningSecret(signingSecret);
      }
      requireOwnAddress(apiUrl);
    }
  }

  /** Returns whether Slack sends requests to our address. */
  boolean hearsRequests() {
    return !mode.equals(SOCKET);
  }

  /** Returns whether we open connections to Slack. */
  boolean opensSockets() {
    return !mode.equals(HTTP);
  }

  private static void requireMode(String mode) {
    if (!MODES.contains(mode)) {
      throw new IllegalArgumentException(
          "mode is \""
              + printable(mode)
              + "\", which is not a way Slack can reach us. Write mode: socket when Slack cannot"
              + " reach this server, mode: http when it can, or mode: both while you change from"
              + " one to the other.");
    }
  }

  private static void requireBotToken(Secret botToken) {
    if (botToken.isBlank()) {
      throw new IllegalArgumentException(
          "bot-token is empty. Copy the Bot User OAuth Token, which begins with xoxb-, from the"
              + " app's page \"OAuth & Permissions\" into SLACK_BOT_TOKEN.");
    }
    if (botToken.reveal().startsWith(APP_TOKEN)) {
      throw new IllegalArgumentException(
          "bot-token holds an app-level token, which begins with xapp-. Put that into"
              + " SLACK_APP_TOKEN, and the Bot User OAuth Token, which begins with xoxb-, into"
              + " SLACK_BOT_TOKEN.");
    }
    if (botToken.reveal().startsWith(OF_A_USER)) {
      throw new IllegalArgumentException(
          "bot-token holds a user token, which begins with xoxp-, and Muster would speak as that"
              + " person. Copy the Bot User OAuth Token, which begins with xoxb-, from the app's"
              + " page \"OAuth & Permissions\" into SLACK_BOT_TOKEN.");
    }
    if (botToken.reveal().startsWith(ROTATING)) {
      throw new IllegalArgumentException(
          "bot-token holds a token that expires within hours; it begins with xoxe, because token"
              + " rotation is on for the app. Slack cannot switch it off again, so make the app"
              + " anew from config/slack/manifest.yaml, which leaves it off, and put its Bot User"
              + " OAuth Token, which begins with xoxb-, into SLACK_BOT_TOKEN.");
    }
  }

  private static void requireAppToken(Secret appToken) {
    if (appToken.isBlank()) {
      throw new IllegalArgumentException(
          "app-token is empty, and Socket Mode needs it. Generate an app-level token with the scope"
              + " connections:write on the app's page \"Basic Information\" and put it, it begins"
              + " with xapp-, into SLACK_APP_TOKEN; or write mode: http.");
    }
    if (appToken.reveal().startsWith("xox")) {
      throw new IllegalArgumentException(
          "app-token holds a bot or user token, which begins with xox. Generate an app-level token"
              + " with the scope connections:write on the app's page \"Basic Information\" and put"
              + " it, it begins with xapp-, into SLACK_APP_TOKEN.");
    }
  }

  private static void requireSigningSecret(Secret signingSecret) {
    if (signingSecret.isBlank()) {
      throw new IllegalArgumentException(
          "signing-secret is empty. Copy the Signing Secret from the app's page \"Basic"
              + " Information\" into SLACK_SIGNING_SECRET; or write mode: socket, which needs"
              + " none.");
    }
  }

  private static void requireOwnAddress(String apiUrl) {
    if (!apiUrl.equals(SLACK) && !isLoopback(apiUrl)) {
      throw new IllegalArgumentException(
          "api-url must be "
              + SLACK
              + " or an http address on 127.0.0.1 that ends in a slash: the bot token goes there.");
    }
  }

  private static boolean isLoopback(String address) {
    try {
      URI uri = new URI(address);
      return "http".equals(uri.getScheme())
          && uri.getHost() != null
          && LOOPBACK.contains(uri.getHost())
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && address.endsWith("/");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String printable(String text) {
    return text.replaceAll("[^a-zA-Z0-9_-]", "?");
  }
}

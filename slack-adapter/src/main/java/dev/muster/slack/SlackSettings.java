// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.chat.spi.Default;
import dev.muster.chat.spi.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

/**
 * What an operator writes under {@code platforms.slack}.
 *
 * @param enabled whether Slack is used
 * @param mode how Slack reaches us: {@code http}
 * @param botToken the bot token, {@code xoxb-…}
 * @param appToken the app-level token, {@code xapp-…}, for Socket Mode
 * @param signingSecret what Slack signs its requests with
 * @param apiUrl where the Web API lies; another than Slack's on loopback only
 * @param announceChannel the channel for announcements, name or id
 * @param alertChannels channels whose messages are read as alerts
 */
record SlackSettings(
    @Default("false") boolean enabled,
    @Default("http") String mode,
    @Default("") Secret botToken,
    @Default("") Secret appToken,
    @Default("") Secret signingSecret,
    @Default(SlackSettings.SLACK) String apiUrl,
    @Default("incidents") String announceChannel,
    List<String> alertChannels) {

  /** Slack's own Web API. */
  static final String SLACK = "https://slack.com/api/";

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

  // Refuses what cannot work while the platform is on; each sentence begins with its key.
  SlackSettings {
    alertChannels = List.copyOf(alertChannels);
    if (enabled) {
      requireMode(mode);
      requireSecrets(botToken, signingSecret);
      requireOwnAddress(apiUrl);
    }
  }

  private static void requireMode(String mode) {
    if (!mode.equals("http")) {
      throw new IllegalArgumentException(
          "mode is \""
              + printable(mode)
              + "\", but only \"http\" works in this version. Write mode: http and give Slack the"
              + " request URL of this server, ending in /slack/events.");
    }
  }

  private static void requireSecrets(Secret botToken, Secret signingSecret) {
    if (botToken.isBlank()) {
      throw new IllegalArgumentException(
          "bot-token is empty. Copy the Bot User OAuth Token, which begins with xoxb-, from the"
              + " app's page \"OAuth & Permissions\" into SLACK_BOT_TOKEN.");
    }
    if (signingSecret.isBlank()) {
      throw new IllegalArgumentException(
          "signing-secret is empty. Copy the Signing Secret from the app's page \"Basic"
              + " Information\" into SLACK_SIGNING_SECRET.");
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

// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.chat.spi.Default;
import dev.muster.chat.spi.Live;
import dev.muster.chat.spi.Secret;
import dev.muster.teams.client.AppCertificate;
import dev.muster.teams.client.AppProof;
import dev.muster.teams.client.HostGuard;
import dev.muster.teams.client.Identity;
import java.util.List;

/**
 * What an operator writes under {@code platforms.teams}.
 *
 * @param appId the app's id in Entra
 * @param appPassword its client secret
 * @param certificate instead of the secret: PEM text of an RSA private key and its certificate
 * @param tenantId the one tenant that is heard
 * @param teams Entra group ids of the home teams, in the order in which they are filled
 * @param loginUrl where the app signs in
 * @param openidMetadataUrl where the Bot Connector publishes its signing keys
 * @param graphUrl where Microsoft Graph is
 * @param serviceUrlHosts hosts that may be sent the bot's token
 * @param anonymous accepts unsigned activities, for trials on this machine
 * @param privateOwner object id of the person who owns the chats of private incidents
 * @param catalogApp id of this app in the tenant's app catalog, needed to add it to such a chat
 * @param alertChannels channels of the home teams whose messages are read as alerts, names or ids
 */
record TeamsSettings(
    @Default("") String appId,
    @Default("") @Live Secret appPassword,
    @Default("") @Live Secret certificate,
    @Default("") String tenantId,
    @Default("[]") List<String> teams,
    @Default("https://login.microsoftonline.com/") String loginUrl,
    @Default("https://login.botframework.com/v1/.well-known/openidconfiguration")
        String openidMetadataUrl,
    @Default("https://graph.microsoft.com/v1.0/") String graphUrl,
    @Default("[smba.trafficmanager.net]") List<String> serviceUrlHosts,
    @Default("false") boolean anonymous,
    @Default("") String privateOwner,
    @Default("") String catalogApp,
    @Live List<String> alertChannels) {

  private static final String LOGIN_HOST = "login.microsoftonline.com";
  private static final String METADATA_HOST = "login.botframework.com";
  private static final String GRAPH_HOST = "graph.microsoft.com";

  TeamsSettings {
    teams = teams.stream().filter(team -> !team.isBlank()).toList();
    serviceUrlHosts = List.copyOf(serviceUrlHosts);
    alertChannels = List.copyOf(alertChannels);
    loginUrl = withSlash(loginUrl);
    graphUrl = withSlash(graphUrl);
    if (!certificate.isBlank()) {
      AppCertificate.read(certificate);
    }
    if (!certificate.isBlank() && !appPassword.isBlank()) {
      throw new IllegalArgumentException(
          "certificate and app-password are both set. Keep the certificate and leave app-password"
              + " empty, or the other way round.");
    }
    boolean proves = !appPassword.isBlank() || !certificate.isBlank();
    if (!anonymous && (appId.isBlank() || !proves || tenantId.isBlank())) {
      throw new IllegalArgumentException(
          "app-id, app-password (or certificate) and tenant-id are all needed, because without them"
              + " anybody could speak as Teams. Take them from the app's registration in Entra.");
    }
    requireOwn("login-url", loginUrl, LOGIN_HOST);
    requireOwn("openid-metadata-url", openidMetadataUrl, METADATA_HOST);
    requireOwn("graph-url", graphUrl, GRAPH_HOST);
    if (serviceUrlHosts.isEmpty()) {
      throw new IllegalArgumentException(
          "service-url-hosts is empty, so nothing could be answered. Write"
              + " [smba.trafficmanager.net].");
    }
  }

  private static String withSlash(String url) {
    return url.endsWith("/") ? url : url + "/";
  }

  private static void requireOwn(String key, String url, String host) {
    if (!HostGuard.isOwnOrLoopback(url, host)) {
      throw new IllegalArgumentException(
          key + " must begin with https://" + host + "/ or lie on this machine for a trial.");
    }
  }

  /** Returns what the app proves itself with to the sign-in service. */
  AppProof proof() {
    return certificate.isBlank()
        ? new AppProof.Password(appPassword)
        : AppCertificate.read(certificate);
  }

  /** Returns who the bot is in the tenant. */
  Identity identity() {
    return new Identity(appId, tenantId, teams, privateOwner, catalogApp);
  }
}

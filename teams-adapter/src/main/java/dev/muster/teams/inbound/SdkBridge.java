// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.microsoft.bot.builder.BotFrameworkAdapter;
import com.microsoft.bot.builder.TurnContext;
import com.microsoft.bot.connector.ConnectorClient;
import com.microsoft.bot.connector.authentication.AppCredentials;
import com.microsoft.bot.connector.authentication.AuthenticationConfiguration;
import com.microsoft.bot.connector.authentication.ClaimsIdentity;
import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.ActivityTypes;
import com.microsoft.bot.schema.ResourceResponse;
import dev.muster.teams.client.BotCredentials;
import dev.muster.teams.client.SdkClients;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The SDK's adapter behind our guard. It is given only calls whose token we verified; its clients
 * are ours, so no token leaves for a foreign host; and it sends nothing: the one thing a turn may
 * hand back is the answer to an invoke. Everything else goes out as an effect. Thread-safe.
 */
final class SdkBridge extends BotFrameworkAdapter {

  private final SdkClients clients;

  SdkBridge(BotCredentials credentials, SdkClients clients) {
    super(credentials, new AuthenticationConfiguration(), null, null, null);
    this.clients = clients;
  }

  /** Returns the identity of a call that we have verified ourselves. */
  static ClaimsIdentity verified(String appId, String serviceUrl) {
    return new ClaimsIdentity(
        RequestVerifier.ISSUER,
        Map.of("iss", RequestVerifier.ISSUER, "aud", appId, "serviceurl", serviceUrl));
  }

  @Override
  protected CompletableFuture<ConnectorClient> getOrCreateConnectorClient(
      String serviceUrl, AppCredentials credentials) {
    try {
      return CompletableFuture.completedFuture(clients.of(serviceUrl));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Keeps the answer to an invoke on this thread; the SDK would use a pool that nobody ends. */
  @Override
  public CompletableFuture<ResourceResponse[]> sendActivities(
      TurnContext context, List<Activity> activities) {
    for (Activity activity : activities) {
      if (!activity.isType(ActivityTypes.INVOKE_RESPONSE)) {
        return CompletableFuture.failedFuture(
            new IllegalStateException("nothing is sent from within a turn"));
      }
      context.getTurnState().add(INVOKE_RESPONSE_KEY, activity);
    }
    ResourceResponse[] nothing = new ResourceResponse[activities.size()];
    Arrays.setAll(nothing, i -> new ResourceResponse(""));
    return CompletableFuture.completedFuture(nothing);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.peer;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import com.slack.api.model.event.MessageEvent;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bolt for Java as one would write it, on the server that Muster uses: it verifies, reads and
 * acknowledges events, commands and presses, and keeps nothing. Arguments: bot token, signing
 * secret, address of the Web API.
 */
public final class BoltPeer {

  private final SlackRequestParser parser;
  private final App app;

  private BoltPeer(AppConfig config) {
    parser = new SlackRequestParser(config);
    app = new App(config);
    app.event(MessageEvent.class, (event, context) -> context.ack());
    app.command(java.util.regex.Pattern.compile(".*"), (command, context) -> context.ack());
    app.blockAction(java.util.regex.Pattern.compile(".*"), (press, context) -> context.ack());
  }

  /** Serves until it is killed. */
  public static void main(String[] arguments) throws Exception {
    SlackConfig slack = new SlackConfig();
    slack.setMethodsEndpointUrlPrefix(arguments[2]);
    slack.setProxyUrl(null);
    AppConfig config =
        AppConfig.builder()
            .slack(Slack.getInstance(slack))
            .singleTeamBotToken(arguments[0])
            .signingSecret(arguments[1])
            .authTestCacheEnabled(true)
            .authTestCacheExpirationMillis(3_600_000)
            .build();
    JettyPeer.serve(new BoltPeer(config)::answer, System.out);
  }

  private JettyPeer.Answer answer(JettyPeer.Asked asked) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    asked.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    SlackRequestParser.HttpRequest request =
        SlackRequestParser.HttpRequest.builder()
            .requestUri("/slack/events")
            .queryString(Map.of())
            .requestBody(asked.body())
            .headers(new RequestHeaders(headers))
            .remoteAddress("127.0.0.1")
            .build();
    try {
      Response response = app.run(parser.parse(request));
      return new JettyPeer.Answer(
          response.getStatusCode(), response.getBody() == null ? "" : response.getBody());
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.google.gson.Gson;
import com.slack.api.Slack;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.impl.MethodsClientImpl;
import java.io.IOException;
import okhttp3.FormBody;
import okhttp3.Response;

/**
 * The SDK's typed methods with one token. For each answer the SDK makes a new reader, which finds
 * out about all fields of the answer's classes once more; that takes much longer than reading. Here
 * one reader has all answers.
 */
final class SlackMethods extends MethodsClientImpl {

  private final Slack sdk;
  private final Gson reader;

  /**
   * Makes one for a call or more.
   *
   * @param reader as the SDK would make it; what it knows it keeps
   */
  SlackMethods(Slack sdk, Gson reader, String token) {
    super(sdk.getHttpClient(), token);
    this.sdk = sdk;
    this.reader = reader;
    setEndpointUrlPrefix(sdk.getConfig().getMethodsEndpointUrlPrefix());
  }

  @Override
  protected <T extends SlackApiTextResponse> T postFormWithTokenAndParseResponse(
      FormBody.Builder form, String endpoint, String token, Class<T> type)
      throws IOException, SlackApiException {
    try (Response response = runPostFormWithToken(form, endpoint, token)) {
      String body = response.body().string();
      if (!response.isSuccessful()) {
        throw new SlackApiException(sdk.getConfig(), response, body);
      }
      T answer = reader.fromJson(body, type);
      if (answer != null) {
        answer.setHttpResponseHeaders(response.headers().toMultimap());
      }
      return answer;
    }
  }
}

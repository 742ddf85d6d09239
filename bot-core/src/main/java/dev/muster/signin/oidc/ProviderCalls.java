// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.signin.oidc.SignInFailure.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Calls the identity provider. Each call is bounded in time and size, and so is their number at
 * once, so that a slow provider takes no threads from alerts and chat. Thread-safe.
 */
final class ProviderCalls {

  /** Somebody waits in front of a browser. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private static final int LARGEST_ANSWER = 512 * 1024;
  private static final int MOST_AT_ONCE = 16;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final OkHttpClient http;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  ProviderCalls(OkHttpClient shared) {
    http = shared.newBuilder().callTimeout(PATIENCE).build();
  }

  /** What the provider said. */
  record Said(int status, JsonNode body) {}

  /** Returns the JSON object at an address. */
  JsonNode read(String address) throws SignInFailure {
    Said said = call(new Request.Builder().url(address).build());
    if (said.status() != 200 || !said.body().isObject()) {
      throw new SignInFailure(
          said.status() >= 500 ? Reason.UNREACHABLE : Reason.BAD_ANSWER,
          "status " + said.status() + " instead of a document");
    }
    return said.body();
  }

  /** Sends a request; an answer that is no JSON counts as one without content. */
  Said call(Request request) throws SignInFailure {
    if (!places.tryAcquire()) {
      throw new SignInFailure(Reason.UNREACHABLE, "too many calls at once");
    }
    try (Response response = http.newCall(request).execute();
        ResponseBody body = response.body()) {
      byte[] bytes = body.byteStream().readNBytes(LARGEST_ANSWER + 1);
      if (bytes.length > LARGEST_ANSWER) {
        throw new SignInFailure(Reason.BAD_ANSWER, "an answer that is too large");
      }
      return new Said(response.code(), parsed(bytes));
    } catch (IOException e) {
      throw new SignInFailure(Reason.UNREACHABLE, e.getClass().getSimpleName());
    } finally {
      places.release();
    }
  }

  private static JsonNode parsed(byte[] bytes) throws IOException {
    return json(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Reads JSON strictly: one value, no name twice; something missing for what is none. */
  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.signin.oidc.SignInFailure.Reason;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * What a provider says about itself, as OpenID Connect Discovery 1.0, section 3, has it.
 *
 * @param authorize where browsers are sent
 * @param token where codes are redeemed
 * @param keys where its public keys are
 * @param endSession where browsers sign out there, if it offers that
 * @param namesItself whether it names itself in every answer (RFC 9207)
 * @param secretInHeader whether the client's secret goes into the header of the call
 */
record Metadata(
    HttpUrl authorize,
    HttpUrl token,
    HttpUrl keys,
    Optional<HttpUrl> endSession,
    boolean namesItself,
    boolean secretInHeader) {

  /** Reads the discovery document of an issuer, which must call itself exactly that. */
  static Metadata of(JsonNode document, String issuer) throws SignInFailure {
    if (!document.path("issuer").asText("").equals(issuer)) {
      throw new SignInFailure(Reason.BAD_ANSWER, "the document is of another issuer");
    }
    boolean trial = issuer.startsWith("http://");
    return new Metadata(
        address(document, "authorization_endpoint", trial),
        address(document, "token_endpoint", trial),
        address(document, "jwks_uri", trial),
        document.hasNonNull("end_session_endpoint")
            ? Optional.of(address(document, "end_session_endpoint", trial))
            : Optional.empty(),
        document.path("authorization_response_iss_parameter_supported").asBoolean(false),
        secretInHeader(document.path("token_endpoint_auth_methods_supported")));
  }

  /** Without a word about it, the header is what every provider takes. */
  private static boolean secretInHeader(JsonNode methods) {
    boolean named = false;
    for (JsonNode method : methods) {
      named |= method.asText().equals("client_secret_basic");
    }
    return named || methods.isEmpty();
  }

  private static HttpUrl address(JsonNode document, String name, boolean trial)
      throws SignInFailure {
    HttpUrl url = HttpUrl.parse(document.path(name).asText(""));
    if (url == null || !url.isHttps() && !(trial && isLoopback(url.host()))) {
      throw new SignInFailure(Reason.BAD_ANSWER, "the document has no " + name);
    }
    return url;
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }
}
